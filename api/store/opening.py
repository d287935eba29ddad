"""Opening the database of quotes, or saying in a sentence why it cannot be used."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic.util import CommandError
from sqlalchemy import inspect
from sqlalchemy.exc import SQLAlchemyError

from api.store.address import UnusableDatabaseError, database_url, is_postgresql, shown
from api.store.migrate import upgrade
from api.store.postgresql import check_server, postgresql_engine, postgresql_reason
from api.store.sqlite import check_place, check_writable, sqlite_engine, sqlite_reason
from api.store.turns import WRITING

if TYPE_CHECKING:
    from sqlalchemy import URL, Engine

POOL_SIZE = 10
_VERSION_TABLE = "alembic_version"
_FIRST_TABLE = "quotes"


def open_current(database: str | Path, pool_size: int = POOL_SIZE) -> Engine:
    """Open the database, a file made if it is missing, and bring it to the schema of this version.

    Parameters
    ----------
    database : str or Path
        A SQLite file or a URL.
    pool_size : int
        Connections kept open; ten more may be opened for a while.

    Raises
    ------
    UnusableDatabaseError
        No database, another program's, read-only, locked, full, out of reach, or of a later
        version.
    """
    engine = open_database(database, pool_size)
    try:
        check_usable(engine)
        upgrade(engine)
    except CommandError:  # its revision is none of ours
        engine.dispose()
        raise UnusableDatabaseError(
            f"{shown(engine.url)} was written by a later version of crewquote; "
            "serve it with that version, or name another"
        ) from None
    except (SQLAlchemyError, UnusableDatabaseError) as error:
        engine.dispose()
        raise unusable(engine.url, error) from None
    return engine


def open_database(database: str | Path, pool_size: int = POOL_SIZE) -> Engine:
    """Open a database as it is.

    Raises
    ------
    UnusableDatabaseError
        It is named wrongly; whether it answers is not asked yet.
    """
    url = database_url(database)
    if is_postgresql(url):
        return postgresql_engine(url, pool_size)
    check_place(Path(str(url.database)))
    return sqlite_engine(url, pool_size)


def check_usable(engine: Engine) -> None:
    """Try the rights a server needs, and refuse tables of another program.

    Raises
    ------
    UnusableDatabaseError
        Naming what would do.
    """
    if is_postgresql(engine.url):
        with engine.connect() as connection:
            check_server(connection)
    else:
        with engine.connect().execution_options(**{WRITING: True}) as connection:
            check_writable(connection)
            connection.rollback()
    tables = set(inspect(engine).get_table_names())
    if tables - {_VERSION_TABLE} and not {_VERSION_TABLE, _FIRST_TABLE} <= tables:
        raise UnusableDatabaseError(
            f"{shown(engine.url)} is a database of another program; name another"
        )


def unusable(url: URL, error: Exception) -> UnusableDatabaseError:
    """Say in a sentence what a driver said in its own words, without a password."""
    if isinstance(error, UnusableDatabaseError):
        return error
    said = str(getattr(error, "orig", None) or error)
    if url.password:
        said = said.replace(str(url.password), "***")
    reason = postgresql_reason if is_postgresql(url) else sqlite_reason
    return UnusableDatabaseError(reason(shown(url), said))
