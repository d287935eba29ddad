"""The life of a quote over HTTP: revisions, approval, sending, the client's answer, events."""

import json
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.client import ApiError, Client
from api.lifecycle import transitions
from api.lifecycle.transitions import Move
from api.settings import Settings
from api.store import quotes
from api.store.database import Database
from api.store.events import Origin
from pricing.reading import read_engagement
from tests.builders.comparisons import IN_HOUSE, PAY_ABROAD, compared_quote
from tests.builders.pricing import DEFERRABLE, LIVE, SITE, engagement_data

LOOPBACK = "http://127.0.0.1"
SALES = Origin("u-sales", "Sam Sales", "sales")
NOBODY = "00000000-0000-0000-0000-000000000000"
JSON = {"Content-Type": "application/json"}


def engagement():
    """The engagement of `compared_quote`."""
    pay = {"claims_processor": PAY_ABROAD, "contact_centre_agent": PAY_ABROAD}
    return read_engagement(
        engagement_data(
            services=[DEFERRABLE, LIVE],
            sites=[SITE | {"wages": pay}],
            term_months=18,
            in_house=IN_HOUSE,
        )
    )


@pytest.fixture(scope="module")
def app(tmp_path_factory, module_database_url):
    folder = tmp_path_factory.mktemp("policy")
    policy = folder / "approval.yaml"
    policy.write_text("always: [approver, admin]\nlimits: []\n")
    settings = Settings(database=module_database_url, approval_policy=policy)
    return create_app(settings)


@pytest.fixture(scope="module")
def http(app):
    with TestClient(app, base_url=LOOPBACK) as client:
        yield client


@pytest.fixture(scope="module")
def client(http):
    return Client(LOOPBACK, http)


@pytest.fixture
def draft(app, client):
    """A fresh draft by somebody else, as the API answers it."""
    with app.state.store.writing() as session:
        made = quotes.add(session, engagement(), compared_quote(), by=SALES)
    return client.get_quote(made.id)


@pytest.fixture
def sent(client, draft):
    client.request_approval(draft)
    client.approve(client.get_quote(draft["id"]))
    client.send(client.get_quote(draft["id"]))
    return client.get_quote(draft["id"])


def test_a_quote_is_answered_with_where_it_stands_and_its_etag(http, draft) -> None:
    life = draft["lifecycle"]
    assert (life["state"], life["revision"], life["version"]) == ("draft", 1, 1)
    assert life["number"].startswith(f"Q-{datetime.now(UTC).year}-")
    answer = http.get(f"/v1/quotes/{draft['id']}")
    assert answer.headers["etag"] == life["etag"] == '"v1"'


def test_from_draft_to_acceptance_by_service(client, draft) -> None:
    asked = client.request_approval(draft, note="Year-end price")
    assert asked["state"] == "pending_approval"
    assert [reason["measure"] for reason in asked["reasons"]] == ["always"]
    for step in (client.approve, client.send):
        now = step(client.get_quote(draft["id"]))
    assert (now["state"], now["approved_hash"]) == ("sent", draft["content_hash"])
    held = datetime.fromisoformat(now["expires_at"]) - datetime.fromisoformat(now["sent_at"])
    assert held == timedelta(days=draft["engagement"]["validity_days"])
    choice = {"claims": "output_based", "helpdesk": "input_based"}
    accepted = client.accept(client.get_quote(draft["id"]), services=choice)
    assert (accepted["state"], accepted["choice"]) == ("accepted", choice)
    after = client.get_quote(draft["id"])
    assert {**after, "lifecycle": None} == {**draft, "lifecycle": None}
    types = [event["type"] for event in client.quote_events(draft["id"])["data"]]
    assert types == [
        f"quote.{what}"
        for what in ("created", "approval_requested", "approved", "sent", "accepted")
    ]


def test_a_client_reads_where_the_quote_stands_and_nothing_of_its_approval(client, sent) -> None:
    answer = client.accept(sent, method="input_based")
    assert answer["choice"] == {"claims": "input_based", "helpdesk": "input_based"}
    assert set(answer) == {
        *("number", "revision", "state", "version", "etag", "sent_at", "expires_at", "choice")
    }


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, ""),
        ({"note": "yes"}, "/method"),
        ({"method": "input_based", "services": {}}, "/method"),
        ({"services": {"claims": "input_based"}}, "/services/helpdesk"),
        ({"services": {"claims": "input_based", "audit": "input_based"}}, "/services/audit"),
        ({"method": "hourly"}, "/method"),
        ({"metod": "input_based"}, "/metod"),
    ],
)
def test_a_choice_that_is_none_is_refused_by_pointer(http, sent, body, pointer) -> None:
    path = f"/v1/quotes/{sent['id']}/accept"
    answer = http.post(path, json=body, headers={"If-Match": "*"})
    assert (answer.status_code, answer.json()["code"]) == (422, "bad-input")
    assert pointer in [issue["pointer"] for issue in answer.json()["errors"]]
    assert http.get(f"/v1/quotes/{sent['id']}").json() == sent


BODIES = {
    "revisions": lambda: engagement().model_dump(mode="json"),
    "request-approval": dict,
    "approve": dict,
    "reject": lambda: {"note": "no"},
    "send": dict,
    "accept": lambda: {"method": "input_based"},
    "decline": dict,
    "request-revision": lambda: {"note": "more"},
    "void": lambda: {"note": "wrong"},
}


@pytest.mark.parametrize("action", BODIES)
def test_every_change_wants_the_version_it_was_decided_on(http, sent, action) -> None:
    path = f"/v1/quotes/{sent['id']}/{action}"
    body = BODIES[action]()
    missing = http.post(path, json=body)
    assert (missing.status_code, missing.json()["code"]) == (428, "no-precondition")
    for stale in ('"v1"', f"W/{sent['lifecycle']['etag']}", "nonsense", '"x4"'):
        answer = http.post(path, json=body, headers={"If-Match": stale})
        assert (answer.status_code, answer.json()["code"]) == (412, "stale")
    assert http.get(f"/v1/quotes/{sent['id']}").json() == sent


@pytest.mark.parametrize("action", BODIES)
def test_there_is_nothing_to_change_about_no_quote(http, action) -> None:
    path = f"/v1/quotes/{NOBODY}/{action}"
    answer = http.post(path, json=BODIES[action](), headers={"If-Match": "*"})
    assert answer.status_code == 404


def test_one_of_several_tags_may_match(http, sent) -> None:
    path = f"/v1/quotes/{sent['id']}/decline"
    answer = http.post(path, headers={"If-Match": f'"v1", {sent["lifecycle"]["etag"]}'})
    assert answer.status_code == 200
    assert answer.headers["etag"] == answer.json()["etag"] == '"v5"'


def test_what_is_not_sent_is_not_accepted(client, draft) -> None:
    with pytest.raises(ApiError) as caught:
        client.accept(draft, method="input_based")
    assert (caught.value.status, caught.value.code) == (409, "wrong-state")
    assert "is draft; only sent can be accepted" in caught.value.detail


@pytest.mark.parametrize(
    "body",
    [b'{"note": "\\u0000"}', b'{"note": " "}', b'{"note": "\\u007f"}', b'{"note": "\\ud800"}'],
)
def test_a_note_that_nobody_can_read_is_refused(http, draft, body) -> None:
    path = f"/v1/quotes/{draft['id']}/request-approval"
    answer = http.post(path, content=body, headers={**JSON, "If-Match": "*"})
    assert answer.status_code == 422


def test_a_reason_is_wanted_to_withdraw_and_kept(http, client, draft) -> None:
    path = f"/v1/quotes/{draft['id']}/void"
    assert http.post(path, json={}, headers={"If-Match": "*"}).status_code == 422
    assert client.void(draft, note="Wrong client.")["note"] == "Wrong client."


def test_rejected_and_asked_again(client, draft) -> None:
    client.request_approval(draft)
    back = client.reject(client.get_quote(draft["id"]), note="A longer term, please")
    assert (back["state"], back["note"]) == ("draft", "A longer term, please")
    assert client.request_approval(client.get_quote(draft["id"]))["state"] == "pending_approval"


def test_declined_and_asked_for_another(client, sent) -> None:
    asked = client.request_revision(sent, note="Weekends as well")
    assert asked["state"] == "revision_requested"
    with pytest.raises(ApiError, match="only sent"):
        client.decline(client.get_quote(sent["id"]))


def test_a_revision_is_priced_as_a_draft_under_the_same_number(client, sent) -> None:
    changed = client.get_engagement(sent["id"])
    changed["commercial"]["validity_days"] = 15
    revision = client.revise(sent, changed)
    life = revision["lifecycle"]
    assert (life["number"], life["revision"]) == (sent["lifecycle"]["number"], 2)
    assert (life["state"], life["approved_by"]) == ("draft", None)
    listed = client.list_quotes(number=life["number"])["data"]
    assert [(one["revision"], one["state"]) for one in listed] == [(2, "draft"), (1, "sent")]
    event = client.quote_events(revision["id"])["data"][0]
    assert event["after"]["revision_of"] == sent["id"]


def test_the_list_is_filtered_and_goes_on_after_a_cursor(http, client, draft) -> None:
    every = client.list_quotes(limit=100)["data"]
    client.void(draft, note="no")
    withdrawn = client.list_quotes(limit=100, state="void")["data"]
    assert draft["id"] in [one["id"] for one in withdrawn]
    assert {one["state"] for one in withdrawn} == {"void"}
    assert client.list_quotes(client="Nobody Ltd")["data"] == []
    client_name = draft["engagement"]["client"]
    assert len(client.list_quotes(limit=100, client=client_name)["data"]) == len(every)
    seen, cursor = [], None
    while True:
        page = client.list_quotes(limit=2, after=cursor)
        seen += [one["id"] for one in page["data"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert page["has_more"] is False
    assert seen == [one["id"] for one in every]


@pytest.mark.parametrize(
    "query",
    [
        *("after=abc", "after=WyJ4IiwieSJd", "after=WzEsMl0", "after=W1s", "after=%00"),
        *("state=lost", "number=7", f"starting_after={NOBODY}&after=WyJ4IiwieSJd"),
    ],
)
def test_a_cursor_or_filter_that_is_none_is_refused(http, query) -> None:
    answer = http.get(f"/v1/quotes?{query}")
    assert (answer.status_code, answer.json()["code"]) == (422, "bad-parameter")


def test_events_come_in_pages(http, client, sent) -> None:
    everything = client.quote_events(sent["id"])
    first = client.quote_events(sent["id"], limit=3)
    rest = client.quote_events(sent["id"], after=first["next_cursor"])
    assert first["has_more"] is True
    assert first["data"] + rest["data"] == everything["data"]
    assert rest["next_cursor"] is None
    path = f"/v1/quotes/{sent['id']}/events"
    for cursor in ("WyJ4Il0", "WyIxIiwiMiJd", "WyItMSJd"):
        assert http.get(f"{path}?after={cursor}").status_code == 422
    assert http.get(f"/v1/quotes/{NOBODY}/events").status_code == 404


def test_events_hold_no_client_and_no_document(client, sent) -> None:
    text = json.dumps(client.quote_events(sent["id"]))
    assert sent["engagement"]["client"] not in text
    assert "expected_bill" not in text


def test_the_server_ends_what_is_due_when_it_starts(tmp_path) -> None:
    file = tmp_path / "quotes.sqlite"
    long_ago = Move(SALES, datetime.now(UTC) - timedelta(days=40))
    with closing(Database(file)) as store, store.writing() as session:
        made = quotes.add(session, engagement(), compared_quote(), by=SALES).id
        transitions.request_approval(session, made, long_ago, [])
        transitions.send(session, made, long_ago, 30)
    app = create_app(Settings(database=file, expiry_interval_s=0.01))
    with TestClient(app, base_url=LOOPBACK) as http:
        for _ in range(1000):
            life = http.get(f"/v1/quotes/{made}").json()["lifecycle"]
            if life["state"] == "expired":
                break
    assert life["state"] == "expired"
