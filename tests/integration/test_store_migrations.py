"""Every schema there has been, up and down, on both stores."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from api.store.address import UnusableDatabaseError
from api.store.database import Database
from api.store.migrate import downgrade, revision_of, revisions, upgrade
from api.store.opening import open_current, open_database
from api.store.tables import Base

FIRST_QUOTE = text(
    "INSERT INTO quotes (id, created_at, name, client, currency, input_bill, output_bill,"
    " engagement_hash, content_hash, reproducible, engagement, quote)"
    " VALUES ('q', '2026-11-23 10:00:00', 'n', 'c', 'USD', '1.00', '2.00', 'e', 'h', :yes,"
    " '{}', '{}')"
)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request, tmp_path):
    """An empty database of either kind, opened."""
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres").new_database()
    else:
        url = f"sqlite:///{tmp_path / 'new.sqlite'}"
    engine = open_database(url)
    yield engine
    engine.dispose()


def differences(engine):
    """What separates a database from the tables the program works with."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"render_as_batch": True})
        return compare_metadata(context, Base.metadata)


def revision(engine):
    with engine.connect() as connection:
        return revision_of(connection)


def bills(engine):
    with engine.connect() as connection:
        return connection.execute(text("SELECT id, input_bill FROM quotes")).all()


def add_first_quote(engine):
    with engine.begin() as connection:
        connection.execute(FIRST_QUOTE, {"yes": True})


def test_an_empty_database_comes_to_the_schema_of_the_tables(empty) -> None:
    upgrade(empty)
    assert differences(empty) == []
    assert revision(empty) == revisions()[-1]


def test_every_step_up_and_down_keeps_the_quotes_there_are(empty) -> None:
    steps = revisions()
    assert len(steps) >= 2
    upgrade(empty, steps[0])
    add_first_quote(empty)
    for step in steps[1:]:
        upgrade(empty, step)
        assert (revision(empty), bills(empty)) == (step, [("q", "1.00")])
    for step in steps[-2::-1]:
        downgrade(empty, step)
        assert (revision(empty), bills(empty)) == (step, [("q", "1.00")])
    upgrade(empty)
    assert bills(empty) == [("q", "1.00")]
    assert differences(empty) == []


def test_all_steps_down_leave_nothing_and_can_be_gone_up_again(empty) -> None:
    upgrade(empty)
    downgrade(empty, "base")
    assert inspect(empty).get_table_names() == ["alembic_version"]
    assert revision(empty) is None
    open_current(empty.url.render_as_string(hide_password=False)).dispose()
    assert differences(empty) == []


def test_a_database_of_an_earlier_version_is_brought_up_when_it_is_opened(empty) -> None:
    upgrade(empty, "0001")
    add_first_quote(empty)
    with closing(Database(empty.url.render_as_string(hide_password=False))) as store:
        assert store.revision() == revisions()[-1]
    assert bills(empty) == [("q", "1.00")]


def test_servers_that_start_together_migrate_once(empty) -> None:
    url = empty.url.render_as_string(hide_password=False)
    with ThreadPoolExecutor(4) as pool:
        for engine in pool.map(open_current, [url] * 4):
            engine.dispose()
    assert differences(empty) == []


def test_a_migration_that_fails_leaves_everything_as_it_was(empty, monkeypatch) -> None:
    upgrade(empty, "0001")
    add_first_quote(empty)
    monkeypatch.setattr("api.store.migrate._check_references", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        upgrade(empty)
    assert revision(empty) == "0001"
    assert bills(empty) == [("q", "1.00")]
    assert "variant_of" not in {column["name"] for column in inspect(empty).get_columns("quotes")}


def test_a_reference_to_nothing_is_found_after_migrating(tmp_path) -> None:
    engine = open_database(tmp_path / "broken.sqlite")
    upgrade(engine, "0002")
    add_first_quote(engine)
    with engine.connect() as connection:
        connection.detach()
        raw = connection.connection.dbapi_connection
        assert raw is not None
        with closing(raw.cursor()) as cursor:
            cursor.execute("PRAGMA foreign_keys = OFF")
            cursor.execute("UPDATE quotes SET variant_of = 'gone'")
    with pytest.raises(UnusableDatabaseError, match="refers to something that is not in it"):
        upgrade(engine)
    engine.dispose()
