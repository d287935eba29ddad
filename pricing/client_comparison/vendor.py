"""The vendor's view of the same comparison: what each choice of the client is worth to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pricing.client_comparison.document import ClientComparison
from pricing.client_comparison.wording import OFFERS, percent
from pricing.money import Money
from pricing.quote import Method
from staffing.plan import Document

if TYPE_CHECKING:
    from pricing.quote import Quote


class VendorOffer(Document):
    """What one offer brings if the client takes it."""

    method: Method
    expected_profit: Money
    margin: float
    margin_p10: float
    margin_p50: float
    margin_p90: float
    probability_of_loss: float
    probability_below_floor: float
    premium: float


class VendorView(Document):
    """Both offers from the vendor's side. Not for clients.

    `preferred` has the higher margin at P10, of equal ones the higher expected profit;
    `agree` says whether the client is advised to take it.
    """

    offers: tuple[VendorOffer, ...]
    preferred: Method
    recommended_to_client: Method
    agree: bool
    reason: str


def vendor_view(quote: Quote, comparison: ClientComparison) -> VendorView:
    """Tell what each choice of the client is worth to the vendor."""
    spreads = {spread.method: spread for spread in quote.risk.spreads}
    offers = tuple(
        VendorOffer(
            method=offer.method,
            expected_profit=offer.term.profit,
            margin=offer.term.margin,
            **spreads[offer.method].model_dump(
                include={
                    *("margin_p10", "margin_p50", "margin_p90"),
                    *("probability_of_loss", "probability_below_floor"),
                }
            ),
            premium=sum(part.share for part in offer.risk_premium),
        )
        for offer in (quote.offers.input_based, quote.offers.output_based)
    )
    best = max(offers, key=lambda one: (one.margin_p10, one.expected_profit.amount))
    advised = comparison.recommendation.method
    other = next(one for one in offers if one.method != best.method)
    reason = (
        f"{OFFERS[best.method]} keeps {percent(best.margin_p10)} at P10 of the margin against "
        f"{percent(other.margin_p10)}, {percent(best.margin)} expected against "
        f"{percent(other.margin)}"
    )
    if best.method != advised:
        reason += f"; the client is better served by {OFFERS[advised]}, so expect that choice"
    return VendorView(
        offers=offers,
        preferred=best.method,
        recommended_to_client=advised,
        agree=best.method == advised,
        reason=reason,
    )


class BothViews(Document):
    """The client's comparison and the vendor's view of it, apart from each other."""

    client: ClientComparison
    vendor: VendorView
