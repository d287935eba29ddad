"""The planner: a staffing brief in, a staffing plan out, one call per arrow of the data path."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from staffing.brief import LiveTarget
from staffing.calendar import ContractCalendar
from staffing.curve import curve_scales, monotone_curve
from staffing.demand import demand_over_term
from staffing.errors import InfeasibleError
from staffing.optimize.coverage import cover_week
from staffing.optimize.shift_model import CoverageProblem
from staffing.optimize.solver import SolveLimits, SolveLog
from staffing.optimize.workforce import WorkforceProblem, plan_workforce
from staffing.plan import ServiceVolume, SitePlan, StaffingPlan, rounded, tidy
from staffing.requirement import team_requirement, team_week
from staffing.shifts import shift_catalogue
from staffing.team_plan import TeamFigures, paid_hours_by_class, team_plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from staffing.brief import StaffingBrief, TeamBrief
    from staffing.curve import StaffingCurve
    from staffing.demand import Demand
    from staffing.optimize.shift_model import CoverageResult
    from staffing.plan import TeamPlan
    from staffing.requirement import TeamWeek

    Progress = Callable[[str], None]


@dataclass(frozen=True)
class PlanRun:
    """Limits and listeners of one planning run.

    Parameters
    ----------
    limits : SolveLimits
        What ends each solve.
    log : SolveLog
        Collects solver seconds.
    progress : callable
        Called with a short text before each step.
    """

    limits: SolveLimits
    log: SolveLog
    progress: Progress


def plan_staffing(
    brief: StaffingBrief,
    limits: SolveLimits | None = None,
    progress: Progress | None = None,
    log: SolveLog | None = None,
) -> StaffingPlan:
    """Plan shifts, hires, overtime and surge for every team of a brief.

    Parameters
    ----------
    brief : StaffingBrief
        The work, the places, the teams.
    limits : SolveLimits, optional
        What ends each solve; the defaults are repeatable.
    progress : callable, optional
        Called with a short text before each step.
    log : SolveLog, optional
        Collects solver seconds.

    Raises
    ------
    BadInputError, InfeasibleError, SolverStoppedError
    """
    run = PlanRun(limits or SolveLimits(), log or SolveLog(), progress or (lambda _: None))
    calendar = ContractCalendar(brief.start, brief.term_months)
    demands = {s.name: demand_over_term(s, calendar, brief.grid) for s in brief.services}
    on_site = {site.name: np.zeros(brief.grid.size) for site in brief.sites}
    teams: dict[str, TeamPlan] = {}
    for team in _live_first(brief):
        demand = demands[team.service]
        plan = _plan_team(brief, team, demand, calendar, on_site[team.site], run)
        on_site[team.site] += np.array(plan.roster.on_duty)
        teams[team.name] = plan
    ordered = tuple(teams[team.name] for team in brief.teams)
    return StaffingPlan(
        interval_minutes=brief.grid.interval_min,
        volumes=tuple(_volume(name, demand, calendar) for name, demand in demands.items()),
        teams=ordered,
        sites=tuple(
            SitePlan(site=s.name, peak_heads=int(on_site[s.name].max()), seats=s.seats)
            for s in brief.sites
        ),
        warnings=_seat_warnings(brief, ordered),
        reproducible=run.log.reproducible,
    )


def _live_first(brief: StaffingBrief) -> list[TeamBrief]:
    """Seats go to live queues first: deferrable work can move out of their way."""
    return sorted(
        brief.teams, key=lambda t: not isinstance(brief.service(t.service).target, LiveTarget)
    )


def _plan_team(
    brief: StaffingBrief,
    team: TeamBrief,
    demand: Demand,
    calendar: ContractCalendar,
    seats_taken: NDArray[np.float64],
    run: PlanRun,
) -> TeamPlan:
    service, site = brief.service(team.service), brief.site(team.site)
    week_units = demand.base_week * demand.week_shape
    week = team_week(service, team, site, week_units, brief.grid, brief.start)
    scales, solved = curve_scales(demand.weekly_scale), {}
    # Plan volume first, so that an infeasible week is reported at the volume asked for.
    for scale in sorted(scales, key=lambda scale: scale != 1.0):
        run.progress(f"{team.name}: shifts at {scale:.0%} of plan volume")
        problem = _coverage_problem(brief, team, week, seats_taken, scale)
        solved[scale] = _cover_at(problem, scale, run), problem
    results = {scale: solved[scale] for scale in scales}
    curve = _curve(brief, team, results)
    run.progress(f"{team.name}: hiring over {calendar.num_weeks} weeks")
    fte_hours = team.labour.contract_hours_per_week * (1 - team.workforce.out_of_office)
    hiring = WorkforceProblem(
        needed=np.array(rounded(curve.total_hours_at(demand.weekly_scale) / fte_hours)),
        week_weights=calendar.week_weights,
        terms=team.workforce,
        labour=team.labour,
        hourly_cost=team.hourly_cost,
        hourly_premium_base=team.hourly_premium_base,
    )
    workforce = plan_workforce(hiring, run.limits, run.log)
    base, base_problem = results[1.0]
    return team_plan(
        TeamFigures(
            brief.grid,
            team,
            demand,
            calendar,
            base_problem,
            base,
            curve,
            workforce,
            service,
            week,
        )
    )


def _cover_at(problem: CoverageProblem, scale: float, run: PlanRun) -> CoverageResult:
    """Cover one volume; above plan volume seats in proportion may be too few, being whole."""
    try:
        return cover_week(problem, run.limits, run.log)
    except InfeasibleError as error:
        if scale <= 1 or error.rule != "seats":
            raise
        return cover_week(replace(problem, seats_left=None), run.limits, run.log)


def _coverage_problem(
    brief: StaffingBrief,
    team: TeamBrief,
    week: TeamWeek,
    seats_taken: NDArray[np.float64],
    scale: float,
) -> CoverageProblem:
    """Pose the team's week; above plan volume the site is taken to add seats in proportion."""
    service, site = brief.service(team.service), brief.site(team.site)
    seats_left = None if site.seats is None else (site.seats - seats_taken) * max(1.0, scale)
    return CoverageProblem(
        name=team.name,
        grid=brief.grid,
        catalogue=shift_catalogue(team.labour, brief.grid, site.open_mask, week.workable),
        cost_by_interval=team.cost_by_interval(brief.grid),
        seat_price=team.seat_cost_per_week,
        seats_left=seats_left,
        target=team_requirement(service, team, week, brief.grid, scale),
    )


def _curve(
    brief: StaffingBrief,
    team: TeamBrief,
    results: dict[float, tuple[CoverageResult, CoverageProblem]],
) -> StaffingCurve:
    classes = team.labour.premiums.class_by_interval(brief.grid)
    on_duty = [problem.presence_matrix() @ result.counts for result, problem in results.values()]
    return monotone_curve(
        tuple(results),
        [paid_hours_by_class(heads, classes, brief.grid) for heads in on_duty],
        [float(heads.max()) for heads in on_duty],
    )


def _volume(name: str, demand: Demand, calendar: ContractCalendar) -> ServiceVolume:
    return ServiceVolume(
        service=name,
        base_week_units=tidy(demand.base_week),
        units_by_week=rounded(demand.weekly),
        units_by_month=rounded(calendar.weeks_in_month @ demand.weekly),
    )


def _seat_warnings(brief: StaffingBrief, teams: tuple[TeamPlan, ...]) -> tuple[str, ...]:
    warnings = []
    for site in brief.sites:
        wanted = [
            sum(team.years[year].seats for team in teams if team.site == site.name)
            for year in range(len(teams[0].years))
        ]
        if site.seats is not None and max(wanted, default=0) > site.seats:
            warnings.append(
                f"{site.name}: the busiest weeks take {max(wanted):.0f} seats with trainees, "
                f"{site.seats} are available; the cost of the extra seats is in the price"
            )
    return tuple(warnings)
