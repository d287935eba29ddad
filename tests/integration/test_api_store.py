"""The store under a killed server, and its schema from an empty and a previous database."""

import sqlite3
import threading
import time
from contextlib import closing, suppress

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.exc import IntegrityError

from api.client import ApiError
from api.store import quotes
from api.store.audit import verify
from api.store.database import Database
from api.store.migrate import upgrade
from api.store.opening import open_database
from api.store.tables import Base
from pricing.quote import Quote
from pricing.quoting import quote_hash
from tests.builders.server import Server, example_engagement

OWN = {"id", "created_at", "variant_of", "lifecycle"}


def test_an_empty_database_comes_to_the_schema_of_the_tables(tmp_path) -> None:
    engine = open_database(tmp_path / "new.sqlite")
    upgrade(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"render_as_batch": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_the_previous_database_keeps_its_quotes(tmp_path) -> None:
    file = tmp_path / "old.sqlite"
    engine = open_database(file)
    upgrade(engine, "0001")
    engine.dispose()
    with closing(sqlite3.connect(file)) as connection, connection:
        values = ("q" * 36, "2026-11-23 10:00:00", "n", "c", "USD", "1.00", "2.00", "e", "h", 1)
        connection.execute(
            "INSERT INTO quotes (id, created_at, name, client, currency, input_bill, output_bill,"
            " engagement_hash, content_hash, reproducible, engagement, quote)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '{}', '{}')",
            values,
        )
    with closing(Database(file)) as store, store.reading() as session:
        rows, has_more = quotes.page(session, 10, None)
        audit = verify(session)
    assert [(row.number, row.revision, row.state) for row in rows] == [("Q-2026-00001", 1, "draft")]
    assert (audit.whole, audit.events, audit.quotes) == (True, 1, 1)
    assert [(row.id, row.input_bill, row.variant_of) for row in rows] == [("q" * 36, "1.00", None)]
    assert has_more is False


def test_opening_twice_changes_nothing(tmp_path) -> None:
    file = tmp_path / "again.sqlite"
    Database(file).close()
    with closing(Database(file)) as store, store.reading() as session:
        assert quotes.page(session, 10, None) == ([], False)


def test_a_variant_of_a_quote_that_does_not_exist_cannot_be_stored(tmp_path) -> None:
    file = tmp_path / "keys.sqlite"
    with (
        closing(Database(file)) as store,
        store.engine.begin() as connection,
        pytest.raises(IntegrityError, match="FOREIGN KEY"),
    ):
        connection.exec_driver_sql(
            "INSERT INTO quotes (id, created_at, name, client, currency, input_bill, output_bill,"
            " engagement_hash, content_hash, reproducible, engagement, quote, variant_of)"
            " VALUES ('a', '2026-01-01', '', '', '', '', '', '', '', 1, '', '', 'missing')"
        )


@pytest.mark.slow
@pytest.mark.parametrize("delay_s", [0.3, 0.9, 1.2, 1.5, 1.8])
def test_a_killed_server_leaves_every_quote_whole_or_absent(tmp_path, delay_s) -> None:
    file = tmp_path / "quotes.sqlite"
    with Server(file) as server:
        first = server.client.create_quote(example_engagement())
        answered = []

        def post() -> None:
            with suppress(ApiError):
                answered.append(server.client.create_quote(example_engagement())["id"])

        thread = threading.Thread(target=post)
        thread.start()
        time.sleep(delay_s)
        server.kill()
        thread.join()
    with Server(file) as server:
        ids = [row["id"] for row in server.client.list_quotes(limit=100)["data"]]
        assert {first["id"], *answered} <= set(ids)
        assert len(ids) in (1, 2)
        for quote_id in ids:
            stored = server.client.get_quote(quote_id)
            quote = Quote.model_validate({k: v for k, v in stored.items() if k not in OWN})
            assert quote_hash(quote) == stored["content_hash"]
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
