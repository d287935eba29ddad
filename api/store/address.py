"""Where quotes are kept, as one setting says it: a file, `sqlite:///...` or `postgresql://...`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

if TYPE_CHECKING:
    from pathlib import Path

SQLITE = "sqlite"
POSTGRESQL = "postgresql"
MEMORY = ":memory:"
_POSTGRESQL_NAMES = frozenset({"postgresql", "postgres", "postgresql+psycopg"})
_SECRET_PARAMETERS = frozenset({"password", "sslpassword"})
_MASK = "hidden"
_ACCEPTED = "a file, sqlite:///FILE or postgresql://USER@HOST/NAME"


class UnusableDatabaseError(Exception):
    """The database cannot hold quotes; the message names it and what would help."""


def database_url(database: str | Path) -> URL:
    """Read the setting: a path is a SQLite file, anything with a scheme is a URL.

    Raises
    ------
    UnusableDatabaseError
        Another kind of database, no database named, or one in memory.
    """
    text = str(database)
    if "://" not in text:
        return _sqlite(URL.create(SQLITE, database=text))
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):  # its words repeat the whole URL, password and all
        raise UnusableDatabaseError(f"the URL cannot be read; name {_ACCEPTED}") from None
    if url.drivername in _POSTGRESQL_NAMES:
        return _postgresql(url)
    if url.drivername == SQLITE:
        return _sqlite(url)
    raise UnusableDatabaseError(f"{shown(url)} is no database of ours; name {_ACCEPTED}")


def shown(url: URL) -> str:
    """How a database is named to people: a file by its path, a URL without its password."""
    if url.drivername == SQLITE:
        return url.database or MEMORY
    masked = {
        name: _MASK if name in _SECRET_PARAMETERS else value for name, value in url.query.items()
    }
    public = url.set(query=masked)
    return public.set(drivername=url.get_backend_name()).render_as_string(hide_password=True)


def is_postgresql(url: URL) -> bool:
    """Whether this is a PostgreSQL server; everything else is a SQLite file."""
    return url.get_backend_name() == POSTGRESQL


def _sqlite(url: URL) -> URL:
    if not url.database or url.database == MEMORY or url.query:
        raise UnusableDatabaseError(
            f"{url.render_as_string()} names no file, and quotes in memory are lost; name a file"
        )
    return url


def _postgresql(url: URL) -> URL:
    if not url.database:
        raise UnusableDatabaseError(f"{shown(url)} names no database; end it with /NAME")
    return url.set(drivername="postgresql+psycopg")
