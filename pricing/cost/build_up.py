"""From the quantities of a plan to the cost lines of every team and contract year."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pricing.cost.hours import calendar_hours
from pricing.cost.lines import CONTINGENCY, INTERCOMPANY, CostLine
from pricing.cost.pay_index import pay_by_year
from pricing.cost.premiums import extra_hours_costs, hours_due
from pricing.cost.transition import transition_in_year, transition_shares
from pricing.cost.weekly import weekly_drivers
from pricing.money import decimal_of
from staffing.calendar import MONTHS_PER_YEAR, WEEKS_PER_YEAR, ContractCalendar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pricing.briefing import TeamTerms
    from pricing.cost.hours import ClassHours
    from pricing.cost.pay_index import PayIndex
    from pricing.cost.premiums import HoursDue
    from pricing.engagement import Engagement
    from staffing.plan import StaffingPlan, YearQuantities

_WEEKS_PER_YEAR = Decimal(repr(WEEKS_PER_YEAR))


def plan_cost(
    engagement: Engagement,
    teams: tuple[TeamTerms, ...],
    plan: StaffingPlan,
    due: Mapping[str, tuple[HoursDue, ...]] | None = None,
    pay: Mapping[str, tuple[PayIndex, ...]] | None = None,
) -> tuple[CostLine, ...]:
    """Cost of every team and year, contingency included, before SG&A, financing and margin.

    Parameters
    ----------
    engagement, teams, plan
        Terms, and the plan they are paid for.
    due, pay : mapping, optional
        `team_dues` and `team_pay` of the plan, where they are known already.
    """
    if due is None:
        due = team_dues(teams, plan, calendar_hours(engagement, teams, plan))
    if pay is None:
        pay = team_pay(engagement, teams, plan)
    shares = transition_shares(plan)
    contingency = engagement.commercial.contingency.value
    lines: list[CostLine] = []
    for terms, team in zip(teams, plan.teams, strict=True):
        for year in team.years:
            place, length = year.year - 1, _year_length(engagement, year.year)
            costs = _year_costs(terms, year, due[team.name][place], pay[team.name][place], length)
            costs |= _intercompany(terms, costs)
            costs["transition"] = shares[team.name] * transition_in_year(engagement, year.year)
            costs[CONTINGENCY] = contingency * sum(costs.values(), Decimal(0))
            lines += [
                CostLine(name, team.name, year.year, amount) for name, amount in costs.items()
            ]
    return tuple(lines)


def team_dues(
    teams: tuple[TeamTerms, ...],
    plan: StaffingPlan,
    hours: Mapping[str, tuple[ClassHours, ...]],
) -> dict[str, tuple[HoursDue, ...]]:
    """What scheduled hours (`calendar_hours`) ask for in every contract year, by team."""
    return {
        team.name: tuple(
            hours_due(terms, [cell for cell in hours[team.name] if cell.year == year.year])
            for year in team.years
        )
        for terms, team in zip(teams, plan.teams, strict=True)
    }


def team_pay(
    engagement: Engagement, teams: tuple[TeamTerms, ...], plan: StaffingPlan
) -> dict[str, tuple[PayIndex, ...]]:
    """Pay of every contract year by team (`pay_by_year`); it hangs on the weeks of the plan."""
    calendar = ContractCalendar(engagement.start, engagement.term_months)
    return {
        team.name: pay_by_year(terms, calendar, weekly_drivers(terms, team, plan))
        for terms, team in zip(teams, plan.teams, strict=True)
    }


def _year_costs(
    terms: TeamTerms,
    year: YearQuantities,
    due: HoursDue,
    pay: PayIndex,
    year_length: Decimal,
) -> dict[str, Decimal]:
    growth = (1 + terms.site.wage_growth_per_year.value) ** (year.year - 1)
    costs = {name: amount * pay.labour for name, amount in _payroll_costs(terms, year).items()}
    costs |= {name: amount * pay.wage for name, amount in due.premiums.items()}
    costs |= extra_hours_costs(terms, year, due, pay)
    costs |= {name: amount * growth for name, amount in _support(terms, year).items()}
    people_years = (decimal_of(year.payroll_weeks) + decimal_of(year.surge_weeks)) / _WEEKS_PER_YEAR
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


def _support(terms: TeamTerms, year: YearQuantities) -> dict[str, Decimal]:
    return {
        f"support_{role.role}": decimal_of(year.support_weeks[role.role])
        * role.cost_per_year.value
        / _WEEKS_PER_YEAR
        for role in terms.site.support
    }


def _intercompany(terms: TeamTerms, costs: dict[str, Decimal]) -> dict[str, Decimal]:
    """Mark-up of the delivery entity on the cost it bears; nothing where none is stated."""
    markup = terms.site.intercompany_markup
    if markup is None:
        return {}
    return {INTERCOMPANY: markup.value * sum(costs.values(), Decimal(0))}


def _year_length(engagement: Engagement, year: int) -> Decimal:
    """Length of a contract year in years: 1, or less for a partial last one."""
    months = min(MONTHS_PER_YEAR, engagement.term_months - MONTHS_PER_YEAR * (year - 1))
    return Decimal(months) / MONTHS_PER_YEAR
