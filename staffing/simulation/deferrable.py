"""Deferrable work of a plan, first in, first out, with random arrivals."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.plan import DeferrableWorkload
    from staffing.simulation.draws import Stream

WARM_UP_WEEKS = 4


@dataclass(frozen=True)
class WorkWeek:
    """One played week of deferrable work.

    Parameters
    ----------
    offered, in_time : ndarray, shape (T,)
        Units by interval of arrival; those of them finished in time.
    worked, could : float
        Units finished within the week; units those on duty could have finished.
    """

    offered: NDArray[np.int64]
    in_time: NDArray[np.float64]
    worked: float
    could: float


def play_work(work: DeferrableWorkload, stream: Stream) -> WorkWeek:
    """Play some weeks, measure one, and follow its units until their time is over.

    Units arrive as a Poisson number per interval. In an interval those on duty finish at most its
    capacity, oldest first; a unit is in time when the units up to it are finished by its due
    interval.

    Parameters
    ----------
    work : DeferrableWorkload
        Arrivals, capacity and due time.
    stream : Stream
        Random numbers of this replication.
    """
    size = len(work.arrivals)
    first = (WARM_UP_WEEKS + ceil(work.due_intervals / size)) * size
    end = first + size
    week = np.arange(end + work.due_intervals) % size
    arrived = stream.generator().poisson(np.array(work.arrivals)[week])
    return work_followed(arrived, np.array(work.capacity)[week], (first, end), work.due_intervals)


def work_followed(
    arrived: NDArray[np.int64],
    capacity: NDArray[np.float64],
    window: tuple[int, int],
    due_intervals: int,
) -> WorkWeek:
    """Work off given arrivals from an empty start and measure those of a window.

    Parameters
    ----------
    arrived, capacity : ndarray, shape (I,)
        Units arriving; units that can be finished.
    window : (int, int)
        First measured interval, and the one after the last; ``I`` is at least `due_intervals`
        beyond it.
    due_intervals : int
        A unit that arrives in t is due by the end of ``t + due_intervals - 1``.
    """
    first, end = window
    worked = _worked(arrived.tolist(), capacity.tolist())
    due = np.arange(first, end) + due_intervals - 1
    unfinished = np.cumsum(arrived)[first:end] - np.cumsum(worked)[due]
    offered = arrived[first:end]
    return WorkWeek(
        offered=offered,
        in_time=offered - np.clip(unfinished, 0.0, offered),
        worked=float(worked[first:end].sum()),
        could=float(capacity[first:end].sum()),
    )


def _worked(arrived: list[int], capacity: list[float]) -> NDArray[np.float64]:
    """Units finished by interval when all that waits is worked on as soon as anybody can."""
    waiting, worked = 0.0, []
    for units, can in zip(arrived, capacity, strict=True):
        waiting += units
        done = min(waiting, can)
        waiting -= done
        worked.append(done)
    return np.array(worked)
