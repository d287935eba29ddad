"""Erlang formulas for live queues, exact, over whole arrays at once.

One forward recursion serves every interval: ``B(n) = a B(n-1) / (n + a B(n-1))`` never overflows
and never needs a factorial (Jagerman 1974; Gans, Koole and Mandelbaum 2003, section 3).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from staffing.errors import BadInputError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

# A load that fills the cap to the last digit, e.g. 2.1 E on 3 agents at 0.7, is within it.
_ROUNDING = 1e-12


@dataclass(frozen=True)
class QueuePerformance:
    """What a number of agents gives; every field has the broadcast shape of the inputs.

    Parameters
    ----------
    wait_probability : ndarray
        Probability that a contact waits at all.
    service_level : ndarray
        Share of offered contacts answered within the threshold.
    asa_s : ndarray
        Average speed of answer: mean wait of all offered contacts, seconds.
    occupancy : ndarray
        Handling time over available time.
    """

    wait_probability: NDArray[np.float64]
    service_level: NDArray[np.float64]
    asa_s: NDArray[np.float64]
    occupancy: NDArray[np.float64]


def erlang_b(load: ArrayLike, agents: ArrayLike) -> NDArray[np.float64]:
    """Blocking probability of M/M/n/n.

    Parameters
    ----------
    load : array_like
        Offered load in erlangs, 0 or more.
    agents : array_like of int
        Servers, 0 or more; broadcast against `load`.

    Returns
    -------
    ndarray
    """
    a, n = np.broadcast_arrays(_loads(load), _agents(agents))
    blocking = np.ones(a.shape)
    for k in range(1, int(n.max(initial=0)) + 1):
        step = a * blocking / (k + a * blocking)
        blocking = np.where(k <= n, step, blocking)
    return np.where(a == 0, np.where(n == 0, 1.0, 0.0), blocking)


def erlang_c(load: ArrayLike, agents: ArrayLike) -> NDArray[np.float64]:
    """Probability of waiting in M/M/n, ``C = n B / (n - a (1 - B))``.

    Parameters
    ----------
    load : array_like
        Offered load in erlangs, 0 or more.
    agents : array_like of int
        Servers; must exceed the load wherever the load is positive.

    Raises
    ------
    BadInputError
        Where agents do not exceed the load: the queue is unstable and has no such probability.
    """
    a, n = np.broadcast_arrays(_loads(load), _agents(agents))
    unstable = (a > 0) & (n <= a)
    if unstable.any():
        raise BadInputError.at(
            "agents",
            int(n[unstable].ravel()[0]),
            f"the queue is unstable: agents must exceed the load of {a[unstable].ravel()[0]:g} E",
        )
    return _waiting(a, n, erlang_b(a, n))


def _waiting(
    a: NDArray[np.float64], n: NDArray[np.float64], blocking: NDArray[np.float64]
) -> NDArray[np.float64]:
    return np.where(a == 0, 0.0, n * blocking / np.where(a == 0, 1.0, n - a * (1 - blocking)))


def performance(
    load: ArrayLike, agents: ArrayLike, handle_time_s: ArrayLike, threshold_s: ArrayLike
) -> QueuePerformance:
    """Waiting, service level, speed of answer and occupancy of M/M/n.

    ``SL = 1 - C exp(-(n - a) T / AHT)``, ``ASA = C AHT / (n - a)`` (Gans, Koole and Mandelbaum
    2003).

    Parameters
    ----------
    load : array_like
        Offered load in erlangs, 0 or more.
    agents : array_like of int
        Agents; above the load wherever the load is positive.
    handle_time_s : array_like
        Average handling time, seconds, above 0.
    threshold_s : array_like
        Answer-within threshold, seconds, 0 or more.

    Raises
    ------
    BadInputError
        When the queue is unstable, or a time is out of its range.
    """
    waiting = erlang_c(load, agents)
    a, n, handle, threshold = np.broadcast_arrays(
        _loads(load), _agents(agents), _floats(handle_time_s), _floats(threshold_s)
    )
    _check_times(handle, threshold)
    spare = np.where(a == 0, 1.0, n - a)
    return QueuePerformance(
        wait_probability=waiting,
        service_level=1 - waiting * np.exp(-spare * threshold / handle),
        asa_s=waiting * handle / spare,
        occupancy=np.where(a == 0, 0.0, a / np.where(n == 0, 1.0, n)),
    )


def agents_required(
    load: ArrayLike,
    handle_time_s: ArrayLike,
    service_level: ArrayLike,
    threshold_s: ArrayLike,
    max_occupancy: ArrayLike | None = None,
) -> NDArray[np.int64]:
    """Fewest agents that meet the service level and the occupancy cap, exactly.

    The search starts at the first stable number, ``floor(load) + 1``, and keeps the recursion
    going, so no candidate is skipped and none is computed twice.

    Parameters
    ----------
    load : array_like
        Offered load in erlangs; 0 (nothing offered, or closed) needs 0 agents.
    handle_time_s : array_like
        Average handling time, seconds, above 0.
    service_level : array_like
        Share to be answered within the threshold, in (0, 1).
    threshold_s : array_like
        Seconds, 0 or more.
    max_occupancy : array_like, optional
        Cap on handling time over available time, in (0, 1].

    Returns
    -------
    ndarray of int64, broadcast shape
    """
    cap = 1.0 if max_occupancy is None else max_occupancy
    arrays = np.broadcast_arrays(
        _loads(load),
        *(_floats(v) for v in (handle_time_s, service_level, threshold_s, cap)),
    )
    shape = arrays[0].shape
    a, handle, target, threshold, occupancy = (array.ravel() for array in arrays)
    _check_times(handle, threshold)
    _check("service_level", target, (target > 0) & (target < 1), "above 0 and below 1")
    _check("max_occupancy", occupancy, (occupancy > 0) & (occupancy <= 1), "above 0, at most 1")
    answer = np.zeros(a.shape, dtype=np.int64)
    todo = np.flatnonzero(a > 0)
    blocking = np.ones(a.shape)
    n = 0
    while todo.size:
        n += 1
        load_left = a[todo]
        carried = load_left * blocking[todo]
        blocking[todo] = carried / (n + carried)
        stable = todo[n > load_left]
        spare = n - a[stable]
        waiting = _waiting(a[stable], np.full(stable.shape, float(n)), blocking[stable])
        level = 1 - waiting * np.exp(-spare * threshold[stable] / handle[stable])
        fits = a[stable] <= occupancy[stable] * n * (1 + _ROUNDING)
        met = stable[(level >= target[stable]) & fits]
        answer[met] = n
        todo = np.setdiff1d(todo, met, assume_unique=True)
    return answer.reshape(shape)


def _floats(values: ArrayLike) -> NDArray[np.float64]:
    return np.asarray(values, dtype=float)


def _loads(load: ArrayLike) -> NDArray[np.float64]:
    loads = _floats(load)
    _check("load", loads, np.isfinite(loads) & (loads >= 0), "finite, 0 or more")
    return loads


def _agents(agents: ArrayLike) -> NDArray[np.float64]:
    counts = _floats(agents)
    whole = np.isfinite(counts) & (counts >= 0) & (counts == np.floor(counts))
    _check("agents", counts, whole, "whole, 0 or more")
    return counts


def _check_times(handle: NDArray[np.float64], threshold: NDArray[np.float64]) -> None:
    _check("handle_time_s", handle, np.isfinite(handle) & (handle > 0), "finite, above 0")
    _check("threshold_s", threshold, threshold >= 0, "0 or more")


def _check(name: str, values: NDArray[np.float64], fine: NDArray[np.bool_], accepted: str) -> None:
    if not fine.all():
        raise BadInputError.at(name, float(values[~fine].ravel()[0]), accepted)
