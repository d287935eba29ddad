"""Live queues: agents by interval, with patience, calling again and chats side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from staffing.queueing import agents_required, performance

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.brief import LiveTarget
    from staffing.grid import WeekGrid

SECONDS_PER_HOUR = 3600
_RETRY_TOLERANCE = 1e-10


def offered_load(
    arrivals: NDArray[np.float64], target: LiveTarget, grid: WeekGrid
) -> NDArray[np.float64]:
    """Load of first calls by interval, erlangs, shape (T,)."""
    return arrivals * target.handle_time_s / (SECONDS_PER_HOUR * grid.interval_h)


def live_heads(
    arrivals: NDArray[np.float64], target: LiveTarget, grid: WeekGrid
) -> NDArray[np.float64]:
    """Fewest people on the queue by interval, shape (T,).

    A contact occupies one slot; an agent has `concurrency` slots, so heads may be fractions. They
    stay fractions until whole people are put on shifts.

    Parameters
    ----------
    arrivals : ndarray, shape (T,)
        Contacts offered in each interval, repeated calls not counted.
    """
    return slots_required(offered_load(arrivals, target, grid), target) / target.concurrency


def idle_heads(
    at_work: NDArray[np.float64],
    available: NDArray[np.float64],
    load: NDArray[np.float64],
    target: LiveTarget,
) -> NDArray[np.float64]:
    """Available people of a live queue that no contact keeps busy, by interval, shape (T,).

    Every caller is served at most once, so first calls bound the time at work.

    Parameters
    ----------
    at_work : ndarray, shape (T,)
        People on duty.
    available : ndarray, shape (T,)
        Share of their time available for work.
    load : ndarray, shape (T,)
        Load of first calls, erlangs.
    """
    return np.maximum(at_work * available - load / target.concurrency, 0.0)


def slots_required(load: NDArray[np.float64], target: LiveTarget) -> NDArray[np.int64]:
    """Fewest contacts handled at once that meet the target, callers who call again included.

    The search starts at the answer without repeated calls, which is a lower bound, and adds one
    slot wherever the load that then settles still needs more.
    """
    slots = _fewest(load, target)
    if target.retry_share == 0:
        return slots
    while True:
        settled = load_with_retries(load, slots, target)
        short = _fewest(settled, target) > slots
        if not short.any():
            return slots
        slots = slots + short


def arrivals_with_retries(
    arrivals: NDArray[np.float64],
    slots: NDArray[np.float64],
    target: LiveTarget,
    grid: WeekGrid,
) -> NDArray[np.float64]:
    """Contacts offered by interval once repeated calls have settled, shape (T,).

    Parameters
    ----------
    arrivals : ndarray, shape (T,)
        First calls.
    slots : ndarray, shape (T,)
        Contacts that can be handled at once; a fraction of a slot is taken as none.
    """
    if target.retry_share == 0:
        return arrivals
    load, whole = offered_load(arrivals, target, grid), np.floor(slots).astype(np.int64)
    settled = load_with_retries(load, whole, target)
    more = np.divide(settled, load, out=np.ones_like(load), where=load > 0)
    return arrivals * more


def load_with_retries(
    load: NDArray[np.float64], slots: NDArray[np.int64], target: LiveTarget
) -> NDArray[np.float64]:
    """Load once repeated calls have settled: ``x = load + retry_share x P(hang up | x) x``.

    The right side is a contraction with factor `retry_share`, so the iteration always ends.
    """
    settled = load
    while True:
        lost = performance(
            settled, slots, target.handle_time_s, target.threshold_s, patience_s=target.patience_s
        ).abandonment
        following = load + target.retry_share * lost * settled
        if np.abs(following - settled).max(initial=0.0) <= _RETRY_TOLERANCE * load.max(initial=1.0):
            return following
        settled = following


def _fewest(load: NDArray[np.float64], target: LiveTarget) -> NDArray[np.int64]:
    return agents_required(
        load,
        target.handle_time_s,
        target.service_level,
        target.threshold_s,
        patience_s=target.patience_s,
        max_occupancy=target.max_occupancy,
        max_abandonment=target.max_abandonment,
    )
