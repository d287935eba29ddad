"""A job in the hands of a worker."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from api.jobs.work import Order, StoppedError
from staffing.optimize.solver import SolveLog

if TYPE_CHECKING:
    from api.store.jobs import ClaimedJob

_MOST_SHARE = 0.95  # the number of stages is a guess


@dataclass
class Hand:
    """How far a job is, and whether it is still wanted."""

    claim: ClaimedJob
    order: Order
    stages: int | None = None
    stage: int = 0
    words: str = ""
    told: int = 0  # the stage that the store knows of
    stopped: bool = False
    log: SolveLog = field(default_factory=SolveLog)

    def progress(self, words: str) -> None:
        """Begin the next stage.

        Raises
        ------
        StoppedError
            The job was cancelled, or given back.
        """
        if self.stopped:
            raise StoppedError("stopped before its next stage")
        self.words = words
        self.stage += 1

    @property
    def share(self) -> float | None:
        """About how much is done; None where nobody can tell."""
        if self.stages is None:
            return None
        return min(max(self.stage - 1, 0) / self.stages, _MOST_SHARE)
