"""How far the client's bill may move under each offer."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pricing.charts.parts import OFFERS, axis, colour, position, tooltips
from staffing.charts import BLUE, ORANGE, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]
    Spec = dict[str, Any]

_ROW_PX = 48


def bill_spread(quote: Json) -> Spec:
    """P10, P50 and P90 of the client's bill over the term, under each offer.

    Parameters
    ----------
    quote : mapping
        A quote as JSON; its ``risk.spreads`` hold one entry per offer.

    Returns
    -------
    dict
        Vega-Lite specification: one bar from P10 to P90 per offer, with a tick at P50.
    """
    currency = quote["engagement"]["currency"]
    title = f"Bill over the term, {currency}"
    rows = [_spread_row(spread, currency) for spread in quote["risk"]["spreads"]]
    shown = tooltips(
        offer="Offer",
        p10_text="P10: not exceeded in 10 % of cases",
        p50_text="P50: not exceeded in 50 % of cases",
        p90_text="P90: not exceeded in 90 % of cases",
    )
    return {
        "$schema": SCHEMA,
        "title": "How far the client's bill may move: P10, P50, P90",
        "height": {"step": _ROW_PX},
        "data": {"values": rows},
        "encoding": {
            "y": {"field": "offer", "type": "nominal", "sort": None, "title": None},
            "color": colour(list(OFFERS.values()), [BLUE, ORANGE], legend=False)
            | {"field": "offer"},
            "tooltip": shown,
        },
        "layer": [
            {
                "mark": {"type": "bar", "height": {"band": 0.4}, "opacity": 0.5},
                "encoding": {
                    "x": axis("p10", title) | {"scale": {"zero": False, "padding": 30}},
                    "x2": {"field": "p90"},
                },
            },
            *(
                {
                    "mark": {"type": "tick", "thickness": thickness, "height": {"band": 0.55}},
                    "encoding": {"x": axis(field, title)},
                }
                for field, thickness in (("p10", 2), ("p50", 4), ("p90", 2))
            ),
        ],
    }


def client_spread(comparison: Json) -> Spec:
    """P10, P50 and P90 of both bills, of a ClientComparison as JSON; see `bill_spread`."""
    return bill_spread(
        {
            "engagement": {"currency": comparison["currency"]},
            "risk": {"spreads": comparison["offers"]},
        }
    )


def _spread_row(spread: Json, currency: str) -> dict[str, Any]:
    row: dict[str, Any] = {"offer": OFFERS[spread["method"]]}
    for name in ("p10", "p50", "p90"):
        money = spread[f"bill_{name}"]
        row[name] = position(money)
        row[f"{name}_text"] = f"{Decimal(money['amount']):,.0f} {currency}"
    return row
