"""One team's plan: shifts at several volumes, the curve through them, hiring over the term."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from staffing.clock_cover import RosterInTime, clock_weeks
from staffing.curve import curve_scales, monotone_curve
from staffing.optimize.workforce import WorkforceProblem, plan_workforce
from staffing.requirement import TurnaroundWork
from staffing.team_cover import commit, cover_team
from staffing.team_plan import TeamFigures, needed_fte, team_plan
from staffing.week_roster import paid_hours_by_class

if TYPE_CHECKING:
    from staffing.brief import StaffingBrief, TeamBrief
    from staffing.calendar import ContractCalendar
    from staffing.curve import StaffingCurve
    from staffing.demand import Demand
    from staffing.plan import TeamPlan
    from staffing.team_cover import Committed, PlanRun, TeamCover


def plan_team(
    brief: StaffingBrief,
    team: TeamBrief,
    demand: Demand,
    calendar: ContractCalendar,
    committed: Committed,
    run: PlanRun,
    base: TeamCover,
) -> TeamPlan:
    """Plan one team beside those planned before it, from its week at plan volume.

    Raises
    ------
    BadInputError, InfeasibleError, SolverStoppedError
    """
    results = _solve_curve(brief, team, demand, committed, run, base)
    curve = _curve(brief, team, results)
    run.progress(f"{team.name}: hiring over {calendar.num_weeks} weeks")
    hiring = WorkforceProblem(
        needed=needed_fte(team, curve, demand.weekly_scale),
        week_weights=calendar.week_weights,
        terms=team.workforce,
        labour=team.labour,
        hourly_cost=team.hourly_cost,
        hourly_premium_base=team.hourly_premium_base,
    )
    workforce = plan_workforce(hiring, run.limits, run.log)
    plan = team_plan(
        TeamFigures(
            grid=brief.grid,
            service=brief.service(team.service),
            team=team,
            week=base.week,
            demand=demand,
            calendar=calendar,
            problem=base.problem,
            cover=base.cover,
            curve=curve,
            workforce=workforce,
        )
    )
    commit(brief, team, base.week, results, committed)
    weeks = clock_weeks(_in_time(brief, team, demand, base), brief.start, calendar.end)
    return plan.model_copy(update={"clock_weeks": weeks})


def _in_time(
    brief: StaffingBrief, team: TeamBrief, demand: Demand, base: TeamCover
) -> RosterInTime:
    target = base.problem.target
    return RosterInTime(
        service=brief.service(team.service),
        site=brief.site(team.site),
        team=team,
        grid=brief.grid,
        arrivals=team.routed(demand.base_week * demand.week_shape),
        at_work=base.cover.at_work,
        paid=base.cover.paid,
        spare_units=target.spare_units
        if isinstance(target, TurnaroundWork)
        else np.zeros(brief.grid.size),
    )


def _solve_curve(
    brief: StaffingBrief,
    team: TeamBrief,
    demand: Demand,
    committed: Committed,
    run: PlanRun,
    base: TeamCover,
) -> dict[float, TeamCover]:
    return {
        scale: base
        if scale == 1.0
        else cover_team(brief, team, base.week, committed, run, scale=scale)
        for scale in curve_scales(demand.weekly_scale, coarse=team.labour.has_inner_shape)
    }


def _curve(brief: StaffingBrief, team: TeamBrief, results: dict[float, TeamCover]) -> StaffingCurve:
    classes = team.labour.premiums.class_by_interval(brief.grid)
    covers = [planned.cover for planned in results.values()]
    return monotone_curve(
        tuple(results),
        [paid_hours_by_class(cover.paid, classes, brief.grid) for cover in covers],
        [float(cover.on_duty.max()) for cover in covers],
    )
