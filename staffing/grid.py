"""The cyclic standard week: intervals, labels, clock windows and time zones.

Interval 0 starts Monday 00:00 local time; index arithmetic is modulo one week, so that a night
shift on Sunday runs into Monday like any other night.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MINUTES_PER_DAY = 24 * 60
HOURS_PER_WEEK = 168
INTERVALS_MIN = (15, 30, 60)


def start_minutes(step_min: int, given: tuple[int, ...]) -> tuple[int, ...]:
    """Minutes after midnight at which shifts may start, ascending: those given, else every step."""
    return tuple(sorted(given)) or tuple(range(0, MINUTES_PER_DAY, step_min))


@dataclass(frozen=True)
class WeekGrid:
    """A week cut into equal intervals.

    Parameters
    ----------
    interval_min : int
        Length of one interval in minutes: 15, 30 or 60.
    """

    interval_min: int

    @property
    def per_day(self) -> int:
        """Intervals in a day."""
        return MINUTES_PER_DAY // self.interval_min

    @property
    def size(self) -> int:
        """Intervals in the week."""
        return 7 * self.per_day

    @property
    def interval_h(self) -> float:
        """Length of one interval in hours."""
        return self.interval_min / 60

    @property
    def minute_of_day(self) -> NDArray[np.int64]:
        """Start of every interval in minutes after local midnight, shape (size,)."""
        return np.arange(self.size) % self.per_day * self.interval_min

    @property
    def weekday(self) -> NDArray[np.int64]:
        """Weekday of every interval, 0 is Monday, shape (size,)."""
        return np.arange(self.size) // self.per_day

    def label(self, interval: int) -> str:
        """Return e.g. ``Mon 08:30`` for an interval index (taken modulo the week)."""
        day, position = divmod(interval % self.size, self.per_day)
        hour, minute = divmod(position * self.interval_min, 60)
        return f"{DAYS[day]} {hour:02d}:{minute:02d}"

    def window_mask(self, start_min: int, end_min: int) -> NDArray[np.bool_]:
        """Mark the intervals that start inside a daily clock window.

        Parameters
        ----------
        start_min, end_min : int
            Minutes after midnight, 0 to 1440. A window with ``end < start`` runs past midnight;
            equal ends mean an empty window.

        Returns
        -------
        mask : ndarray of bool, shape (size,)
        """
        minute = self.minute_of_day
        if start_min <= end_min:
            return (minute >= start_min) & (minute < end_min)
        return (minute >= start_min) | (minute < end_min)

    def shift_to_zone(self, values: NDArray[np.generic], offset_min: int) -> NDArray[np.generic]:
        """Re-index a week from one local clock to another.

        Parameters
        ----------
        values : ndarray, shape (size,)
            Values by interval of the first clock.
        offset_min : int
            Minutes the second clock is ahead of the first; a multiple of the interval.

        Raises
        ------
        ValueError
            When the offset does not fall on the grid.
        """
        steps, rest = divmod(offset_min, self.interval_min)
        if rest:
            raise ValueError(f"offset of {offset_min} min is off a {self.interval_min} min grid")
        return np.roll(values, steps)


def zone_offset_min(behind: str, ahead: str, on: date) -> int:
    """Minutes by which the clock of `ahead` leads the clock of `behind` at noon UTC on a date.

    The standard week is planned with the offset of that one day; weeks with a change of daylight
    saving time are not yet re-checked (``docs/models/requirement.md``).
    """
    noon = datetime.combine(on, time(12), tzinfo=ZoneInfo("UTC"))
    offsets = [noon.astimezone(ZoneInfo(zone)).utcoffset() for zone in (behind, ahead)]
    first, second = (offset.total_seconds() if offset else 0.0 for offset in offsets)
    return round((second - first) / 60)
