"""Rules of breaks and tours: what a shift must contain and what a week of work may look like."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import ceil, floor
from typing import Literal

DAYS_PER_WEEK = 7
WEEKEND = frozenset({5, 6})
_ROUNDING_NOISE = 9  # decimals kept before a window is laid on the grid


@dataclass(frozen=True)
class BreakRule:
    """A break that every long enough shift contains.

    Parameters
    ----------
    name : str
        E.g. ``meal``.
    length_min : int
        Minutes, a multiple of the grid's interval.
    paid : bool
        Whether the break counts as paid time.
    centre : float
        Middle of the window as a share of the shift, between 0 and 1; 0.5 is mid-shift.
    window_min : int
        Width of the window, minutes: the break starts and ends inside it.
    shift_at_least_h : float
        Shifts shorter than this have no such break, hours.
    """

    name: str
    length_min: int
    paid: bool
    centre: float
    window_min: int
    shift_at_least_h: float = 0.0

    def applies_to(self, shift_h: float) -> bool:
        """Whether a shift of that many hours has this break."""
        return shift_h >= self.shift_at_least_h

    def opens_after(self, shift_min: int, interval_min: int) -> int:
        """Intervals from the start of a shift to the opening of the window.

        A window off the grid moves outward, to the nearer end of the shift, so that windows in
        one shift stay apart.
        """
        exact = (self.centre * shift_min - self.window_min / 2) / interval_min
        exact = round(exact, _ROUNDING_NOISE)
        return ceil(exact) if self.centre > 0.5 else floor(exact)  # noqa: PLR2004 (mid-shift)


@dataclass(frozen=True)
class TourRule:
    """A kind of working week: every day a shift of one length, starting inside one band.

    Parameters
    ----------
    name : str
        E.g. ``five days``.
    days_on : int
        Days worked a week, 1 to 7. A shift belongs to the day it starts on.
    shift_lengths_h : tuple of float
        Lengths on offer, hours from start to end, breaks included.
    consecutive_days_off : bool
        Whether the days off follow one another, Sunday to Monday included.
    start_band_min : int
        Width of a band of starts, minutes, a multiple of the grid's interval, counted from
        midnight: all shifts of a person start at ``band <= start < band + width``.
    weekend : {"any", "both_or_none"}
        Whether a person may work one day of the weekend without the other.
    share_max : float
        Largest share of all people on this rule, above 0 and at most 1.
    """

    name: str
    days_on: int
    shift_lengths_h: tuple[float, ...]
    consecutive_days_off: bool
    start_band_min: int
    weekend: Literal["any", "both_or_none"] = "any"
    share_max: float = 1.0

    @property
    def any_days(self) -> bool:
        """Whether every choice of `days_on` days is allowed."""
        return not self.consecutive_days_off and self.weekend == "any"

    def allows(self, days: frozenset[int]) -> bool:
        """Whether a person may work exactly these days (0 is Monday)."""
        if len(days) != self.days_on:
            return False
        if self.weekend == "both_or_none" and len(days & WEEKEND) == 1:
            return False
        return not self.consecutive_days_off or _one_run(days)

    def day_patterns(self) -> tuple[tuple[int, ...], ...]:
        """Every allowed choice of days worked, in lexical order."""
        return tuple(
            days
            for days in combinations(range(DAYS_PER_WEEK), self.days_on)
            if self.allows(frozenset(days))
        )


def _one_run(days: frozenset[int]) -> bool:
    """Whether the days off form one run of the cyclic week."""
    returns = [d for d in days if (d - 1) % DAYS_PER_WEEK not in days]
    return len(returns) <= 1
