"""Deferrable work: whether a given capacity finishes every unit in time.

Work is done first in, first out; with one turnaround time for all units that order is also
earliest-due-first, so it meets the times whenever any order does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

TOLERANCE = 1e-7
_MAX_WEEKS_TO_SETTLE = 12


@dataclass(frozen=True)
class WorkedWeek:
    """One settled cyclic week of first-in-first-out work.

    Parameters
    ----------
    worked : ndarray, shape (T,)
        Units finished in each interval.
    backlog : ndarray, shape (T,)
        Units waiting at the end of each interval.
    late : ndarray, shape (T,)
        Units, by interval of arrival, that are not finished in time.
    settled : bool
        False when the backlog grows from week to week.
    """

    worked: NDArray[np.float64]
    backlog: NDArray[np.float64]
    late: NDArray[np.float64]
    settled: bool

    @property
    def in_time(self) -> bool:
        """Whether nothing is late and the backlog is stable."""
        return self.settled and bool((self.late <= TOLERANCE * max(1.0, self.scale)).all())

    @property
    def scale(self) -> float:
        """Units of the busiest interval, for tolerances."""
        return float(self.worked.max(initial=0.0))


def work_off(
    arrivals: NDArray[np.float64], capacity: NDArray[np.float64], due_intervals: int
) -> WorkedWeek:
    """Work a cyclic week off as soon as capacity allows.

    Parameters
    ----------
    arrivals, capacity : ndarray, shape (T,)
        Units arriving, and units that can be finished, in each interval.
    due_intervals : int
        A unit arriving in interval t must be finished by the end of ``t + due_intervals - 1``.
    """
    size = len(arrivals)
    backlog, settled = 0.0, False
    worked, left = np.zeros(size), np.zeros(size)
    for _ in range(_MAX_WEEKS_TO_SETTLE):
        before = backlog
        for t in range(size):
            backlog += arrivals[t]
            worked[t] = min(backlog, capacity[t])
            backlog -= worked[t]
            left[t] = backlog
        if abs(backlog - before) <= TOLERANCE * max(1.0, arrivals.sum()):
            settled = True
            break
    late = late_units(arrivals, worked, left, due_intervals)
    return WorkedWeek(worked, left, late, settled)


def late_units(
    arrivals: NDArray[np.float64],
    worked: NDArray[np.float64],
    backlog: NDArray[np.float64],
    due_intervals: int,
) -> NDArray[np.float64]:
    """Units of each interval of arrival that the time left to them cannot finish.

    What waits at the end of t must fit into the work of ``t + 1 .. t + due_intervals - 1``,
    counted around the cyclic week as often as the window is long. What does not fit came last,
    so it is of interval t up to that interval's arrivals; the rest is late already.
    """
    overdue = backlog - window_sums(worked, due_intervals - 1)
    return np.clip(overdue, 0.0, arrivals)


def window_sums(values: NDArray[np.float64], length: int) -> NDArray[np.float64]:
    """Sum of the `length` intervals after each interval, cyclic, shape (T,)."""
    weeks, rest = divmod(length, len(values))
    doubled = np.concatenate([[0.0], np.cumsum(np.concatenate([values, values]))])
    after = np.arange(len(values)) + 1
    return np.asarray(weeks * values.sum() + doubled[after + rest] - doubled[after], dtype=float)
