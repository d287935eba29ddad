"""The audit finds every change made behind the program's back, and names it."""

import shutil
import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from typer.testing import CliRunner

from api.cli.app import app
from api.errors import BrokenAuditError
from api.lifecycle import transitions
from api.lifecycle.transitions import Move
from api.store import events
from api.store.audit import ERASED, verify
from api.store.database import Database
from api.store.tables import EventRow, LifecycleRow, QuoteRow
from tests.builders.lifecycle import APPROVER, MONDAY, SALES, add_quote


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Three quotes: one sent, one a draft, one withdrawn; eight events."""
    file = tmp_path_factory.mktemp("whole") / "quotes.sqlite"
    with closing(Database(file)) as store, store.writing() as session:
        ids = [add_quote(session).id for _ in range(3)]
        move = Move(SALES, MONDAY)
        transitions.request_approval(session, ids[0], move, [{"measure": "margin"}])
        transitions.approve(session, ids[0], Move(APPROVER, MONDAY))
        transitions.send(session, ids[0], move, 30)
        transitions.void(session, ids[2], move)
        events.append(session, "user.created", "u-1", SALES, subject_type="user")
    return file


@pytest.fixture
def file(whole, tmp_path):
    """A copy to tamper with."""
    return shutil.copy(whole, tmp_path / "quotes.sqlite")


def tampered(file, *statements):
    """Change the file as somebody would who knows SQL, and verify it."""
    with closing(sqlite3.connect(file)) as connection, connection:
        for trigger in ("events_refuse_update", "events_refuse_delete"):
            connection.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            assert connection.execute(statement).rowcount != 0
    with closing(Database(file)) as store, store.reading() as session:
        return verify(session)


def test_what_nobody_touched_is_whole(file) -> None:
    found = tampered(file)
    assert found.whole
    assert (found.events, found.quotes) == (8, 3)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE events SET actor_name = 'Eve' WHERE sequence = 5", "event 5 (quote.approved of"),
        ("UPDATE events SET at = '2026-01-01' WHERE sequence = 1", "event 1 (quote.created of"),
        ("UPDATE events SET after = '{}' WHERE sequence = 6", "its content is not what was"),
        ("UPDATE events SET request_id = 'x' WHERE sequence = 8", "event 8 (user.created of user"),
        ("DELETE FROM events WHERE sequence = 3", "event 3: missing, event 4"),
        ("DELETE FROM events WHERE sequence = 8", "event 8: missing, the chain was 8 events long"),
        ("DELETE FROM events WHERE sequence = 1", "event 1: missing"),
        ("UPDATE event_chain SET sequence = 7", "event 8: the chain ended before it, at event 7"),
        ("UPDATE events SET previous_hash = hash WHERE sequence = 2", "event 2 (quote.created of"),
    ],
)
def test_the_first_broken_event_is_named(file, statement, said) -> None:
    found = tampered(file, statement)
    assert said in str(found.broken_event)


def test_an_event_that_was_changed_and_hashed_again_breaks_its_successor(file) -> None:
    with closing(Database(file)) as store, store.reading() as session:
        forged = events.stored(session.get_one(EventRow, 5))
    forged = events.StoredEvent(**{**forged.__dict__, "actor_id": "eve"})
    sql = f"UPDATE events SET actor_id = 'eve', hash = '{events.hash_of(forged)}'"
    found = tampered(file, f"{sql} WHERE sequence = 5")
    assert str(found.broken_event).startswith("event 6 (quote.sent")
    assert "does not follow the event before it" in str(found.broken_event)


@pytest.mark.parametrize(
    "change",
    [
        "quote = '{}'",
        "engagement = '[]'",
        "output_bill = '1.99'",
        "client = 'Other'",
        "content_hash = 'd'",
        "created_at = '2026-01-01 00:00:00.000000'",
        "reproducible = 0",
    ],
)
def test_a_quote_is_what_it_was_when_it_was_made(file, change) -> None:
    found = tampered(file, f"UPDATE quotes SET {change} WHERE rowid = 2")
    assert found.broken_event is None
    (said,) = found.broken_quotes
    assert "its content is not what was stored when it was made" in said


@pytest.mark.parametrize(
    "change", ["state = 'accepted'", "version = 9", "expires_at = NULL", "choice = '{}'"]
)
def test_a_quote_stands_where_its_last_event_says(file, change) -> None:
    found = tampered(file, f"UPDATE lifecycles SET {change} WHERE state = 'sent'")
    (said,) = found.broken_quotes
    assert "it stands otherwise than its last event says" in said


def test_a_quote_that_is_gone_or_was_put_in_is_named(file) -> None:
    columns = "name, client, currency, input_bill, output_bill, engagement_hash, content_hash"
    columns += ", created_at, reproducible, engagement, quote"
    found = tampered(
        file,
        "DELETE FROM lifecycles WHERE state = 'void'",
        "DELETE FROM quotes WHERE rowid = 3",
        f"INSERT INTO quotes (id, {columns}) SELECT 'put-in', {columns} FROM quotes LIMIT 1",
    )
    assert len(found.broken_quotes) == 2
    assert "quote put-in: no event tells of its making" in found.broken_quotes
    assert any(said.endswith(": missing") for said in found.broken_quotes)


def test_a_quote_that_was_erased_by_law_is_not_missed(file) -> None:
    with closing(Database(file)) as store:
        with store.writing() as session:
            row = session.query(LifecycleRow).filter_by(state="void").one()
            quote_id = row.quote_id
            session.delete(row)
            session.flush()
            session.delete(session.get_one(QuoteRow, quote_id))
            events.append(session, ERASED, quote_id, SALES)
        with store.reading() as session:
            assert verify(session).whole


def test_the_database_refuses_to_change_or_delete_an_event(file) -> None:
    with closing(Database(file)) as store:
        for statement in ("UPDATE events SET actor_name = 'Eve'", "DELETE FROM events"):
            with (
                pytest.raises(IntegrityError, match="never changed or deleted"),
                store.writing() as session,
            ):
                session.execute(text(statement))


def test_the_command_says_that_all_is_well(file) -> None:
    run = CliRunner().invoke(app, ["audit", "verify", "--database", str(file)])
    assert run.exit_code == 0
    assert run.stdout == "8 events and 3 quotes are as they were written\n"


def test_the_command_names_what_is_broken(file) -> None:
    tampered(
        file,
        "UPDATE events SET actor_name = 'Eve' WHERE sequence = 8",
        "UPDATE quotes SET quote = '{}' WHERE rowid = 1",
    )
    run = CliRunner().invoke(app, ["audit", "verify", "--database", str(file)])
    assert isinstance(run.exception, BrokenAuditError)
    first, second = str(run.exception).splitlines()
    assert first.startswith("event 8 (user.created of user u-1)")
    assert second.startswith("quote ")


def test_a_misspelt_file_is_no_empty_store(tmp_path) -> None:
    for command in (["audit", "verify"], ["expire"]):
        run = CliRunner().invoke(app, [*command, "--database", str(tmp_path / "none.sqlite")])
        assert run.exit_code == 2
        assert not (tmp_path / "none.sqlite").exists()


def test_the_command_ends_what_is_due(file) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE lifecycles SET expires_at = '2026-01-31 00:00:00.000000'")
    run = CliRunner().invoke(app, ["expire", "--database", str(file)])
    assert run.exit_code == 0
    assert run.stdout == (
        "Q-2027-00001 revision 1: held until 2026-01-31T00:00:00.000Z\nexpired: 1\n"
    )
