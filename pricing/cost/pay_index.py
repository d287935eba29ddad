"""Pay over the term: growth by contract year, and wages and on-costs that change on a day."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from pricing.money import decimal_of
from staffing.calendar import MONTHS_PER_YEAR, add_months

if TYPE_CHECKING:
    from pricing.briefing import TeamTerms
    from pricing.cost.weekly import WeeklyDrivers
    from staffing.calendar import ContractCalendar


@dataclass(frozen=True)
class PayIndex:
    """Pay of an hour over that of the first day of the contract.

    Parameters
    ----------
    labour : Decimal
        Of base pay with variable pay and on-costs.
    wage : Decimal
        Of base pay, on which premiums are due.
    """

    labour: Decimal
    wage: Decimal


def pay_by_month(terms: TeamTerms, calendar: ContractCalendar) -> tuple[PayIndex, ...]:
    """Pay of every contract month, at the rates in force on its first day.

    ``(1 + g)^k x rate / rate of the first day``; k counts contract years since the contract's
    first, or since that in which a stated wage came into force: a stated wage is in the money of
    its day.
    """
    growth = 1 + terms.site.wage_growth_per_year.value
    months = []
    starts = [add_months(calendar.start, month) for month in range(calendar.term_months)]
    for month, day in enumerate(starts):
        dated = [one for one in terms.dated if one.since <= day][-1]
        # The first contract month that starts on the day of the wage, or later.
        agreed = bisect_left(starts, dated.wage_since) // MONTHS_PER_YEAR
        raised = growth ** (month // MONTHS_PER_YEAR - agreed)
        months.append(
            PayIndex(
                raised * (dated.rate.labour_per_hour / terms.rate.labour_per_hour),
                raised * (dated.rate.wage_per_hour / terms.rate.wage_per_hour),
            )
        )
    return tuple(months)


def pay_by_year(
    terms: TeamTerms, calendar: ContractCalendar, drivers: WeeklyDrivers
) -> tuple[PayIndex, ...]:
    """Pay of every contract year: the mean of its months, weighted by the people paid in them."""
    months = pay_by_month(terms, calendar)
    people = (
        [decimal_of(round(weeks, 6)) for weeks in calendar.weeks_in_month @ drivers.payroll]
        if drivers.payroll.any()
        else [Decimal(1)] * calendar.term_months
    )
    years = []
    for first in range(0, calendar.term_months, MONTHS_PER_YEAR):
        span = range(first, min(first + MONTHS_PER_YEAR, calendar.term_months))
        if len({months[month] for month in span}) == 1 or not any(people[m] for m in span):
            years.append(months[first])
            continue
        total = sum((people[month] for month in span), Decimal(0))
        years.append(
            PayIndex(
                sum((people[m] * months[m].labour for m in span), Decimal(0)) / total,
                sum((people[m] * months[m].wage for m in span), Decimal(0)) / total,
            )
        )
    return tuple(years)
