"""What approval looks at: a few figures of a quote. Vendor's view."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from pricing.fx import fx_rate
from staffing.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from pricing.engagement import Engagement
    from pricing.quote import Offer, Quote

MeasureName = Literal[
    "margin",
    "discount",
    "margin_p10",
    "probability_of_loss",
    "payment_days",
    "term_months",
    "validity_days",
    "unsourced",
    "contract_warnings",
    "contract_value",
]


@dataclass(frozen=True)
class Terms:
    """A quote with the engagement it was priced from."""

    quote: Quote
    engagement: Engagement

    @property
    def offers(self) -> tuple[Offer, Offer]:
        """Both offers: the client may take either, so the worse one counts."""
        return self.quote.offers.input_based, self.quote.offers.output_based


@dataclass(frozen=True)
class Measure:
    """A measure in words; `places` are decimal places shown."""

    title: str
    unit: str = ""
    places: int = 4
    is_amount: bool = False


MEASURES: dict[MeasureName, Measure] = {
    "margin": Measure("the lower expected margin of both offers"),
    "discount": Measure("the larger discount on the list price of both offers"),
    "margin_p10": Measure("the lower P10 margin of both offers"),
    "probability_of_loss": Measure("the higher probability of loss of both offers"),
    "payment_days": Measure("the time until the client pays", " days", 0),
    "term_months": Measure("the term", " months", 0),
    "validity_days": Measure("the validity of the quote", " days", 0),
    "unsourced": Measure("the count of values without a source", "", 0),
    "contract_warnings": Measure("the count of warnings about the contract", "", 0),
    "contract_value": Measure("the larger expected bill over the term", "", 2, is_amount=True),
}


def measure(
    name: MeasureName, terms: Terms, list_margin: Decimal, currency: str | None = None
) -> Decimal | None:
    """Return a measure of a quote; an amount in `currency`, or None where no rate is known.

    Parameters
    ----------
    list_margin : Decimal
        Margin of the list price, a share.
    """
    if name == "contract_value":
        value = max(offer.term.expected_bill.amount for offer in terms.offers)
        rate = _rate(terms, currency or terms.quote.engagement.currency)
        return None if rate is None else value * rate
    if name == "discount":
        return max(_discount(offer, list_margin) for offer in terms.offers)
    return _MEASURED[name](terms)


def _margin(terms: Terms) -> Decimal:
    """Lower margin of both offers, and of both under the contract's terms where there is one."""
    plain = [offer.term.margin for offer in terms.offers]
    contract = [one.margin for one in terms.quote.contract_at_plan if one.margin is not None]
    return _decimal(min(plain + contract))


def _discount(offer: Offer, list_margin: Decimal) -> Decimal:
    """Discount on the price at which the offer would have the list margin.

    With delivery cost D, and SG&A and financing a share s of the price, the price at margin m is
    D / (1 - m - s); so the discount on the list price is 1 - (1 - m_list - s) / (1 - m - s).
    """
    term = offer.term
    bill = term.expected_bill.amount
    if bill <= 0:
        return Decimal(1)
    if term.delivery_cost.amount <= 0:
        return Decimal(0)
    share = (term.sga.amount + term.financing.amount) / bill
    return 1 - (1 - list_margin - share) * bill / term.delivery_cost.amount


def _rate(terms: Terms, currency: str) -> Decimal | None:
    """Units of `currency` for one of the quote's, as frozen in it, else of the reference table."""
    home = terms.quote.engagement.currency
    if currency == home:
        return Decimal(1)
    for rate in terms.quote.fx:
        if (rate.base, rate.currency) == (home, currency):
            return rate.value
    try:
        return fx_rate(terms.engagement, currency).value
    except BadInputError:
        return None


def _decimal(value: float) -> Decimal:
    return Decimal(str(value))


_MEASURED: dict[MeasureName, Callable[[Terms], Decimal]] = {
    "margin": _margin,
    "margin_p10": lambda terms: _decimal(min(one.margin_p10 for one in terms.quote.risk.spreads)),
    "probability_of_loss": lambda terms: _decimal(
        max(one.probability_of_loss for one in terms.quote.risk.spreads)
    ),
    "payment_days": lambda terms: terms.engagement.commercial.dso_days.value,
    "term_months": lambda terms: Decimal(terms.quote.engagement.term_months),
    "validity_days": lambda terms: Decimal(terms.quote.engagement.validity_days),
    "unsourced": lambda terms: Decimal(len(terms.quote.unsourced)),
    "contract_warnings": lambda terms: Decimal(
        sum(len(one.warnings) for one in terms.quote.contract_at_plan)
    ),
}
