"""Opening the SQLite file of quotes, or saying in a sentence why it cannot be used."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from alembic.util import CommandError
from sqlalchemy import create_engine, event, inspect
from sqlalchemy.exc import DatabaseError

from api.store.migrate import upgrade

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from sqlalchemy import Connection, Engine

LOCK_TIMEOUT_S = 30
WRITING = "crewquote_writing"  # execution option of a connection whose transactions write
_VERSION_TABLE = "alembic_version"


class UnusableDatabaseError(Exception):
    """The file cannot hold quotes; the message names it and what would help."""


def open_current(database: Path) -> Engine:
    """Open the file, made if it is missing, and bring it to the schema of this version.

    Raises
    ------
    UnusableDatabaseError
        A folder, no folder to make it in, no database, another program's, read-only, locked, or
        of a later version.
    """
    if database.is_dir():
        raise UnusableDatabaseError(f"{database} is a folder; name a file in it")
    if not database.absolute().parent.is_dir():
        raise UnusableDatabaseError(
            f"the folder of {database} does not exist; make it first, or name a file elsewhere"
        )
    engine = open_database(database)
    try:
        _check_writable(engine)
        _check_ours(engine, database)
        upgrade(engine)
    except CommandError:  # its revision is none of ours
        engine.dispose()
        raise UnusableDatabaseError(
            f"{database} was written by a later version of crewquote; "
            "serve it with that version, or name another file"
        ) from None
    except DatabaseError as error:
        engine.dispose()
        raise UnusableDatabaseError(_reason(database, str(error.orig))) from None
    return engine


def open_database(database: Path) -> Engine:
    """Open a SQLite file with foreign keys on and a log that survives a killed process."""
    engine = create_engine(f"sqlite:///{database}", connect_args={"timeout": LOCK_TIMEOUT_S})

    @event.listens_for(engine, "connect")
    def _pragmas(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # the driver begins no transaction of its own
        with closing(connection.cursor()) as cursor:
            cursor.execute("PRAGMA foreign_keys = ON")
            cursor.execute("PRAGMA journal_mode = WAL")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A writer takes its lock at once: one that read first could not be let in afterwards.
        writing = connection.get_execution_options().get(WRITING, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _check_writable(engine: Engine) -> None:
    """Write, and take it back: SQLite would else miss the right to only when a quote is stored."""
    with engine.connect().execution_options(**{WRITING: True}) as connection:
        connection.exec_driver_sql("PRAGMA user_version = 1")
        connection.rollback()


def _check_ours(engine: Engine, database: Path) -> None:
    tables = inspect(engine).get_table_names()
    if tables and _VERSION_TABLE not in tables:
        engine.dispose()
        raise UnusableDatabaseError(
            f"{database} is a database of another program; name another file"
        )


def _reason(database: Path, said: str) -> str:
    if "not a database" in said:
        return f"{database} is not a SQLite database; name another file"
    if "readonly" in said or "unable to open" in said:
        return (
            f"{database} cannot be written to; "
            "change its permissions and its folder's, or name another file"
        )
    if "locked" in said:
        return f"{database} is in use by another program; stop that one, or name another file"
    return f"{database} cannot be used ({said}); name another file"
