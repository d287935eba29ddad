"""What a plan of hiring decides; everything else in it follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.hiring.problem import HiringProblem

    Array = NDArray[np.float64]

_NOISE = 1e-9  # people; what rounding leaves of nobody


@dataclass(frozen=True)
class HiringDecisions:
    """Decisions by pool and week, shape (pools, weeks) unless said otherwise.

    Parameters
    ----------
    go_live : ndarray, shape (pools,)
        Experienced people put there on the first day.
    hires, releases : ndarray
        People who start training, and who are given notice.
    upskilling : ndarray, shape (upskillings, weeks)
        People who start to learn the work of another pool.
    temporary_starts, temporary : ndarray
        Contracts that start, and people on contracts.
    cross_trained : ndarray
        People of other accounts who help.
    overtime_h, ahead_h, backlog_h, short_h : ndarray
        Hours of overtime, done before their week, waiting at its end, and given up.
    """

    go_live: Array
    hires: Array
    releases: Array
    upskilling: Array
    temporary_starts: Array
    temporary: Array
    cross_trained: Array
    overtime_h: Array
    ahead_h: Array
    backlog_h: Array
    short_h: Array


def settled_people(problem: HiringProblem, decisions: HiringDecisions) -> Array:
    """Count settled people neither under notice nor away, shape (pools, weeks).

    ``e_t = stay e_(t-1) + newly settled + arrived from other pools - given notice - gone to learn``
    """
    weeks = problem.num_weeks
    joined = np.zeros((len(problem.pools), weeks))
    for k, pool in enumerate(problem.pools):
        tenure = pool.tenure
        joined[k] = tenure.staff_settling(pool, weeks) - decisions.releases[k]
        joined[k, 0] += decisions.go_live[k]
        settled = decisions.hires[k, : max(weeks - tenure.settled, 0)]
        joined[k, weeks - len(settled) :] += tenure.survival[-1] * settled
    for way, starts in zip(problem.upskillings, decisions.upskilling, strict=True):
        joined[problem.number(way.from_pool)] -= starts
        joined[problem.number(way.to_pool)] += arrived(problem, decisions, way.name)
    people = np.zeros_like(joined)
    stay = np.array([pool.tenure.stay for pool in problem.pools])
    left = np.zeros(len(problem.pools))
    for week in range(weeks):
        left = stay * left + joined[:, week]
        left[(left < 0) & (left > -_NOISE)] = 0.0
        people[:, week] = left
    return people


def arrived(problem: HiringProblem, decisions: HiringDecisions, way_name: str) -> Array:
    """Count people who arrive in a pool once trained for it, by week, shape (weeks,)."""
    number = [way.name for way in problem.upskillings].index(way_name)
    way = problem.upskillings[number]
    share = problem.pools[problem.number(way.from_pool)].tenure.stay ** way.weeks * (1 - way.loss)
    return later(decisions.upskilling[number] * share, way.weeks)


def later(series: Array, weeks: int) -> Array:
    """Shift a series by that many weeks, zeros first."""
    shifted = np.zeros_like(series)
    if weeks < len(series):
        shifted[weeks:] = series[: len(series) - weeks]
    return shifted


def ongoing(starts: Array, weeks: int, stay: float = 1.0) -> Array:
    """Count those who started within the last `weeks` weeks, this one included, and stayed."""
    shares = stay ** np.arange(min(weeks, len(starts)))
    return np.asarray(np.convolve(starts, np.append(shares, 0.0))[: len(starts)], dtype=float)
