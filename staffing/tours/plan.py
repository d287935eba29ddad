"""A plan of tours: who works when in the week, with every break placed, and what is proven."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class PersonWeek:
    """One anonymous person's week.

    Parameters
    ----------
    rule : str
        Name of the tour rule.
    band_start : int
        Interval of the day at which the person's band of starts begins.
    length : int
        Intervals of every shift, breaks included.
    starts : tuple of int
        Interval of the week in which each shift starts, ascending.
    breaks : tuple of tuple of int
        For each shift, the interval in which each of its breaks starts, in the order of the
        problem's break rules that apply to this length.
    """

    rule: str
    band_start: int
    length: int
    starts: tuple[int, ...]
    breaks: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class ShiftCount:
    """People on a shift: start interval of the week, length in intervals."""

    start: int
    length: int
    count: int


@dataclass(frozen=True)
class TourCount:
    """People who work the same days of the week on one rule, band and length."""

    rule: str
    band_start: int
    length: int
    days: tuple[int, ...]
    count: int


@dataclass(frozen=True)
class BreakCount:
    """Breaks of one rule that start in the same interval."""

    rule: str
    start: int
    count: int


@dataclass(frozen=True)
class TourPlan:
    """The best plan found and what is proven of it.

    Parameters
    ----------
    people : tuple of PersonWeek
        Every person's week with its breaks; all counts below follow from it.
    shifts : tuple of ShiftCount
        By start, then length.
    tours : tuple of TourCount
        By rule, band, length and days worked.
    breaks : tuple of BreakCount
        By rule and start.
    presence : ndarray, shape (T,)
        Heads at work, net of breaks.
    shortfall : ndarray, shape (T,)
        Heads missing to the requirement.
    paid_hours : float
        Paid hours of the week, unpaid breaks left out.
    labour_cost : float
        Paid hours at the mean cost of their shift's intervals.
    objective : float
        Labour, priced shortfall, worst interval and seats.
    bound : float
        Proven: no plan costs less.
    gap : float
        ``(objective - bound) / objective``, 0 when nothing is to be paid.
    stop_reason : str
        Why the search ended.
    reproducible : bool
        False when seconds ended it: another run may find another plan.
    """

    people: tuple[PersonWeek, ...]
    shifts: tuple[ShiftCount, ...]
    tours: tuple[TourCount, ...]
    breaks: tuple[BreakCount, ...]
    presence: NDArray[np.float64]
    shortfall: NDArray[np.float64]
    paid_hours: float
    labour_cost: float
    objective: float
    bound: float
    gap: float
    stop_reason: str
    reproducible: bool
