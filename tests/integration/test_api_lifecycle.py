"""The life of a quote over HTTP: revisions, approval, sending, the client's answer, events."""

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.client import ApiError, Client
from api.cursors import write_cursor
from api.errors import RefusedError
from api.lifecycle import transitions
from api.lifecycle.transitions import Move
from api.settings import Settings
from api.store import events, quotes
from api.store.audit import verify
from api.store.database import Database
from api.store.events import Origin
from pricing.reading import read_engagement
from tests.builders.comparisons import FORBIDDEN, IN_HOUSE, PAY_ABROAD, compared_quote
from tests.builders.identity import add_user, bearer, token_of
from tests.builders.lifecycle import CHOICE, add_quote, send_quote
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


def test_a_client_sees_what_it_was_sent_and_answers_it(tmp_path) -> None:
    file = tmp_path / "quotes.sqlite"
    with closing(Database(file)) as store:
        with store.writing() as session:
            made = [
                quotes.add(session, engagement(), compared_quote(), by=SALES).id for _ in range(2)
            ]
            send_quote(session, made[0])
        company = compared_quote().engagement.client
        token = token_of(store, add_user(store, "client", client=company))
        other = token_of(store, add_user(store, "client", client="Another Ltd"))
    app = create_app(Settings(database=file, require_sign_in=True))
    with TestClient(app, base_url=LOOPBACK, headers=bearer(token)) as http:
        (listed,) = http.get("/v1/client/quotes").json()["data"]
        assert (listed["id"], listed["state"], listed["revision"]) == (made[0], "sent", 1)
        for path in (f"/v1/client/quotes/{made[1]}", f"/v1/quotes/{made[1]}/comparison"):
            assert http.get(path).status_code == 404
        read = http.get(f"/v1/client/quotes/{made[0]}")
        assert read.headers["etag"] == read.json()["status"]["etag"]
        assert FORBIDDEN.findall(json.dumps(read.json()["status"])) == []
        tag = {"If-Match": read.headers["etag"]}
        accept = read.json()["links"]["accept"]
        taken = {"method": "output_based"}
        foreign = http.post(accept, json=taken, headers={**tag, **bearer(other)})
        assert foreign.status_code == 404
        unsent = accept.replace(made[0], made[1])
        assert http.post(unsent, json=taken, headers={"If-Match": "*"}).status_code == 404
        answer = http.post(accept, json=taken, headers=tag)
        assert (answer.status_code, answer.json()["state"]) == (200, "accepted")
        assert http.get(f"/v1/quotes/{made[0]}/events").status_code == 403


def test_an_author_does_not_approve_and_whoever_does_is_recorded(tmp_path) -> None:
    file = tmp_path / "quotes.sqlite"
    policy = tmp_path / "approval.yaml"
    policy.write_text("always: [approver, admin]\n")
    with closing(Database(file)) as store:
        users = [add_user(store, role) for role in ("admin", "admin", "approver")]
        author, second, approver = users
        tokens = [bearer(token_of(store, user)) for user in users]
        with store.writing() as session:
            by = Origin(author.id, author.name, "admin")
            made = quotes.add(session, engagement(), compared_quote(), by=by).id
    app = create_app(Settings(database=file, require_sign_in=True, approval_policy=policy))
    path = f"/v1/quotes/{made}"
    with TestClient(app, base_url=LOOPBACK) as http:
        any_version = {"If-Match": "*"}
        asked = http.post(f"{path}/request-approval", headers={**any_version, **tokens[1]})
        assert asked.json()["state"] == "pending_approval"
        for own in tokens[:2]:  # who made it, and who asked
            refused = http.post(f"{path}/approve", headers={**any_version, **own})
            assert (refused.status_code, refused.json()["code"]) == (403, "not-approver")
        given = http.post(f"{path}/approve", headers={**any_version, **tokens[2]})
        assert (given.status_code, given.json()["approved_by"]) == (200, approver.id)
        event = http.get(f"{path}/events", headers=tokens[2]).json()["data"][-1]
    assert (event["actor_id"], event["actor_role"]) == (approver.id, "approver")
    assert event["request_id"] == given.headers["x-request-id"]
    assert second.id not in event["actor_id"]


def test_a_change_that_is_sent_again_is_made_once(http, sent) -> None:
    path = f"/v1/quotes/{sent['id']}/accept"
    headers = {"If-Match": sent["lifecycle"]["etag"], "Idempotency-Key": "accept-once"}
    first, again = (
        http.post(path, json={"method": "input_based"}, headers=headers) for _ in range(2)
    )
    assert (first.status_code, again.status_code) == (200, 200)
    assert (again.json(), again.headers["etag"]) == (first.json(), first.headers["etag"])
    assert again.headers["idempotency-replayed"] == "true"


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_fifty_acceptances_at_once_make_one(new_database, kind) -> None:
    with closing(Database(new_database(kind))) as store:
        with store.writing() as session:
            quote_id = add_quote(session, at=datetime.now(UTC)).id
            version = send_quote(session, quote_id).version

        def accept(number):
            move = Move(Origin(f"u-{number}", "A client", "client"), datetime.now(UTC), seen)
            try:
                with store.writing() as session:
                    transitions.accept(session, quote_id, move, CHOICE)
            except RefusedError as error:
                return error.kind.code
            return "accepted"

        for seen in (frozenset({version}), None):
            with ThreadPoolExecutor(50) as pool:
                answers = Counter(pool.map(accept, range(50)))
            expected = {"accepted": 1, "stale": 49} if seen else {"wrong-state": 50}
            assert answers == expected
        with store.reading() as session:
            happened, _ = events.page(session, quote_id, 100)
            assert verify(session).whole
    assert [one.type for one in happened].count("quote.accepted") == 1


@pytest.mark.parametrize(
    "query",
    [
        *("after=abc", "after=WyJ4IiwieSJd", "after=WzEsMl0", "after=W1s", "after=%00"),
        f"after={write_cursor('2027-01-04', NOBODY)}",
        f"after={write_cursor('2027-01-04T00:00:00Z', chr(0) * 36)}",
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
