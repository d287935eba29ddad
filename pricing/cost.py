"""Cost of a staffing plan: lines by team and contract year, Decimal at full precision.

Labour, training, ramp, leave and seats come from the plan only. The lines of one team and year:

``labour_productive``, ``labour_training``, ``labour_ramp``, ``labour_idle``
    the payroll, split by what the paid weeks were for
``premium_<class>``   pay on top for night and weekend hours
``overtime``, ``surge``   hours bought at a premium, their base pay included
``recruiting``        per started hire
``support_<role>``    spans of control and minimum on duty
``seats``, ``it``     peak seats with trainees; licences and telecom per person
``transition``        instalments of the one-off cost
``contingency``       on all lines above
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from pricing.input_based import TransitionCost
from pricing.money import decimal_of, quantize_amount
from staffing.calendar import WEEKS_PER_YEAR
from staffing.premiums import PREMIUM_CLASSES

if TYPE_CHECKING:
    from pricing.briefing import TeamTerms
    from pricing.engagement import Commercial, Engagement
    from staffing.plan import StaffingPlan, TeamPlan, YearQuantities

_WEEKS_PER_YEAR = Decimal(repr(WEEKS_PER_YEAR))
_MONTHS_PER_YEAR = 12


@dataclass(frozen=True)
class CostLine:
    """One cost of one team in one contract year (1 first), engagement currency, unrounded."""

    name: str
    team: str
    year: int
    amount: Decimal


def plan_cost(
    engagement: Engagement, teams: tuple[TeamTerms, ...], plan: StaffingPlan
) -> tuple[CostLine, ...]:
    """Cost of every team and year, contingency included, before SG&A, financing and margin."""
    shares = _payroll_shares(plan)
    contingency = engagement.commercial.contingency.value
    lines: list[CostLine] = []
    for terms, team in zip(teams, plan.teams, strict=True):
        for year in team.years:
            costs = _year_costs(terms, team, year, _year_length(engagement, year.year))
            costs["transition"] = shares[team.name] * _transition_in_year(engagement, year.year)
            costs["contingency"] = contingency * sum(costs.values(), Decimal(0))
            lines += [
                CostLine(name, team.name, year.year, amount) for name, amount in costs.items()
            ]
    return tuple(lines)


def rounded_lines(lines: tuple[CostLine, ...], currency: str) -> dict[str, tuple[Decimal, ...]]:
    """Add teams up by line and contract year, each rounded once; all totals are sums of these.

    Lines that are zero in every year are left out.
    """
    num_years = max(line.year for line in lines)
    table: dict[str, tuple[Decimal, ...]] = {}
    for name in dict.fromkeys(line.name for line in lines):
        table[name] = tuple(
            quantize_amount(
                sum((x.amount for x in lines if x.name == name and x.year == year), Decimal(0)),
                currency,
            )
            for year in range(1, num_years + 1)
        )
    return {name: years for name, years in table.items() if any(years)}


def _year_costs(
    terms: TeamTerms, team: TeamPlan, year: YearQuantities, year_length: Decimal
) -> dict[str, Decimal]:
    growth = (1 + terms.site.wage_growth_per_year.value) ** (year.year - 1)
    costs = {
        name: amount * growth
        for name, amount in (
            _payroll_costs(terms, year) | _premium_costs(terms, year) | _support(terms, year)
        ).items()
    }
    people_years = decimal_of(year.payroll_weeks + year.surge_weeks) / _WEEKS_PER_YEAR
    costs["recruiting"] = decimal_of(year.started_hires) * terms.attrition.recruiting_cost.value
    costs["seats"] = decimal_of(year.seats) * terms.site.seat_cost_per_year.value * year_length
    costs["it"] = people_years * terms.site.it_cost_per_fte_year.value
    return costs


def _payroll_costs(terms: TeamTerms, year: YearQuantities) -> dict[str, Decimal]:
    """Split the payroll by what its weeks were for; early leavers' training weeks on top."""
    weekly = terms.rate.labour_per_hour * terms.rates.contract_hours_per_week
    trainee, ramp, idle = (
        decimal_of(weeks) for weeks in (year.trainee_weeks, year.ramp_loss_weeks, year.idle_weeks)
    )
    lost = decimal_of(year.started_hires) * terms.attrition.early_loss.value
    return {
        "labour_productive": (decimal_of(year.payroll_weeks) - trainee - ramp - idle) * weekly,
        "labour_training": (trainee + lost * terms.attrition.training_weeks) * weekly,
        "labour_ramp": ramp * weekly,
        "labour_idle": idle * weekly,
    }


def _premium_costs(terms: TeamTerms, year: YearQuantities) -> dict[str, Decimal]:
    rate, rates = terms.rate, terms.rates
    multipliers = (decimal_of(value) for value in rates.premiums.multipliers)
    costs = {
        f"premium_{name}": decimal_of(year.scheduled_hours_by_class[name])
        * rate.wage_per_hour
        * (multiplier - 1)
        for name, multiplier in zip(PREMIUM_CLASSES, multipliers, strict=True)
    }
    hours = rates.contract_hours_per_week
    for name, weeks, premium in (
        ("overtime", year.overtime_weeks, decimal_of(rates.overtime_premium)),
        ("surge", year.surge_weeks, terms.site.surge.premium.value),
    ):
        hourly = rate.labour_per_hour + premium * rate.wage_per_hour
        costs[name] = decimal_of(weeks) * hours * hourly
    return costs


def _support(terms: TeamTerms, year: YearQuantities) -> dict[str, Decimal]:
    return {
        f"support_{role.role}": decimal_of(year.support_weeks[role.role])
        * role.cost_per_year.value
        / _WEEKS_PER_YEAR
        for role in terms.site.support
    }


def _year_length(engagement: Engagement, year: int) -> Decimal:
    """Length of a contract year in years: 1, or less for a partial last one."""
    months = min(_MONTHS_PER_YEAR, engagement.term_months - _MONTHS_PER_YEAR * (year - 1))
    return Decimal(months) / _MONTHS_PER_YEAR


def transition_cost(commercial: Commercial) -> TransitionCost | None:
    """Annuity of the transition, if there is one."""
    terms = commercial.transition
    if terms is None:
        return None
    monthly = terms.interest_per_year.value / _MONTHS_PER_YEAR
    return TransitionCost(terms.cost.value, terms.amortisation_months, monthly)


def _transition_in_year(engagement: Engagement, year: int) -> Decimal:
    transition = transition_cost(engagement.commercial)
    if transition is None:
        return Decimal(0)
    before = _MONTHS_PER_YEAR * (year - 1)
    months = max(0, min(transition.months - before, _MONTHS_PER_YEAR))
    return transition.instalment * months


def transition_in_term(engagement: Engagement) -> Decimal:
    """Instalments of the transition due within the term, without contingency."""
    years = -(-engagement.term_months // _MONTHS_PER_YEAR)
    due = (_transition_in_year(engagement, year) for year in range(1, years + 1))
    return sum(due, Decimal(0))


def _payroll_shares(plan: StaffingPlan) -> dict[str, Decimal]:
    """Share of each team in the payroll of the term, by which the transition is split."""
    weeks = {
        team.name: sum((decimal_of(y.payroll_weeks) for y in team.years), Decimal(0))
        for team in plan.teams
    }
    total = sum(weeks.values(), Decimal(0))
    return {name: value / total for name, value in weeks.items()}
