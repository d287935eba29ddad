"""A row that is looked up is the row that SQLAlchemy would have read, and fails as it does."""

from contextlib import closing
from datetime import UTC, datetime

import pytest
from sqlalchemy import bindparam, select
from sqlalchemy.exc import DBAPIError

from api.store import idempotency as keys
from api.store import quotes
from api.store.database import Database
from api.store.lookup import Lookup
from api.store.tables import LifecycleRow, QuoteRow
from tests.builders.lifecycle import add_quote, send_quote
from tests.builders.rows import NOON, quote_row

ANSWER = keys.KeptAnswer(201, {"etag": '"v1"'}, b"\x00{}")
EARLIER, LATER = (datetime(year, 1, 1, tzinfo=UTC) for year in (2000, 2100))
EVERYTHING = (
    select(*QuoteRow.__table__.c, *LifecycleRow.__table__.c)
    .join_from(QuoteRow.__table__, LifecycleRow.__table__)
    .where(
        QuoteRow.__table__.c.id == bindparam("quote_id"),
        QuoteRow.__table__.c.created_at <= bindparam("until"),
    )
)


@pytest.fixture
def store(database_url):
    with closing(Database(database_url)) as store:
        yield store


def test_it_is_the_row_that_sqlalchemy_reads(store) -> None:
    with store.writing() as session:
        sent = add_quote(session).id
        send_quote(session, sent)
        session.add(quote_row("a" * 36))
    lookup = Lookup(EVERYTHING)
    for quote_id in (sent, "a" * 36, "b" * 36):
        for until in (LATER, NOON, EARLIER):
            asked = {"quote_id": quote_id, "until": until}
            with store.looking() as connection:
                expected = connection.execute(EVERYTHING, asked).one_or_none()
            assert store.find(lookup, **asked) == expected
    found = store.find(lookup, quote_id=sent, until=LATER)
    assert found.sent_at.tzinfo is UTC
    assert found.reproducible in {True, False}


def test_a_quote_is_seen_as_it_stands_now(store) -> None:
    with store.writing() as session:
        quote_id = add_quote(session).id
    before = store.find(quotes.HEAD, quote_id=quote_id)
    with store.writing() as session:
        send_quote(session, quote_id)
    after = store.find(quotes.HEAD, quote_id=quote_id)
    assert (before.state, after.state) == ("draft", "sent")
    assert len({before, after, store.find(quotes.HEAD, quote_id=quote_id)}) == 2


def test_a_key_is_found_without_a_transaction_as_in_one(store) -> None:
    with store.writing() as session:
        keys.claim(session, "me", "key", "hash")
    assert keys.find_in(store, "me", "key") == keys.KnownKey("hash", None)
    with store.writing() as session:
        keys.complete(session, "me", "key", ANSWER)
        assert keys.find(session, "me", "key") == keys.KnownKey("hash", ANSWER)
    assert keys.find_in(store, "me", "key") == keys.KnownKey("hash", ANSWER)
    assert keys.find_in(store, "other", "key") is None


def test_a_failure_is_told_as_any_and_keeps_no_connection(store) -> None:
    with store.writing() as session:
        session.connection().exec_driver_sql("ALTER TABLE quotes RENAME TO gone")
    for _ in range(3):
        with pytest.raises(DBAPIError, match="quotes"):
            store.find(quotes.HEAD, quote_id="a" * 36)
    assert store.engine.pool.checkedout() == 0


def test_a_connection_that_postgresql_ended_meanwhile_is_replaced(new_database, postgres) -> None:
    with closing(Database(new_database("postgresql"))) as store:
        assert store.find(quotes.HEAD, quote_id="a" * 36) is None
        postgres.halt("immediate")
        postgres.start()
        assert store.find(quotes.HEAD, quote_id="a" * 36) is None
