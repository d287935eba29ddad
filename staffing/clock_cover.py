"""Cover and hours of a roster in weeks that do not lie in time as the standard week does."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from staffing.brief import LiveTarget
from staffing.clock import unusual_weeks
from staffing.grid import zone_offset_min
from staffing.live import live_heads
from staffing.plan import ClockWeeks, tidy
from staffing.requirement import due_intervals
from staffing.turnaround import work_off

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from staffing.brief import ServiceBrief, SiteBrief, TeamBrief
    from staffing.clock import ClockPeriod, DatedWeek
    from staffing.grid import WeekGrid

HEADS_TOLERANCE = 1e-4


@dataclass(frozen=True)
class RosterInTime:
    """A team's roster and the work it is there for, each by the clock it follows.

    Parameters
    ----------
    service, site, team
        The brief's parts.
    grid : WeekGrid
        Standard week.
    arrivals : ndarray, shape (T,)
        Units arriving at this team by interval of the service's week.
    at_work : ndarray, shape (T,)
        People at work by interval of the site's week.
    paid : ndarray, shape (T,)
        People paid by interval of the site's week, see `staffing.week_cover`.
    spare_units : ndarray, shape (T,)
        Units that idle people of live queues finish, by interval of the site's week.
    """

    service: ServiceBrief
    site: SiteBrief
    team: TeamBrief
    grid: WeekGrid
    arrivals: NDArray[np.float64]
    at_work: NDArray[np.float64]
    paid: NDArray[np.float64]
    spare_units: NDArray[np.float64]

    def workable(self, week: DatedWeek) -> NDArray[np.bool_]:
        """Real intervals in which the service and the site are open."""
        served = self.team.routed(self.service.open_mask.astype(float)) > 0
        return served[week.service_index] & self.site.open_mask[week.site_index]

    @cached_property
    def agents(self) -> NDArray[np.float64]:
        """People the queue keeps busy or ready by interval of the service's week, shape (T,)."""
        if isinstance(self.service.target, LiveTarget):
            return live_heads(self.arrivals, self.service.target, self.grid)
        return np.zeros(self.grid.size)

    def short_heads(self, week: DatedWeek, at_work: NDArray[np.float64]) -> NDArray[np.float64]:
        """Heads missing in every real interval; of deferrable work only the minimum crew counts."""
        need = np.where(self.workable(week), float(self.service.min_heads), 0.0)
        available = self.team.available_share(self.grid)[week.site_index]
        need = np.maximum(need, self.agents[week.service_index] / available)
        short = need - at_work[week.site_index]
        return np.where(short > HEADS_TOLERANCE, short, 0.0)

    def late_units(self, week: DatedWeek, at_work: NDArray[np.float64]) -> float:
        """Units of deferrable work finished too late, taking the week as its own repetition."""
        target = self.service.target
        if isinstance(target, LiveTarget):
            return 0.0
        rate = target.units_per_head_hour * self.grid.interval_h
        present = (self.team.available_share(self.grid) * at_work)[week.site_index]
        own = np.where(self.workable(week), rate * present, 0.0)
        due = due_intervals(target, self.service.field("turnaround_h"), self.grid)
        capacity = own + self.spare_units[week.site_index]
        worked = work_off(self.arrivals[week.service_index], capacity, due)
        return 0.0 if worked.in_time else float(worked.late.sum())


def clock_weeks(roster: RosterInTime, start: date, end: date) -> tuple[ClockWeeks, ...]:
    """Hold a roster against every week in which clocks change or keep another distance.

    Parameters
    ----------
    start, end : date
        First day of the term, and the day after its last.

    Returns
    -------
    tuple of ClockWeeks
        One entry per run of weeks that lie the same way in time; empty when all are standard.
    """
    zones = roster.service.time_zone, roster.site.time_zone
    standard = zone_offset_min(*zones, start)
    found: list[ClockWeeks] = []
    alike: dict[tuple[bytes, bytes, int], ClockWeeks] = {}
    for period in unusual_weeks(*zones, start, end, roster.grid):
        week, moved_min = period.week, period.week.distance_min - standard
        # Summer after summer a week lies in the same way: what it takes is worked out once.
        key = (week.site_index.tobytes(), week.service_index.tobytes(), moved_min)
        if key not in alike:
            alike[key] = _period(roster, period, moved_min)
        dates = {"first_monday": week.monday, "num_weeks": period.num_weeks}
        found.append(alike[key].model_copy(update=dates))
    return tuple(found)


def _period(roster: RosterInTime, period: ClockPeriod, moved_min: int) -> ClockWeeks:
    week, grid = period.week, roster.grid
    short = roster.short_heads(week, roster.at_work)
    moved = np.roll(roster.at_work, moved_min // grid.interval_min)
    worst = int(short.argmax())
    return ClockWeeks(
        first_monday=week.monday,
        num_weeks=period.num_weeks,
        hours=week.hours(grid),
        distance_change_min=moved_min,
        paid_hours=tidy(roster.paid[week.site_index].sum() * grid.interval_h),
        short_head_hours=tidy(short.sum() * grid.interval_h),
        worst_short_heads=tidy(short[worst]),
        worst_at=grid.label(int(week.site_index[worst])) if short[worst] else None,
        late_units=tidy(roster.late_units(week, roster.at_work)),
        short_head_hours_if_moved=tidy(roster.short_heads(week, moved).sum() * grid.interval_h),
        late_units_if_moved=tidy(roster.late_units(week, moved)),
    )
