"""From solved figures of one team to its plan: rosters, weeks, and quantities by year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from staffing.plan import (
    CurvePoint,
    Proof,
    ShiftLine,
    TeamPlan,
    WeekRoster,
    WorkforceWeeks,
    YearQuantities,
    rounded,
    tidy,
)
from staffing.premiums import PREMIUM_CLASSES
from staffing.support import support_fte
from staffing.workload import team_workload

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.brief import ServiceBrief, TeamBrief
    from staffing.calendar import ContractCalendar
    from staffing.curve import StaffingCurve
    from staffing.demand import Demand
    from staffing.grid import WeekGrid
    from staffing.optimize.shift_model import CoverageProblem, CoverageResult
    from staffing.optimize.workforce import WorkforceResult
    from staffing.plan import Workload
    from staffing.requirement import TeamWeek


@dataclass(frozen=True)
class TeamFigures:
    """Everything solved for one team."""

    grid: WeekGrid
    team: TeamBrief
    demand: Demand
    calendar: ContractCalendar
    problem: CoverageProblem
    coverage: CoverageResult
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


def team_plan(figures: TeamFigures) -> TeamPlan:
    """Write one team's plan down."""
    team, calendar = figures.team, figures.calendar
    needed = np.array(rounded(figures.curve.total_hours_at(figures.scale) / _fte_hours(team)))
    by_month = calendar.weeks_in_month @ needed / calendar.weeks_in_month.sum(axis=1)
    return TeamPlan(
        service=team.service,
        site=team.site,
        units_per_week=tidy(figures.units_per_week),
        routing=() if team.routing is None else rounded(team.routing),
        hours_per_fte_week=tidy(_fte_hours(team)),
        workload=_workload(figures),
        roster=_roster(figures),
        curve=_curve_points(figures),
        workforce=_weeks(figures, needed),
        years=tuple(_year(figures, needed, year) for year in range(calendar.num_years)),
        needed_fte_by_month=rounded(by_month),
    )


def _fte_hours(team: TeamBrief) -> float:
    """Hours a week one full-time person is on site: contract hours less out-of-office time."""
    return team.labour.contract_hours_per_week * (1 - team.workforce.out_of_office)


def paid_hours_by_class(
    on_duty: NDArray[np.float64], classes: NDArray[np.int64], grid: WeekGrid
) -> NDArray[np.float64]:
    """Scheduled paid hours of a week by premium class, shape (C,)."""
    return np.bincount(classes, on_duty * grid.interval_h, minlength=len(PREMIUM_CLASSES))


def _by_class(hours: NDArray[np.float64]) -> dict[str, float]:
    return dict(zip(PREMIUM_CLASSES, rounded(hours), strict=True))


def _roster(figures: TeamFigures) -> WeekRoster:
    grid, result, problem = figures.grid, figures.coverage, figures.problem
    on_duty = problem.presence_matrix() @ result.counts
    classes = figures.team.labour.premiums.class_by_interval(grid)
    lines = []
    for shift, heads in zip(problem.catalogue, result.counts, strict=True):
        if heads:
            day, start = grid.label(shift.start).split()
            lines.append(
                ShiftLine(
                    day=day,
                    start=start,
                    length_h=shift.length * grid.interval_h,
                    heads=int(heads),
                    start_interval=shift.start,
                )
            )
    return WeekRoster(
        shifts=tuple(lines),
        required_heads=rounded(result.required),
        on_duty=tuple(int(heads) for heads in on_duty),
        paid_hours=tidy(on_duty.sum() * grid.interval_h),
        paid_hours_by_class=_by_class(paid_hours_by_class(on_duty, classes, grid)),
        labour_cost=tidy(float(problem.shift_costs() @ result.counts)),
        peak_heads=int(on_duty.max()),
        proof=Proof(
            objective=tidy(result.objective),
            bound=tidy(result.bound),
            gap=tidy(result.gap),
            stop_reason=result.stop_reason,
        ),
    )


def _workload(figures: TeamFigures) -> Workload:
    on_duty = figures.problem.presence_matrix() @ figures.coverage.counts
    return team_workload(
        figures.service, figures.team, figures.week, figures.problem.target, on_duty, figures.grid
    )


def _curve_points(figures: TeamFigures) -> tuple[CurvePoint, ...]:
    curve, units = figures.curve, figures.units_per_week
    return tuple(
        CurvePoint(
            scale=tidy(scale),
            units_per_week=tidy(scale * units),
            paid_hours_by_class=_by_class(hours),
            peak_heads=tidy(peak),
        )
        for scale, hours, peak in zip(
            curve.scales, curve.hours_by_class, curve.peak_heads, strict=True
        )
    )


def _weeks(figures: TeamFigures, needed: NDArray[np.float64]) -> WorkforceWeeks:
    result = figures.workforce
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


def _trainees(figures: TeamFigures) -> NDArray[np.float64]:
    """People in training by week: hires of the last training weeks, shape (weeks,)."""
    weeks = figures.team.workforce.training_weeks
    sums = np.concatenate([np.zeros(weeks + 1), np.cumsum(figures.workforce.hires)])
    return np.asarray(sums[weeks + 1 :] - sums[1 : len(sums) - weeks], dtype=float)


def _year(figures: TeamFigures, needed: NDArray[np.float64], year: int) -> YearQuantities:
    result, terms = figures.workforce, figures.team.workforce
    weeks = figures.calendar.weeks_in_year[year]
    trainees = np.minimum(_trainees(figures), result.payroll)
    own = needed - result.overtime - terms.surge.effectiveness * result.surge
    idle = np.maximum(result.productive - np.maximum(own, 0.0), 0.0)
    ramp_loss = np.maximum(result.payroll - trainees - result.productive, 0.0)
    agents = result.payroll + result.surge
    hours = figures.curve.hours_at(figures.scale)
    seats = figures.curve.peak_at(figures.scale) + trainees
    staffed = float((figures.problem.presence_matrix() @ figures.coverage.counts > 0).sum())
    staffed_hours = staffed * figures.grid.interval_h
    return YearQuantities(
        year=year + 1,
        payroll_weeks=tidy(weeks @ result.payroll),
        trainee_weeks=tidy(weeks @ trainees),
        ramp_loss_weeks=tidy(weeks @ ramp_loss),
        idle_weeks=tidy(weeks @ idle),
        overtime_weeks=tidy(weeks @ result.overtime),
        surge_weeks=tidy(weeks @ result.surge),
        started_hires=tidy(weeks @ result.hires / (1 - terms.early_loss)),
        scheduled_hours_by_class=_by_class(weeks @ hours),
        seats=tidy(float(seats[weeks > 0].max())),
        support_weeks={
            role.name: tidy(weeks @ support_fte(role, figures.team, agents, staffed_hours))
            for role in figures.team.support
        },
    )
