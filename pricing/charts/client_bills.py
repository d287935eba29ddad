"""Both bills over planned volume with their bands, as a client may see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pricing.charts.parts import OFFERS, axis, colour, money_text, position, tooltips
from staffing.charts import BLUE, GREEN, GREY, ORANGE, PURPLE, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]
    Rows = list[dict[str, Any]]
    Spec = dict[str, Any]

BREAK_EVEN, PLAN, BELIEVED = "break-even", "plan volume", "as believed"
INPUT = "input_based"
_HEIGHT_PX = 340


def bills_with_bands(comparison: Json, *, title: str = "Monthly bill over planned volume") -> Spec:
    """Both monthly bills over planned volume, P10 to P90 as bands, and every break-even.

    Parameters
    ----------
    comparison : mapping
        ClientComparison as JSON; bills are money per month, volumes units per month.
    title : str
        Heading of the chart.

    Returns
    -------
    dict
        Vega-Lite specification: the input-based bill as a staircase, the output-based bill as a
        line, each in its band; break-evens as points, plan volume as a rule. With a belief other
        than the plan: the staircase at its productivity, its break-evens instead, and both bills
        at its volume.
    """
    currency = comparison["currency"]
    points = comparison["bills"]
    across = axis(
        "volume", f"Monthly volume, {comparison['volume_unit'].replace(' per month', '')}"
    )
    across["axis"]["tickCount"] = 10
    across["scale"] = {"domain": [0, points[-1]["volume"]], "nice": False}
    asked = comparison["at"]["volume"] != 1 or comparison["at"]["productivity"] != 1
    names = [*OFFERS.values(), BREAK_EVEN, PLAN, *([BELIEVED] if asked else [])]
    colours = [BLUE, ORANGE, GREEN, GREY, PURPLE][: len(names)]
    return {
        "$schema": SCHEMA,
        "title": f"{title}; bands hold 80 % of what may come",
        "height": _HEIGHT_PX,
        "encoding": {"x": across, "color": colour(names, colours)},
        "layer": [
            *(_band(points, name, currency) for name in OFFERS),
            *(_line(points, name, currency) for name in OFFERS),
            _plan_rule(comparison),
            *(_believed(comparison, currency) if asked else ()),
            _hover(comparison),
            _break_evens(comparison, currency),
        ],
    }


def _interpolation(name: str) -> dict[str, str]:
    """A value of the input-based bill holds from the rise before it up to its own volume."""
    return {"interpolate": "step-before"} if name == INPUT else {}


def _band(points: Rows, name: str, currency: str) -> Spec:
    short = name.removesuffix("_based")
    rows = [
        {
            "volume": point["volume"],
            "low": position(point[f"{short}_low"]),
            "high": position(point[f"{short}_high"]),
        }
        for point in points
    ]
    return {
        "data": {"values": rows},
        "mark": {"type": "area", "opacity": 0.18, **_interpolation(name)},
        "encoding": {
            "y": axis("low", f"Monthly bill, {currency}"),
            "y2": {"field": "high"},
            "color": {"datum": OFFERS[name]},
        },
    }


def _line(points: Rows, name: str, currency: str) -> Spec:
    rows = [{"volume": p["volume"], "bill": position(p[name])} for p in points]
    return {
        "data": {"values": rows},
        "mark": {"type": "line", "strokeWidth": 2.5, **_interpolation(name)},
        "encoding": {
            "y": axis("bill", f"Monthly bill, {currency}"),
            "color": {"datum": OFFERS[name]},
        },
    }


def _plan_rule(comparison: Json) -> Spec:
    return {
        "data": {"values": [{"volume": comparison["plan_volume_per_month"]}]},
        "mark": {"type": "rule", "strokeWidth": 2, "strokeDash": [6, 4]},
        "encoding": {"color": {"datum": PLAN}},
    }


def _believed(comparison: Json, currency: str) -> list[Spec]:
    """Staircase at the believed productivity, and both bills at the believed volume."""
    at, plan = comparison["at"], comparison["plan_volume_per_month"]
    points = comparison["bills"]
    end = points[-1]["volume"]
    rows = [
        {"volume": p["volume"] * at["productivity"], "bill": position(p["input_based"])}
        for p in points
        if p["volume"] * at["productivity"] <= end
    ]
    bill = axis("bill", f"Monthly bill, {currency}")
    layers: list[Spec] = []
    if at["productivity"] != 1:
        mark = {"type": "line", "strokeDash": [5, 3], "strokeWidth": 2, **_interpolation(INPUT)}
        layers.append(
            {
                "data": {"values": rows},
                "mark": mark,
                "encoding": {"y": bill, "color": {"datum": BELIEVED}},
            }
        )
    both = [
        {
            "volume": plan * at["volume"],
            "bill": position(at[name]),
            "offer": OFFERS[name],
            "text": money_text(at[name]),
        }
        for name in OFFERS
    ]
    layers.append(
        {
            "data": {"values": both if plan * at["volume"] <= end else []},
            "mark": {"type": "point", "size": 90, "filled": True, "opacity": 1},
            "encoding": {
                "y": bill,
                "color": {"datum": BELIEVED},
                "tooltip": tooltips(offer="As believed", text="Bill a month"),
            },
        }
    )
    return layers


def _hover(comparison: Json) -> Spec:
    """Invisible points on the line of the cheaper offer that carry both bills and bands."""
    rows = [
        {
            "volume": point["volume"],
            "volume_text": f"{point['volume']:,.0f}",
            "share": f"{point['share_of_plan']:.0%}",
            "bill": min(position(point[name]) for name in OFFERS),
            "cheaper": OFFERS.get(point["cheaper"], "equal"),
            **{f"{name}_text": money_text(point[name]) for name in OFFERS},
            **{
                f"{short}_band": f"{money_text(point[f'{short}_low'])} to "
                f"{money_text(point[f'{short}_high'])}"
                for short in ("input", "output")
            },
        }
        for point in comparison["bills"]
    ]
    shown = tooltips(
        volume_text="Volume a month",
        share="Of plan",
        input_based_text="Input-based bill",
        input_band="Its P10 to P90",
        output_based_text="Output-based bill",
        output_band="Its P10 to P90 ",
        cheaper="Cheaper",
    )
    return {
        "data": {"values": rows},
        "mark": {"type": "point", "size": 250, "opacity": 0, "filled": True},
        "encoding": {
            "y": axis("bill", f"Monthly bill, {comparison['currency']}"),
            "color": {"value": GREY},
            "tooltip": shown,
        },
    }


def _break_evens(comparison: Json, currency: str) -> Spec:
    rows = [
        {
            "volume": one["volume"],
            "bill": position(one["bill"]),
            "text": f"{one['volume']:,.0f} ({one['share_of_plan']:.1%} of plan)",
            "below": OFFERS[one["cheaper_below"]],
            "above": OFFERS[one["cheaper_above"]],
        }
        for one in _crossings(comparison)
    ]
    return {
        "data": {"values": rows},
        "mark": {"type": "point", "shape": "diamond", "size": 70, "filled": True, "opacity": 1},
        "encoding": {
            "y": axis("bill", f"Monthly bill, {currency}"),
            "color": {"datum": BREAK_EVEN},
            "tooltip": tooltips(text="Break-even", below="Cheaper below", above="Cheaper above"),
        },
    }


def _crossings(comparison: Json) -> Rows:
    """Break-evens of the bundle, at the believed productivity where one was asked for."""
    if comparison["at"]["productivity"] == 1:
        return list(comparison["bundle"]["crossings"])
    end = comparison["bills"][-1]["volume"]
    return [one for one in comparison["crossings_at_belief"] if one["volume"] <= end]
