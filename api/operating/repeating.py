"""Work that is done again and again while the server runs, beside the requests."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_log = logging.getLogger(__name__)


@contextmanager
def repeating(name: str, work: Callable[[Event], object], interval_s: float) -> Iterator[None]:
    """Do work now and every so many seconds, until the block is left; 0: never.

    Parameters
    ----------
    name : str
        Of the thread, and in the log.
    work : callable
        Given what is set once the block is being left. A store that does not answer is asked again
        the next time.
    interval_s : float
        Seconds between, 0 or more.
    """
    if interval_s == 0:
        yield
        return
    stopped = Event()

    def repeat() -> None:
        while True:
            try:
                work(stopped)
            except SQLAlchemyError:
                _log.exception("%s: the store does not answer; will try again", name)
            if stopped.wait(interval_s):
                return

    thread = Thread(target=repeat, name=name, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join()
