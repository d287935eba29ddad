"""From solved figures of one team to its plan: rosters, weeks, and quantities by year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from staffing.plan import (
    CurvePoint,
    TeamPlan,
    WorkforceWeeks,
    YearQuantities,
    rounded,
    tidy,
)
from staffing.support import support_fte
from staffing.week_roster import by_class, week_roster
from staffing.workload import team_workload

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.brief import ServiceBrief, TeamBrief
    from staffing.calendar import ContractCalendar
    from staffing.curve import StaffingCurve
    from staffing.demand import Demand
    from staffing.grid import WeekGrid
    from staffing.optimize.shift_model import CoverageProblem
    from staffing.optimize.workforce import WorkforceResult
    from staffing.plan import Workload
    from staffing.requirement import TeamWeek
    from staffing.week_cover import WeekCover


@dataclass(frozen=True)
class TeamFigures:
    """Everything solved for one team."""

    grid: WeekGrid
    team: TeamBrief
    demand: Demand
    calendar: ContractCalendar
    problem: CoverageProblem
    cover: WeekCover
    curve: StaffingCurve
    workforce: WorkforceResult
    service: ServiceBrief
    week: TeamWeek

    @property
    def scale(self) -> NDArray[np.float64]:
        """Volume of every week over the base week."""
        return self.demand.weekly_scale

    @property
    def units_per_week(self) -> float:
        """Units of the base week this team takes."""
        return self.demand.base_week * float(self.team.routed(self.demand.week_shape).sum())

    @property
    def staffed_hours(self) -> float:
        """Hours of the standard week in which anyone is on duty, 0 to 168."""
        return float((self.cover.on_duty > 0).sum()) * self.grid.interval_h


class YearFigures(Protocol):
    """What the quantities of a contract year are read from; see `TeamFigures`."""

    @property
    def team(self) -> TeamBrief:
        """Whose plan it is."""

    @property
    def calendar(self) -> ContractCalendar:
        """The weeks of the term."""

    @property
    def curve(self) -> StaffingCurve:
        """Hours and seats by volume."""

    @property
    def workforce(self) -> WorkforceResult:
        """People by week."""

    @property
    def scale(self) -> NDArray[np.float64]:
        """Volume of every week over the base week."""

    @property
    def staffed_hours(self) -> float:
        """Hours of the week in which anyone is on duty."""


def team_plan(figures: TeamFigures) -> TeamPlan:
    """Write one team's plan down."""
    team, calendar = figures.team, figures.calendar
    needed = needed_fte(team, figures.curve, figures.scale)
    return TeamPlan(
        service=team.service,
        site=team.site,
        units_per_week=tidy(figures.units_per_week),
        routing=() if team.routing is None else rounded(team.routing),
        hours_per_fte_week=tidy(fte_hours(team)),
        workload=_workload(figures),
        roster=week_roster(figures.cover, figures.service, team, figures.grid),
        curve=_curve_points(figures),
        workforce=workforce_weeks(figures.workforce, needed),
        years=tuple(year_quantities(figures, needed, year) for year in range(calendar.num_years)),
        needed_fte_by_month=fte_by_month(calendar, needed),
    )


def fte_hours(team: TeamBrief) -> float:
    """Hours a week one full-time person is on site: contract hours less out-of-office time."""
    return team.labour.contract_hours_per_week * (1 - team.workforce.out_of_office)


def needed_fte(
    team: TeamBrief, curve: StaffingCurve, scale: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Full-time equivalents that weekly volumes take, shape of `scale`."""
    return np.array(rounded(curve.total_hours_at(scale) / fte_hours(team)))


def fte_by_month(calendar: ContractCalendar, needed: NDArray[np.float64]) -> tuple[float, ...]:
    """Mean need of the weeks of every contract month, full-time equivalents."""
    return rounded(calendar.weeks_in_month @ needed / calendar.weeks_in_month.sum(axis=1))


def _workload(figures: TeamFigures) -> Workload:
    return team_workload(
        figures.service,
        figures.team,
        figures.week,
        figures.problem.target,
        figures.cover.at_work,
        figures.grid,
    )


def _curve_points(figures: TeamFigures) -> tuple[CurvePoint, ...]:
    curve, units = figures.curve, figures.units_per_week
    return tuple(
        CurvePoint(
            scale=tidy(scale),
            units_per_week=tidy(scale * units),
            paid_hours_by_class=by_class(hours),
            peak_heads=tidy(peak),
        )
        for scale, hours, peak in zip(
            curve.scales, curve.hours_by_class, curve.peak_heads, strict=True
        )
    )


def workforce_weeks(result: WorkforceResult, needed: NDArray[np.float64]) -> WorkforceWeeks:
    """Write a hiring plan and the need it meets down, by week."""
    return WorkforceWeeks(
        needed=rounded(needed),
        productive=rounded(result.productive),
        payroll=rounded(result.payroll),
        hires=rounded(result.hires),
        overtime=rounded(result.overtime),
        surge_starts=rounded(result.surge_starts),
        surge=rounded(result.surge),
        stop_reason=result.stop_reason,
    )


def _trainees(figures: YearFigures) -> NDArray[np.float64]:
    """People in training by week: hires of the last training weeks, shape (weeks,)."""
    weeks = figures.team.workforce.training_weeks
    sums = np.concatenate([np.zeros(weeks + 1), np.cumsum(figures.workforce.hires)])
    return np.asarray(sums[weeks + 1 :] - sums[1 : len(sums) - weeks], dtype=float)


def year_quantities(figures: YearFigures, needed: NDArray[np.float64], year: int) -> YearQuantities:
    """What a contract year (0 first) of a team takes."""
    result, terms = figures.workforce, figures.team.workforce
    weeks = figures.calendar.weeks_in_year[year]
    trainees = np.minimum(_trainees(figures), result.payroll)
    own = needed - result.overtime - terms.surge.effectiveness * result.surge
    idle = np.maximum(result.productive - np.maximum(own, 0.0), 0.0)
    ramp_loss = np.maximum(result.payroll - trainees - result.productive, 0.0)
    agents = result.payroll + result.surge
    hours = figures.curve.hours_at(figures.scale)
    seats = figures.curve.peak_at(figures.scale) + trainees
    return YearQuantities(
        year=year + 1,
        payroll_weeks=tidy(weeks @ result.payroll),
        trainee_weeks=tidy(weeks @ trainees),
        ramp_loss_weeks=tidy(weeks @ ramp_loss),
        idle_weeks=tidy(weeks @ idle),
        overtime_weeks=tidy(weeks @ result.overtime),
        surge_weeks=tidy(weeks @ result.surge),
        started_hires=tidy(weeks @ result.hires / (1 - terms.early_loss)),
        scheduled_hours_by_class=by_class(weeks @ hours),
        seats=tidy(float(seats[weeks > 0].max())),
        support_weeks={
            role.name: tidy(weeks @ support_fte(role, figures.team, agents, figures.staffed_hours))
            for role in figures.team.support
        },
    )
