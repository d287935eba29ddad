"""Reconciliation: why the plan costs more or less than the steady-state formula says."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pricing.cost import transition_cost
from pricing.cost.lines import CONTINGENCY, INTERCOMPANY
from pricing.input_based import RateCardCase, SupportCost, transition_per_fte_year
from pricing.money import Money, decimal_of, quantize_amount
from pricing.quote import Reconciliation
from staffing.calendar import MONTHS_PER_YEAR, WEEKS_PER_YEAR

if TYPE_CHECKING:
    from pricing.briefing import TeamTerms
    from pricing.cost import CostLine
    from pricing.engagement import Engagement
    from staffing.plan import StaffingPlan, TeamPlan

_WEEKS_PER_YEAR = Decimal(repr(WEEKS_PER_YEAR))
PARTS = ("labour", "backfill", "support", "seats", "it", "transition")
BEYOND_FORMULA = frozenset({CONTINGENCY, INTERCOMPANY})
"""Lines the formula has no part for: they come on top of it and of the plan alike."""
_BACKFILL_LINES = frozenset({"labour_training", "labour_ramp", "recruiting"})


def part_of(line: str) -> str:
    """Formula part a cost line belongs to; idle time, premiums and surge count as labour."""
    if line in _BACKFILL_LINES:
        return "backfill"
    if line.startswith("support_"):
        return "support"
    return line if line in PARTS else "labour"


def reconcile(
    engagement: Engagement,
    teams: tuple[TeamTerms, ...],
    plan: StaffingPlan,
    lines: tuple[CostLine, ...],
) -> tuple[Reconciliation, ...]:
    """Set plan and formula side by side, per needed full-time equivalent and year."""
    yearly_transition = transition_per_year(engagement, plan)
    return tuple(
        _reconcile_team(engagement, terms, team, lines, yearly_transition)
        for terms, team in zip(teams, plan.teams, strict=True)
    )


def transition_per_year(engagement: Engagement, plan: StaffingPlan) -> Decimal:
    """Transition per needed full-time equivalent and year of the term."""
    transition = transition_cost(engagement.commercial)
    if transition is None:
        return Decimal(0)
    total_fte = sum((_mean_fte(team) for team in plan.teams), Decimal(0))
    yearly = transition_per_fte_year(transition, total_fte)
    return yearly * transition.months / engagement.term_months


def _mean_fte(team: TeamPlan) -> Decimal:
    return sum((decimal_of(n) for n in team.needed_fte_by_month), Decimal(0)) / len(
        team.needed_fte_by_month
    )


def formula_parts(terms: TeamTerms, transition: Decimal) -> dict[str, Decimal]:
    """Cost per FTE-year by part, from the steady-state formula."""
    case = rate_card_case(terms)
    return {
        "labour": case.labour,
        "backfill": case.backfill,
        "support": case.support_cost,
        "seats": case.seat,
        "it": case.it_cost,
        "transition": transition,
    }


def rate_card_case(terms: TeamTerms) -> RateCardCase:
    """State a team's terms as inputs of the steady-state formula."""
    return RateCardCase(
        wage=terms.rate.wage_per_hour,
        paid_hours=terms.rates.contract_hours_per_week * _WEEKS_PER_YEAR,
        variable_pay=terms.rate.variable_pay,
        on_costs=terms.rate.on_cost,
        out_of_office=terms.shrinkage.out_of_office.value,
        in_office=terms.shrinkage.in_office.value,
        annual_attrition=terms.attrition.annual.value,
        early_loss=terms.attrition.early_loss.value,
        recruiting_cost=terms.attrition.recruiting_cost.value,
        training_weeks=Decimal(terms.attrition.training_weeks),
        ramp_loss_weeks=sum(
            (1 - decimal_of(productivity) for productivity in terms.service.ramp), Decimal(0)
        ),
        support=tuple(
            SupportCost(role.cost_per_year.value, role.span.value) for role in terms.site.support
        ),
        seat_cost=terms.site.seat_cost_per_year.value,
        shifts_per_seat=terms.site.shifts_per_seat,
        it_cost=terms.site.it_cost_per_fte_year.value,
    )


def _reconcile_team(
    engagement: Engagement,
    terms: TeamTerms,
    team: TeamPlan,
    lines: tuple[CostLine, ...],
    transition: Decimal,
) -> Reconciliation:
    currency = engagement.currency
    fte_years = _mean_fte(team) * engagement.term_months / MONTHS_PER_YEAR
    plan = dict.fromkeys(PARTS, Decimal(0))
    for line in lines:
        if line.team == team.name and line.name not in BEYOND_FORMULA:
            plan[part_of(line.name)] += line.amount / fte_years
    formula = formula_parts(terms, transition)
    by_line = {part: quantize_amount(plan[part] - formula[part], currency) for part in PARTS}
    formula_total = quantize_amount(sum(formula.values(), Decimal(0)), currency)
    difference = sum(by_line.values(), Decimal(0))
    return Reconciliation(
        team=team.name,
        plan=Money.of(formula_total + difference, currency),
        formula=Money.of(formula_total, currency),
        difference=Money.of(difference, currency),
        by_line={part: Money.of(amount, currency) for part, amount in by_line.items()},
    )
