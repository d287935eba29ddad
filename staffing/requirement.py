"""Requirement: from a team's volume to what its roster must cover in the standard week.

Live queues need a number of heads in every interval (Erlang C, exactly). Deferrable work needs
units finished within their turnaround time; which heads that takes, and when, is left to the
least-cost capacity of ``staffing.optimize.coverage``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from staffing.brief import LiveTarget
from staffing.errors import BadInputError, FieldIssue, InfeasibleError, Shortage
from staffing.grid import HOURS_PER_WEEK, INTERVALS_MIN, zone_offset_min
from staffing.live import SECONDS_PER_HOUR, live_heads, offered_load

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from staffing.brief import ServiceBrief, SiteBrief, TeamBrief, TurnaroundTarget
    from staffing.grid import WeekGrid

MOST_HEADS = 20_000
FEWEST_HEADS = 1e-5
_SHARE_TOLERANCE = 1e-9


@dataclass(frozen=True)
class FixedHeads:
    """Heads required on duty in every interval, shape (T,), fractions allowed."""

    heads: NDArray[np.float64]


@dataclass(frozen=True)
class TurnaroundWork:
    """Units to be finished in time.

    Parameters
    ----------
    arrivals : ndarray, shape (T,)
        Units arriving in each interval.
    units_per_head : ndarray, shape (T,)
        Units one scheduled head finishes in each interval; 0 where work is closed.
    due_intervals : int
        A unit arriving in t is finished by the end of ``t + due_intervals - 1``.
    floor_heads : ndarray, shape (T,)
        Fewest heads on duty.
    spare_units : ndarray, shape (T,)
        Units that idle people of live queues can finish in each interval.
    """

    arrivals: NDArray[np.float64]
    units_per_head: NDArray[np.float64]
    due_intervals: int
    floor_heads: NDArray[np.float64]
    spare_units: NDArray[np.float64]

    def capacity(self, at_work: NDArray[np.float64]) -> NDArray[np.float64]:
        """Units that can be finished with these people at work, shape (T,)."""
        return self.units_per_head * at_work + self.spare_units

    def heads_for(self, worked: NDArray[np.float64]) -> NDArray[np.float64]:
        """Heads that finish these units beside the idle people of live queues, shape (T,)."""
        rate, own = self.units_per_head, worked - self.spare_units
        heads = np.divide(own, rate, out=np.zeros_like(own), where=rate > 0)
        return np.maximum(heads, self.floor_heads)


@dataclass(frozen=True)
class TeamWeek:
    """A team's standard week in site-local time.

    Parameters
    ----------
    arrivals : ndarray, shape (T,)
        Units arriving at this team in each interval of the base week.
    workable : ndarray of bool, shape (T,)
        Intervals in which the service is open and people may be on site.
    """

    arrivals: NDArray[np.float64]
    workable: NDArray[np.bool_]


def team_week(
    service: ServiceBrief,
    team: TeamBrief,
    site: SiteBrief,
    week_units: NDArray[np.float64],
    grid: WeekGrid,
    start: date,
) -> TeamWeek:
    """Move a team's share of the base week to the clock of its site.

    Parameters
    ----------
    week_units : ndarray, shape (T,)
        The service's units by interval, service-local time.
    start : date
        Day whose clock offsets hold for the standard week.

    Raises
    ------
    BadInputError
        When the two clocks do not differ by whole intervals.
    InfeasibleError
        ``site_hours``: a live queue is open while the site is closed; ``opening_hours``: its
        contacts arrive while it is closed.
    """
    offset = zone_offset_min(service.time_zone, site.time_zone, start)
    _check_offset(service, site, offset, grid)
    if isinstance(service.target, LiveTarget):
        _check_open_when_called(service, week_units, grid)
        if team.routing is not None or not service.follow_the_sun:
            _check_site_open(service, team, site, offset, grid)
    arrivals = grid.shift_to_zone(team.routed(week_units), offset)
    opened = grid.shift_to_zone(team.routed(service.open_mask.astype(float)) > 0, offset)
    return TeamWeek(arrivals.astype(float), opened.astype(bool) & site.open_mask)


def _check_offset(service: ServiceBrief, site: SiteBrief, offset_min: int, grid: WeekGrid) -> None:
    if offset_min % grid.interval_min == 0:
        return
    clocks = f"the {abs(offset_min)} min between {service.time_zone} and {site.time_zone}"
    fitting = [str(minutes) for minutes in INTERVALS_MIN if offset_min % minutes == 0]
    remedy = f": {' or '.join(fitting)}" if fitting else ", which none does on the first day"
    raise BadInputError.at(
        "interval_minutes", grid.interval_min, f"an interval that divides {clocks}{remedy}"
    )


def _check_open_when_called(
    service: ServiceBrief, week_units: NDArray[np.float64], grid: WeekGrid
) -> None:
    closed = week_units > _SHARE_TOLERANCE * week_units.sum()
    closed &= ~service.open_mask
    if closed.any():
        raise InfeasibleError(
            "opening_hours",
            f"{service.name}: contacts of a live queue arrive while it is closed, first "
            f"{grid.label(int(np.flatnonzero(closed)[0]))}; open then or set the profile to 0",
            tuple(Shortage(grid.label(int(t)), 0.0) for t in np.flatnonzero(closed)),
        )


def _check_site_open(
    service: ServiceBrief, team: TeamBrief, site: SiteBrief, offset_min: int, grid: WeekGrid
) -> None:
    served = team.routed(service.open_mask.astype(float)) > 0
    missing = grid.shift_to_zone(served, offset_min).astype(bool) & ~site.open_mask
    if missing.any():
        raise InfeasibleError(
            "site_hours",
            f"{service.name}: open while site {site.name} is closed, first "
            f"{grid.label(int(np.flatnonzero(missing)[0]))} local time; widen the site's hours "
            "or deliver those hours elsewhere",
            tuple(Shortage(grid.label(int(t)), 0.0) for t in np.flatnonzero(missing)),
        )


def team_requirement(
    service: ServiceBrief,
    team: TeamBrief,
    week: TeamWeek,
    grid: WeekGrid,
    scale: float = 1.0,
    idle: NDArray[np.float64] | None = None,
) -> FixedHeads | TurnaroundWork:
    """State what the roster must cover when the base week's volume is multiplied by `scale`.

    Heads are people at work: agents over ``1 - in_office`` shrinkage, fractions kept. The minimum
    crew counts them before shrinkage.

    Parameters
    ----------
    scale : float
        Multiple of the base week, 0 or more.
    idle : ndarray, shape (T,), optional
        Available people of live queues whose idle time this work may use (`staffing.live`).
    """
    available = team.available_share(grid)
    check_size(service, week, available, grid, scale)
    crew = np.where(week.workable, float(service.min_heads), 0.0)
    if isinstance(service.target, LiveTarget):
        agents = live_heads(week.arrivals * scale, service.target, grid)
        return FixedHeads(np.maximum(agents / available, crew))
    per_head = units_per_available_head(service.target, week, grid)
    return TurnaroundWork(
        arrivals=week.arrivals * scale,
        units_per_head=per_head * available,
        due_intervals=due_intervals(service.target, service.field("turnaround_h"), grid),
        floor_heads=crew,
        spare_units=np.zeros(grid.size) if idle is None else per_head * idle,
    )


def check_size(
    service: ServiceBrief,
    week: TeamWeek,
    available: NDArray[np.float64],
    grid: WeekGrid,
    scale: float = 1.0,
) -> None:
    """Refuse work for more people than any site holds, or for a few seconds a week."""
    target = service.target
    if isinstance(target, LiveTarget):
        load = offered_load(week.arrivals, target, grid) / target.concurrency
        heads = float((load / available).max())
    else:
        rate = (units_per_available_head(target, week, grid) * available).sum()
        heads = float(week.arrivals.sum()) / rate if rate > 0 else 0.0
    if 0 < heads < FEWEST_HEADS:
        found = f"{heads * HOURS_PER_WEEK * SECONDS_PER_HOUR:.2g} s a week"
        accepted = "more than a few seconds of work a week; check the volume and the units per hour"
        raise BadInputError(FieldIssue(service.field("volume"), found, accepted))
    if heads * scale > MOST_HEADS * max(1.0, scale):
        accepted = (
            f"work for at most {MOST_HEADS:,} people at once; check the volume, its scale and the "
            "handling time or units per hour"
        )
        found = f"about {heads:.3g} people at once"
        raise BadInputError(FieldIssue(service.field("volume"), found, accepted))


def units_per_available_head(
    target: TurnaroundTarget, week: TeamWeek, grid: WeekGrid
) -> NDArray[np.float64]:
    """Units one available head finishes by interval; 0 where no work may be done."""
    return np.where(week.workable, target.units_per_head_hour * grid.interval_h, 0.0)


def due_intervals(target: TurnaroundTarget, path: str, grid: WeekGrid) -> int:
    """Intervals from arrival, its own included, in which a unit must be finished.

    Rounded down: a unit is taken to arrive at the start of its interval.

    Raises
    ------
    BadInputError
        When the turnaround is shorter than one interval.
    """
    due = int(target.turnaround_h / grid.interval_h + _SHARE_TOLERANCE)
    if due < 1:
        raise BadInputError.at(
            path,
            target.turnaround_h,
            f"at least one interval ({grid.interval_h:g} h); a live queue answers in seconds",
        )
    return due
