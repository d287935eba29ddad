"""The clock a turnaround time runs on: every hour, or working hours, holidays off; with a cut-off.

Times are local to the clock's place, without daylight saving. What arrives after the cut-off
counts from the next day's (of a working clock: the next working day's) opening.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from pricing.opening_hours import days_of, minutes
from staffing.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

_DAY_MIN = 24 * 60
_DAYS = 7
_LONGEST = timedelta(days=366 * 3)  # no turnaround time is near it; a search must end
Window = tuple[int, int]


@dataclass(frozen=True)
class WorkingClock:
    """Windows of each weekday in which the clock runs.

    Parameters
    ----------
    windows : tuple of (int, int) or None, length 7
        Minutes after midnight at which the clock starts and stops, Monday first; None: it stands.
    holidays : frozenset of date
        Days on which it stands.
    cut_off_min : int or None
        Minutes after midnight; later arrivals count from the next day.
    """

    windows: tuple[Window | None, ...]
    holidays: frozenset[date] = frozenset()
    cut_off_min: int | None = None

    def window(self, day: date) -> Window | None:
        """Window of a day, None where the clock stands."""
        return None if day in self.holidays else self.windows[day.weekday()]

    def starts(self, arrived: datetime) -> datetime:
        """Moment from which an arrival counts, cut-off applied."""
        if self.cut_off_min is None or _minute(arrived) <= self.cut_off_min:
            return arrived
        return _midnight(arrived) + timedelta(days=1)

    def elapsed_h(self, arrived: datetime, finished: datetime) -> Decimal:
        """Hours on the clock between arrival and completion, 0 where it was done before it counts.

        Raises
        ------
        BadInputError
            Done before it arrived, or years apart.
        """
        if finished < arrived:
            raise BadInputError.at("finished", f"{finished}", f"should be {arrived} or later")
        if finished - arrived > _LONGEST:
            raise BadInputError.at("finished", f"{finished}", "should be within three years")
        begins = self.starts(arrived)
        seconds, day = 0, _midnight(begins)
        while day < finished:
            window = self.window(day.date())
            if window is not None:
                opens, closes = (day + timedelta(minutes=edge) for edge in window)
                inside = min(closes, finished) - max(opens, begins)
                seconds += max(0, int(inside.total_seconds()))
            day += timedelta(days=1)
        return Decimal(seconds) / 3600

    def due(self, arrived: datetime, within_h: Decimal) -> datetime:
        """Latest completion that is in time, to the second.

        Raises
        ------
        BadInputError
            A clock that never runs so long.
        """
        left = timedelta(seconds=int(within_h * 3600))
        begins = self.starts(arrived)
        day = _midnight(begins)
        while day - begins < _LONGEST:
            window = self.window(day.date())
            if window is not None:
                opens, closes = (day + timedelta(minutes=edge) for edge in window)
                runs = closes - max(opens, begins)
                if runs >= left:
                    return max(opens, begins) + left
                left -= max(runs, timedelta(0))
            day += timedelta(days=1)
        raise BadInputError.at("within_h", within_h, "hours that the clock runs within three years")


def always(cut_off: str | None = None) -> WorkingClock:
    """Clock that never stands."""
    return WorkingClock(((0, _DAY_MIN),) * _DAYS, cut_off_min=_cut_off(cut_off))


def working_hours(
    hours: Mapping[str, str], holidays: Collection[date] = (), cut_off: str | None = None
) -> WorkingClock:
    """Clock that runs in windows by day or range of days, e.g. ``{"mon-fri": "08:00-18:00"}``.

    Raises
    ------
    BadInputError
        A window past midnight, two windows on a day, or none at all.
    """
    windows: list[Window | None] = [None] * _DAYS
    for days, written in hours.items():
        if written == "closed":
            continue
        opens, closes = (minutes(edge) for edge in written.split("-"))
        if opens >= closes:
            raise BadInputError.at(f"hours.{days}", written, "a window within one day")
        for day in days_of(days):
            if windows[day] is not None:
                raise BadInputError.at(f"hours.{days}", written, "one window a day")
            windows[day] = (opens, closes)
    if not any(windows):
        raise BadInputError.at("hours", "no window", "hours on one day of the week at least")
    return WorkingClock(tuple(windows), frozenset(holidays), _cut_off(cut_off))


def _cut_off(written: str | None) -> int | None:
    return None if written is None else minutes(written)


def _minute(moment: datetime) -> Decimal:
    """Minutes after midnight, seconds as a fraction."""
    seconds = (moment - _midnight(moment)).total_seconds()
    return Decimal(repr(seconds)) / 60


def _midnight(moment: datetime) -> datetime:
    return datetime.combine(moment.date(), time(), tzinfo=moment.tzinfo)
