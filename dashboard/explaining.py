"""What can be explained of a quote, and an explanation in words."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from dashboard.wording import OFFERS, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Json = Mapping[str, Any]

CHOICES = "A figure of this quote"
_LONG = 10
_TERM = {
    "expected_bill": "expected bill over the term",
    "cost": "cost with SG&A and financing",
    "profit": "profit",
    "margin": "margin on price",
}
_VALUE = {"npv": "net present value", "peak_exposure": "deepest exposure"}


def choices(quote: Json) -> dict[str, str]:
    """Paths of the figures that are asked for most, by what they are called."""
    return dict(_choices(quote))


def _choices(quote: Json) -> Iterator[tuple[str, str]]:
    for method, offer in quote["offers"].items():
        for index, price in enumerate(offer["prices"]):
            if price["invoiced"]:
                place = f" @ {price['site']}" if price["site"] else ""
                name = f"{price['service']}{place}, price per {price['unit']}"
                yield f"{OFFERS[method]}: {name}", f"offers.{method}.prices[{index}].price"
    for method in quote["offers"]:
        for field, name in _TERM.items():
            yield f"{OFFERS[method]}: {name}", f"offers.{method}.term.{field}"
        for field, name in _VALUE.items() if quote.get("term") else ():
            yield f"{OFFERS[method]}: {name}", f"term.{method}.{field}"
    yield "Cost of delivery over the term", "cost.total"


def figure_text(found: Json) -> str:
    """The number, cut where it has more digits than a person compares, and its currency."""
    try:
        value = f"{Decimal(found['value']):,f}"
    except InvalidOperation:  # a date, of an assumption
        return str(found["value"])
    return f"{value} {found['unit']}" if found["unit"] else _cut(value)


def node_title(found: Json) -> str:
    """Where the number stands, and what it belongs to."""
    label = f" ({found['label']})" if found["label"] else ""
    return f"{found['path']}{label}"


def node_lines(found: Json) -> list[str]:
    """What there is to say beneath meaning and formula."""
    lines = []
    if found["rounding"]:
        lines.append(f"{_cut(found['result'])}, rounded {found['rounding']}.")
    if found["off_by_at_most"]:
        lines.append(f"To within {_cut(found['off_by_at_most'])}: its inputs are shown rounded.")
    origin = found["origin"]
    if origin is not None:
        told = (origin["source"] or "no source named", origin["as_of"])
        lines.append(f"{origin['quality']}: {', '.join(part for part in told if part)}")
    if found["facts"]:
        facts = "; ".join(f"{name} {value}" for name, value in found["facts"].items())
        lines.append(sentence(facts))
    how = "" if found["kind"] == "formula" else f"{sentence(found['kind_meaning'])} "
    lines.append(f"{how}See {found['page']}.")
    return lines


def _cut(number: str) -> str:
    whole, _, fraction = number.partition(".")
    return f"{whole}.{fraction[:_LONG]}…" if len(fraction) > _LONG else number
