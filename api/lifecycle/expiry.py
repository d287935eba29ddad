"""Ending sent quotes whose last day is over, and nothing else; by command, and while serving."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from api.errors import RefusedError
from api.lifecycle import transitions
from api.lifecycle.states import State
from api.lifecycle.transitions import Move
from api.operating.repeating import repeating
from api.store import lifecycles
from api.store.events import SYSTEM

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from api.store.database import Database
    from api.store.lifecycles import Lifecycle

_AT_A_TIME = 100


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


def expiring(store: Database, interval_s: float) -> AbstractContextManager[None]:
    """End what is due now and every so many seconds, until the block is left; 0: never."""
    return repeating("expiry", lambda _: expire_due(store, datetime.now(UTC)), interval_s)
