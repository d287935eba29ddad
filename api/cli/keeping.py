"""`crewquote audit verify` and `crewquote expire`."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import typer

from api.errors import BrokenAuditError
from api.lifecycle.expiry import expire_due
from api.settings import Settings
from api.store.address import UnusableDatabaseError, database_url, is_postgresql, shown
from api.store.audit import verify
from api.store.database import Database

_SHOWN = 30


def run_verify(database: str | None) -> None:
    """Say that all is as it was written, or what is not.

    Raises
    ------
    BrokenAuditError
        Naming the first broken event, and quotes that are not what their events say.
    """
    with closing(_existing(database)) as store, store.reading() as session:
        found = verify(session)
    if found.whole:
        print(f"{found.events:,} events and {found.quotes:,} quotes are as they were written")
        return
    lines = [found.broken_event] if found.broken_event else []
    lines += found.broken_quotes[:_SHOWN]
    more = len(found.broken_quotes) - _SHOWN
    if more > 0:
        lines.append(f"and {more:,} more quotes")
    raise BrokenAuditError("\n".join(lines))


def run_expire(database: str | None) -> None:
    """End what is due, and name it."""
    with closing(_existing(database)) as store:
        ended = expire_due(store, datetime.now(UTC))
    for life in ended:
        print(f"{life.number} revision {life.revision}: held until {life.expires_at}")
    print(f"expired: {len(ended):,}")


def _existing(database: str | None) -> Database:
    """Open a database that is there: a misspelt name must not look like an empty store."""
    try:
        settings = Settings() if database is None else Settings(database=database)
        url = database_url(settings.database)
        if not is_postgresql(url) and not Path(str(url.database)).exists():
            message = f"{shown(url)} does not exist; name the database that the server uses"
            raise typer.BadParameter(message, param_hint="--database")
        return Database(settings.database)
    except UnusableDatabaseError as error:
        raise typer.BadParameter(str(error), param_hint="--database") from None
