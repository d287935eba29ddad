"""Weeks in which clocks change, or run at another distance than in the standard week.

Shifts follow the clock of the site, demand the clock of the service. The standard week is planned
with the distance between both clocks on the first day; here every dated week of the term is laid
out in real time (167, 168 or 169 hours) and the roster is held against the demand again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np

from staffing.grid import DAYS, MINUTES_PER_DAY, zone_offset_min

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from staffing.grid import WeekGrid

_SECONDS_PER_MINUTE = 60


@dataclass(frozen=True)
class DatedWeek:
    """One week of a site in real time.

    Parameters
    ----------
    monday : date
        Its Monday in the site's calendar.
    site_index, service_index : ndarray of int, shape (n,)
        Interval of the standard week that each clock shows, for every real interval from Monday
        00:00 to the next; n is `grid.size`, one hour less or one hour more.
    distance_min : int
        Minutes the site's clock is ahead of the service's at the middle of the week.
    """

    monday: date
    site_index: NDArray[np.int64]
    service_index: NDArray[np.int64]
    distance_min: int

    def hours(self, grid: WeekGrid) -> float:
        """Real length of the week: 167, 168 or 169 hours where clocks move by one."""
        return len(self.site_index) * grid.interval_h


@dataclass(frozen=True)
class ClockPeriod:
    """Consecutive weeks that lie the same way in time, unlike the standard week.

    Parameters
    ----------
    week : DatedWeek
        The first of them.
    num_weeks : int
        How many there are.
    """

    week: DatedWeek
    num_weeks: int


def unusual_weeks(
    service_zone: str, site_zone: str, start: date, end: date, grid: WeekGrid
) -> tuple[ClockPeriod, ...]:
    """Weeks of a term that do not lie in time as the standard week does, in order.

    Parameters
    ----------
    service_zone, site_zone : str
        IANA names.
    start, end : date
        First day of the term, and the day after its last.
    """
    standard = zone_offset_min(service_zone, site_zone, start)
    periods: list[ClockPeriod] = []
    previous: tuple[int, ...] | None = None
    for monday in _mondays(start, end):
        offsets = _offsets(service_zone, site_zone, monday)
        usual = offsets[0] == offsets[1] and offsets[2] == offsets[3]
        if usual and offsets[0] - offsets[2] == standard:
            previous = None
        elif offsets == previous:
            last = periods[-1]
            periods[-1] = ClockPeriod(last.week, last.num_weeks + 1)
        else:
            week = _dated_week(service_zone, site_zone, monday, grid.interval_min)
            periods.append(ClockPeriod(week, 1))
            previous = offsets
    return tuple(periods)


def _mondays(start: date, end: date) -> Iterator[date]:
    monday = start - timedelta(days=start.weekday())
    while monday < end:
        yield monday
        monday += timedelta(weeks=1)


def _midnight(zone: str, day: date) -> datetime:
    return datetime.combine(day, time(0), tzinfo=ZoneInfo(zone))


def _offset_min(zone: str, moment: datetime) -> int:
    offset = moment.astimezone(ZoneInfo(zone)).utcoffset() or timedelta(0)
    return round(offset.total_seconds() / _SECONDS_PER_MINUTE)


@lru_cache(maxsize=4096)
def _offsets(service_zone: str, site_zone: str, monday: date) -> tuple[int, int, int, int]:
    """Offsets from UTC at both ends of a site's week: site twice, then service twice, minutes."""
    ends = (_midnight(site_zone, monday), _midnight(site_zone, monday + timedelta(weeks=1)))
    last = ends[1] - timedelta(minutes=1)
    site = [_offset_min(site_zone, moment) for moment in (ends[0], last)]
    service = [_offset_min(service_zone, moment) for moment in (ends[0], last)]
    return site[0], site[1], service[0], service[1]


@lru_cache(maxsize=512)
def _dated_week(service_zone: str, site_zone: str, monday: date, interval_min: int) -> DatedWeek:
    first = _midnight(site_zone, monday).astimezone(UTC)
    after = _midnight(site_zone, monday + timedelta(weeks=1)).astimezone(UTC)
    steps = round((after - first) / timedelta(minutes=interval_min))
    moments = [first + timedelta(minutes=step * interval_min) for step in range(steps)]
    middle = moments[steps // 2]
    return DatedWeek(
        monday=monday,
        site_index=_indices(site_zone, moments, interval_min),
        service_index=_indices(service_zone, moments, interval_min),
        distance_min=_offset_min(site_zone, middle) - _offset_min(service_zone, middle),
    )


def _indices(zone: str, moments: list[datetime], interval_min: int) -> NDArray[np.int64]:
    """Interval of the standard week shown by a zone's clock at each moment."""
    clock = ZoneInfo(zone)
    first, last = (moment.astimezone(clock) for moment in (moments[0], moments[-1]))
    if first.utcoffset() == last.utcoffset():  # no clock changes twice in a week
        minutes = _minute_of_week(first) + interval_min * np.arange(len(moments))
    else:
        minutes = np.array([_minute_of_week(moment.astimezone(clock)) for moment in moments])
    found: NDArray[np.int64] = minutes % (len(DAYS) * MINUTES_PER_DAY) // interval_min
    found.flags.writeable = False  # it is kept for the next roster
    return found


def _minute_of_week(local: datetime) -> int:
    return local.weekday() * MINUTES_PER_DAY + 60 * local.hour + local.minute
