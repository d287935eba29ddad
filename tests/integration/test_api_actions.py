"""What a caller may do with a quote as it stands: the list, and what the server then does."""

from datetime import UTC, datetime
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.client import ApiError, Client
from api.identity.caller import Role
from api.lifecycle import transitions
from api.lifecycle.approval import ApprovalPolicy
from api.lifecycle.states import State
from api.lifecycle.transitions import Move
from api.settings import Settings
from api.store.quotes import Revision
from tests.builders.identity import tokens_by_role
from tests.builders.lifecycle import SALES, add_quote, send_quote

LOOPBACK = "http://127.0.0.1"
NOBODY = "00000000-0000-0000-0000-000000000000"
NO_TERMS: Any = None  # which an approval that is always needed does not read
OF_STATE = {
    "draft": {"request-approval", "void", "revisions"},
    "pending_approval": {"approve", "reject", "void", "revisions"},
    "approved": {"send", "void", "revisions"},
    "sent": {"accept", "decline", "request-revision", "void", "revisions"},
    "accepted": set(),
    "declined": {"revisions"},
    "revision_requested": {"void", "revisions"},
    "void": set(),
    "superseded": set(),
}


@pytest.fixture(scope="module")
def app(tmp_path_factory, module_database_url):
    policy = tmp_path_factory.mktemp("policy") / "approval.yaml"
    policy.write_text("always: [approver]\nlimits: []\n")
    made = create_app(
        Settings(database=module_database_url, approval_policy=policy, require_sign_in=True)
    )
    yield made
    made.state.store.close()


@pytest.fixture(scope="module")
def clients(app):
    """A client of the API for each role; the quotes are by somebody else."""
    with TestClient(app, base_url=LOOPBACK) as http:
        tokens = tokens_by_role(app.state.store, "Acme")
        yield {role: Client(LOOPBACK, http, token=token) for role, token in tokens.items()}


def stored(app, sent=False, revision=None):
    with app.state.store.writing() as session:
        quote = add_quote(session, by=SALES, revision=revision)
        if sent:
            send_quote(session, quote.id, days=100_000)
    return quote


def ask_approval(app, quote_id):
    """Ask as somebody would whose quote an approver, and no admin, has to approve."""
    reasons = ApprovalPolicy(limits=(), always=(Role.APPROVER,)).reasons(NO_TERMS)
    with app.state.store.writing() as session:
        move = Move(SALES, datetime.now(UTC))
        transitions.request_approval(session, quote_id, move, [one.model_dump() for one in reasons])


def told(client, quote_id):
    found = client.quote_actions(quote_id)
    return {one["action"] for one in found["data"]}, {one["action"] for one in found["kept"]}


def test_in_every_state_the_actions_are_those_that_start_there(app, clients) -> None:
    """An admin is kept from nothing; what is kept from others is the rest of the state."""
    admin, sales = clients["admin"], clients["sales"]
    quote = stored(app)
    seen = set()

    def check():
        mine, kept = told(admin, quote.id)
        state = admin.quote_actions(quote.id)["lifecycle"]["state"]
        assert mine | kept == OF_STATE[state]
        assert set().union(*told(sales, quote.id)) == OF_STATE[state]
        seen.add(state)

    check()
    ask_approval(app, quote.id)
    check()
    for step in ("approve", "send", "request_revision", "void"):
        now = {"id": quote.id, "lifecycle": admin.quote_actions(quote.id)["lifecycle"]}
        who = clients["approver"] if step == "approve" else admin
        getattr(who, step)(now, note="because")
        check()
    assert seen == {"draft", "pending_approval", "approved", "sent", "revision_requested", "void"}


def test_roles_are_told_what_is_theirs_and_why_the_rest_is_not(app, clients) -> None:
    quote = stored(app)
    assert told(clients["sales"], quote.id)[0] == OF_STATE["draft"]
    assert told(clients["planner"], quote.id) == (set(), OF_STATE["draft"])
    ask_approval(app, quote.id)
    assert told(clients["sales"], quote.id)[0] == {"void", "revisions"}
    assert told(clients["approver"], quote.id)[0] == {"approve", "reject"}
    why = {one["action"]: one["detail"] for one in clients["admin"].quote_actions(quote.id)["kept"]}
    assert "approver may approve" in why["approve"]
    data = clients["approver"].quote_actions(quote.id)["data"]
    assert {one["action"]: one["reason"] for one in data} == {"approve": False, "reject": True}


def test_whoever_changed_it_last_is_named_and_an_unknown_quote_is_not_found(app, clients) -> None:
    quote = stored(app, sent=True)
    last = clients["sales"].quote_actions(quote.id)["last_change"]
    assert (last["type"], last["actor_name"]) == ("quote.sent", SALES.name)
    with pytest.raises(ApiError, match="no stored quote"):
        clients["sales"].quote_actions(NOBODY)


def test_what_a_newer_revision_replaced_is_not_to_be_accepted_or_revised(app, clients) -> None:
    first = stored(app, sent=True)
    life = clients["sales"].quote_actions(first.id)["lifecycle"]
    stored(app, revision=Revision(life["number"], 2, first.id))
    assert told(clients["sales"], first.id)[0] == OF_STATE["sent"] - {"revisions"}


def test_a_quote_that_is_over_is_answered_no_more(app, clients) -> None:
    with app.state.store.writing() as session:
        quote = add_quote(session, by=SALES)
        send_quote(session, quote.id, days=-100_000)
    assert told(clients["sales"], quote.id)[0] == {"void", "revisions"}
    assert clients["sales"].quote_actions(quote.id)["lifecycle"]["state"] == State.SENT
