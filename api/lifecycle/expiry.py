"""Ending sent quotes whose last day is over, and nothing else; by command, and while serving."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Event, Thread
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from api.errors import RefusedError
from api.lifecycle import transitions
from api.lifecycle.states import State
from api.lifecycle.transitions import Move
from api.store import lifecycles
from api.store.events import SYSTEM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.store.database import Database
    from api.store.lifecycles import Lifecycle

_AT_A_TIME = 100
_log = logging.getLogger(__name__)


def expire_due(store: Database, moment: datetime) -> list[Lifecycle]:
    """End every sent quote whose last day was over at a moment; each in a transaction of its own.

    Whether a quote is still sent is asked again where it is ended: an acceptance may come between.

    Returns
    -------
    list of Lifecycle
        Those that were ended.
    """
    ended: list[Lifecycle] = []
    while True:
        with store.reading() as session:
            due = lifecycles.due(session, State.SENT.value, moment, _AT_A_TIME)
        if not due:
            return ended
        for quote_id in due:
            try:
                with store.writing() as session:
                    ended.append(transitions.expire(session, quote_id, Move(SYSTEM, moment)))
            except RefusedError:  # somebody was faster
                continue


@contextmanager
def expiring(store: Database, interval_s: float) -> Iterator[None]:
    """End what is due now and every so many seconds, until the block is left; 0: never.

    A store that does not answer is asked again the next time.
    """
    if interval_s == 0:
        yield
        return
    stopped = Event()

    def work() -> None:
        while True:
            try:
                expire_due(store, datetime.now(UTC))
            except SQLAlchemyError:
                _log.exception("quotes past their day were not ended; will try again")
            if stopped.wait(interval_s):
                return

    thread = Thread(target=work, name="expiry", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join()
