"""Deferrable work: whether a given capacity finishes every unit in time.

Work is done first in, first out; with one turnaround time for all units that order is also
earliest-due-first, so it meets the times whenever any order does.
"""

from __future__ import annotations

import math
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
    arriving, most = arrivals.tolist(), capacity.tolist()
    backlog, settled, close = 0.0, False, TOLERANCE * max(1.0, arrivals.sum())
    done, left = [0.0] * len(arriving), [math.nan] * len(arriving)
    for _ in range(_MAX_WEEKS_TO_SETTLE):
        before = backlog
        for t, (units, able) in enumerate(zip(arriving, most, strict=True)):
            waiting = backlog + units
            doing = waiting if waiting <= able else able  # min() takes twice as long
            backlog = waiting - doing
            done[t] = doing
            if backlog == left[t]:
                # From here on this week is the one before.
                backlog = left[-1]
                break
            left[t] = backlog
        if abs(backlog - before) <= close:
            settled = True
            break
    worked, waiting_at_end = np.array(done), np.array(left)
    late = late_units(arrivals, worked, waiting_at_end, due_intervals)
    return WorkedWeek(worked, waiting_at_end, late, settled)


def finishes_in_time(
    arrivals: NDArray[np.float64], capacity: NDArray[np.float64], due_intervals: int
) -> bool:
    """Whether `work_off` leaves nothing late, without the steps in between.

    What waits is what came since some moment less what could be done since: the most of it over
    all moments (Lindley 1952). Where a week takes all that arrives in it, no moment is further
    back than a week.
    """
    growth = np.cumsum(arrivals - capacity)
    if growth[-1] > 2 * TOLERANCE * max(1.0, arrivals.sum()):
        return False  # every week leaves that much more than the one before
    if growth[-1] > 0:
        return work_off(arrivals, capacity, due_intervals).in_time
    start = growth[-1] - min(0.0, growth.min())
    backlog = growth - np.minimum(np.minimum.accumulate(growth), -start)
    worked = arrivals + np.append(start, backlog[:-1]) - backlog
    late = late_units(arrivals, worked, backlog, due_intervals)
    return WorkedWeek(worked, backlog, late, settled=True).in_time


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
