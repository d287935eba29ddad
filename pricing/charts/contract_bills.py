"""Both bills over volume under the contract, and every change of the cheaper offer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pricing.charts.parts import OFFERS, axis, colour, money_text, position, tooltips
from staffing.charts import BLUE, GREEN, GREY, ORANGE, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]
    Rows = list[dict[str, Any]]
    Spec = dict[str, Any]

CHANGE, PLAN = "cheaper offer changes", "plan volume"


def contract_bills_over_volume(bills: Json) -> Spec:
    """Both monthly bills over monthly volume, all terms of the contract applied.

    Parameters
    ----------
    bills : mapping
        Contract bills as JSON (``docs/models/terms.md``); money a month, volume in units a month.

    Returns
    -------
    dict
        Vega-Lite specification: the input bill as a staircase, the output bill as a line with the
        parts of its invoice as tooltip, changes of the cheaper offer as points, plan as a rule.
    """
    unit = bills["volume_unit"].replace(" per month", "")
    across = axis("volume", f"Monthly volume, {unit}")
    across["scale"] = {"domain": [0, bills["points"][-1]["volume"]], "nice": False}
    names = [*OFFERS.values(), CHANGE, PLAN]
    return {
        "$schema": SCHEMA,
        "title": f"Monthly bill over volume under the contract, as in month {bills['month']}",
        "height": 340,
        "encoding": {"x": across, "color": colour(names, [BLUE, ORANGE, GREEN, GREY])},
        "layer": [
            _line(bills, "input_based", "step-before"),
            _line(bills, "output_based", "linear"),
            _plan(bills),
            _hover(bills),
            _changes(bills),
        ],
    }


def _axis(field: str, currency: str) -> Spec:
    return axis(field, f"Bill a month, {currency}")


def _line(bills: Json, method: str, interpolate: str) -> Spec:
    rows = [{"volume": p["volume"], "bill": position(p[method])} for p in bills["points"]]
    return {
        "data": {"values": rows},
        "mark": {"type": "line", "interpolate": interpolate, "strokeWidth": 2.5},
        "encoding": {
            "y": _axis("bill", bills["currency"]),
            "color": {"datum": OFFERS[method]},
        },
    }


def _plan(bills: Json) -> Spec:
    return {
        "data": {"values": [{"volume": bills["plan_volume_per_month"]}]},
        "mark": {"type": "rule", "strokeWidth": 2, "strokeDash": [6, 4]},
        "encoding": {"color": {"datum": PLAN}},
    }


def _hover(bills: Json) -> Spec:
    """Invisible points that tell both bills and what the output-based one is made of."""
    rows = [
        {
            "volume": point["volume"],
            "bill": position(point["output_based"]),
            "share": f"{point['share_of_plan']:.0%}",
            "input_text": money_text(point["input_based"]),
            "output_text": money_text(point["output_based"]),
            "parts": "; ".join(
                f"{name.replace('_', ' ')} {money_text(amount)}"
                for name, amount in point["output_lines"].items()
            ),
            "cheaper": OFFERS.get(point["cheaper"], "equal"),
        }
        for point in bills["points"]
    ]
    shown = tooltips(
        share="Of plan",
        input_text="Input-based bill",
        output_text="Output-based bill",
        parts="Made of",
        cheaper="Cheaper for the client",
    )
    return {
        "data": {"values": rows},
        "mark": {"type": "point", "size": 250, "opacity": 0, "filled": True},
        "encoding": {
            "y": _axis("bill", bills["currency"]),
            "color": {"value": GREY},
            "tooltip": shown,
        },
    }


def _changes(bills: Json) -> Spec:
    points = bills["points"]
    rows = []
    for change in bills["crossings"]:
        after = next(p for p in points if p["share_of_plan"] >= change["share_of_plan"])
        rows.append(
            {
                "volume": change["volume"],
                "bill": min(position(after[method]) for method in OFFERS),
                "text": f"{change['volume']:,.0f} ({change['share_of_plan']:.1%} of plan)",
                "below": OFFERS[change["cheaper_below"]],
                "above": OFFERS[change["cheaper_above"]],
            }
        )
    return {
        "data": {"values": rows},
        "mark": {"type": "point", "shape": "diamond", "size": 36, "filled": True, "opacity": 1},
        "encoding": {
            "y": _axis("bill", bills["currency"]),
            "color": {"datum": CHANGE},
            "tooltip": tooltips(text="Volume", below="Cheaper below", above="Cheaper above"),
        },
    }
