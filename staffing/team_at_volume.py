"""A planned team at other volumes: its solved staffing curve read there, its hiring planned anew.

Shifts are not solved again: between the solved points of the curve hours are linear, as they are
for the weeks of a plan. What follows from volume follows here too: hiring, overtime, surge,
support, seats.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from staffing.calendar import ContractCalendar
from staffing.curve import StaffingCurve
from staffing.demand import demand_over_term
from staffing.optimize.workforce import WorkforceProblem, plan_workforce
from staffing.plan import rounded
from staffing.team_plan import fte_by_month, needed_fte, workforce_weeks, year_quantities

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from staffing.brief import StaffingBrief, TeamBrief
    from staffing.optimize.solver import SolveLimits, SolveLog
    from staffing.optimize.workforce import WorkforceResult
    from staffing.plan import StaffingPlan, TeamPlan


@dataclass(frozen=True)
class _Figures:
    """What the quantities of a contract year are read from."""

    team: TeamBrief
    calendar: ContractCalendar
    curve: StaffingCurve
    workforce: WorkforceResult
    scale: NDArray[np.float64]
    staffed_hours: float


def curve_of(plan: TeamPlan) -> StaffingCurve:
    """Staffing curve that a plan states."""
    return StaffingCurve(
        scales=np.array([point.scale for point in plan.curve]),
        hours_by_class=np.array([[*point.paid_hours_by_class.values()] for point in plan.curve]),
        peak_heads=np.array([point.peak_heads for point in plan.curve]),
    )


def plan_at_volume(
    brief: StaffingBrief,
    plan: StaffingPlan,
    factors: Mapping[str, float],
    limits: SolveLimits,
    log: SolveLog,
) -> StaffingPlan:
    """Plan every team at a multiple of its service's volumes, along its solved curve.

    Parameters
    ----------
    brief : StaffingBrief
        What the plan was made for.
    plan : StaffingPlan
        As planned.
    factors : mapping
        By service, 0 or more; 1 where a service is left out, which gives its teams as they are.
    limits, log
        What ends the solves, and what collects their seconds.

    Raises
    ------
    SolverStoppedError
    """
    calendar = ContractCalendar(brief.start, brief.term_months)
    teams, volumes = [], []
    for team in plan.teams:
        factor = factors.get(team.service, 1.0)
        demand = demand_over_term(brief.service(team.service), calendar, brief.grid)
        scale = factor * demand.weekly_scale
        moved = factor != 1
        teams.append(team_at_volume(brief, team, scale, calendar, limits, log) if moved else team)
    for volume in plan.volumes:
        factor = factors.get(volume.service, 1.0)
        update = {
            "units_by_week": rounded(factor * units for units in volume.units_by_week),
            "units_by_month": rounded(factor * units for units in volume.units_by_month),
        }
        volumes.append(volume.model_copy(update=update) if factor != 1 else volume)
    return plan.model_copy(update={"teams": tuple(teams), "volumes": tuple(volumes)})


def team_at_volume(
    brief: StaffingBrief,
    plan: TeamPlan,
    weekly_scale: NDArray[np.float64],
    calendar: ContractCalendar,
    limits: SolveLimits,
    log: SolveLog,
) -> TeamPlan:
    """Plan a team at other weekly volumes, its hiring, overtime and surge chosen anew.

    Parameters
    ----------
    brief : StaffingBrief
        Where the team's rates and terms stand.
    plan : TeamPlan
        The team as planned; its roster and curve stay as they are.
    weekly_scale : ndarray, shape (weeks,)
        Volume of every week over the base week of the plan, 0 or more.
    calendar : ContractCalendar
        The weeks of the term.
    limits, log
        What ends the solve, and what collects its seconds.

    Returns
    -------
    TeamPlan
        With weeks, years and monthly need of these volumes.

    Raises
    ------
    SolverStoppedError
    """
    team = next(team for team in brief.teams if team.name == plan.name)
    curve = curve_of(plan)
    needed = needed_fte(team, curve, weekly_scale)
    hiring = WorkforceProblem(
        needed=needed,
        week_weights=calendar.week_weights,
        terms=team.workforce,
        labour=team.labour,
        hourly_cost=team.hourly_cost,
        hourly_premium_base=team.hourly_premium_base,
    )
    result = plan_workforce(hiring, limits, log)
    return team_with_people(brief, plan, weekly_scale, calendar, result)


def team_with_people(
    brief: StaffingBrief,
    plan: TeamPlan,
    weekly_scale: NDArray[np.float64],
    calendar: ContractCalendar,
    result: WorkforceResult,
) -> TeamPlan:
    """Write a team down at weekly volumes with people that were found elsewhere.

    Parameters
    ----------
    brief, plan, weekly_scale, calendar
        As `team_at_volume` takes them.
    result : WorkforceResult
        People of every week.
    """
    team = next(team for team in brief.teams if team.name == plan.name)
    curve = curve_of(plan)
    needed = needed_fte(team, curve, weekly_scale)
    on_duty = np.array(plan.roster.on_duty)
    staffed_hours = float((on_duty > 0).sum()) * brief.grid.interval_h
    figures = _Figures(team, calendar, curve, result, weekly_scale, staffed_hours)
    years = tuple(year_quantities(figures, needed, year) for year in range(calendar.num_years))
    return plan.model_copy(
        update={
            "workforce": workforce_weeks(result, needed),
            "years": years,
            "needed_fte_by_month": fte_by_month(calendar, needed),
        }
    )
