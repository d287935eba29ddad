"""The store: one engine, and transactions that are whole or leave no trace."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import TimeoutError as WaitedTooLongError
from sqlalchemy.orm import Session

from api.store.address import is_postgresql
from api.store.migrate import revision_of
from api.store.opening import POOL_SIZE, open_current
from api.store.turns import LOCK_TIMEOUT_S, LOOKING, WRITING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection, Row

    from api.store.lookup import Lookup


class Database:
    """Where quotes are kept, with everything that is written beside them.

    What belongs together (a quote, its event, the answer kept for a retry) is written in one
    `writing` block: functions of this package take its session and never commit themselves.

    Parameters
    ----------
    database : str or Path
        A SQLite file, ``sqlite:///...`` or ``postgresql://...``.
    pool_size : int
        Connections kept open.
    """

    def __init__(self, database: str | Path, pool_size: int = POOL_SIZE) -> None:
        self.engine = open_current(database, pool_size)
        self._turn = Lock()
        # PostgreSQL lets every statement see what was committed meanwhile, unless told otherwise.
        self._view = (
            {"isolation_level": "REPEATABLE READ"} if is_postgresql(self.engine.url) else {}
        )

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One consistent view; nothing written in it is kept."""
        connection = self.engine.connect().execution_options(**self._view)
        with connection, Session(connection) as session:
            yield session

    @contextmanager
    def looking(self) -> Iterator[Connection]:
        """Open a view for a single statement, without a session: for what is asked most."""
        with self.engine.connect().execution_options(**{LOOKING: True}) as connection:
            yield connection

    def find(self, lookup: Lookup, **values: object) -> Row[Any] | None:
        """Look one row up, as it is now; None: there is none."""
        return lookup.one(self.engine, **values)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction, committed at the end of the block and undone if it raises.

        There is one writer at a time, on both stores and over all processes: it waits for the other
        at its start, so that what it reads stays true. Threads of this process wait here, where
        they hold no connection that a reader could use.
        """
        if not self._turn.acquire(timeout=LOCK_TIMEOUT_S):
            raise WaitedTooLongError(f"no turn to write within {LOCK_TIMEOUT_S} s")
        try:
            connection = self.engine.connect().execution_options(**{WRITING: True})
            with connection, Session(connection) as session, session.begin():
                session.connection()  # begins the transaction, and with it the turn
                yield session
        finally:
            self._turn.release()

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    def revision(self) -> str | None:
        """The schema the database is at; it raises what the driver raises when there is none."""
        with self.engine.connect() as connection:
            return revision_of(connection)
