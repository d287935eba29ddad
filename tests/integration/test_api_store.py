"""What the store promises, on SQLite and on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import DateTime
from sqlalchemy.exc import IntegrityError, StatementError

import api.store
from api.store import quotes
from api.store.database import Database
from api.store.tables import Base, QuoteRow
from api.store.times import UtcDateTime
from tests.builders.rows import quote_row


def test_opening_twice_changes_nothing(database_url) -> None:
    Database(database_url).close()
    with closing(Database(database_url)) as store, store.reading() as session:
        assert quotes.page(session, 10, None) == ([], False)


def test_a_variant_of_a_quote_that_does_not_exist_cannot_be_stored(database_url) -> None:
    with (
        closing(Database(database_url)) as store,
        pytest.raises(IntegrityError, match=r"(?i)foreign key"),
        store.writing() as session,
    ):
        session.add(quote_row("a" * 36, variant_of="b" * 36))


def test_what_was_written_before_an_error_is_taken_back(database_url) -> None:
    def write_and_fail(store):
        with store.writing() as session:
            session.add(quote_row("a" * 36))
            session.flush()
            raise ZeroDivisionError

    with closing(Database(database_url)) as store:
        with pytest.raises(ZeroDivisionError):
            write_and_fail(store)
        with store.reading() as session:
            assert quotes.get(session, "a" * 36) is None


def test_a_reader_sees_one_moment(database_url) -> None:
    with closing(Database(database_url)) as store, store.reading() as reader:
        assert quotes.page(reader, 10, None) == ([], False)
        with store.writing() as session:
            session.add(quote_row("a" * 36))
        assert quotes.page(reader, 10, None) == ([], False)
        with store.reading() as later:
            assert quotes.get(later, "a" * 36) is not None


def test_what_a_writer_reads_stays_true_until_it_has_written(database_url) -> None:
    """Two stores, as in two processes: each names the next row by how many it has read."""
    with closing(Database(database_url)) as one, closing(Database(database_url)) as other:

        def add(store):
            for _ in range(10):
                with store.writing() as session:
                    rows, _more = quotes.page(session, 100, None)
                    session.add(quote_row(f"{len(rows):036d}"))

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(add, [one, other, one, other]))
        with one.reading() as session:
            rows, _more = quotes.page(session, 100, None)
    assert {row.id for row in rows} == {f"{number:036d}" for number in range(40)}


def test_times_come_back_in_utc_whatever_zone_they_had(database_url) -> None:
    moment = datetime(2027, 1, 4, 9, 30, 0, 123456, tzinfo=ZoneInfo("Asia/Manila"))
    with closing(Database(database_url)) as store:
        with store.writing() as session:
            session.add(quote_row("a" * 36, created_at=moment))
        with store.reading() as session:
            row = session.get_one(QuoteRow, "a" * 36)
            assert row.created_at == moment
            assert row.created_at.utcoffset() == timedelta(0)
            found = quotes.get(session, "a" * 36)
            assert found is not None
            assert found.created_at == "2027-01-04T01:30:00.123Z"


def test_a_time_without_a_zone_is_refused(database_url) -> None:
    with (
        closing(Database(database_url)) as store,
        pytest.raises(StatementError, match="has no zone"),
        store.writing() as session,
    ):
        session.add(quote_row("a" * 36, created_at=datetime(2027, 1, 4)))  # noqa: DTZ001


def test_sqlite_is_opened_so_that_what_is_acknowledged_outlives_a_power_cut(new_database) -> None:
    with closing(Database(new_database("sqlite"))) as store, store.engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,  # FULL
        "foreign_keys": 1,
        "busy_timeout": 30_000,
    }


def test_postgresql_is_opened_so_that_what_is_acknowledged_outlives_a_power_cut(
    new_database,
) -> None:
    store = Database(new_database("postgresql"))
    with closing(store), store.engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"SHOW {name}").scalar_one()
            for name in ("synchronous_commit", "timezone", "lock_timeout", "statement_timeout")
        }
    assert found == {
        "synchronous_commit": "on",
        "timezone": "UTC",
        "lock_timeout": "30s",
        "statement_timeout": "1min",
    }


def test_whoever_imports_the_store_knows_every_table() -> None:
    files = {file.stem for file in Path(api.store.__file__).parent.glob("*tables.py")}
    assert "tables" in files
    assert files == set(api.store.__all__)


def test_no_time_in_the_store_is_without_its_zone() -> None:
    kinds = {
        f"{table.name}.{column.name}": type(column.type)
        for table in Base.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, DateTime | UtcDateTime)
    }
    assert "quotes.created_at" in kinds
    assert {name for name, kind in kinds.items() if kind is not UtcDateTime} == set()
