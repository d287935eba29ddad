"""Money received less money paid out over the term, under each offer."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pricing.charts.parts import OFFERS, axis, colour, money_text, position, tooltips
from staffing.charts import BLUE, GREY, ORANGE, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]
    Spec = dict[str, Any]

_HEIGHT_PX = 300
_BELOW_PX = {"input_based": 16, "output_based": 32}  # its figures stand under the lowest point
_ROOM_BELOW = 0.25
_COLOURS = [BLUE, ORANGE]


def cash_over_term(quote: Json) -> Spec:
    """Net money from the start to the end of each month, deepest exposure marked.

    Parameters
    ----------
    quote : mapping
        A quote as JSON; its ``term`` holds the cash flow of both offers.

    Returns
    -------
    dict
        Vega-Lite specification: one line per offer, a mark and a figure at its lowest point.
    """
    currency, term = quote["engagement"]["currency"], quote["term"]
    lines = [_month(method, row) for method in OFFERS for row in term[method]["cash_flow"]]
    deepest = {method: _deepest(method, term[method]) for method in OFFERS}
    months = {"field": "month", "type": "quantitative", "title": "Contract month"}
    last = max(row["month"] for row in lines)
    across = months | {"axis": {"tickMinStep": 1, "format": "d"}, "scale": {"domain": [0, last]}}
    heights = [row["cumulative"] for row in lines]
    floor = min(heights) - _ROOM_BELOW * (max(heights) - min(heights))
    up = axis("cumulative", f"Received less paid out, {currency}") | {
        "scale": {"domainMin": floor, "zero": False}
    }
    places = {"x": across, "y": up}
    names = list(OFFERS.values())
    by_offer = {"field": "offer", **colour(names, _COLOURS)}
    return {
        "$schema": SCHEMA,
        "title": "How deep the vendor is in, and when it is paid back",
        "height": _HEIGHT_PX,
        "layer": [
            {
                "data": {"values": [{"zero": 0}]},
                "mark": {"type": "rule", "color": GREY},
                "encoding": {"y": {"field": "zero", "type": "quantitative"}},
            },
            {
                "data": {"values": lines},
                "mark": {"type": "line", "point": {"size": 18}, "strokeWidth": 2},
                "encoding": {
                    **places,
                    "color": by_offer,
                    "tooltip": tooltips(
                        offer="Offer",
                        month_text="Month",
                        received="Received",
                        paid="Paid out",
                        total="Received less paid out so far",
                    ),
                },
            },
            *(
                {
                    "data": {"values": [row]},
                    "mark": {"type": "point", "filled": True, "size": 110, "opacity": 1},
                    "encoding": {
                        **places,
                        "color": by_offer,
                        "tooltip": tooltips(offer="Offer", label="Deepest exposure"),
                    },
                }
                for row in deepest.values()
            ),
            *(
                {
                    "data": {"values": [row]},
                    "mark": {"type": "text", "dy": _BELOW_PX[method]} | _beside(row["month"], last),
                    "encoding": {
                        **places,
                        "text": {"field": "label"},
                        "color": by_offer,
                    },
                }
                for method, row in deepest.items()
            ),
        ],
    }


def _beside(month: int, last: int) -> dict[str, Any]:
    """On the side of a point where there is room for words."""
    return {"align": "left", "dx": 10} if 2 * month <= last else {"align": "right", "dx": -10}


def _month(method: str, row: Json) -> dict[str, Any]:
    parts = (row["delivery"], row["transition"], row["sga"])
    paid = sum((Decimal(part["amount"]) for part in parts), Decimal(0))
    currency = row["net"]["currency"]
    return {
        "offer": OFFERS[method],
        "month": row["month"],
        "cumulative": position(row["cumulative"]),
        "month_text": str(row["month"]),
        "received": money_text(row["received"]),
        "paid": f"{paid:,f} {currency}",
        "total": money_text(row["cumulative"]),
    }


def _deepest(method: str, value: Json) -> dict[str, Any]:
    """The lowest point of one offer, in words."""
    month = value["peak_exposure_month"]
    row = next(one for one in value["cash_flow"] if one["month"] == month)
    depth = Decimal(value["peak_exposure"]["amount"])
    told = f"deepest {depth:,.0f}, month {month}" if depth else "never exposed"
    return {
        "offer": OFFERS[method],
        "month": month,
        "cumulative": position(row["cumulative"]),
        "label": f"{OFFERS[method]}: {told}",
    }
