"""Steps of volume on the quote's own cost base: planned anew, or too late to hire for."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from pricing.cost import plan_cost
from pricing.money import decimal_of
from staffing.team_at_volume import plan_at_volume

if TYPE_CHECKING:
    from pricing.briefing import TeamTerms
    from pricing.engagement import Engagement
    from staffing.brief import StaffingBrief
    from staffing.optimize.solver import SolveLimits, SolveLog
    from staffing.plan import StaffingPlan
    from staffing.short_run import ShortRunStep

NOT_DONE = "work_not_done"


@dataclass(frozen=True)
class Change:
    """What a change of volume takes beyond the plan; below 0 where it is saved.

    Parameters
    ----------
    share : float
        Of the service's volume.
    units : Decimal
        Over the term.
    lines : dict
        Cost by line over the term, contingency included.
    fte_months : Decimal
        Full-time equivalents needed, summed over the months.
    """

    share: float
    units: Decimal
    lines: dict[str, Decimal]
    fte_months: Decimal

    @property
    def cost(self) -> Decimal:
        """Over the term, contingency included."""
        return sum(self.lines.values(), Decimal(0))


@dataclass(frozen=True)
class Costing:
    """Costs of an engagement at other volumes, in the long and in the short run.

    Parameters
    ----------
    engagement, teams, brief, plan
        As quoted.
    limits, log
        Of the solves.
    """

    engagement: Engagement
    teams: tuple[TeamTerms, ...]
    brief: StaffingBrief
    plan: StaffingPlan
    limits: SolveLimits
    log: SolveLog

    def planned_anew(self, service: str, share: float) -> Change:
        """Plan a service at ``1 + share`` of its volume, and take the plan off.

        Raises
        ------
        SolverStoppedError
        """
        factors = {service: 1 + share}
        there = plan_at_volume(self.brief, self.plan, factors, self.limits, self.log)
        return Change(
            share=share,
            units=units_of(there, service) - units_of(self.plan, service),
            lines=_difference(self._lines(self.plan), self._lines(there)),
            fte_months=_fte_months(there, service) - _fte_months(self.plan, service),
        )

    def too_late(self, service: str, step: ShortRunStep, base: ShortRunStep) -> Change:
        """Cost of the same change with the people of the plan, `base` taken off.

        Overtime and people called off are costed like those of a quote, with support, IT and
        premium hours; work not done in time is a line of its own, contingency included like all.
        """
        units = units_of(self.plan, service)
        after, before = (self._with_late(one) for one in (step, base))
        return Change(
            share=step.share,
            units=units * decimal_of(step.share),
            lines=_difference(before, after),
            fte_months=_fte_months(step.plan, service) - _fte_months(base.plan, service),
        )

    def _with_late(self, step: ShortRunStep) -> dict[str, Decimal]:
        contingency = 1 + self.engagement.commercial.contingency.value
        late = decimal_of(step.not_done_cost) * contingency
        return self._lines(step.plan) | {NOT_DONE: late}

    def _lines(self, plan: StaffingPlan) -> dict[str, Decimal]:
        totals: dict[str, Decimal] = {}
        for line in plan_cost(self.engagement, self.teams, plan):
            totals[line.name] = totals.get(line.name, Decimal(0)) + line.amount
        return totals


def _difference(before: dict[str, Decimal], after: dict[str, Decimal]) -> dict[str, Decimal]:
    names = dict.fromkeys((*before, *after))
    return {name: after.get(name, Decimal(0)) - before.get(name, Decimal(0)) for name in names}


def units_of(plan: StaffingPlan, service: str) -> Decimal:
    """Units of a service over the term."""
    volume = next(volume for volume in plan.volumes if volume.service == service)
    return sum((decimal_of(units) for units in volume.units_by_month), Decimal(0))


def _fte_months(plan: StaffingPlan, service: str) -> Decimal:
    months = [m for t in plan.teams if t.service == service for m in t.needed_fte_by_month]
    return sum((decimal_of(people) for people in months), Decimal(0))
