"""What the charts of a quote share: names of the offers, axes, colours, amounts as text."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from staffing.charts.parts import legend as legend_above

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]
    Rows = list[dict[str, Any]]
    Spec = dict[str, Any]

OFFERS = {"input_based": "input-based", "output_based": "output-based"}


def colour(names: list[str], colours: list[str], *, legend: bool = True) -> Spec:
    """Name the marks by colour."""
    return {
        "type": "nominal",
        "scale": {"domain": names, "range": colours},
        "legend": legend_above(len(names)) if legend else None,
    }


def axis(field: str, title: str) -> Spec:
    """Lay a field of numbers along an axis, digits grouped."""
    return {"field": field, "type": "quantitative", "title": title, "axis": {"format": ",~f"}}


def tooltips(**columns: str) -> list[Spec]:
    """Show fields that are text already, each under its title."""
    return [{"field": f, "type": "nominal", "title": title} for f, title in columns.items()]


def position(money: Json) -> float:
    """Turn an amount into a place on an axis, the one use of floats for money."""
    return float(Decimal(money["amount"]))


def money_text(money: Json) -> str:
    """Write an amount as it stands, digits grouped, with its currency."""
    return f"{Decimal(money['amount']):,f} {money['currency']}"
