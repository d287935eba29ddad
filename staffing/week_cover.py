"""A team's covered week, however found: who is on duty, at work and paid in each interval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from staffing.brief import LabourRules
    from staffing.grid import WeekGrid
    from staffing.tours import BreakCount, PersonWeek, ShiftCount, TourCount

HEADS_TOLERANCE = 1e-6


@dataclass(frozen=True)
class WeekCover:
    """Shifts of a cyclic week and what follows from them.

    Parameters
    ----------
    shifts : tuple of ShiftCount
        By start, then length.
    required : ndarray, shape (T,)
        Heads the work needs, as timed in this plan.
    on_duty : ndarray, shape (T,)
        People in their shifts.
    at_work : ndarray, shape (T,)
        People on duty who are not on a break.
    paid : ndarray, shape (T,)
        People on duty, each counted by the paid share of the shift.
    objective, bound, gap : float
        Cost with seats and priced shortfall, its proven lower bound, relative distance.
    stop_reason : str
        Why the search ended.
    breaks, tours, people : tuple
        As in `staffing.tours.TourPlan`; empty where there are neither breaks nor tours.
    """

    shifts: tuple[ShiftCount, ...]
    required: NDArray[np.float64]
    on_duty: NDArray[np.float64]
    at_work: NDArray[np.float64]
    paid: NDArray[np.float64]
    objective: float
    bound: float
    gap: float
    stop_reason: str
    breaks: tuple[BreakCount, ...] = ()
    tours: tuple[TourCount, ...] = ()
    people: tuple[PersonWeek, ...] = ()

    @property
    def shortfall(self) -> NDArray[np.float64]:
        """Heads at work missing to those required, shape (T,)."""
        missing = self.required - self.at_work
        return np.where(missing > HEADS_TOLERANCE, missing, 0.0)


def heads_over_week(spans: Iterable[tuple[int, int, float]], grid: WeekGrid) -> NDArray[np.float64]:
    """Add up heads by interval of the cyclic week.

    Parameters
    ----------
    spans : iterable of (int, int, float)
        Interval in which a span starts, its intervals (up to a week), heads in it.
    """
    heads = np.zeros(grid.size)
    for start, length, count in spans:
        heads[(start + np.arange(length)) % grid.size] += count
    return heads


def paid_heads(
    shifts: Iterable[tuple[int, int, float]], labour: LabourRules, grid: WeekGrid
) -> NDArray[np.float64]:
    """People on duty, each counted by the paid share of the shift, shape (T,).

    An unpaid break is spread over its shift, so pay does not depend on where the break falls.
    """
    return heads_over_week(
        (
            (start, length, heads * labour.paid_share(length * grid.interval_h))
            for start, length, heads in shifts
        ),
        grid,
    )
