"""Wages below a statutory minimum: a warning where a sourced minimum is known."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pricing.reference_tables import find
from staffing.calendar import MONTHS_PER_YEAR, WEEKS_PER_YEAR
from staffing.errors import BadInputError

if TYPE_CHECKING:
    from pricing.briefing import TeamTerms
    from pricing.ratecard import RateCard

_WEEKS_PER_YEAR = Decimal(repr(WEEKS_PER_YEAR))


def minimum_wage_warnings(card: RateCard, teams: tuple[TeamTerms, ...]) -> tuple[str, ...]:
    """Say which roles are paid less than the minimum wage in force on the first day.

    A minimum per month is spread over the site's contract hours, like a wage. Minimums without a
    source, and countries without a row, are not checked; nor is a wage in a currency without a
    rate to the minimum's.
    """
    found: dict[str, None] = {}
    for team in teams:
        country = team.site.country
        row = find("minimum_wages", on=card.engagement.start, country=country)
        if row is None or row["quality"] == "unsourced":
            continue
        hours = team.rates.contract_hours_per_week * _WEEKS_PER_YEAR / MONTHS_PER_YEAR
        minimum = Decimal(row["value"]) / (hours if row["per"] == "month" else 1)
        try:
            rate = card.between(card.engagement.currency, row["currency"])
        except BadInputError:  # no price needs this rate, so none has to be stated
            continue
        wage = team.rate.wage_per_hour * rate
        if wage < minimum:
            found[
                f"{team.service.role} at {team.site.name}: {wage:.2f} {row['currency']} an hour is "
                f"below the minimum wage of {country}, {minimum:.2f} ({row['as_of']}, "
                f"{row['source']})"
            ] = None
    return tuple(found)
