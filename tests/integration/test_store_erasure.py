"""A client's data: exported whole, erased without a trace of its content, contracts kept."""

import json
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient
from typer.testing import CliRunner

from api.app import create_app
from api.cli.app import app
from api.client import ApiError, Client
from api.client_data import client_data
from api.identity.caller import Role
from api.lifecycle import transitions
from api.lifecycle.transitions import Move
from api.retention import accepted_before, ended_before
from api.settings import Settings
from api.store import drafts, erasure, idempotency, jobs, quotes, users, webhooks
from api.store.audit import verify
from api.store.database import Database
from api.store.events import Origin
from api.store.identity_tables import CredentialRow
from api.store.tables import Base, EventRow
from api.store.webhook_tables import WebhookDeliveryRow
from pricing.reading import read_engagement
from tests.builders.comparisons import FORBIDDEN, compared_quote
from tests.builders.identity import add_user, store_of, token_of
from tests.builders.lifecycle import APPROVER, CHOICE, CLIENT, MONDAY, SALES, add_quote
from tests.builders.pricing import engagement_data

OPERATOR = Origin("operator", "command line", "system")
LONG_AGO = MONDAY - timedelta(days=1)
LATER = MONDAY + timedelta(days=365)
LOOPBACK = "http://127.0.0.1"
SECRET = "Ring Jane Roe on 555-0100"


def moved(session, *, to="sent", revision=None, at=MONDAY):
    """A quote made by hand, brought to a state."""
    quote_id = add_quote(session, revision=revision, at=at).id
    by_sales, by_client = Move(SALES, at), Move(CLIENT, at, note=SECRET)
    transitions.request_approval(session, quote_id, by_sales, [])
    transitions.send(session, quote_id, by_sales, 30)
    if to == "accepted":
        transitions.accept(session, quote_id, by_client, CHOICE)
    if to == "declined":
        transitions.decline(session, quote_id, by_client)
    return quote_id


@pytest.fixture
def store(database_url):
    with closing(Database(database_url)) as store:
        yield store


def stored(store):
    """Everything in a store as text, for words that must not be in it."""
    with store.engine.connect() as connection:
        return "\n".join(
            repr([bytes(v) if isinstance(v, memoryview) else v for v in row])
            for table in Base.metadata.sorted_tables
            for row in connection.execute(table.select())
        )


def ids(store):
    with store.reading() as session:
        return {row.id for row in quotes.page(session, 100, None)[0]}


def test_what_is_erased_leaves_its_hash_and_nothing_of_its_content(store) -> None:
    with store.writing() as session:
        gone = moved(session, to="declined")
        users.add(
            session,
            email="jane@acme.example",
            name="Jane Roe",
            role=Role.CLIENT,
            client="Acme",
            password_hash="p",
        )
        idempotency.claim(session, "local", "key", "r" * 64)
        body = json.dumps({"id": gone, "client": "Acme"}).encode()
        answer = idempotency.KeptAnswer(201, {}, body)
        idempotency.complete(session, "local", "key", answer)
        jobs.add(session, jobs.NewJob("j" * 36, "quote", "local", None, '{"client": "Acme"}'))
        jobs.add(session, jobs.NewJob("k" * 36, "quote", "local", None, '{"client": "Apex"}'))
    with store.writing() as session:
        assert erasure.clients(session) == ["Acme"]
        done = erasure.erase_client(session, "Acme", OPERATOR, LONG_AGO)
    assert (done.quotes, done.kept, done.users) == (1, 0, 1)
    left = stored(store)
    for word in ("Acme", "by hand", "Jane", "jane@", SECRET):
        assert word not in left
    with store.reading() as session:
        assert verify(session).whole
        assert erasure.clients(session) == []
        assert (jobs.get(session, "j" * 36), jobs.num_queued(session)) == (None, 1)
        last = session.scalars(select(EventRow).order_by(EventRow.sequence.desc()).limit(2)).all()
    assert [event.type for event in last] == ["client.erased", "quote.erased"]
    assert json.loads(last[1].after)["content_hash"] == "c" * 64


def test_work_for_it_is_forgotten_also_where_it_waits_or_runs(store) -> None:
    """Whoever runs the job may not end it, its key is free, and no message of it goes out."""
    with store.writing() as session:
        for number, client in enumerate(["Acme", "Apex", "Acme"]):
            idempotency.claim(session, "local", f"key {number}", "r" * 64)
            request = json.dumps({"body": {"client": client}})
            name = str(number) * 36
            jobs.add(session, jobs.NewJob(name, "quote", "local", f"key {number}", request))
        running = [jobs.claim(session, timedelta(minutes=1)) for _ in range(2)]
        endpoint = webhooks.add(session, "https://hooks.example", [], "s", "Ann")
        gone = moved(session, to="declined")
        webhooks.deliver_to(session, endpoint, "quote.sent", json.dumps({"id": gone}))
        webhooks.deliver_to(session, endpoint, "quote.sent", '{"note": "of Acme, \\"Acme\\""}')
        webhooks.deliver_to(session, endpoint, "quote.sent", '{"note": "Acmes"}')
        users.add(
            session,
            email="jane@acme.example",
            name="Jane",
            role=Role.CLIENT,
            client="Acme",
            password_hash="p",
        )
    with store.writing() as session:
        erasure.erase_client(session, "Acme", OPERATOR, LONG_AGO)
    with store.reading() as session:
        assert [claim and jobs.holds(session, claim.owner) for claim in running] == [False, True]
        assert [jobs.get(session, str(number) * 36) is None for number in range(3)] == [
            True,
            False,
            True,
        ]
        known = [idempotency.find(session, "local", f"key {number}") for number in range(3)]
        assert [one is None for one in known] == [True, False, True]
        bodies = session.scalars(select(WebhookDeliveryRow.body)).all()
    assert all(gone not in body and '"Acme"' not in body for body in bodies)
    assert '{"note": "Acmes"}' in bodies


def test_its_users_are_erased_with_what_they_sign_in_with(store) -> None:
    theirs, ours = add_user(store, "client", client="Acme"), add_user(store, "sales")
    for user in (theirs, ours):
        token_of(store, user)
        token_of(store, user, name="a key", permissions=["profile"])
    with store.writing() as session:
        assert erasure.erase_client(session, "Acme", OPERATOR, LONG_AGO).users == 1
    with store.reading() as session:
        assert set(session.scalars(select(CredentialRow.user_id))) == {ours.id}


def test_another_client_s_quotes_stay(store) -> None:
    with store.writing() as session:
        ours = quotes.add(session, read_engagement(engagement_data()), compared_quote()).id
        moved(session, to="declined")
        erasure.erase_client(session, "Acme", OPERATOR, LATER)
    assert ids(store) == {ours}
    with store.reading() as session:
        assert verify(session).whole


def test_accepted_quotes_stay_as_long_as_contracts_must(store) -> None:
    with store.writing() as session:
        contract = moved(session, to="accepted")
        moved(session, to="sent")
        kept = erasure.erase_client(session, "Acme", OPERATOR, MONDAY)  # not before that moment
    assert (kept.quotes, kept.kept) == (1, 1)
    assert ids(store) == {contract}
    with store.writing() as session:
        done = erasure.erase_client(session, "Acme", OPERATOR, MONDAY + timedelta(seconds=1))
    assert (done.quotes, done.kept) == (1, 0)
    assert ids(store) == set()
    with store.reading() as session:
        assert verify(session).whole


def test_what_a_contract_refers_to_stays_with_it(store) -> None:
    """The quote it is a variant of, and the first revision of its number."""
    with store.writing() as session:
        base = quotes.add(session, read_engagement(engagement_data()), compared_quote())
        variant = quotes.add(
            session, read_engagement(engagement_data()), compared_quote(), variant_of=base.id
        )
        first = moved(session)
        number, revision = transitions.next_revision(session, first, Move(SALES, MONDAY))
        second = moved(session, to="accepted", revision=quotes.Revision(number, revision, first))
        every = {base.id, variant.id, first, second}
        assert erasure.purge(session, every - {variant.id, second}, OPERATOR) == 0
        assert erasure.purge(session, every - {second}, OPERATOR) == 2
    assert ids(store) == {first, second}
    with store.reading() as session:
        assert verify(session).whole


def test_what_came_to_nothing_is_purged_when_it_was_kept_long_enough(store) -> None:
    with store.writing() as session:
        declined, sent, contract = (
            moved(session, to=state) for state in ("declined", "sent", "accepted")
        )
        assert erasure.outlived(session, None, None) == set()
        assert erasure.outlived(session, None, MONDAY) == set()
        assert erasure.outlived(session, None, LATER) == {declined}
        assert erasure.outlived(session, LATER, None) == {contract}
        erasure.purge(session, erasure.outlived(session, LATER, LATER), OPERATOR)
    assert ids(store) == {sent}


def test_the_settings_say_how_long() -> None:
    today = datetime(2028, 2, 29, 12, tzinfo=UTC)
    assert accepted_before(Settings(), today) == datetime(2018, 3, 1, 12, tzinfo=UTC)
    assert ended_before(Settings(), today) is None
    settings = Settings(keep_accepted_years=4, keep_ended_years=0)
    assert accepted_before(settings, today) == datetime(2024, 2, 29, 12, tzinfo=UTC)
    assert ended_before(settings, today) == today


@pytest.fixture
def exported(store):
    """A store with one quote that was sent, one that was not, and its client's data."""
    with store.writing() as session:
        engagement, quote = read_engagement(engagement_data()), compared_quote()
        sent = quotes.add(session, engagement, quote, by=SALES, at=MONDAY)
        quotes.add(session, engagement, quote, by=SALES, at=LATER)
        user = users.add(
            session,
            email="jane@client.example",
            name="Jane Roe",
            role=Role.CLIENT,
            client=quote.engagement.client,
            password_hash="argon",
        )
        transitions.request_approval(session, sent.id, Move(SALES, MONDAY), [])
        transitions.send(session, sent.id, Move(SALES, MONDAY), 30)
        by_client = replace(CLIENT, id=user.id)
        transitions.decline(session, sent.id, Move(by_client, MONDAY, note=SECRET))
    with store.reading() as session:
        return client_data(session, quote.engagement.client)


def test_a_client_gets_all_that_is_kept_of_it(exported) -> None:
    assert [user["email"] for user in exported["users"]] == ["jane@client.example"]
    sent, draft = exported["quotes"]
    assert (sent["state"], sent["note"], draft["state"]) == ("declined", SECRET, "draft")
    assert [service["name"] for service in sent["services"]] == ["claims"]
    assert len(sent["offers"]["offers"]) == 2
    assert [event["type"] for event in sent["events"]][-1] == "quote.declined"
    assert sent["events"][-1]["by"] == "Jane Roe"


def test_a_client_gets_nothing_of_the_vendor_s_side(exported) -> None:
    text = json.dumps(exported)
    assert FORBIDDEN.findall(text) == []
    for word in ("argon", SALES.name, APPROVER.name):
        assert word not in text
    assert exported["quotes"][1]["offers"] is None  # it was never offered


def test_a_client_gets_the_work_of_drafts_for_it_and_they_are_erased_with_it(store) -> None:
    """Whoever is only being written for is a client too; what is written may be anything yet."""
    work = {**engagement_data(), "client": "Bell", "name": "Begun"}
    with store.writing() as session:
        for engagement in (work, {"client": "Bell", "services": "?"}, {"client": "Other"}):
            drafts.add(session, SALES.id, {"engagement": engagement, "revises": None}, MONDAY)
    with store.reading() as session:
        assert erasure.clients(session) == ["Bell", "Other"]
        data = client_data(session, "Bell")
    assert sorted(str(one["name"]) for one in data["drafts"]) == ["Begun", "None"]
    begun = next(one for one in data["drafts"] if one["name"])
    assert begun["services"] == [
        {name: service[name] for name in ("name", "unit", "volume") if name in service}
        for service in work["services"]
    ]
    assert FORBIDDEN.findall(json.dumps(data)) == []
    with store.writing() as session:
        erasure.erase_client(session, "Bell", OPERATOR, LONG_AGO)
        assert erasure.clients(session) == ["Other"]


def test_the_commands(database_url, tmp_path) -> None:
    def run(*arguments, answer=None):
        command = [*arguments, "--database", database_url]
        result = CliRunner().invoke(app, [str(one) for one in command], input=answer)
        return result.exit_code, " ".join(result.output.split()), result.exception

    with closing(Database(database_url)) as store, store.writing() as session:
        moved(session, to="declined")
    out = tmp_path / "acme.json"
    assert run("clients", "export", "Acme", "--out", out)[1].endswith(
        "of Acme quotes 1, drafts 0, users 0"
    )
    assert json.loads(out.read_text())["client"] == "Acme"
    assert "did you mean Acme?" in str(run("clients", "export", "Acmee", "--out", out)[2])
    assert run("database", "purge", "--dry-run")[1] == "would erase quotes: 0"
    assert run("database", "purge")[1] == "erased quotes: 0"
    code, said, _ = run("clients", "delete", "Acme", answer="n\n")
    assert (code, "for good?" in said) == (1, True)
    assert run("clients", "delete", "Acme", "--yes")[1] == "erased of Acme: quotes 1, users 0"
    assert run("audit", "verify")[0] == 0


def test_an_admin_does_the_same_over_http(database_url) -> None:
    """The export of the command line; gone once erased; what is kept as a contract stays."""
    with closing(Database(database_url)) as store, store.writing() as session:
        moved(session, to="declined")
        contract = moved(session, to="accepted", at=datetime.now(UTC))
    settings = Settings(database=database_url, log="off")
    with TestClient(create_app(settings), base_url=LOOPBACK) as http:
        client = Client(LOOPBACK, http)
        with store_of(http).reading() as session:
            assert client.client_data("Acme") == client_data(session, "Acme")
        gone = client.erase_client("Acme")
        assert gone == {"client": "Acme", "quotes": 1, "users": 0, "kept": 1}
        assert ids(store_of(http)) == {contract}
        with store_of(http).reading() as session:
            assert verify(session).whole
            last = session.scalars(select(EventRow).order_by(EventRow.sequence.desc())).first()
        assert (last.type, last.actor_role) == ("client.erased", "admin")
        with pytest.raises(ApiError, match="client named 'Acmee'") as refused:
            client.client_data("Acmee")
        assert refused.value.status == 404
        assert http.delete("/v1/client-data").status_code == 422
