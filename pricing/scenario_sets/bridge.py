"""A bridge from one quote to another: how much each component moves price, bill, profit or margin.

Every bridge adds up exactly: start plus steps is the end, in decimals, before any rounding.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal, NamedTuple

from pricing.money import decimal_of
from pricing.scenario_sets.comparison import favourable
from pricing.scenario_sets.figures import HIGHER
from staffing.errors import BadInputError
from staffing.plan import Document

if TYPE_CHECKING:
    from pricing.quote import Method, Offer, Quote

Of = Literal["price", "bill", "profit", "margin"]
_PLACES = Decimal("0.000001")
_PROFIT = "profit"
_BILL = "bill"


class BridgeStep(Document):
    """What one component adds; `favourable` to the vendor for profit and margin, else to none."""

    name: str
    amount: str
    favourable: bool | None


class Bridge(Document):
    """From one quote's figure to another's, component by component."""

    of: Of
    method: Literal["input_based", "output_based"]
    unit: str
    start: str
    end: str
    steps: tuple[BridgeStep, ...]


class _Parts(NamedTuple):
    """A quote's bill, taken apart: what is not profit is cost, by line."""

    bill: Decimal
    cost: dict[str, Decimal]
    profit: Decimal


def bridge(before: Quote, after: Quote, of: Of, method: Method) -> Bridge:
    r"""Explain the step from one quote to another by component.

    Parameters
    ----------
    of : {"price", "bill", "profit", "margin"}
        Bill and profit over the term; price is the bill per unit (output-based) or per FTE-month;
        margin is profit over bill: the change of the bill at the old cost comes first,
        :math:`C_0 (1/B_0 - 1/B_1)`, then each cost line at the new bill,
        :math:`-(c_1 - c_0) / B_1`.
    method : {"input_based", "output_based"}
        Which offer.

    Raises
    ------
    BadInputError
        A price of several services has no unit of its own, or nothing is billed.
    """
    offers = [
        one.offers.input_based if method == "input_based" else one.offers.output_based
        for one in (before, after)
    ]
    old, new = (_parts(quote, offer) for quote, offer in zip((before, after), offers, strict=True))
    unit = before.engagement.currency
    if of == "margin":
        return _margin(old, new, method)
    if of == "profit":
        steps = {_BILL: new.bill - old.bill} | _moved(old.cost, new.cost, sign=-1)
        return _bridge(of, method, unit, (old.profit, new.profit), steps)
    if of == "price":
        (units, name), (others, _) = (
            _quantity(quote, offer) for quote, offer in zip((before, after), offers, strict=True)
        )
        old, new = _over(old, units), _over(new, others)
        unit = f"{unit} per {name}"
    steps = _moved(old.cost, new.cost) | {_PROFIT: new.profit - old.profit}
    return _bridge(of, method, unit, (old.bill, new.bill), steps)


def _margin(old: _Parts, new: _Parts, method: Method) -> Bridge:
    if not old.bill or not new.bill:
        raise BadInputError.at("of", "margin", "bill or profit: nothing is billed in one of both")
    cost = sum(old.cost.values(), Decimal(0))
    steps = {_BILL: cost / old.bill - cost / new.bill}
    moved = _moved(old.cost, new.cost, sign=-1)
    steps |= {name: amount / new.bill for name, amount in moved.items()}
    ends = (old.profit / old.bill, new.profit / new.bill)
    return _bridge("margin", method, "share", ends, steps)


def _bridge(
    of: Of, method: Method, unit: str, ends: tuple[Decimal, Decimal], steps: dict[str, Decimal]
) -> Bridge:
    matters = HIGHER if of in {"profit", "margin"} else 0
    return Bridge(
        of=of,
        method=method,
        unit=unit,
        start=_text(ends[0]),
        end=_text(ends[1]),
        steps=tuple(
            BridgeStep(name=name, amount=_text(amount), favourable=favourable(amount, matters))
            for name, amount in steps.items()
            if amount
        ),
    )


def _parts(quote: Quote, offer: Offer) -> _Parts:
    """Take a bill apart; what rounding of the lines leaves is a line of its own."""
    term = offer.term
    lines = {line.name: line.amount.amount for line in quote.cost.lines}
    lines |= {"SG&A": term.sga.amount, "financing": term.financing.amount}
    rest = term.expected_bill.amount - term.profit.amount - sum(lines.values(), Decimal(0))
    if rest:
        lines["rounding"] = rest
    return _Parts(term.expected_bill.amount, lines, term.profit.amount)


def _moved(
    old: dict[str, Decimal], new: dict[str, Decimal], *, sign: int = 1
) -> dict[str, Decimal]:
    names = dict.fromkeys((*old, *new))
    zero = Decimal(0)
    return {name: sign * (new.get(name, zero) - old.get(name, zero)) for name in names}


def _quantity(quote: Quote, offer: Offer) -> tuple[Decimal, str]:
    """How much the term's bill buys, and in what."""
    if offer.method == "input_based":
        months = [Decimal(fte) for one in offer.ordered_fte_by_month.values() for fte in one]
        return sum(months, Decimal(0)), "FTE-month"
    volumes = quote.staffing.volumes
    units = {price.unit for price in offer.prices if price.invoiced}
    if len(volumes) != 1 or len(units) != 1:
        raise BadInputError.at(
            "of", "price", "bill, profit or margin: several services have no unit in common"
        )
    (unit,) = units
    return sum((decimal_of(month) for month in volumes[0].units_by_month), Decimal(0)), unit


def _over(parts: _Parts, quantity: Decimal) -> _Parts:
    if not quantity:
        raise BadInputError.at("of", "price", "bill, profit or margin: one of both sells nothing")
    cost = {name: amount / quantity for name, amount in parts.cost.items()}
    return _Parts(parts.bill / quantity, cost, parts.profit / quantity)


def _text(value: Decimal) -> str:
    return f"{value.quantize(_PLACES).normalize():f}"
