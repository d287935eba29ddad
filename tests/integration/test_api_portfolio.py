"""The portfolio over HTTP, on both stores: newest revisions, sums, what expires."""

from datetime import UTC, datetime, timedelta

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.client import Client
from api.lifecycle import transitions
from api.lifecycle.transitions import Move
from api.settings import Settings
from api.store import quotes
from api.store.database import Database
from api.store.events import Origin
from tests.builders.comparisons import compared_engagement, compared_quote
from tests.builders.lifecycle import add_quote, send_quote

LOOPBACK = "http://127.0.0.1"
SALES = Origin("u-sales", "Sam Sales", "sales")


def stored(session, **given):
    return quotes.add(session, compared_engagement(), compared_quote(), **given).id


@pytest.fixture
def served(database_url):
    settings = Settings(database=database_url)
    with TestClient(create_app(settings), base_url=LOOPBACK) as http:
        store = Database(settings.database)
        yield Client(LOOPBACK, http), store
        store.close()


def test_an_empty_house_has_nothing(served) -> None:
    client, _ = served
    found = client.portfolio()
    assert set(found["counts"].values()) == {0}
    assert (found["standing"], found["quotes"], found["left_out"]) == ([], [], 0)


def test_open_and_won_quotes_are_added_up_and_variants_are_not(served) -> None:
    client, store = served
    now = datetime.now(UTC)
    with store.writing() as session:
        draft, sent, won = (stored(session) for _ in range(3))
        stored(session, variant_of=draft)
        send_quote(session, sent, days=5, at=now)
        send_quote(session, won, at=now)
        transitions.accept(
            session, won, Move(SALES, now), {"claims": "output_based", "helpdesk": "output_based"}
        )
    found = client.portfolio()
    offers = compared_quote().offers
    low = min(
        offers.input_based.term.expected_bill.amount, offers.output_based.term.expected_bill.amount
    )
    values = {one["state"]: (one["count"], one["value"]["amount"]) for one in found["standing"]}
    assert values == {
        "draft": (1, str(low)),
        "sent": (1, str(low)),
        "accepted": (1, str(offers.output_based.term.expected_bill.amount)),
    }
    assert found["counts"]["draft"] == 2
    first = found["quotes"][0]
    assert (first["id"], first["days_left"]) == (sent, 4)
    assert [one["days_left"] for one in found["quotes"][1:]] == [None, None]


def test_of_a_number_only_the_newest_revision_counts(served) -> None:
    client, store = served
    with store.writing() as session:
        first = quotes.add(session, compared_engagement(), compared_quote())
        again = quotes.Revision(first.lifecycle.number, 2, first.id)
        newest = stored(session, revision=again)
    assert [one["id"] for one in client.portfolio()["quotes"]] == [newest]


def test_a_quote_of_another_form_is_counted_and_left_out(served) -> None:
    client, store = served
    with store.writing() as session:
        add_quote(session)
    found = client.portfolio()
    assert (found["counts"]["draft"], found["quotes"], found["left_out"]) == (1, [], 1)


def test_beyond_the_newest_the_others_are_left_out(served, monkeypatch) -> None:
    monkeypatch.setattr("api.routes.portfolio.MOST", 1)
    client, store = served
    with store.writing() as session:
        stored(session, at=datetime.now(UTC) - timedelta(days=1))
        newest = stored(session)
    found = client.portfolio()
    assert [one["id"] for one in found["quotes"]] == [newest]
    assert found["left_out"] == 1
