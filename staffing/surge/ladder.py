"""Several teams and several possible peaks: one reservation now, calls once a peak is seen."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from staffing.errors import BadInputError, FieldIssue
from staffing.surge.accepted import check_surge
from staffing.surge.problem import SurgeLimits, SurgeProblem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray


@dataclass(frozen=True)
class SurgeEvent:
    """One way the days may go.

    Parameters
    ----------
    name : str
        Unique name.
    probability : float
        In (0, 1]; all events together 1.
    call_h : float
        Hours from the start of day 0 to the call: nothing with notice is ordered before it.
    need_h : ndarray, shape (K, T)
        Work by pool and day, in productive hours.
    """

    name: str
    probability: float
    call_h: float
    need_h: NDArray[np.float64]


@dataclass(frozen=True)
class LadderProblem:
    """Pools that prepare for peaks together.

    Parameters
    ----------
    pools : tuple of SurgeProblem
        K pools of T days with sources, prices and limits of their own; their `need_h` and
        `first_day_h` give way to those of the event.
    events : tuple of SurgeEvent
        What may come; heads are reserved before it is known which.
    limits : SurgeLimits
        What all pools share, beside the limits of each.
    shared_heads : mapping of str to float
        Most people at once of a source over all pools, by the source's name.
    """

    pools: tuple[SurgeProblem, ...]
    events: tuple[SurgeEvent, ...]
    limits: SurgeLimits = field(default_factory=SurgeLimits)
    shared_heads: Mapping[str, float] = field(default_factory=dict)

    def case(self, event: int, pool: int) -> SurgeProblem:
        """One pool under one event."""
        seen = self.events[event]
        return replace(self.pools[pool], need_h=seen.need_h[pool], first_day_h=-seen.call_h)


@dataclass(frozen=True)
class SurgeDecision:
    """Who is reserved, called and kept, by source of one pool under one event.

    Parameters
    ----------
    reserved : ndarray, shape (I,)
        Heads on standby; `heads` of a source of which none need be reserved.
    people : ndarray, shape (I, T)
        People on engagement, those who come.
    starts : ndarray, shape (I, T)
        People who start.
    """

    reserved: NDArray[np.float64]
    people: NDArray[np.float64]
    starts: NDArray[np.float64]


def single(problem: SurgeProblem) -> LadderProblem:
    """One pool and one peak that is sure to come."""
    need = np.asarray(problem.need_h, dtype=float)[None, :]
    event = SurgeEvent("peak", 1.0, -problem.first_day_h, need)
    return LadderProblem((problem,), (event,))


def check_ladder(problem: LadderProblem) -> None:
    """Refuse pools and events that mean nothing or do not fit each other.

    Raises
    ------
    BadInputError
        One issue for everything that is wrong.
    """
    issues = list(_ladder_issues(problem))
    if issues:
        raise BadInputError(*issues)
    for event in range(len(problem.events)):
        for pool in range(len(problem.pools)):
            check_surge(problem.case(event, pool))


def _ladder_issues(problem: LadderProblem) -> Iterator[FieldIssue]:
    if not problem.pools:
        yield FieldIssue("pools", "none", "one pool or more")
    sizes = {pool.num_days for pool in problem.pools}
    if len(sizes) > 1:
        yield FieldIssue("pools", str(sorted(sizes)), "as many days for every pool")
    total = sum(event.probability for event in problem.events)
    if not abs(total - 1) <= 1e-9:  # noqa: PLR2004 (rounding)
        yield FieldIssue("events", f"{total:g}", "probabilities that add up to 1")
    for number, event in enumerate(problem.events):
        shape = (len(problem.pools), *sizes)
        if np.shape(event.need_h) != shape:
            accepted = f"one figure per pool and day, shape {shape}"
            yield FieldIssue(f"events[{number}].need_h", str(np.shape(event.need_h)), accepted)
        if not 0 < event.probability <= 1:
            accepted = "above 0, 1 at most"
            yield FieldIssue(f"events[{number}].probability", f"{event.probability:g}", accepted)
        if not np.isfinite(event.call_h):
            yield FieldIssue(f"events[{number}].call_h", str(event.call_h), "finite hours")
