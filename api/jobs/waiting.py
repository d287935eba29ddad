"""Requests that wait for a job, and threads that tell them what came of it."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.store.idempotency import KeptAnswer


@dataclass(frozen=True)
class Ended:
    """A job has ended; without an answer it was cancelled."""

    answer: KeptAnswer | None


class Waiters:
    """Who waits for which job, in whichever event loop."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._by_job: dict[str, set[asyncio.Future[Ended]]] = {}

    @contextmanager
    def waiting(self, job_id: str) -> Iterator[asyncio.Future[Ended]]:
        """Open a place to be told from; for use in an event loop."""
        told: asyncio.Future[Ended] = asyncio.get_running_loop().create_future()
        with self._lock:
            self._by_job.setdefault(job_id, set()).add(told)
        try:
            yield told
        finally:
            with self._lock:
                rest = self._by_job.get(job_id, set())
                rest.discard(told)
                if not rest:
                    self._by_job.pop(job_id, None)

    def tell(self, job_id: str, ended: Ended) -> None:
        """Tell everybody who waits for a job; for use in any thread."""
        with self._lock:
            waiting = self._by_job.pop(job_id, set())
        for told in waiting:
            with suppress(RuntimeError):  # its loop is closed, with whoever waited
                told.get_loop().call_soon_threadsafe(_set, told, ended)


def _set(told: asyncio.Future[Ended], ended: Ended) -> None:
    if not told.done():
        told.set_result(ended)
