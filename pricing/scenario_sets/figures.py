"""Key figures of a quote, each with the direction that is favourable to vendor and client."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pricing.quote import Offer, Quote, Spread

Kind = Literal["money", "share", "number"]
Side = Literal["vendor", "client"]
HIGHER, LOWER, NEITHER = 1, -1, 0


@dataclass(frozen=True)
class Figure:
    """One figure of a quote.

    Parameters
    ----------
    key, label : str
        What it is called in every quote that has it, and in words.
    kind : {"money", "share", "number"}
        Money is in the quote's currency.
    value : Decimal or None
        None where the quote has none, e.g. no break-even.
    vendor, client : int
        Which way is favourable to that side: 1 up, -1 down, 0 neither.
    """

    key: str
    label: str
    kind: Kind
    value: Decimal | None
    vendor: int = NEITHER
    client: int = NEITHER


def key_figures(quote: Quote) -> tuple[Figure, ...]:
    """Prices, bills, cost, margins, floors, spreads, break-evens and heads, both offers."""
    return tuple(_figures(quote))


def _figures(quote: Quote) -> Iterator[Figure]:
    spreads = {spread.method: spread for spread in quote.risk.spreads}
    for offer in (quote.offers.input_based, quote.offers.output_based):
        yield from _of_offer(offer)
        if offer.method in spreads:
            yield from _of_spread(spreads[offer.method])
    total = quote.cost.total.amount
    yield Figure("delivery_cost", "Delivery cost over the term", "money", total, LOWER)
    yield from _break_even(quote)
    for team in quote.staffing.teams:
        name = f"{team.service} @ {team.site}"
        peak = Decimal(team.roster.peak_heads)
        yield Figure(f"heads/{name}", f"{name}: people on duty at the peak", "number", peak, LOWER)


def _of_offer(offer: Offer) -> Iterator[Figure]:
    method, label = offer.method, _label(offer.method)
    for price in offer.prices:
        if price.invoiced:
            what = f"{price.service} @ {price.site}" if price.site else price.service
            name = f"{what} per {price.unit}"
            floor = price.floor_price.amount
            yield Figure(
                f"{method}/price/{name}",
                f"{label}: price, {name}",
                "money",
                price.price.amount,
                HIGHER,
                LOWER,
            )
            yield Figure(
                f"{method}/floor/{name}", f"{label}: floor price, {name}", "money", floor, LOWER
            )
    bill, cost = offer.term.expected_bill.amount, offer.term.cost.amount
    margin = _decimal(offer.term.margin)
    yield Figure(f"{method}/bill", f"{label}: bill over the term", "money", bill, HIGHER, LOWER)
    yield Figure(f"{method}/cost", f"{label}: cost over the term", "money", cost, LOWER)
    profit = offer.term.profit.amount
    yield Figure(f"{method}/profit", f"{label}: profit over the term", "money", profit, HIGHER)
    yield Figure(f"{method}/margin", f"{label}: margin", "share", margin, HIGHER)


def _of_spread(spread: Spread) -> Iterator[Figure]:
    method, label = spread.method, _label(spread.method)
    for name in ("p10", "p50", "p90"):
        bill = getattr(spread, f"bill_{name}").amount
        said = f"{label}: bill, {name.upper()}"
        yield Figure(f"{method}/bill_{name}", said, "money", bill, NEITHER, LOWER)
    for name in ("p10", "p50", "p90"):
        margin = _decimal(getattr(spread, f"margin_{name}"))
        said = f"{label}: margin, {name.upper()}"
        yield Figure(f"{method}/margin_{name}", said, "share", margin, HIGHER)
    loss = _decimal(spread.probability_of_loss)
    yield Figure(f"{method}/loss", f"{label}: probability of a loss", "share", loss, LOWER)


def _break_even(quote: Quote) -> Iterator[Figure]:
    """First and last volume at which the cheaper offer changes, and break-even productivity."""
    found, unit = quote.comparison.break_even, quote.comparison.volume_unit
    for name, where in (("first", found[:1]), ("last", found[-1:])):
        value = _decimal(where[0].volume) if where else None
        yield Figure(f"break_even/{name}", f"Break-even, {name}, {unit}", "number", value)
    share = _decimal(quote.comparison.break_even_productivity)
    yield Figure("break_even/productivity", "Break-even productivity, of plan", "share", share)


def _label(method: str) -> str:
    return method.replace("_", "-").capitalize()


def _decimal(value: float) -> Decimal:
    return Decimal(repr(value))
