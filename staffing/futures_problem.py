"""Hiring under uncertain demand, posed for the teams of an engagement.

Need and money are those of the teams' own plan: the staffing curve says how many full-time
equivalents a volume takes, and the rates of the brief what they cost. Not in it, as in no hiring
decision of a quote: seats, support and what has no share in who is hired when.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from staffing.brief import LiveTarget
from staffing.curve import scaled
from staffing.errors import BadInputError
from staffing.hiring.two_stage import Pool, TwoStageProblem
from staffing.optimize.workforce import weekly_attrition

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from staffing.brief import ServiceBrief, StaffingBrief, TeamBrief
    from staffing.calendar import ContractCalendar
    from staffing.plan import StaffingPlan, TeamPlan

    Array = NDArray[np.float64]

SHORTFALL_WEEKS_OF_PAY = 5.0
SURGE_NOTICE_WEEKS = 1
"""Whoever is called in a week is there from the next: a plan by weeks cannot see 48 hours."""
_HOURS_PER_WEEK = 168.0


@dataclass(frozen=True)
class TeamStart:
    """What a hiring plan needs to know of a team beside its brief.

    Parameters
    ----------
    existing : float or None
        People there on the first day; None: the plan chooses an experienced team.
    shortfall_price : float or None
        Price of a productive hour of work not done in time; None: five weeks' pay for a week.
    backlog_share : float
        Share of a week's work that may wait for the next, within its turnaround, 0 to 1; of a live
        queue none may.
    access_weeks : int
        Weeks from the end of training to the first productive one, paid, 0 or more.
    """

    existing: float | None = None
    shortfall_price: float | None = None
    backlog_share: float = 0.0
    access_weeks: int = 0


@dataclass(frozen=True)
class Risk:
    """What risk is worth: see `TwoStageProblem`."""

    aversion: float = 0.5
    tail: float = 0.95


def needed_people(brief: StaffingBrief, plan: StaffingPlan, scale: Array) -> Array:
    """Productive full-time equivalents that volumes take, by the teams' staffing curves.

    Parameters
    ----------
    scale : ndarray, shape (..., services, weeks)
        Volumes over those of each service's base week.

    Returns
    -------
    ndarray, shape (..., weeks, teams)
    """
    services = [service.name for service in brief.services]
    needed = [_needed_by(team, scale[..., services.index(team.service), :]) for team in plan.teams]
    return np.stack(needed, axis=-1)


def _needed_by(team: TeamPlan, scale: Array) -> Array:
    scales = np.array([point.scale for point in team.curve])
    hours = np.array([sum(point.paid_hours_by_class.values()) for point in team.curve])
    return scaled(scale, scales, hours) / team.hours_per_fte_week


def futures_problem(
    brief: StaffingBrief,
    calendar: ContractCalendar,
    needed: Array,
    probability: Array,
    starts: Mapping[str, TeamStart],
    risk: Risk,
) -> TwoStageProblem:
    """Pose the hiring of all teams over the term.

    Parameters
    ----------
    brief : StaffingBrief
        Teams and their rates.
    calendar : ContractCalendar
        The weeks of the term.
    needed : ndarray, shape (scenarios, weeks, teams)
        Productive full-time equivalents, teams in the order of the brief.
    probability : ndarray, shape (scenarios,)
        Of the scenarios.
    starts : mapping
        By team name.
    risk : Risk
        What risk is worth.

    Raises
    ------
    BadInputError
        When a team's ramp falls, or all its people leave in a week.
    """
    sites = [site.name for site in brief.sites]
    heads = np.zeros(len(sites))
    for team in brief.teams:
        heads[sites.index(team.site)] += team.workforce.surge.pool_heads
    return TwoStageProblem(
        pools=tuple(_pool(brief, team, starts[team.name]) for team in brief.teams),
        week_weights=calendar.week_weights,
        demand=needed,
        probability=probability,
        surge_group=tuple(sites.index(team.site) for team in brief.teams),
        surge_heads=tuple(float(most) for most in heads),
        risk_aversion=risk.aversion,
        tail=risk.tail,
    )


def _pool(brief: StaffingBrief, team: TeamBrief, start: TeamStart) -> Pool:
    terms, service = team.workforce, brief.service(team.service)
    if list(terms.ramp) != sorted(terms.ramp):
        raise BadInputError.at(service.field("ramp"), terms.ramp, "shares that never fall")
    hours = team.labour.contract_hours_per_week
    week = team.hourly_cost * hours
    productive_h = hours * (1 - terms.out_of_office) * (1 - terms.in_office)
    return Pool(
        name=team.name,
        existing=start.existing or 0.0,
        go_live_max=np.inf if start.existing is None else 0.0,
        hires_max=np.inf,
        lead_weeks=terms.training_weeks + start.access_weeks,
        ramp=terms.ramp,
        weekly_attrition=weekly_attrition(terms.annual_attrition),
        hire_cost=terms.hire_cost / (1 - terms.early_loss),
        weekly_wage=week,
        surge_weekly_cost=week + terms.surge.premium * team.hourly_premium_base * hours,
        surge_effectiveness=terms.surge.effectiveness,
        surge_min_weeks=terms.surge.min_weeks,
        surge_notice_weeks=SURGE_NOTICE_WEEKS,
        overtime_cost=week + team.labour.overtime_premium * team.hourly_premium_base * hours,
        overtime_share_max=team.labour.overtime_share_max,
        backlog_cost=0.0,
        backlog_weeks=_backlog_weeks(service),
        deferrable_share=start.backlog_share,
        shortfall_price=SHORTFALL_WEEKS_OF_PAY * week
        if start.shortfall_price is None
        else start.shortfall_price * productive_h,
    )


def _backlog_weeks(service: ServiceBrief) -> float:
    """Longest time work may wait beyond its week; a live queue not at all."""
    if isinstance(service.target, LiveTarget):
        return 0.0
    return min(1.0, service.target.turnaround_h / _HOURS_PER_WEEK)
