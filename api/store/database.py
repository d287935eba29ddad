"""The store: one engine, and transactions that are whole or leave no trace."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.store.opening import WRITING, open_current

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Database:
    """Where quotes are kept, with everything that is written beside them.

    What belongs together (a quote, its event, the answer kept for a retry) is written in one
    `writing` block: functions of this package take its session and never commit themselves.
    """

    def __init__(self, database: Path) -> None:
        self.engine = open_current(database)
        self._turn = Lock()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One consistent view; nothing written in it is kept."""
        with Session(self.engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction, committed at the end of the block and undone if it raises.

        On SQLite it waits for the other writer at its start, so that what it reads stays true.
        Writers of one process take turns before that: SQLite lets those that wait sleep and try
        again, each longer than the one before, and the unlucky would starve.
        """
        with self._turn:
            connection = self.engine.connect().execution_options(**{WRITING: True})
            with connection, Session(connection) as session, session.begin():
                yield session

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    def ready(self) -> bool:
        """Whether the database answers."""
        with self.engine.connect() as connection:
            return bool(connection.execute(select(1)).scalar_one() == 1)
