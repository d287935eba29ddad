"""The workers of a server: they take jobs from the store, keep hold of them, and end them.

Jobs live in the store: another process of the same store may do them, and what a killed process had
in hand is begun anew by whoever finds its lease run out.
"""

from __future__ import annotations

import time
from datetime import timedelta
from functools import partial
from threading import Event, Lock, Semaphore, Thread
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from api.errors import BUSY, DEFECT, RefusedError
from api.idempotency import kept_answer
from api.jobs.ending import end, refused
from api.jobs.hand import Hand
from api.jobs.waiting import Ended, Waiters
from api.jobs.work import Bench, Done, Kind, Order, StoppedError
from api.operating.logs import failure_fields
from api.store import idempotency as keys
from api.store import jobs
from staffing.errors import CrewquoteError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.responses import Response
    from structlog.typing import FilteringBoundLogger

    from api.idempotency import Idempotency
    from api.operating.metrics import Metrics
    from api.pricer import Pricer
    from api.settings import Settings
    from api.store.database import Database
    from api.store.idempotency import KeptAnswer
    from api.store.jobs import ClaimedJob, StoredJob

_IDLE_S = 1.0
_BEAT_S = 0.5
_MOST_ATTEMPTS = 3
_BEATS_PER_LEASE = 3


class Engine:
    """Does jobs in a bounded number of threads.

    Parameters
    ----------
    pricer : callable
        Gives the pricer of the application.
    kinds : mapping
        What each kind of work does.
    """

    def __init__(
        self,
        store: Database,
        pricer: Callable[[], Pricer],
        kinds: Mapping[str, Kind],
        settings: Settings,
        log: FilteringBoundLogger,
        metrics: Metrics,
    ) -> None:
        self.waiters = Waiters()
        self.last_moment = float("inf")
        self._store, self._pricer, self._kinds = store, pricer, kinds
        self._settings, self._log, self._metrics = settings, log, metrics
        self._lease = timedelta(seconds=settings.job_lease_s)
        self._lock = Lock()
        self._hands: dict[str, Hand] = {}
        self._work_there = Semaphore(0)
        self._draining, self._over = Event(), Event()
        self._workers: list[Thread] = []
        self._keeper: Thread | None = None

    @property
    def draining(self) -> bool:
        """Whether it takes no more work."""
        return self._draining.is_set()

    @property
    def working(self) -> bool:
        """Whether every worker that was started still runs."""
        return all(worker.is_alive() for worker in self._workers)

    def start(self) -> None:
        """Start the workers, if they do not run."""
        with self._lock:
            if self._workers and not self.draining:
                return
            self._draining, self._over = Event(), Event()
            self.last_moment = float("inf")
            count = self._settings.max_parallel_quotes
            self._workers = [Thread(target=self._work, daemon=True) for _ in range(count)]
            self._keeper = Thread(target=self._keep_hold, daemon=True)
            for thread in (*self._workers, self._keeper):
                thread.start()

    def submit(self, job_id: str, kind: str, order: Order, retry: Idempotency) -> None:
        """Put work into the queue.

        Raises
        ------
        RefusedError, RepeatedAnswerError
            Too much waits (429), or the key of the request was used before.
        """
        new = jobs.NewJob(job_id, kind, order.by.id, retry.key, order.to_json())
        with retry.writing() as session:
            if jobs.num_queued(session) >= self._settings.max_queued_jobs:
                raise RefusedError(
                    BUSY,
                    f"{self._settings.max_queued_jobs} jobs wait already; try again later",
                    headers={"Retry-After": "30"},
                )
            jobs.add(session, new)
        self.start()
        self._work_there.release()

    def find(self, job_id: str) -> StoredJob | None:
        """Return how a job stands, with what this process knows of it."""
        with self._store.reading() as session:
            return jobs.get(session, job_id)

    def answer_of(self, job_id: str) -> KeptAnswer | None:
        """Return what came of a job; None while it has not ended."""
        with self._store.reading() as session:
            return jobs.answer_of(session, job_id)

    def count_by_state(self) -> dict[str, int]:
        """How many jobs of the last 24 hours stand where."""
        with self._store.reading() as session:
            return jobs.count_by_state(session)

    def cancel(self, job: StoredJob) -> bool:
        """Cancel a job that has not ended; it stops before its next stage. False: it had ended."""
        with self._store.writing() as session:
            closed = jobs.cancel(session, job.id)
            if closed is None:
                return False
            if closed.key is not None:
                keys.release(session, closed.caller_id, closed.key)
        for hand in self._in_hand():
            hand.stopped = hand.stopped or hand.claim.id == job.id
        self.waiters.tell(job.id, Ended(None))
        return True

    def drain(self) -> None:
        """Take no more work; who waits is answered before the time to finish is over."""
        if not self.draining:
            self.last_moment = time.monotonic() + self._settings.shutdown_s
            self._draining.set()
            for _ in self._workers:
                self._work_there.release()

    def close(self) -> None:
        """Finish what runs, within the time there is for it, and give the rest back."""
        self.drain()
        for thread in self._workers:
            thread.join(max(self.last_moment - time.monotonic(), _BEAT_S))  # an idle one ends soon
        left = self._in_hand()
        for hand in left:
            hand.stopped = True
        if left:
            with self._store.writing() as session:
                jobs.requeue(session, [hand.claim.owner for hand in left])
        self._over.set()
        if self._keeper is not None:
            self._keeper.join(_IDLE_S)

    def _in_hand(self) -> list[Hand]:
        with self._lock:
            return list(self._hands.values())

    def _work(self) -> None:
        draining, work_there = self._draining, self._work_there
        while not draining.is_set():
            claim = self._claim()
            if claim is None:
                work_there.acquire(timeout=min(_IDLE_S, self._settings.job_lease_s))
            else:
                self._do(claim)

    def _claim(self) -> ClaimedJob | None:
        try:
            with self._store.reading() as session:
                if not jobs.some_to_claim(session):
                    return None
            with self._store.writing() as session:
                return jobs.claim(session, self._lease)
        except SQLAlchemyError as error:
            self._log.error("no job could be taken", **failure_fields(error))
            return None

    def _do(self, claim: ClaimedJob) -> None:
        order, kind = Order.from_json(claim.request), self._kinds[claim.kind]
        hand = Hand(claim, order, kind.stages(order) if kind.stages else None)
        with self._lock:
            self._hands[claim.owner] = hand
        started = time.perf_counter()
        try:
            status = self._end(hand, self._done(kind, hand))
        finally:
            with self._lock:
                del self._hands[claim.owner]
        seconds = time.perf_counter() - started
        self._metrics.count_job(claim.kind, status, seconds, hand.log.solver_s)
        self._log.info(
            "job",
            kind=claim.kind,
            status=status,
            seconds=round(seconds, 4),
            solver_seconds=round(hand.log.solver_s, 4),
            attempt=claim.attempts,
            caller=claim.caller_id,
            request_id=order.by.request_id,
        )

    def _done(self, kind: Kind, hand: Hand) -> Done | None:
        """Do the work; None: it was stopped."""
        try:
            if hand.claim.attempts > _MOST_ATTEMPTS:
                detail = f"the server ended {_MOST_ATTEMPTS} times while it was at this"
                raise RefusedError(DEFECT, detail)  # noqa: TRY301 (answered like any refusal)
            bench = Bench(self._store, self._pricer(), hand.progress, hand.log)
            return kind.do(hand.order, bench)
        except StoppedError:
            return None
        except Exception as error:  # whatever it is, somebody waits
            return partial(_same, self._refused(hand, error))

    def _refused(self, hand: Hand, error: Exception) -> Response:
        if not isinstance(error, CrewquoteError):
            named = {"request_id": hand.order.by.request_id, "kind": hand.claim.kind}
            self._log.error("a job failed", **named, **failure_fields(error))
        return refused(hand.order, error)

    def _end(self, hand: Hand, done: Done | None) -> int | None:
        """End a job and tell who waits; returns the status of its answer."""
        while done is not None:
            try:
                answer = end(self._store, hand.claim, done)
            except Exception as error:  # storing may be refused, or fail
                response = self._refused(hand, error)
                done = partial(_same, response)
                if isinstance(error, SQLAlchemyError):  # who waits need not wait for its return
                    self._tell(hand, response)
                    if self._over.wait(_IDLE_S):
                        return response.status_code
                continue
            if answer is None:
                return None
            self.waiters.tell(hand.claim.id, Ended(answer))
            return answer.status
        return None

    def _tell(self, hand: Hand, response: Response) -> None:
        self.waiters.tell(hand.claim.id, Ended(kept_answer(response)))

    def _keep_hold(self) -> None:
        """Renew leases, note progress, and see which jobs are no longer wanted."""
        over, renewed = self._over, 0.0
        beat = min(_BEAT_S, self._settings.job_lease_s / _BEATS_PER_LEASE)
        while not over.wait(beat):
            hands = self._in_hand()
            if not hands:
                continue
            try:
                now = time.monotonic()
                due = now - renewed > self._settings.job_lease_s / _BEATS_PER_LEASE
                self._note(hands, renew=due)
                renewed = now if due else renewed
            except SQLAlchemyError as error:
                self._log.error("leases were not renewed", **failure_fields(error))

    def _note(self, hands: list[Hand], *, renew: bool) -> None:
        owners = [hand.claim.owner for hand in hands]
        moved = [hand for hand in hands if hand.stage != hand.told]
        if moved or renew:
            with self._store.writing() as session:
                for hand in moved:
                    hand.told = hand.stage
                    jobs.tell(session, hand.claim.owner, hand.told, hand.share, hand.words)
                if renew:
                    jobs.renew(session, owners, self._lease)
        with self._store.reading() as session:
            held = jobs.still_owned(session, owners)
        for hand in hands:
            hand.stopped = hand.stopped or hand.claim.owner not in held


def _same(response: Response, _: object) -> Response:
    return response
