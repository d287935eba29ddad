"""Backups: whole, readable by either store, and refused when they are not."""

import gzip
import json
import stat
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from api.store.address import UnusableDatabaseError
from api.store.backup import write_backup
from api.store.database import Database
from api.store.migrate import downgrade, revision_of, revisions, upgrade
from api.store.opening import open_database
from api.store.portable import BrokenBackupError, read_whole
from api.store.restore import restore_backup
from api.store.tables import Base, QuoteRow
from api.store.work_tables import IdempotencyRow
from tests.builders.rows import NOON, quote_row

KINDS = ["sqlite", "postgresql"]


@pytest.fixture
def filled(database_url):
    """A store with a few rows of every kind of value, written by hand."""
    with closing(Database(database_url)) as store:
        with store.writing() as session:
            session.add(quote_row("c" * 36, name='Müller & Söhne \U0001f600 \\ " \n'))
            session.flush()
            # Older than the quote it was made from: it is read first, and has to wait.
            session.add(
                quote_row("b" * 36, variant_of="c" * 36, created_at=NOON - timedelta(days=1))
            )
            session.add(quote_row("a" * 36, reproducible=False))
            session.add(
                IdempotencyRow(
                    caller_id="local",
                    key="k",
                    request_hash="r" * 64,
                    created_at=datetime(2027, 1, 4, 1, 2, 3, 456789, tzinfo=UTC),
                    status=201,
                    body=bytes(range(256)),
                )
            )
        yield store


def content(engine):
    """Everything in a store, by table."""
    with engine.connect() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(table.select())))
            for table in Base.metadata.sorted_tables
        }


@pytest.mark.parametrize("name", ["backup.jsonl", "backup.jsonl.gz"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_backup_of_one_store_is_restored_into_the_other(
    filled, new_database, tmp_path, kind, name
) -> None:
    file = tmp_path / name
    written = write_backup(filled.engine, file)
    assert (written["quotes"], written["idempotency_keys"]) == (3, 1)
    other = open_database(new_database(kind))
    assert restore_backup(other, file) == written
    assert content(other) == content(filled.engine)
    other.dispose()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (file.read_bytes()[:2] == b"\x1f\x8b") is name.endswith(".gz")


def test_a_backup_holds_one_moment_while_others_write(filled, tmp_path, monkeypatch) -> None:
    from api.store import backup  # noqa: PLC0415

    def write_meanwhile(connection):
        tables = tables_of(connection)
        with filled.writing() as session:
            session.add(quote_row("d" * 36))
        return tables

    tables_of = backup.tables_of
    monkeypatch.setattr(backup, "tables_of", write_meanwhile)
    assert write_backup(filled.engine, tmp_path / "b.jsonl")["quotes"] == 3


@pytest.mark.parametrize("kind", KINDS)
def test_a_backup_of_an_earlier_version_comes_to_the_schema_of_this_one(
    filled, new_database, tmp_path, kind
) -> None:
    file = tmp_path / "b.jsonl"
    downgrade(filled.engine, "0002")
    write_backup(filled.engine, file)
    assert read_whole(file).schema == "0002"
    other = open_database(new_database(kind))
    restore_backup(other, file)
    with other.connect() as connection:
        assert revision_of(connection) == revisions()[-1]
    url = other.url.render_as_string(hide_password=False)
    with closing(Database(url)) as store, store.reading() as session:
        assert session.get_one(QuoteRow, "b" * 36).variant_of == "c" * 36
    other.dispose()


def damaged(lines, how):
    """A backup with one thing wrong."""
    if how == "cut off":
        return lines[:-1]
    if how == "a row left out":
        return [*lines[:1], *lines[2:]]
    if how == "a digit changed":
        return [line.replace(b'"1.00"', b'"9.00"') for line in lines]
    if how == "a later format":
        return [lines[0].replace(b'"crewquote_backup":1', b'"crewquote_backup":2'), *lines[1:]]
    if how == "a later schema":
        head = json.loads(lines[0]) | {"schema": "9999"}
        return [json.dumps(head).encode() + b"\n", *lines[1:]]
    return [b"name: claims\n"]


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("cut off", "its end is missing"),
        ("a row left out", "its checksum does not fit"),
        ("a digit changed", "its checksum does not fit"),
        ("a later format", "a later version of crewquote made it"),
        ("a later schema", "its checksum does not fit"),
        ("another file", "a line of it cannot be read"),
    ],
)
def test_what_is_no_whole_backup_is_refused_and_nothing_is_stored(
    filled, tmp_path, how, said
) -> None:
    file = tmp_path / "b.jsonl"
    write_backup(filled.engine, file)
    file.write_bytes(b"".join(damaged(file.read_bytes().splitlines(keepends=True), how)))
    other = open_database(tmp_path / "other.sqlite")
    with pytest.raises(BrokenBackupError, match=said):
        restore_backup(other, file)
    other.dispose()
    assert not (tmp_path / "other.sqlite").exists()


def test_a_packed_backup_that_was_cut_off_is_refused(tmp_path) -> None:
    file = tmp_path / "b.gz"
    line = b'{"crewquote_backup":1,"schema":"0001","made_at":"","tables":{}}\n'
    file.write_bytes(gzip.compress(line * 1000)[:-20])
    with pytest.raises(BrokenBackupError, match="cannot be unpacked"):
        read_whole(file)


def test_nothing_that_is_stored_is_written_over(filled, tmp_path) -> None:
    file = tmp_path / "b.jsonl"
    write_backup(filled.engine, file)
    before = content(filled.engine)
    with pytest.raises(UnusableDatabaseError, match=r"is not empty .* restore into a new database"):
        restore_backup(filled.engine, file)
    assert content(filled.engine) == before


def test_a_database_without_a_store_has_no_backup(tmp_path) -> None:
    engine = open_database(tmp_path / "new.sqlite")
    with pytest.raises(UnusableDatabaseError, match="holds nothing that could be kept"):
        write_backup(engine, tmp_path / "b.jsonl")
    engine.dispose()
    assert not (tmp_path / "b.jsonl").exists()


def test_a_backup_that_fails_leaves_the_one_before(filled, tmp_path, monkeypatch) -> None:
    file = tmp_path / "b.jsonl"
    file.write_text("the one before")
    monkeypatch.setattr("api.store.backup.last_line", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_backup(filled.engine, file)
    assert file.read_text() == "the one before"
    assert [path.name for path in tmp_path.iterdir()] == ["b.jsonl"]


def test_the_way_down_and_up_again_keeps_the_quotes(filled) -> None:
    before = content(filled.engine)["quotes"]
    downgrade(filled.engine, "0002")
    upgrade(filled.engine)
    assert content(filled.engine)["quotes"] == before
