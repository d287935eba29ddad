"""Both bills over volume: a staircase against a line, with every break-even."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pricing.charts.parts import OFFERS, axis, colour, money_text, position, tooltips
from staffing.charts import BLUE, GREEN, GREY, ORANGE, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]
    Rows = list[dict[str, Any]]
    Spec = dict[str, Any]

EQUAL = "equal"
BREAK_EVEN, PLAN = "break-even", "plan volume"


def bills_over_volume(quote: Json) -> Spec:
    """Both monthly bills over monthly volume, every break-even, and which offer is cheaper.

    Parameters
    ----------
    quote : mapping
        A quote as JSON; its ``comparison`` holds amounts of money per month and volumes in units
        per month (``volume_unit``).

    Returns
    -------
    dict
        Vega-Lite specification: the input bill as a staircase, the output bill as a line,
        break-evens as points, plan volume as a rule, and bands in the colour of the cheaper offer.
    """
    comparison, currency = quote["comparison"], quote["engagement"]["currency"]
    unit = comparison["volume_unit"]
    end = comparison["bills"][-1]["volume"]
    across = axis("volume", f"Monthly volume, {unit.replace(' per month', '')}")
    across["axis"]["tickCount"] = 10
    across["scale"] = {"domain": [0, end], "nice": False}
    names = [*OFFERS.values(), BREAK_EVEN, PLAN]
    return {
        "$schema": SCHEMA,
        "title": "Monthly bill over volume; bands show the cheaper offer",
        "height": 340,
        "encoding": {"x": across, "color": colour(names, [BLUE, ORANGE, GREEN, GREY])},
        "layer": [
            _bands(comparison),
            _staircase(comparison, currency),
            _output_line(comparison, currency),
            _plan_rule(comparison),
            _bill_hover(comparison, currency),
            _break_even_points(comparison, currency),
            *_break_even_labels(comparison, currency),
        ],
    }


def cheaper_ranges(comparison: Json) -> list[tuple[float, float, str | None]]:
    """Ranges of volume with the offer that is cheaper in them, none where they are equal."""
    found, end = comparison["break_even"], comparison["bills"][-1]["volume"]
    edges = [0.0, *(crossing["volume"] for crossing in found), end]
    if found:
        methods = [found[0]["cheaper_below"], *(c["cheaper_above"] for c in found)]
    else:
        methods = [comparison["cheaper_when_no_crossing"]]
    return [(*edge, method) for edge, method in zip(pairwise(edges), methods, strict=True)]


def _bands(comparison: Json) -> Spec:
    """Bands over the whole height, in the colour of the offer that is cheaper there."""
    rows = [
        {"volume": left, "to": right, "cheaper": OFFERS[method]}
        for left, right, method in cheaper_ranges(comparison)
        if method is not None
    ]
    return {
        "data": {"values": rows},
        "mark": {"type": "rect", "opacity": 0.13},
        "encoding": {"x2": {"field": "to"}, "color": {"field": "cheaper"}},
    }


def _staircase(comparison: Json, currency: str) -> Spec:
    """Draw the input bill; a value holds from the rise before it up to its own volume."""
    mark = {"type": "line", "interpolate": "step-before", "strokeWidth": 2.5}
    return {
        "data": {"values": _staircase_rows(comparison)},
        "mark": mark,
        "encoding": {
            "y": _bill_axis("bill", currency),
            "color": {"datum": OFFERS["input_based"]},
        },
    }


def _staircase_rows(comparison: Json) -> Rows:
    """Priced points, the foot of every rise among them, and break-evens."""
    return [{"volume": volume, "bill": bill} for volume, bill in known_levels(comparison)]


def known_levels(comparison: Json) -> list[tuple[float, float]]:
    """Levels of the input bill at priced points and break-evens: on the flat, at a rise's foot."""
    priced = [(p["volume"], position(p["input_based"])) for p in comparison["bills"]]
    flats = [
        (c["volume"], position(c["bill"])) for c in comparison["break_even"] if c["kind"] == "line"
    ]
    levels = sorted({*priced, *flats})
    feet = [
        (c["volume"], max(bill for volume, bill in levels if volume <= c["volume"]))
        for c in comparison["break_even"]
        if c["kind"] == "step"
    ]
    return sorted({*levels, *feet})


def _output_line(comparison: Json, currency: str) -> Spec:
    rows = [
        {"volume": point["volume"], "bill": position(point["output_based"])}
        for point in comparison["bills"]
    ]
    return {
        "data": {"values": rows},
        "mark": {"type": "line", "strokeWidth": 2.5},
        "encoding": {
            "y": _bill_axis("bill", currency),
            "color": {"datum": OFFERS["output_based"]},
        },
    }


def _plan_rule(comparison: Json) -> Spec:
    volume = comparison["plan_volume_per_month"]
    row = {"volume": volume, "text": _volume_text(volume, comparison["volume_unit"])}
    return {
        "data": {"values": [row]},
        "mark": {"type": "rule", "strokeWidth": 2, "strokeDash": [6, 4]},
        "encoding": {"color": {"datum": PLAN}, "tooltip": tooltips(text="Plan volume")},
    }


def _bill_hover(comparison: Json, currency: str) -> Spec:
    """Invisible points on the line of the cheaper offer that carry both bills as tooltip."""
    rows = [
        {
            "volume": point["volume"],
            "volume_text": _volume_text(point["volume"], comparison["volume_unit"]),
            "share": f"{point['share_of_plan']:.0%}",
            "fte": " + ".join(f"{fte} {team}" for team, fte in point["ordered_fte"].items()),
            "bill": min(position(point[method]) for method in OFFERS),
            "input_text": money_text(point["input_based"]),
            "output_text": money_text(point["output_based"]),
            "cheaper": OFFERS.get(point["cheaper"], EQUAL),
        }
        for point in comparison["bills"]
    ]
    shown = tooltips(
        volume_text="Volume",
        share="Of plan",
        fte="FTE ordered",
        input_text="Input-based bill per month",
        output_text="Output-based bill per month",
        cheaper="Cheaper for the client",
    )
    return {
        "data": {"values": rows},
        "mark": {"type": "point", "size": 250, "opacity": 0, "filled": True},
        "encoding": {
            "y": _bill_axis("bill", currency),
            "color": {"value": GREY},
            "tooltip": shown,
        },
    }


def _break_even_points(comparison: Json, currency: str) -> Spec:
    rows = [
        {
            "volume": crossing["volume"],
            "bill": position(crossing["bill"]),
            "volume_text": _volume_text(crossing["volume"], crossing["volume_unit"]),
            "share": f"{crossing['share_of_plan']:.1%}",
            "bill_text": money_text(crossing["bill"]),
            "below": OFFERS[crossing["cheaper_below"]],
            "above": OFFERS[crossing["cheaper_above"]],
        }
        for crossing in comparison["break_even"]
    ]
    shown = tooltips(
        volume_text="Break-even",
        share="Of plan",
        bill_text="Bill per month",
        below="Cheaper below",
        above="Cheaper above",
    )
    return {
        "data": {"values": rows},
        "mark": {"type": "point", "shape": "diamond", "size": 36, "filled": True, "opacity": 1},
        "encoding": {
            "y": _bill_axis("bill", currency),
            "color": {"datum": BREAK_EVEN},
            "tooltip": shown,
        },
    }


def _break_even_labels(comparison: Json, currency: str) -> list[Spec]:
    """Volumes of the first and the last break-even; those between have their tooltips."""
    found = comparison["break_even"]
    right_below: Spec = {"align": "left", "dx": 24, "dy": 2}
    left_above: Spec = {"align": "right", "dx": -6, "dy": -8}
    return [
        _break_even_label(crossing, currency, place)
        for crossing, place in ((found[:1], right_below), (found[1:][-1:], left_above))
    ]


def _break_even_label(crossing: list[Json], currency: str, place: Spec) -> Spec:
    rows = [
        {"volume": one["volume"], "bill": position(one["bill"]), "label": f"{one['volume']:,.0f}"}
        for one in crossing
    ]
    return {
        "data": {"values": rows},
        "mark": {"type": "text", "fontWeight": "bold", **place},
        "encoding": {
            "y": _bill_axis("bill", currency),
            "color": {"datum": BREAK_EVEN},
            "text": {"field": "label"},
        },
    }


def _bill_axis(field: str, currency: str) -> Spec:
    return axis(field, f"Monthly bill, {currency}")


def _volume_text(volume: float, unit: str) -> str:
    return f"{volume:,.0f} {unit}"
