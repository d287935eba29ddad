"""Pay on top of the base wage: calendar classes of scheduled hours, overtime and surge."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from pricing.money import decimal_of
from staffing.premiums import PREMIUM_CLASSES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pricing.briefing import TeamTerms
    from pricing.cost.hours import ClassHours
    from pricing.cost.pay_index import PayIndex
    from staffing.plan import YearQuantities

PREMIUM = "premium_"


@dataclass(frozen=True)
class HoursDue:
    """What the scheduled hours of a team's contract year ask for, whatever its weeks.

    Parameters
    ----------
    premiums : dict of str to Decimal
        Premiums by cost line, at the wage of the first day.
    overtime_premium : Decimal
        Mean premium of an overtime hour, share of the base wage.
    """

    premiums: dict[str, Decimal]
    overtime_premium: Decimal


def hours_due(terms: TeamTerms, hours: Sequence[ClassHours]) -> HoursDue:
    """Add up what the hours of a contract year ask for."""
    return HoursDue(premium_costs(terms, hours), overtime_premium(terms, hours))


def premium_costs(terms: TeamTerms, hours: Sequence[ClassHours]) -> dict[str, Decimal]:
    """Premiums on base pay by calendar class, for the hours given.

    ``hours x wage x (multiplier of the class - 1)``; the weekly classes are always listed, those
    of public holidays where hours fall on one.
    """
    costs = {f"{PREMIUM}{name}": Decimal(0) for name in PREMIUM_CLASSES}
    for cell in hours:
        name = f"{PREMIUM}{cell.name}"
        due = cell.hours * terms.rate.wage_per_hour * cell.premium
        costs[name] = costs.get(name, Decimal(0)) + due
    return costs


def extra_hours_costs(
    terms: TeamTerms, year: YearQuantities, due: HoursDue, pay: PayIndex
) -> dict[str, Decimal]:
    """Overtime and surge: the base pay and on-costs of their hours, and their own premium.

    The premium of an overtime hour is that of the day it is worked on, blended by the scheduled
    hours of the year. What its calendar class pays is in the class's line, as of every hour.
    """
    rate, weekly = terms.rate, terms.rates.contract_hours_per_week
    premiums = {
        "overtime": (year.overtime_weeks, due.overtime_premium),
        "surge": (year.surge_weeks, terms.site.surge.premium.value),
    }
    return {
        name: decimal_of(weeks)
        * weekly
        * (rate.labour_per_hour * pay.labour + premium * rate.wage_per_hour * pay.wage)
        for name, (weeks, premium) in premiums.items()
    }


def overtime_premium(terms: TeamTerms, hours: Sequence[ClassHours]) -> Decimal:
    """Mean overtime premium of an hour as a share of the base wage, weighted by `hours`.

    Without hours it is the rate of an ordinary day at the start of the contract.
    """
    total = sum((cell.hours for cell in hours), Decimal(0))
    if not total:
        return terms.rates.pay[0].overtime
    return sum((cell.hours * cell.overtime for cell in hours), Decimal(0)) / total
