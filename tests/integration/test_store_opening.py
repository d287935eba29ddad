"""Naming a database, and what is said of one that cannot be used: a remedy, never a password."""

from pathlib import Path

import pytest

from api.store.address import UnusableDatabaseError, database_url, shown
from api.store.opening import open_current, open_database
from api.store.postgresql import postgresql_reason
from tests.builders.server import free_port

SECRET = "hunter2-%40"  # as a URL writes it
PLAIN = "hunter2-@"


def refusal(database: str | Path) -> str:
    """What is said of a database that must not be opened."""
    with pytest.raises(UnusableDatabaseError) as caught:
        open_current(database)
    assert caught.value.__cause__ is None
    assert PLAIN not in str(caught.value)
    assert SECRET not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("setting", "named"),
    [
        ("quotes.sqlite", "quotes.sqlite"),
        (Path("a folder/quotes?.sqlite"), "a folder/quotes?.sqlite"),
        ("sqlite:///quotes.sqlite", "quotes.sqlite"),
        ("sqlite:////var/lib/quotes.sqlite", "/var/lib/quotes.sqlite"),
        (f"postgresql://me:{SECRET}@db:5433/quotes", "postgresql://me:***@db:5433/quotes"),
        (f"postgres://me:{SECRET}@db/quotes", "postgresql://me:***@db/quotes"),
        (
            f"postgresql://db/q?user=me&password={SECRET}",
            "postgresql://db/q?password=hidden&user=me",
        ),
    ],
)
def test_a_database_is_named_without_its_password(setting: str | Path, named: str) -> None:
    assert shown(database_url(setting)) == named


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        (":memory:", "names no file"),
        ("sqlite:///q.sqlite?mode=ro", "names no file"),
        ("postgresql://db", "names no database; end it with /NAME"),
        (f"mysql://me:{SECRET}@db/quotes", "is no database of ours; name a file, sqlite:///FILE"),
        (f"postgresql://me:{SECRET}@db:port/quotes", "the URL cannot be read"),
        (f"://me:{SECRET}", "the URL cannot be read"),
    ],
)
def test_what_names_no_database_of_ours_is_refused(setting: str, said: str) -> None:
    assert said in refusal(setting)


def test_a_server_that_is_not_there() -> None:
    said = refusal(f"postgresql://me:{SECRET}@127.0.0.1:{free_port()}/quotes")
    assert "cannot be reached; start PostgreSQL, or correct host and port" in said
    assert "postgresql://me:***@127.0.0.1" in said


def test_a_database_that_is_to_be_made_first(postgres) -> None:
    said = refusal(postgres.url("nowhere"))
    assert "/nowhere" in said
    assert "does not exist on that server; make it with createdb" in said


def test_a_user_that_is_not_known(postgres) -> None:
    said = refusal(postgres.url("postgres").replace("crewquote@", f"nobody:{SECRET}@"))
    assert "knows no such user; correct the user" in said


def test_the_database_of_another_program(postgres) -> None:
    url = postgres.new_database()
    engine = open_database(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE songs (title TEXT)")
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32))")
    engine.dispose()
    assert "is a database of another program; name another" in refusal(url)


def test_a_database_of_a_later_version(new_database) -> None:
    url = new_database("postgresql")
    engine = open_database(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    assert "by a later version of crewquote" in refusal(url)


def test_a_database_that_cannot_hold_every_letter(postgres) -> None:
    postgres.execute("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    assert "is not in UTF-8; make it with createdb -E UTF8" in refusal(postgres.url("latin"))


def test_a_database_that_is_read_only(postgres) -> None:
    url = postgres.new_database()
    name = url.partition("@/")[2].partition("?")[0]
    postgres.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    assert "is read-only; name the primary server" in refusal(url)


def test_a_user_that_may_not_make_tables(postgres) -> None:
    url = postgres.new_database()
    postgres.execute("CREATE ROLE guest LOGIN")
    said = refusal(url.replace("crewquote@", "guest@"))
    assert "may not be changed by this user; make it the owner" in said


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('FATAL:  password authentication failed for user "me"', "refuses this user"),
        ("fe_sendauth: no password supplied", "refuses this user"),
        ("FATAL:  sorry, too many clients already", "has no connection left"),
        ("canceling statement due to lock timeout", "is being changed by another program"),
        ("something new\nwith a second line", "cannot be used (something new)"),
        ("", "cannot be used (no reason given)"),
    ],
)
def test_what_postgresql_says_becomes_a_remedy(said: str, told: str) -> None:
    assert told in postgresql_reason("the database", said)
