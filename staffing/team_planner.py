"""One team's plan: shifts at several volumes, the curve through them, hiring over the term."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from staffing.blending import idle_week, lender_of, lent_share
from staffing.brief import LiveTarget
from staffing.clock_cover import RosterInTime, clock_weeks
from staffing.curve import curve_scales, monotone_curve
from staffing.errors import InfeasibleError
from staffing.optimize.coverage import cover_week
from staffing.optimize.shift_model import CoverageProblem
from staffing.optimize.workforce import WorkforceProblem, plan_workforce
from staffing.plan import rounded
from staffing.requirement import TurnaroundWork, team_requirement, team_week
from staffing.shifts import shift_catalogue
from staffing.team_plan import TeamFigures, paid_hours_by_class, team_plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from staffing.brief import StaffingBrief, TeamBrief
    from staffing.calendar import ContractCalendar
    from staffing.curve import StaffingCurve
    from staffing.demand import Demand
    from staffing.optimize.shift_model import CoverageResult
    from staffing.optimize.solver import SolveLimits, SolveLog
    from staffing.plan import TeamPlan
    from staffing.requirement import TeamWeek

    Progress = Callable[[str], None]
    Solved = dict[float, tuple[CoverageResult, CoverageProblem]]


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


@dataclass(frozen=True)
class Committed:
    """What teams planned so far have taken and left; `plan_team` adds to it.

    Parameters
    ----------
    on_duty : dict of ndarray, shape (T,)
        People on duty by site.
    idle : dict of dict of ndarray, shape (T,)
        Idle people of live teams, by team and multiple of its volume.
    """

    on_duty: dict[str, NDArray[np.float64]]
    idle: dict[str, dict[float, NDArray[np.float64]]]


def plan_team(
    brief: StaffingBrief,
    team: TeamBrief,
    demand: Demand,
    calendar: ContractCalendar,
    committed: Committed,
    run: PlanRun,
) -> TeamPlan:
    """Plan one team beside those planned before it.

    Raises
    ------
    BadInputError, InfeasibleError, SolverStoppedError
    """
    service, site = brief.service(team.service), brief.site(team.site)
    week_units = demand.base_week * demand.week_shape
    week = team_week(service, team, site, week_units, brief.grid, brief.start)
    results = _solve_curve(brief, team, week, demand, committed, run)
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
    plan = team_plan(
        TeamFigures(brief.grid, team, demand, calendar, base_problem, base, curve, workforce)
    )
    on_duty = np.array(plan.roster.on_duty, dtype=float)
    committed.on_duty[team.site] += on_duty
    if isinstance(service.target, LiveTarget):
        committed.idle[team.name] = {
            scale: idle_week(service, team, week, brief.grid, _on_duty(*solved), scale)
            for scale, solved in results.items()
        }
    target = base_problem.target
    spare = target.spare_units if isinstance(target, TurnaroundWork) else np.zeros(brief.grid.size)
    in_time = RosterInTime(service, site, team, brief.grid, team.routed(week_units), on_duty, spare)
    weeks = clock_weeks(in_time, brief.start, calendar.end)
    return plan.model_copy(update={"clock_weeks": weeks})


def _solve_curve(
    brief: StaffingBrief,
    team: TeamBrief,
    week: TeamWeek,
    demand: Demand,
    committed: Committed,
    run: PlanRun,
) -> Solved:
    scales, solved = curve_scales(demand.weekly_scale), {}
    # Plan volume first, so that an infeasible week is reported at the volume asked for.
    for scale in sorted(scales, key=lambda scale: scale != 1.0):
        run.progress(f"{team.name}: shifts at {scale:.0%} of plan volume")
        problem = _coverage_problem(brief, team, week, committed, scale)
        solved[scale] = _cover_at(problem, scale, run), problem
    return {scale: solved[scale] for scale in scales}


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
    committed: Committed,
    scale: float,
) -> CoverageProblem:
    """Pose the team's week; above plan volume the site is taken to add seats in proportion."""
    service, site = brief.service(team.service), brief.site(team.site)
    seats_left = None
    if site.seats is not None:
        seats_left = (site.seats - committed.on_duty[site.name]) * max(1.0, scale)
    idle = _borrowed(brief, team, committed, scale)
    return CoverageProblem(
        name=team.name,
        grid=brief.grid,
        catalogue=shift_catalogue(team.labour, brief.grid, site.open_mask, week.workable),
        cost_by_interval=team.cost_by_interval(brief.grid),
        seat_price=team.seat_cost_per_week,
        seats_left=seats_left,
        target=team_requirement(service, team, week, brief.grid, scale, idle),
    )


def _borrowed(
    brief: StaffingBrief, team: TeamBrief, committed: Committed, scale: float
) -> NDArray[np.float64] | None:
    """Idle people this team may use, read at the lender's nearest volume that is no larger."""
    lender = lender_of(brief, team)
    if lender is None:
        return None
    idle = committed.idle[lender.name]
    return lent_share(brief, team) * idle[max(known for known in idle if known <= scale)]


def _on_duty(result: CoverageResult, problem: CoverageProblem) -> NDArray[np.float64]:
    return problem.presence_matrix() @ result.counts


def _curve(
    brief: StaffingBrief,
    team: TeamBrief,
    results: Solved,
) -> StaffingCurve:
    classes = team.labour.premiums.class_by_interval(brief.grid)
    on_duty = [_on_duty(*solved) for solved in results.values()]
    return monotone_curve(
        tuple(results),
        [paid_hours_by_class(heads, classes, brief.grid) for heads in on_duty],
        [float(heads.max()) for heads in on_duty],
    )
