"""Charts of rates at the margin: by step of volume, and of a peak by notice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from staffing.charts import BLUE, GREEN, GREY, ORANGE, PURPLE, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]
    Spec = dict[str, Any]

LONG, SHORT = "planned anew", "people fixed"
AVERAGE, QUOTED, AGREED = "average of all units", "quoted price", "contract"
_NAMES = (LONG, SHORT, AVERAGE, QUOTED, AGREED)
_COLOURS = (BLUE, ORANGE, GREY, GREEN, PURPLE)


def rate_by_step(rates: Json, currency: str) -> Spec:
    """Rate of a unit more or less by step of volume, in the long and in the short run.

    Parameters
    ----------
    rates : mapping
        ServiceRates as JSON.
    currency : str
        Of the rates.

    Returns
    -------
    dict
        Vega-Lite specification: lines over the steps of either side; as rules average and
        quoted price, and ARC and RRC of the contract over their side where there are any.
    """
    rows = [
        {
            "share": step["share"],
            "side": step["share"] > 0,
            "rate": _figure(step["rate"]),
            "kind": kind,
        }
        for kind, steps in ((LONG, rates["long_run"]), (SHORT, rates["short_run"]))
        for step in steps
    ]
    ends = [step["share"] for step in rates["long_run"]]
    rules = [
        {"from": ends[0], "to": ends[-1], "rate": _figure(rates[name]), "kind": kind}
        for name, kind in (("average", AVERAGE), ("quoted", QUOTED))
    ]
    sides = {"arc": (0.0, ends[-1]), "rrc": (ends[0], 0.0)}
    for one in rates["contract"]:
        if one["name"] in sides:
            low, high = sides[one["name"]]
            agreed = _figure(one["contract"])
            rules.append({"from": low, "to": high, "rate": agreed, "kind": AGREED})
    kinds = {row["kind"] for row in (*rows, *rules)}
    names = [name for name in _NAMES if name in kinds]
    colours = [colour for name, colour in zip(_NAMES, _COLOURS, strict=True) if name in kinds]
    colour = {
        "field": "kind",
        "type": "nominal",
        "scale": {"domain": names, "range": colours},
        "legend": {"title": None, "orient": "top", "symbolOpacity": 1, "columns": 3},
    }
    y = {
        "field": "rate",
        "type": "quantitative",
        "title": f"{currency} per {rates['unit']}",
        "scale": {"domainMin": 0},
    }
    across = {"type": "quantitative", "title": "Change of volume, sustained"}
    axis = {"format": "+.0%", "values": sorted({0.0, *ends})}
    return {
        "$schema": SCHEMA,
        "title": f"Price of a {rates['unit']} more or less: {rates['service']}",
        "height": 320,
        "encoding": {"y": y, "color": colour},
        "layer": [
            {
                "data": {"values": rules},
                "mark": {"type": "rule", "strokeWidth": 2, "strokeDash": [6, 4]},
                "encoding": {
                    "x": {**across, "field": "from", "axis": axis},
                    "x2": {"field": "to"},
                },
            },
            {
                "data": {"values": rows},
                "mark": {"type": "line", "point": {"size": 60}, "strokeWidth": 2.5},
                "encoding": {
                    "x": {**across, "field": "share", "axis": axis},
                    "detail": {"field": "side"},
                    "tooltip": [
                        {"field": "kind", "type": "nominal", "title": "Run"},
                        {
                            "field": "share",
                            "type": "quantitative",
                            "title": "Change",
                            "format": "+.0%",
                        },
                        {
                            "field": "rate",
                            "type": "quantitative",
                            "title": "Rate",
                            "format": ",.4f",
                        },
                    ],
                },
            },
        ],
    }


def rate_by_notice(rates: Json, currency: str) -> Spec:
    """Price of an hour at work in a one-week peak, by hours of notice.

    Parameters
    ----------
    rates : mapping
        ServiceRates as JSON, with rates by notice.
    currency : str
        Of the rates.
    """
    rows = [
        {"notice": f"{one['notice_h']:g} h", "rate": _figure(one["hour"])}
        for one in rates["by_notice"]
        if one["hour"] is not None
    ]
    return {
        "$schema": SCHEMA,
        "title": f"An hour at work in a one-week peak: {rates['service']}",
        "height": 240,
        "data": {"values": rows},
        "mark": {"type": "bar", "color": BLUE},
        "encoding": {
            "x": {
                "field": "notice",
                "type": "ordinal",
                "sort": None,
                "title": "Notice",
                "axis": {"labelAngle": 0},
            },
            "y": {"field": "rate", "type": "quantitative", "title": f"{currency} per hour at work"},
            "tooltip": [
                {"field": "notice", "type": "nominal", "title": "Notice"},
                {"field": "rate", "type": "quantitative", "title": "Rate", "format": ",.4f"},
            ],
        },
    }


def _figure(money: Json) -> float:
    return float(money["amount"])
