"""The one-off cost of going live, recovered in equal instalments."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pricing.input_based import TransitionCost
from pricing.money import decimal_of
from staffing.calendar import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from pricing.engagement import Commercial, Engagement
    from staffing.plan import StaffingPlan


def transition_cost(commercial: Commercial) -> TransitionCost | None:
    """Annuity of the transition, if there is one."""
    terms = commercial.transition
    if terms is None:
        return None
    monthly = terms.interest_per_year.value / MONTHS_PER_YEAR
    return TransitionCost(terms.cost.value, terms.amortisation_months, monthly)


def transition_in_year(engagement: Engagement, year: int) -> Decimal:
    """Instalments due in a contract year (1 first), all teams together."""
    transition = transition_cost(engagement.commercial)
    if transition is None:
        return Decimal(0)
    before = MONTHS_PER_YEAR * (year - 1)
    months = max(0, min(transition.months - before, MONTHS_PER_YEAR))
    return transition.instalment * months


def transition_shares(plan: StaffingPlan) -> dict[str, Decimal]:
    """Share of each team in the payroll of the term, by which the transition is split.

    Of a plan that employs nobody (all work is called off) every team has the same.
    """
    weeks = {
        team.name: sum((decimal_of(y.payroll_weeks) for y in team.years), Decimal(0))
        for team in plan.teams
    }
    total = sum(weeks.values(), Decimal(0))
    if not total:
        return dict.fromkeys(weeks, Decimal(1) / len(weeks))
    return {name: value / total for name, value in weeks.items()}
