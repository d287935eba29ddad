"""Work of every day against what can be done: what is done, what waits, what is too late."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.surge.problem import Backlog


@dataclass(frozen=True)
class DaysOfWork:
    """What becomes of the work, each in productive hours by day, shape (T,).

    Parameters
    ----------
    done : ndarray
        Work done.
    waiting : ndarray
        Work that waits at the end of the day.
    uncovered : ndarray
        Work whose time ran out.
    """

    done: NDArray[np.float64]
    waiting: NDArray[np.float64]
    uncovered: NDArray[np.float64]


def work_off(
    need_h: NDArray[np.float64], capacity_h: NDArray[np.float64], backlog: Backlog
) -> DaysOfWork:
    """Do work as soon as there is capacity, the most urgent first.

    Earliest due date first leaves the least work too late, whatever the capacity. On the last day
    nothing may wait any longer.

    Parameters
    ----------
    need_h, capacity_h : ndarray, shape (T,)
        Work that comes and work that can be done, in productive hours, each 0 or more.
    backlog : Backlog
        Which share may wait, and for how many days.

    References
    ----------
    Jackson 1955 (earliest due date first).
    """
    last = len(need_h) - 1
    due = np.zeros(last + 1)  # work at hand by the day it is due
    done, waiting, uncovered = np.zeros((3, last + 1))
    for day, (need, capacity) in enumerate(zip(need_h, capacity_h, strict=True)):
        due[day] += (1 - backlog.share) * need
        due[min(day + backlog.wait_days, last)] += backlog.share * need
        before = np.concatenate([[0.0], np.cumsum(due)[:-1]])
        worked = np.clip(capacity - before, 0.0, due)
        due -= worked
        done[day], uncovered[day] = worked.sum(), due[day]
        due[day] = 0.0
        waiting[day] = due.sum()
    return DaysOfWork(done, waiting, uncovered)


def most_waiting(need_h: NDArray[np.float64], backlog: Backlog) -> NDArray[np.float64]:
    """Most work that may wait at the end of each day, shape (T,): none at the end of the last."""
    recent = np.concatenate([np.zeros(backlog.wait_days), backlog.share * need_h])
    sums = np.concatenate([[0.0], np.cumsum(recent)])
    most = sums[backlog.wait_days + 1 :] - sums[1 : len(sums) - backlog.wait_days]
    most[-1] = 0.0
    return np.asarray(np.maximum(most, 0.0), dtype=float)
