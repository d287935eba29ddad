"""The contract frozen at the prices of each year, where they are not the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pricing.agreement import agree

if TYPE_CHECKING:
    from pricing.agreement import Agreement
    from pricing.briefing import TeamTerms
    from pricing.engagement import Engagement
    from pricing.quote import Offer, Offers
    from staffing.plan import StaffingPlan


def agree_by_year(
    engagement: Engagement, teams: tuple[TeamTerms, ...], plan: StaffingPlan, offers: Offers
) -> tuple[Agreement, ...]:
    """Freeze the contract once for each set of prices that is billed.

    Parameters
    ----------
    engagement, teams, plan, offers
        As for `pricing.agreement.agree`.

    Returns
    -------
    tuple of Agreement
        One where a single price holds throughout, or where prices follow an index: that of the
        first year, which the indexation line lifts. Else one for each contract year.
    """
    years = len(offers.input_based.per_year) if priced_by_year(engagement) else 1
    return tuple(
        agree(engagement, teams, plan, offers_of_year(offers, year)) for year in range(years)
    )


def offers_of_year(offers: Offers, year: int) -> Offers:
    """Both offers with the prices of a contract year, 0 first."""
    return offers.model_copy(
        update={
            "input_based": _of_year(offers.input_based, year),
            "output_based": _of_year(offers.output_based, year),
        }
    )


def priced_by_year(engagement: Engagement) -> bool:
    """Whether each contract year is billed at prices of its own."""
    return engagement.commercial.price_over_term == "yearly"


def _of_year(offer: Offer, year: int) -> Offer:
    prices = tuple(
        price.model_copy(update={"price": price.by_year[year]}) if price.by_year else price
        for price in offer.prices
    )
    return offer.model_copy(update={"prices": prices})
