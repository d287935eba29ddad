"""`crewquote serve` on a file that cannot hold quotes: a remedy, and nothing starts."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from api.store.address import UnusableDatabaseError
from api.store.opening import open_current
from tests.builders.command_line import PROGRAM
from tests.builders.server import free_port

pytestmark = pytest.mark.integration

# Root may write everywhere; without this capability it obeys permissions like anybody else.
OBEDIENT = (
    ["setpriv", "--bounding-set", "-dac_override", "--inh-caps", "-dac_override"]
    if os.geteuid() == 0
    else []
)


def refusal(folder: Path, database: str) -> str:
    """What `serve` says about a database it must refuse, having started nothing."""
    run = subprocess.run(
        [*OBEDIENT, PROGRAM, "serve", "--port", str(free_port()), "--database", database],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 2, run.stdout + run.stderr
    assert run.stdout == ""
    assert "Traceback" not in run.stderr
    said = " ".join(run.stderr.replace("│", " ").split())
    assert f"Invalid value for --database: {database}" in said or "folder of" in said
    return said


def store_at_revision(file: Path, revision: str) -> None:
    """Make a store and claim that it is of another schema revision."""
    open_current(file).dispose()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))


def test_a_missing_folder_is_to_be_made_first(tmp_path: Path) -> None:
    assert "does not exist; make it first" in refusal(tmp_path, "nowhere/quotes.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    assert "is a folder; name a file in it" in refusal(tmp_path, "store")


@pytest.mark.parametrize("content", [b"name: claims\n" * 100, bytes(range(256)) * 32])
def test_another_kind_of_file_is_refused_and_kept(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "claims.yaml").write_bytes(content)
    assert "is not a SQLite database; name another" in refusal(tmp_path, "claims.yaml")
    assert (tmp_path / "claims.yaml").read_bytes() == content


def test_the_database_of_another_program_is_refused_and_kept(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as connection:
        connection.execute("CREATE TABLE songs (title TEXT)")
        assert "of another program" in refusal(tmp_path, "other.db")
        tables = connection.execute("SELECT name FROM sqlite_master").fetchall()
    assert tables == [("songs",)]


def test_a_later_schema_wants_a_later_version(tmp_path: Path) -> None:
    store_at_revision(tmp_path / "new.sqlite", "9999")
    assert "by a later version of crewquote" in refusal(tmp_path, "new.sqlite")


@pytest.mark.skipif(
    bool(OBEDIENT) and shutil.which("setpriv") is None, reason="root obeys no permissions"
)
@pytest.mark.parametrize("target", ["quotes.sqlite", "."])
def test_a_place_that_cannot_be_written_to_is_found_out_before_a_quote_is_lost(
    tmp_path: Path, target: str
) -> None:
    if target != ".":
        open_current(tmp_path / "quotes.sqlite").dispose()
    mode = 0o444 if target != "." else 0o555
    (tmp_path / target).chmod(mode)
    said = refusal(tmp_path, "quotes.sqlite")
    (tmp_path / target).chmod(0o755)
    assert "cannot be written to; change its permissions" in said


def test_the_try_at_writing_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "quotes.sqlite"
    open_current(file).dispose()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = 7")
        open_current(file).dispose()
        assert connection.execute("PRAGMA user_version").fetchone() == (7,)


def test_a_damaged_file_is_refused_in_sqlite_s_own_words(tmp_path: Path) -> None:
    file = tmp_path / "quotes.sqlite"
    open_current(file).dispose()
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(UnusableDatabaseError, match=r"malformed.*name another file"):
        open_current(file)
