"""From a quote to what its client may see of it; nothing is planned or drawn anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pricing.client_comparison.beliefs import BELIEF_RANGE, belief, belief_map
from pricing.client_comparison.break_even import break_evens, crossings_at
from pricing.client_comparison.budget import probability_over
from pricing.client_comparison.document import (
    Basis,
    ClientComparison,
    ClientPrice,
    OfferView,
    RiskBearer,
    VolumePoint,
)
from pricing.client_comparison.equivalents import equivalents, service_terms
from pricing.client_comparison.recommendation import recommend
from pricing.client_comparison.savings import is_pay, savings
from pricing.client_comparison.service_under_contract import terms_as_billed
from pricing.client_comparison.under_contract import (
    as_billed,
    bundle_bills,
    contract_sentence,
)
from pricing.money import Money
from staffing.errors import BadInputError

if TYPE_CHECKING:
    from decimal import Decimal

    from pricing.client_comparison.equivalents import ServiceTerm
    from pricing.quote import BillPoint, Method, Offer, Quote, Risk, Spread

_ABOUT = {"name", "client", "currency", "start", "end", "term_months", "validity_days"}
_CLIENT_WORDS = (
    ("costs the same", "is billed the same"),
    ("wages", "pay levels"),
    ("wage", "pay"),
    ("cost", "take"),
    ("premium", "price"),
)


def client_comparison(
    quote: Quote,
    *,
    budget: Decimal | None = None,
    volume: float = 1.0,
    productivity: float = 1.0,
) -> ClientComparison:
    """Cut a quote down to the comparison its client may see.

    Parameters
    ----------
    quote : Quote
        Vendor's document; only its prices, bills, spreads of bills, risk bearers and in-house
        side are read.
    budget : Decimal, optional
        Of the whole term, in the quote's currency; above 0. By default the one the quote states.
    volume, productivity : float
        A belief to read both bills at, shares of plan, 0.1 to 3.

    Raises
    ------
    BadInputError
        When budget or belief are out of range.
    """
    _check(budget, {"volume": volume, "productivity": productivity})
    if budget is None and quote.risk.budget is not None:
        budget = quote.risk.budget.amount
    about, comparison = quote.engagement, quote.comparison
    terms = terms_as_billed(quote, service_terms(quote))
    billed = as_billed(quote)
    bundle, *services = break_evens(billed, terms)
    bills = bundle_bills(quote)
    against = savings(billed)
    spreads = {spread.method: spread for spread in quote.risk.spreads}
    both = billed.offers.input_based, billed.offers.output_based
    one, two = (_offer(offer, quote.risk, terms, budget) for offer in both)
    return ClientComparison(
        **about.model_dump(include=_ABOUT),
        volume_unit=comparison.volume_unit,
        plan_volume_per_month=comparison.plan_volume_per_month,
        budget=None if budget is None else Money.of(budget, about.currency),
        offers=(one, two),
        bundle=bundle,
        services=tuple(services),
        bills=tuple(_point(point, billed, spreads) for point in billed.comparison.bills),
        beliefs=belief_map(bills, about.currency),
        at=belief(bills, volume, productivity, about.currency),
        crossings_at_belief=crossings_at(quote, bills, productivity),
        risks=tuple(
            RiskBearer(
                risk=_for_client(carrier.risk),
                input_based=carrier.input_based,
                output_based=carrier.output_based,
                why=_for_client(carrier.why),
            )
            for carrier in quote.risk.carriers
        ),
        recommendation=recommend(billed, bundle, against),
        savings=against,
        basis=_basis(quote),
        quote_hash=quote.content_hash,
        terms=contract_sentence(quote),
    )


def _check(budget: Decimal | None, belief_at: dict[str, float]) -> None:
    if budget is not None and not (budget.is_finite() and budget > 0):
        raise BadInputError.at("budget", budget, "an amount above 0, for the whole term")
    low, high = BELIEF_RANGE
    for name, share in belief_at.items():
        if not low <= share <= high:
            raise BadInputError.at(name, share, f"a share of plan, {low:g} to {high:g}")


def _over(spread: Spread, drawn_at: Money | None, budget: Decimal | None) -> float | None:
    """Probability of a bill above a budget: counted for the one of the quote, else read."""
    if budget is None:
        return None
    if drawn_at is not None and drawn_at.amount == budget:
        return spread.probability_over_budget
    bills = [spread.bill_p10, spread.bill_p50, spread.bill_p90]
    low, mid, high = (float(bill.amount) for bill in bills)
    return probability_over(low, mid, high, float(budget))


def _offer(
    offer: Offer, risk: Risk, terms: tuple[ServiceTerm, ...], budget: Decimal | None
) -> OfferView:
    spread = next(one for one in risk.spreads if one.method == offer.method)
    return OfferView(
        method=offer.method,
        prices=tuple(
            ClientPrice(**price.model_dump(include=set(ClientPrice.model_fields)))
            for price in offer.prices
        ),
        equivalents=tuple(equivalents(terms, offer.method, offer.term.expected_bill.currency)),
        expected_bill=offer.term.expected_bill,
        bill_by_year=tuple(year.expected_bill for year in offer.per_year),
        bill_p10=spread.bill_p10,
        bill_p50=spread.bill_p50,
        bill_p90=spread.bill_p90,
        over_budget=_over(spread, risk.budget, budget),
    )


def _point(point: BillPoint, quote: Quote, spreads: dict[Method, Spread]) -> VolumePoint:
    """Both bills at a planned volume, each with the band the whole bill has around its mean."""
    bands = {}
    for offer in (quote.offers.input_based, quote.offers.output_based):
        spread, bill = spreads[offer.method], getattr(point, offer.method)
        name = offer.method.removesuffix("_based")
        for end, quantile in (("low", spread.bill_p10), ("high", spread.bill_p90)):
            share = quantile.amount / offer.term.expected_bill.amount
            bands[f"{name}_{end}"] = Money.of(bill.amount * share, bill.currency)
    return VolumePoint(
        share_of_plan=point.share_of_plan,
        volume=point.volume,
        input_based=point.input_based,
        output_based=point.output_based,
        cheaper=point.cheaper,
        **bands,
    )


def _basis(quote: Quote) -> tuple[Basis, ...]:
    """Values the in-house side rests on, under names the client knows; no pay without a source."""
    own = quote.in_house
    return tuple(
        Basis(
            name=_for_client(item.path),
            value=item.value,
            unit=item.unit,
            source=item.source,
            as_of=item.as_of,
            quality=item.quality,
        )
        for item in (own.assumptions if own else ())
        if not (is_pay(item.path) and item.quality == "unsourced")
    )


def _for_client(text: str) -> str:
    """Use the words a client's document may hold."""
    for ours, theirs in _CLIENT_WORDS:
        text = text.replace(ours, theirs)
    return text
