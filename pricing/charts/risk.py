"""Charts of a study of risk: margins of both offers, one factor at a time, convergence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pricing.charts.parts import OFFERS, colour
from pricing.charts.risk_cells import NAMES, percent
from staffing.charts import BLUE, GREEN, ORANGE, PURPLE, RED, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]
    Rows = list[dict[str, Any]]
    Spec = dict[str, Any]

_COLOURS = [BLUE, ORANGE]
_LOW, _HIGH = "at its P10", "at its P90"
_TWO_SIGMA = 1.96
_ROW_PX = 34


def margins_of_offers(study: Json) -> Spec:
    """How often the margin of each offer is where, with floor, zero and target.

    Parameters
    ----------
    study : mapping
        RiskStudy as JSON.

    Returns
    -------
    dict
        Vega-Lite specification: two areas over the margin, a tick at each P10.
    """
    rows: Rows = []
    for one in study["offers"]:
        for part in one["histogram"]:
            width = max(part["high"] - part["low"], 1e-9)
            rows.append(
                {
                    "offer": OFFERS[one["method"]],
                    "margin": (part["low"] + part["high"]) / 2,
                    "density": part["share"] / (100 * width),
                    "share": f"{percent(part['share'])} of all futures",
                    "range": f"{percent(part['low'])} to {percent(part['high'])}",
                }
            )
    marks = [
        {"margin": study["target_margin"], "text": "target"},
        {"margin": study["floor_margin"], "text": "floor"},
    ]
    tens = [
        {"offer": OFFERS[one["method"]], "margin": one["margin"]["p10"], "text": "P10"}
        for one in study["offers"]
    ]
    x = _share_axis("margin", "Margin of the term")
    return {
        "$schema": SCHEMA,
        "title": "Margin of both offers over all futures",
        "height": 300,
        "layer": [
            {
                "data": {"values": rows},
                "mark": {"type": "area", "opacity": 0.35, "line": True, "interpolate": "monotone"},
                "encoding": {
                    "x": x,
                    "y": {
                        "field": "density",
                        "type": "quantitative",
                        "stack": None,
                        "title": "Share of futures per point of margin",
                        "axis": {"format": ".0%"},
                    },
                    "color": _offers(),
                    "tooltip": _tips(offer="Offer", range="Margin", share="How often"),
                },
            },
            *_rules(marks, x),
            {
                "data": {"values": tens},
                "mark": {"type": "rule", "strokeWidth": 2, "strokeDash": [2, 2]},
                "encoding": {"x": x, "color": _offers()},
            },
            {
                "data": {"values": tens},
                "mark": {"type": "text", "align": "right", "dx": -4, "dy": 6, "baseline": "top"},
                "encoding": {
                    "x": x,
                    "y": {"value": 0},
                    "text": {"field": "text"},
                    "color": _offers(),
                },
            },
        ],
    }


def tornado_of(study: Json, method: str) -> Spec:
    """One factor at a time from its P10 to its P90, the others as planned: margin of an offer.

    Parameters
    ----------
    study : mapping
        RiskStudy as JSON.
    method : {"input_based", "output_based"}
        Offer.
    """
    side = {"input_based": "input", "output_based": "output"}[method]
    planned = next(o["planned_margin"] for o in study["offers"] if o["method"] == method)
    bars = sorted(study["tornado"], key=lambda one: -abs(one[f"{side}_high"] - one[f"{side}_low"]))
    rows: Rows = [
        {
            "factor": NAMES[one["factor"]],
            "from": planned,
            "to": one[f"{side}_{end}"],
            "end": label,
            "value": f"{one[end]:.3f} of plan",
            "margin": percent(one[f"{side}_{end}"]),
        }
        for one in bars
        for end, label in (("low", _LOW), ("high", _HIGH))
    ]
    return {
        "$schema": SCHEMA,
        "title": f"What one factor alone does to the margin, {OFFERS[method]}",
        "height": _ROW_PX * max(len(bars), 1),
        "data": {"values": rows},
        "layer": [
            {
                "mark": {"type": "bar", "height": {"band": 0.7}},
                "encoding": {
                    "y": {
                        "field": "factor",
                        "type": "nominal",
                        "sort": [NAMES[one["factor"]] for one in bars],
                        "title": None,
                        "axis": {"labelLimit": 260},
                    },
                    "x": _share_axis("from", "Margin of the term"),
                    "x2": {"field": "to"},
                    "color": {**colour([_LOW, _HIGH], [GREEN, PURPLE]), "field": "end"},
                    "tooltip": _tips(factor="Factor", end="Where", value="Factor", margin="Margin"),
                },
            },
            *_rules([{"margin": planned, "text": "as planned"}], _share_axis("margin", ""))[:1],
        ],
    }


def convergence_of(study: Json) -> Spec:
    """Expected margin and its P10 over more and more draws, with their Monte Carlo errors.

    Parameters
    ----------
    study : mapping
        RiskStudy as JSON.
    """
    rows: Rows = []
    for one in study["offers"]:
        name = OFFERS[one["method"]]
        for point in one["convergence"]:
            for what, label in (("mean", "expected"), ("p10", "P10")):
                value, error = point[what], _TWO_SIGMA * point[f"{what}_error"]
                rows.append(
                    {
                        "offer": name,
                        "line": f"{name}, {label}",
                        "what": label,
                        "draws": point["draws"],
                        "margin": value,
                        "low": value - error,
                        "high": value + error,
                        "text": f"{percent(value)} +- {percent(error)}",
                    }
                )
    x = {
        "field": "draws",
        "type": "quantitative",
        "scale": {"type": "log", "nice": False},
        "title": "Draws so far",
        "axis": {"format": ",~f", "tickCount": 5},
    }
    dash = {"domain": ["expected", "P10"], "range": [[1, 0], [5, 4]]}
    return {
        "$schema": SCHEMA,
        "title": "Convergence: margin over the first draws, bands of two standard errors",
        "height": 280,
        "data": {"values": rows},
        "encoding": {"x": x, "detail": {"field": "line"}, "color": _offers()},
        "layer": [
            {
                "mark": {"type": "area", "opacity": 0.18},
                "encoding": {"y": _share_axis("low", "Margin"), "y2": {"field": "high"}},
            },
            {
                "mark": {"type": "line", "strokeWidth": 2},
                "encoding": {
                    "y": _share_axis("margin", "Margin"),
                    "strokeDash": {
                        "field": "what",
                        "type": "nominal",
                        "scale": dash,
                        "legend": {"title": None, "orient": "top"},
                    },
                    "tooltip": _tips(line="Margin", draws="Draws", text="With two errors"),
                },
            },
        ],
    }


def _offers() -> Spec:
    return {**colour(list(OFFERS.values()), _COLOURS), "field": "offer"}


def _share_axis(field: str, title: str) -> Spec:
    return {
        "field": field,
        "type": "quantitative",
        "title": title,
        "scale": {"zero": False, "nice": False, "padding": 8},
        "axis": {"format": ".1%"},
    }


def _rules(marks: Rows, x: Spec) -> list[Spec]:
    """Lines across a chart, each with its name at the foot."""
    return [
        {
            "data": {"values": marks},
            "mark": {"type": "rule", "color": RED, "strokeWidth": 1.5},
            "encoding": {"x": x},
        },
        {
            "data": {"values": marks},
            "mark": {"type": "text", "color": RED, "align": "left", "dx": 4, "baseline": "top"},
            "encoding": {"x": x, "y": {"value": 4}, "text": {"field": "text"}},
        },
    ]


def _tips(**columns: str) -> list[Spec]:
    return [{"field": f, "type": "nominal", "title": title} for f, title in columns.items()]
