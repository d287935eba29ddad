"""From a team's week at plan volume and at the peak to extra work by day since the call."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from staffing.brief import LiveTarget
from staffing.grid import DAYS
from staffing.requirement import FixedHeads
from staffing.surge.problem import HOURS_PER_DAY, Backlog, SurgeProblem

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.brief import ServiceBrief, TeamBrief
    from staffing.grid import WeekGrid
    from staffing.requirement import TurnaroundWork
    from staffing.surge.peak import Peak, SurgeLadder
    from staffing.week_cover import WeekCover

_TOLERANCE = 1e-9


@dataclass(frozen=True)
class ExtraWeek:
    """What a week of the peak takes beyond an ordinary week.

    Parameters
    ----------
    hours : ndarray, shape (7,)
        Hours on duty by weekday, Monday first, each 0 or more.
    most_at_once : float
        Most people on duty at once.
    """

    hours: NDArray[np.float64]
    most_at_once: float


def extra_week(
    ordinary: FixedHeads | TurnaroundWork,
    peak: FixedHeads | TurnaroundWork,
    cover: WeekCover,
    open_days: NDArray[np.bool_],
    grid: WeekGrid,
) -> ExtraWeek:
    """Extra hours on duty by weekday.

    Work that the peak needs beyond the ordinary, times what its shifts take over the work in them:
    shifts seldom fit the work exactly. Idle people of other queues are taken to be busy already.
    Deferrable work is counted when it arrives, or on the first day after it that is open.

    Parameters
    ----------
    ordinary, peak : FixedHeads or TurnaroundWork
        What the roster must cover at plan volume and at the peak.
    cover : WeekCover
        Shifts of the peak.
    open_days : ndarray of bool, shape (7,)
        Weekdays on which the team may work.
    grid : WeekGrid
        Intervals of the week.
    """
    wanted = _heads(peak)
    extra = np.maximum(wanted - _heads(ordinary), 0.0)
    fit = max(1.0, float(cover.paid.sum() / wanted.sum())) if wanted.any() else 1.0
    hours = extra.reshape(7, grid.per_day).sum(axis=1) * grid.interval_h * fit
    for day in np.tile(np.arange(7), 2):
        if not open_days[day]:
            hours[(day + 1) % 7] += hours[day]
            hours[day] = 0.0
    return ExtraWeek(hours=hours, most_at_once=float(extra.max()) * fit)


def _heads(target: FixedHeads | TurnaroundWork) -> NDArray[np.float64]:
    """People at work by interval, shape (T,); deferrable work as it arrives."""
    if isinstance(target, FixedHeads):
        return target.heads
    rate = target.units_per_head
    open_rate = float(rate[rate > 0].mean()) if (rate > 0).any() else 0.0
    if open_rate == 0:
        return np.zeros_like(rate)
    return np.asarray(target.arrivals / open_rate, dtype=float)


def surge_problem(
    service: ServiceBrief,
    team: TeamBrief,
    week: ExtraWeek,
    peak: Peak,
    ladder: SurgeLadder,
    *,
    open_days: NDArray[np.bool_],
    start_weekday: int = 0,
    seats_left: float | None = None,
) -> SurgeProblem:
    """Lay a peak of some days out on the days since the call.

    Days follow on the peak until waiting work is due. A full-time person gives contract hours over
    the days a week on which the team works, or fewer where shifts are too short for that.

    Parameters
    ----------
    service, team : ServiceBrief, TeamBrief
        Whose peak it is.
    week : ExtraWeek
        What a week of it takes.
    peak, ladder : Peak, SurgeLadder
        When it comes, and who could come for it.
    open_days : ndarray of bool, shape (7,)
        Weekdays on which the team may work.
    start_weekday : int
        Weekday of the first extra work, 0 is Monday.
    seats_left : float, optional
        Seats the site has left; the ladder's own number of seats goes first.
    """
    backlog = Backlog()
    if not isinstance(service.target, LiveTarget):
        # Work is taken to arrive as its day begins, so the day itself is part of its turnaround.
        days = int(service.target.turnaround_h / HOURS_PER_DAY + _TOLERANCE) - 1
        backlog = Backlog(ladder.waiting_share, max(0, days))
    lead, size = peak.lead_days, peak.lead_days + peak.days + backlog.wait_days
    weekday = (start_weekday + np.arange(size) - lead) % 7
    in_peak = (np.arange(size) >= lead) & (np.arange(size) < lead + peak.days)
    present_share = 1 - team.workforce.out_of_office
    limits = ladder.limits
    if limits.seats is None:
        limits = replace(limits, seats=seats_left)
    full_time = full_time_people(float(week.hours.sum()), team)
    return SurgeProblem(
        name=team.name,
        need_h=np.where(in_peak, week.hours[weekday], 0.0),
        hours_per_head=_hours_per_head(team, open_days)[weekday],
        sources=ladder.sources,
        first_day_h=peak.first_day_h,
        lead_days=lead,
        limits=limits,
        seats_per_head=min(1.0, week.most_at_once / full_time) if full_time > 0 else 1.0,
        backlog=backlog,
        shortfall_price=ladder.shortfall_price,
        standby_weeks=ladder.standby_weeks,
        present_share=present_share,
        base_hourly_cost=team.hourly_cost / present_share,
        # Of a peak that is announced longer ahead nobody is needed before it begins.
        promise_h=max(ladder.promise_h, peak.notice_h),
        day_names=tuple(DAYS[day] for day in weekday),
    )


def full_time_people(hours_at_work: float, team: TeamBrief) -> float:
    """Full-time people whose week at work, leave and absence taken off, is that many hours."""
    present_share = 1 - team.workforce.out_of_office
    return hours_at_work / (team.labour.contract_hours_per_week * present_share)


def _hours_per_head(team: TeamBrief, open_days: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Paid hours of one full-time person by weekday, shape (7,)."""
    labour = team.labour
    longest = max(length * labour.paid_share(length) for length in labour.lengths_on_offer_h)
    days = max(int(open_days.sum()), ceil(labour.contract_hours_per_week / longest - _TOLERANCE))
    return np.where(open_days, labour.contract_hours_per_week / days, 0.0)
