"""What a team's plan takes week by week: the drivers by which yearly lines fall into months."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from staffing.premiums import PREMIUM_CLASSES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pricing.briefing import TeamTerms
    from staffing.plan import StaffingPlan, TeamPlan

    Weeks = NDArray[np.float64]


@dataclass(frozen=True)
class WeeklyDrivers:
    """Full-time equivalents, starts and hours of one team by planning week.

    Every array has the shape (weeks,), or is empty where a plan carries no weeks.
    """

    payroll: Weeks
    training: Weeks
    ramp: Weeks
    idle: Weeks
    overtime: Weeks
    surge: Weeks
    hires: Weeks
    support: dict[str, Weeks]
    hours: dict[str, Weeks]


def weekly_drivers(terms: TeamTerms, team: TeamPlan, plan: StaffingPlan) -> WeeklyDrivers:
    """Split a team's weeks as the yearly quantities of the plan are split.

    Parameters
    ----------
    terms : TeamTerms
        Training weeks, surge effectiveness and supporting roles of the team.
    team, plan : TeamPlan, StaffingPlan
        The team's weeks, and the volumes they were made for.

    Returns
    -------
    WeeklyDrivers
        Summed over the weeks of a year they are its `YearQuantities` (to the plan's six places);
        training also holds the paid training weeks of people lost before production.
    """
    weeks = team.workforce
    payroll, hires = np.array(weeks.payroll), np.array(weeks.hires)
    surge, productive = np.array(weeks.surge), np.array(weeks.productive)
    trainees = np.minimum(_in_training(hires, terms.attrition.training_weeks), payroll)
    effective = float(terms.site.surge.effectiveness.value) * surge
    own = np.maximum(np.array(weeks.needed) - np.array(weeks.overtime) - effective, 0.0)
    lost = float(terms.attrition.early_loss.value)
    return WeeklyDrivers(
        payroll=payroll,
        training=trainees + hires * lost / (1 - lost) * terms.attrition.training_weeks,
        ramp=np.maximum(payroll - trainees - productive, 0.0),
        idle=np.maximum(productive - own, 0.0),
        overtime=np.array(weeks.overtime),
        surge=surge,
        hires=hires,
        support=_support(terms, team, payroll + surge, plan.interval_minutes),
        hours=_hours(team, plan, len(payroll)),
    )


def _in_training(hires: Weeks, training_weeks: int) -> Weeks:
    sums = np.concatenate([np.zeros(training_weeks + 1), np.cumsum(hires)])
    return np.asarray(sums[training_weeks + 1 :] - sums[1 : len(sums) - training_weeks])


def _support(
    terms: TeamTerms, team: TeamPlan, agents: Weeks, interval_min: int
) -> dict[str, Weeks]:
    """Span of control or minimum on duty, whichever takes more people that week."""
    staffed_h = sum(heads > 0 for heads in team.roster.on_duty) * interval_min / 60
    return {
        role.role: np.maximum(
            agents / float(role.span.value),
            np.where(agents > 0, role.min_on_duty * staffed_h / team.hours_per_fte_week, 0.0),
        )
        for role in terms.site.support
    }


def _hours(team: TeamPlan, plan: StaffingPlan, num_weeks: int) -> dict[str, Weeks]:
    """Scheduled hours by premium class, from the curve at each week's volume."""
    volume = next(volume for volume in plan.volumes if volume.service == team.service)
    if len(volume.units_by_week) != num_weeks or not volume.base_week_units:
        return {name: np.zeros(num_weeks) for name in PREMIUM_CLASSES}
    scale = np.array(volume.units_by_week) / volume.base_week_units
    scales = [point.scale for point in team.curve]
    beyond = np.maximum(1.0, scale / scales[-1])
    return {
        name: beyond
        * np.interp(
            scale, scales, [point.paid_hours_by_class.get(name, 0.0) for point in team.curve]
        )
        for name in PREMIUM_CLASSES
    }
