"""Work done, ahead, waiting and given up, for the hours there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.hiring.pool import HiringPool

    Array = NDArray[np.float64]

_NOISE_H = 1e-9


def settle_work(
    pool: HiringPool, weights: Array, capacity: Array, ahead: Array, backlog: Array, short: Array
) -> dict[str, Array]:
    """Work as early as the hours allow, and never more ahead than will be due.

    A program may let people idle while work waits, or count work ahead that nobody needs, where
    neither costs anything; here nothing waits, is done ahead or given up without need. No figure
    grows, so the plan stays within its rules and costs no more.

    Parameters
    ----------
    weights : ndarray, shape (weeks,)
        Length of each week inside the term.
    capacity, ahead, backlog, short : ndarray, shape (weeks,)
        Hours there are, and what was decided; `capacity` and `short` per full week.

    Returns
    -------
    hours : dict of ndarray
        ``done_h``, ``spare_h``, ``short_h`` per full week, ``backlog_h`` and ``ahead_h`` at the
        end of each week, shape (weeks,).
    """
    need = weights * pool.need_h
    capacity, short = weights * capacity, weights * short
    weeks = len(need)
    early = np.zeros(weeks)
    for week in range(weeks - 2, -1, -1):
        early[week] = min(ahead[week], need[week + 1] + early[week + 1])
    due = need + np.diff(early, prepend=0.0)
    waits, given_up = np.zeros(weeks), np.zeros(weeks)
    waiting = pool.backlog.opening_h if pool.backlog else 0.0
    deferrable = pool.backlog.share if pool.backlog else 0.0
    for week in range(weeks):
        missing = max(waiting + due[week] - capacity[week], 0.0)
        waits[week] = min(missing, backlog[week], waiting + deferrable * need[week])
        given_up[week] = min(missing - waits[week], short[week])
        waiting = waits[week]
    opening = pool.backlog.opening_h if pool.backlog else 0.0
    done = due - waits + np.concatenate([[opening], waits[:-1]]) - given_up
    spare = np.where(capacity - done > _NOISE_H, capacity - done, 0.0)
    return {
        "done_h": done / weights,
        "spare_h": spare / weights,
        "backlog_h": waits,
        "ahead_h": early,
        "short_h": given_up / weights,
    }
