"""Moves of a quote on the page: which buttons there are, what they send, conflicts, documents."""

import copy

import pytest
from streamlit.testing.v1 import AppTest

from api.client import PDF, ApiError
from dashboard.life_words import changed_by, stands
from tests.builders.quotes import BASE_ID, LIFE

CHANGE = {"at": "2027-01-04T09:30:00Z", "type": "quote.approved", "actor_name": "Ann"}


class MovingClient:
    """Answers where a quote stands; a move raises its version, as the server does."""

    def __init__(self, *actions, kept=(), **life):
        self.life = LIFE | life
        self.actions = [{"action": name, "reason": name == "reject"} for name in actions]
        self.kept = list(kept)
        self.moved = []
        self.error = None
        self.proposals = []
        self.no_pdf = False
        self.permissions = ["quotes:write"]

    def me(self):
        return {"permissions": self.permissions}

    def quote_actions(self, quote_id):
        assert quote_id == BASE_ID
        told = {"lifecycle": self.life, "data": self.actions, "kept": self.kept}
        return copy.deepcopy(told | {"last_change": CHANGE})

    def move(self, quote, action, *, note=None, method=None):
        if self.error is not None:
            raise self.error
        if quote["lifecycle"]["etag"] != self.life["etag"]:
            raise ApiError(412, "Changed", "read it again", "stale")
        self.moved.append((quote["id"], action, note, method))
        self.change(state="pending_approval")

    def change(self, **life):
        version = self.life["version"] + 1
        self.life = self.life | {"version": version, "etag": f'"v{version}"'} | life

    def list_proposals(self, quote_id):
        return {"data": self.proposals}

    def create_proposal(self, quote_id, options=None):
        dates = {"issued": "2027-01-04", "valid_until": "2027-03-05"}
        self.proposals.insert(0, {"id": "p", "created_at": CHANGE["at"], **dates, **options})

    def proposal_file(self, quote_id, proposal_id, kind):
        if kind == PDF and self.no_pdf:
            raise ApiError(406, "Not acceptable", "it takes the extra pdf: pip install …")
        return b"file"


def _script(client, part):
    from importlib import import_module  # noqa: PLC0415 (only the source of this function is run)

    getattr(import_module(f"dashboard.widgets.{part}"), part)(
        client, "11111111-1111-4111-8111-111111111111"
    )


def opened(client, part="lifecycle"):
    at = AppTest.from_function(_script, kwargs={"client": client, "part": part}, default_timeout=30)
    at.run()
    assert not at.exception
    return at


def test_only_moves_that_the_api_lists_have_a_button(shown) -> None:
    at = opened(MovingClient("approve", "reject", "revisions"))
    assert {button.key for button in at.button} == {"do_approve", "do_reject"}
    assert "waiting" not in shown(at)
    assert not opened(MovingClient()).button


def test_a_move_goes_to_the_api_with_its_note_and_the_page_says_so(shown) -> None:
    client = MovingClient("request-approval")
    at = opened(client)
    at.text_area(key=f"note request-approval {BASE_ID}").set_value(" Year-end ").run()
    at.button(key="do_request-approval").click().run()
    assert client.moved == [(BASE_ID, "request-approval", "Year-end", None)]
    assert at.success[0].value.startswith("Done")
    assert "waiting for approval" in shown(at)
    assert not at.warning


def test_a_reason_that_is_needed_is_asked_for() -> None:
    at = opened(MovingClient("reject"))
    assert at.button(key="do_reject").disabled
    at.text_area(key=f"note reject {BASE_ID}").set_value("Too cheap").run()
    assert not at.button(key="do_reject").disabled


def test_an_acceptance_names_the_method() -> None:
    client = MovingClient("accept", state="sent")
    at = opened(client)
    at.selectbox(key=f"method {BASE_ID}").set_value("output_based").run()
    at.button(key="do_accept").click().run()
    assert client.moved == [(BASE_ID, "accept", None, "output_based")]


def test_a_quote_that_changed_meanwhile_is_told_with_who_and_loaded_anew(shown) -> None:
    client = MovingClient("send")
    at = opened(client)
    client.change(state="void")
    at.button(key="do_send").click().run()
    assert client.moved == []
    assert "Changed by Ann at 2027\\-01\\-04 09\\:30 UTC" in shown(at)
    assert {button.key for button in at.button} == {"reload_quote"}
    at.button(key="reload_quote").click().run()
    assert not at.warning
    assert at.button(key="do_send")


def test_a_refusal_is_shown_and_who_may_not_approve_reads_why(shown) -> None:
    client = MovingClient("send", kept=[{"action": "approve", "detail": "you made this quote"}])
    client.error = ApiError(409, "Not in this state", "it is void", "wrong-state")
    at = opened(client)
    at.button(key="do_send").click().run()
    assert "Not in this state" in shown(at)
    assert "You cannot approve it: you made this quote" in shown(at).replace("\\", "")


def test_states_are_said_in_words() -> None:
    life = LIFE | {"state": "sent", "expires_at": "2027-03-05T09:30:00Z", "note": "hello"}
    assert stands(life) == (
        "Q-2027-00001 revision 1 is sent to the client. It holds until 2027-03-05 09:30 UTC. "
        "Said with it: Hello."
    )
    chosen = LIFE | {"state": "accepted", "choice": {"claims": "output_based"}}
    assert "accepted. Chosen: claims: Output-based." in stands(chosen)
    assert "meanwhile" in changed_by(None)


def test_a_proposal_is_made_and_taken_along(shown) -> None:
    client = MovingClient()
    at = opened(client, "documents")
    assert not at.get("download_button")
    at.text_input(key="proposal_vendor").set_value("Northgate").run()
    at.button(key="make_proposal").click().run()
    assert client.proposals[0]["vendor"] == "Northgate"
    assert len(at.get("download_button")) == 2
    assert "valid until 2027" in shown(at)


def test_without_what_writes_pdf_the_page_says_what_to_install(shown) -> None:
    client = MovingClient()
    client.no_pdf = True
    client.create_proposal(BASE_ID, {})
    at = opened(client, "documents")
    assert "extra pdf" in shown(at)
    assert len(at.get("download_button")) == 1


def test_who_may_not_write_quotes_makes_no_proposal() -> None:
    client = MovingClient()
    client.permissions = ["quotes:read"]
    assert not opened(client, "documents").button


@pytest.mark.parametrize("state", ["draft", "void", "something_new"])
def test_every_state_has_words(state) -> None:
    assert "_" not in stands(LIFE | {"state": state})
