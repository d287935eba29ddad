"""SQLite: how a file is opened so that what is acknowledged stays, and why one cannot be used."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, event
from sqlalchemy.exc import OperationalError

from api.store.address import UnusableDatabaseError
from api.store.next_writer import attempt_until, next_in_line
from api.store.turns import LOCK_TIMEOUT_S, LOOKING, MIGRATING, POOL_TIMEOUT_S, WRITING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import URL, Connection, Engine

# FULL: the log is on the disk before a commit returns, so that it outlives a power cut as well.
_PRAGMAS = ("foreign_keys = ON", "journal_mode = WAL", "synchronous = FULL")


def sqlite_engine(url: URL, pool_size: int) -> Engine:
    """Open a SQLite file with foreign keys on and a log that survives a killed process."""
    engine = create_engine(
        url,
        connect_args={"timeout": LOCK_TIMEOUT_S},
        pool_size=pool_size,
        pool_timeout=POOL_TIMEOUT_S,
    )

    @event.listens_for(engine, "connect")
    def _pragmas(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # the driver begins no transaction of its own
        with closing(connection.cursor()) as cursor:
            for pragma in _PRAGMAS:
                cursor.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get(LOOKING, False):
            return
        if options.get(MIGRATING, False):  # tables are made anew: references must not follow them
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        if options.get(WRITING, False):
            _begin_to_write(connection)
        else:
            connection.exec_driver_sql("BEGIN")

    return engine


def _begin_to_write(connection: Connection) -> None:
    """Take the write lock at once: a writer that read first could not be let in afterwards."""
    deadline = time.monotonic() + LOCK_TIMEOUT_S
    with (
        next_in_line(Path(str(connection.engine.url.database)), deadline),
        _answering_at_once(connection),
    ):
        attempt_until(deadline, lambda: _begun(connection))


@contextmanager
def _answering_at_once(connection: Connection) -> Iterator[None]:
    """Let SQLite not wait by itself: its pauses grow to 100 ms, in which nobody would write."""
    connection.exec_driver_sql("PRAGMA busy_timeout = 0")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {LOCK_TIMEOUT_S * 1000:.0f}")


def _begun(connection: Connection) -> bool:
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except OperationalError as error:
        if getattr(error.orig, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


def check_place(file: Path) -> None:
    """Refuse a folder, and a file in a folder that does not exist.

    Raises
    ------
    UnusableDatabaseError
        Naming what would do.
    """
    if file.is_dir():
        raise UnusableDatabaseError(f"{file} is a folder; name a file in it")
    if not file.absolute().parent.is_dir():
        raise UnusableDatabaseError(
            f"the folder of {file} does not exist; make it first, or name a file elsewhere"
        )


def check_writable(connection: Connection) -> None:
    """Write, and take it back: SQLite would else miss the right to only when a quote is stored."""
    connection.exec_driver_sql("PRAGMA user_version = 1")


def sqlite_reason(named: str, said: str) -> str:
    """Why a file cannot be used, from what SQLite said, and what would help."""
    if "not a database" in said:
        return f"{named} is not a SQLite database; name another file"
    if "readonly" in said or "unable to open" in said:
        return (
            f"{named} cannot be written to; "
            "change its permissions and its folder's, or name another file"
        )
    if "locked" in said:
        return f"{named} is in use by another program; stop that one, or name another file"
    if "full" in said:
        return f"the disk of {named} is full; make room on it, or name a file elsewhere"
    return f"{named} cannot be used ({said}); name another file"
