"""What of a contract a quote warns of: terms that surprise, contradict each other or the rates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pricing.agreement import agreement_warnings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pricing.agreement import Agreement
    from pricing.engagement import Engagement
    from pricing.fx import FxRate

_FAR = 3  # times the rate of the quote, or a third of it


def contract_warnings(
    engagement: Engagement, agreement: Agreement, rates: Iterable[FxRate]
) -> tuple[str, ...]:
    """Say what should be looked at before the contract is sent.

    Parameters
    ----------
    engagement : Engagement
        Its prices over the term, and pay that grows.
    agreement : Agreement
        The contract, in money.
    rates : iterable of FxRate
        Frozen with the quote.
    """
    return (
        *agreement_warnings(agreement),
        *_base_rates(engagement, {one.currency: one for one in rates}),
        *_growth_twice(engagement),
    )


def _base_rates(engagement: Engagement, rates: dict[str, FxRate]) -> Iterator[str]:
    """Base rates far from those of the quote; the other way round they move every bill."""
    clauses = engagement.contract.fx_clauses if engagement.contract else ()
    for clause in clauses:
        rate = rates.get(clause.currency)
        if rate is not None and not rate.value / _FAR < clause.base_rate < rate.value * _FAR:
            yield (
                f"exchange rate of {clause.currency}: the base rate is {clause.base_rate:f}, this "
                f"quote counts {rate.value:f} {clause.currency} for one {rate.base}; a base rate "
                "counts them the same way"
            )


def _growth_twice(engagement: Engagement) -> Iterator[str]:
    """Prices that grow with pay by year, and follow an index on top."""
    index = engagement.contract.indexation if engagement.contract else None
    grows = any(site.wage_growth_per_year.value > 0 for site in engagement.sites)
    yearly = engagement.commercial.price_over_term == "yearly"
    if yearly and grows and index is not None and index.share:
        yield (
            "prices of later years hold the growth of wages, and indexation charges it again: "
            "leave one of them out (price_over_term: flat, or no indexation)"
        )
