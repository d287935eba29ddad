"""From played weeks to what a report says of a team, and of a service at all its sites."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from staffing.plan import tidy
from staffing.simulation.estimates import estimate, verdict
from staffing.simulation.report import HourResult, ServiceResult, TeamResult

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from staffing.grid import WeekGrid
    from staffing.plan import DeferrableWorkload, LiveWorkload, TeamPlan
    from staffing.simulation.deferrable import WorkWeek
    from staffing.simulation.live import QueueWeek

SHOWN_HOURS = 5
FINISH_ALL = 1.0


def live_result(
    team: TeamPlan, work: LiveWorkload, weeks: list[QueueWeek], grid: WeekGrid
) -> TeamResult:
    """Sum the played weeks of a live queue up."""
    busy_weeks = [week for week in weeks if week.offered.sum()]
    in_time = _shares(weeks)
    found = estimate([share for share in in_time if share is not None], share=True)
    return TeamResult(
        service=team.service,
        site=team.site,
        channel="live",
        promise=f"answered within {work.threshold_s:g} s",
        target=work.service_level,
        verdict=verdict(work.service_level, found),
        units_per_week=tidy(sum(work.arrivals)),
        in_time=found,
        by_replication=in_time,
        asa_s=estimate([week.waited_s / week.offered.sum() for week in busy_weeks]),
        abandonment=None
        if work.patience_s is None
        else estimate([week.hung_up / week.offered.sum() for week in busy_weeks], share=True),
        occupancy=estimate([week.busy_s / week.staffed_s for week in weeks if week.staffed_s]),
        unanswered=tidy(np.mean([week.unanswered for week in weeks])),
        worst_hours=_worst_hours(weeks, grid),
    )


def deferrable_result(
    team: TeamPlan, work: DeferrableWorkload, weeks: list[WorkWeek], grid: WeekGrid
) -> TeamResult:
    """Sum the played weeks of deferrable work up."""
    in_time = _shares(weeks)
    found = estimate([share for share in in_time if share is not None], share=True)
    return TeamResult(
        service=team.service,
        site=team.site,
        channel="deferrable",
        promise=f"finished within {work.due_intervals * grid.interval_h:g} h",
        target=FINISH_ALL,
        verdict=verdict(FINISH_ALL, found),
        units_per_week=tidy(sum(work.arrivals)),
        in_time=found,
        by_replication=in_time,
        asa_s=None,
        abandonment=None,
        occupancy=estimate([week.worked / week.could for week in weeks if week.could]),
        unanswered=0.0,
        worst_hours=_worst_hours(weeks, grid),
    )


def service_result(
    teams: list[TeamResult], weeks: list[Sequence[QueueWeek | WorkWeek]]
) -> ServiceResult:
    """Put the teams of one service together, replication by replication.

    Parameters
    ----------
    teams : list of TeamResult
        All teams of the service; they share its promise and target.
    weeks : list of sequence of QueueWeek or WorkWeek
        Their played weeks, as many for each.
    """
    in_time = tuple(
        _share(
            sum(float(week.in_time.sum()) for week in together),
            sum(int(week.offered.sum()) for week in together),
        )
        for together in zip(*weeks, strict=True)
    )
    found = estimate([share for share in in_time if share is not None], share=True)
    return ServiceResult(
        service=teams[0].service,
        promise=teams[0].promise,
        target=teams[0].target,
        verdict=verdict(teams[0].target, found),
        units_per_week=tidy(sum(team.units_per_week for team in teams)),
        in_time=found,
        by_replication=in_time,
    )


def _shares(weeks: Sequence[QueueWeek | WorkWeek]) -> tuple[float | None, ...]:
    """Share in time of each week; None in a week without work."""
    return tuple(_share(float(week.in_time.sum()), int(week.offered.sum())) for week in weeks)


def _share(in_time: float, offered: int) -> float | None:
    return tidy(in_time / offered) if offered else None


def _worst_hours(weeks: Sequence[QueueWeek | WorkWeek], grid: WeekGrid) -> tuple[HourResult, ...]:
    """Clock hours with the lowest share in time, over all replications."""
    offered = _by_hour([week.offered for week in weeks], grid) / len(weeks)
    in_time = _by_hour([week.in_time for week in weeks], grid) / len(weeks)
    share = np.divide(in_time, offered, out=np.ones_like(offered), where=offered >= 1)
    order = [int(hour) for hour in np.argsort(share, kind="stable") if share[hour] < 1]
    per_hour = len(weeks[0].offered) // len(offered)
    return tuple(
        HourResult(
            hour=grid.label(hour * per_hour),
            units_per_week=tidy(offered[hour]),
            in_time=tidy(share[hour]),
        )
        for hour in order[:SHOWN_HOURS]
    )


def _by_hour(
    weeks: Sequence[NDArray[np.int64] | NDArray[np.float64]], grid: WeekGrid
) -> NDArray[np.float64]:
    """Sum of some weeks by clock hour, shape (168,)."""
    per_hour = round(1 / grid.interval_h)
    return np.asarray(np.sum(weeks, axis=0, dtype=float).reshape(-1, per_hour).sum(axis=1))
