"""Charts of the client's choice: pairs of prices that hold, and margins before and after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pricing.charts.parts import colour, money_text, tooltips
from staffing.charts import BLUE, GREEN, GREY, ORANGE, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]
    Rows = list[dict[str, Any]]
    Spec = dict[str, Any]

HOLDS, STAND_ALONE, QUOTED, FLOOR = "holds the goal", "stand-alone", "quoted", "lowest by role"
EXPECTED, P10, WORST = "expected", "exceeded in 9 of 10 futures", "mean of the worst tenth"
_FARTHEST = 0.6
CASES = {
    "hours alone": ("stand_alone", "input_based"),
    "units alone": ("stand_alone", "output_based"),
    "stand-alone, after choice": ("stand_alone", "after_choice", "result"),
    "quoted, after choice": ("quoted", "result"),
}


def price_pairs(study: Json, lot: str) -> Spec:
    """Pairs of prices that hold margin and tail once the client has chosen.

    Parameters
    ----------
    study : mapping
        ChoiceStudy as JSON.
    lot : str
        Name of a service, or of the bundle.

    Returns
    -------
    dict
        Vega-Lite specification: premiums on the stand-alone prices, hours across and units up; a
        line of pairs, and points for stand-alone, quoted and lowest prices.
    """
    (chosen,) = (one for one in study["lots"] if one["name"] == lot)
    line = [_on_curve(point) for point in chosen["curve"]]
    line = [row for row in line if max(row["input"], row["output"]) <= _FARTHEST]
    points = [
        _point(chosen, STAND_ALONE, chosen["stand_alone"]["after_choice"]),
        _point(chosen, QUOTED, chosen["quoted"]),
        *(_point(chosen, FLOOR, floor, f"lowest of {floor['role']}") for floor in chosen["floors"]),
    ]
    names = [HOLDS, STAND_ALONE, QUOTED, FLOOR]
    tips = tooltips(
        what="What", hours="Price of an FTE-month", units="Price of a unit", share="Hours taken"
    )
    return {
        "$schema": SCHEMA,
        "title": f"Pairs of prices that hold the goal after the client's choice: {lot}",
        "height": 340,
        "encoding": {
            "x": _premium("input", "Input-based price over stand-alone"),
            "y": _premium("output", "Output-based price over stand-alone"),
            "color": {
                "field": "kind",
                **colour(names, [BLUE, ORANGE, GREEN, GREY]),
                "title": None,
            },
            "tooltip": tips,
        },
        "layer": [
            {
                "data": {"values": line},
                "mark": {"type": "line", "strokeWidth": 2.5, "point": {"size": 18}},
                "encoding": {"order": {"field": "rank", "type": "quantitative"}},
            },
            {"data": {"values": points}, "mark": {"type": "point", "filled": True, "size": 130}},
            {
                "data": {"values": points},
                "mark": {"type": "text", "align": "left", "dx": 9, "dy": -7, "fontSize": 11},
                "encoding": {"text": {"field": "what"}},
            },
        ],
    }


def _on_curve(point: Json) -> dict[str, Any]:
    return {
        "kind": HOLDS,
        "what": HOLDS,
        "input": point["input_premium"],
        "output": point["output_premium"],
        "rank": point["input_premium"] - point["output_premium"],
        "hours": money_text(point["input_price"]),
        "units": money_text(point["output_price"]),
        "share": f"{point['input_share']:.0%}",
    }


def _point(lot: Json, kind: str, menu: Json, what: str | None = None) -> dict[str, Any]:
    """A menu as a point; its premiums are told by its prices over the stand-alone ones."""
    base = lot["stand_alone"]["after_choice"]
    return {
        "kind": kind,
        "what": what or kind,
        "input": _over(menu["input_based"], base["input_based"]),
        "output": _over(menu["output_based"], base["output_based"]),
        "hours": money_text(menu["input_based"][0]["price"]),
        "units": money_text(menu["output_based"][0]["price"]),
        "share": f"{menu['result']['input_share']:.0%}" if "result" in menu else "",
    }


def _over(prices: Rows, base: Rows) -> float:
    return float(prices[0]["price"]["amount"]) / float(base[0]["price"]["amount"]) - 1


def _premium(field: str, title: str) -> Spec:
    return {
        "field": field,
        "type": "quantitative",
        "title": title,
        "axis": {"format": "+.1%"},
        "scale": {"zero": False, "nice": True},
    }


def margins_after_choice(study: Json, lot: str) -> Spec:
    """Expected margin, P10 and worst tenth, before and after the client's choice.

    Parameters
    ----------
    study : mapping
        ChoiceStudy as JSON.
    lot : str
        Name of a service, or of the bundle.

    Returns
    -------
    dict
        Vega-Lite specification: a row per case, a point per measure, and rules at both bounds.
    """
    (chosen,) = (one for one in study["lots"] if one["name"] == lot)
    rows = []
    for case, path in CASES.items():
        result = chosen
        for step in path:
            result = result[step]
        for measure, field in ((EXPECTED, "margin"), (P10, "p10"), (WORST, "cvar")):
            value = result[field]
            rows.append({"case": case, "measure": measure, "at": value, "text": f"{value:.1%}"})
    bounds = [
        {"at": study["target_margin"], "text": f"target {study['target_margin']:.1%}"},
        {"at": study["tail_margin"], "text": f"least in bad futures {study['tail_margin']:.1%}"},
    ]
    across = {
        "field": "at",
        "type": "quantitative",
        "title": "Margin on price",
        "axis": {"format": ".0%"},
        "scale": {"zero": False},
    }
    rule = {"strokeDash": [4, 4], "color": GREY}
    return {
        "$schema": SCHEMA,
        "title": f"Margin before and after the client's choice: {lot}",
        "height": 170,
        "encoding": {"x": across},
        "layer": [
            {"data": {"values": bounds}, "mark": {"type": "rule", **rule}},
            *(_label(bound, side) for bound, side in zip(bounds, ("right", "left"), strict=True)),
            {
                "data": {"values": rows},
                "mark": {"type": "point", "filled": True, "size": 110},
                "encoding": {
                    "y": {
                        "field": "case",
                        "type": "nominal",
                        "title": None,
                        "sort": list(CASES),
                        "axis": {"labelLimit": 260},
                    },
                    "color": {
                        "field": "measure",
                        **colour([EXPECTED, P10, WORST], [GREEN, BLUE, ORANGE]),
                        "title": None,
                    },
                    "tooltip": tooltips(case="Case", measure="Margin", text="Value"),
                },
            },
        ],
    }


def _label(bound: Json, side: str) -> Spec:
    """Write beside a rule, on the side where there is room."""
    mark = {"type": "text", "align": side, "dx": 4 if side == "left" else -4}
    return {
        "data": {"values": [bound]},
        "mark": {**mark, "y": 8, "fontSize": 10},
        "encoding": {"text": {"field": "text"}},
    }
