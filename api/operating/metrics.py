"""What Prometheus reads; every application counts for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CONTENT_TYPE_LATEST", "Metrics"]

_JOB_S = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0)
_REQUEST_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 60.0, 300.0)


class Metrics:
    """Counters of one application, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "crewquote_http_requests",
            "Requests answered.",
            ("method", "route", "status"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "crewquote_http_request_seconds",
            "Time from a request to the end of its answer.",
            ("method", "route"),
            buckets=_REQUEST_S,
            registry=self.registry,
        )

        # Kept: looking labels up takes longer than counting.
        self._of_route: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}
        self._jobs = Histogram(
            "crewquote_job_seconds",
            "Time of a job in the hands of a worker.",
            ("kind", "status"),
            buckets=_JOB_S,
            registry=self.registry,
        )
        self._solver = Counter(
            "crewquote_solver_seconds",
            "Time inside the solver, as far as jobs tell of it.",
            ("kind",),
            registry=self.registry,
        )
        self._states = Gauge(
            "crewquote_jobs",
            "Jobs of the last 24 hours in the store, of all servers.",
            ("state",),
            registry=self.registry,
        )
        self._queue = Gauge(
            "crewquote_jobs_waiting", "Jobs that wait for a worker.", registry=self.registry
        )

    def count_job(
        self, kind: str, status: int | None, seconds: float, solver_seconds: float
    ) -> None:
        """Count one job that a worker has ended; without a status it was stopped."""
        self._jobs.labels(kind, "stopped" if status is None else str(status)).observe(seconds)
        self._solver.labels(kind).inc(solver_seconds)

    def show_jobs(self, by_state: Mapping[str, int]) -> None:
        """Set how many jobs stand where."""
        for state, number in by_state.items():
            self._states.labels(state).set(number)
        self._queue.set(by_state["queued"])

    def count_request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answered request under its route template, never under its address."""
        known = self._of_route.get((method, route, status))
        if known is None:
            answered = self._requests.labels(method, route, str(status))
            known = answered, self._seconds.labels(method, route)
            self._of_route[method, route, status] = known
        known[0].inc()
        known[1].observe(seconds)

    def text(self) -> bytes:
        """Return all of it in the Prometheus text format."""
        return generate_latest(self.registry)
