"""Fair turns of several processes that write to one SQLite file.

SQLite lets in whichever process happens to ask at the right moment, and one that has just written
asks sooner than one that sleeps between its attempts. So whoever waits holds a lock beside the
database until it is let in: a process that has written cannot ask again before it gets that lock.
"""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.exc import TimeoutError as WaitedTooLongError

try:
    import fcntl
except ImportError:  # there is none on Windows: processes take their turns as SQLite lets them
    fcntl = None  # type: ignore[assignment]  # a module, or its absence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NEXT = "-next"  # ends the name of the lock's file
_PAUSE_S = 0.001  # between two attempts
_READABLE = 0o644  # as SQLite makes its files


def beside(database: Path) -> Path:
    """Name the file whose lock the next writer of a database holds."""
    return database.with_name(database.name + NEXT)


@contextmanager
def next_in_line(database: Path, deadline: float) -> Iterator[None]:
    """Be the next writer of a database until the end of the block; the others wait here for it.

    The lock decides who comes next and nothing else, so that a database whose lock cannot be had
    (a folder that is read-only, a file of another user) is written to without. It ends with the
    process that holds it, however that ends.

    Parameters
    ----------
    database : Path
        The SQLite file.
    deadline : float
        When to give up, on the clock of `time.monotonic`, s.

    Raises
    ------
    WaitedTooLongError
        Others were next until then.
    """
    place = _opened(beside(database))
    try:
        if place is not None:
            attempt_until(deadline, lambda: _locked(place))
        yield
    finally:
        if place is not None:
            os.close(place)  # and with it the lock


def attempt_until(deadline: float, attempt: Callable[[], bool]) -> None:
    """Try again and again, without the growing pauses that leave a waiting process behind.

    Raises
    ------
    WaitedTooLongError
        Nothing came of it until `deadline`, on the clock of `time.monotonic`, s.
    """
    while not attempt():
        if time.monotonic() > deadline:
            raise WaitedTooLongError("the database is locked: other writers took too long")
        time.sleep(_PAUSE_S)


def _opened(file: Path) -> int | None:
    if fcntl is None:
        return None
    try:
        return os.open(file, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, _READABLE)
    except OSError:
        return None


def _locked(place: int) -> bool:
    """Whether the lock was got; where files cannot be locked at all there is none to wait for."""
    try:
        fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True
