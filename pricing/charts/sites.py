"""Charts of a site study: cost of every way to deliver, nights, and cost of a unit by share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pricing.charts.site_cells import WAYS, where
from staffing.charts import BLUE, GREEN, GREY, ORANGE, PURPLE, RED, SCHEMA, SLATE

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]
    Spec = dict[str, Any]

_KINDS = {
    "best": ("best split", GREEN),
    "as_stated": ("as stated", ORANGE),
    "single_site": ("one site", BLUE),
    "two_sites": ("two sites or more", PURPLE),
    "follow_the_sun": ("follow the sun", SLATE),
}
_WAY_COLOURS = (BLUE, ORANGE, GREEN)
_CURVE_COLOURS = (BLUE, ORANGE, GREEN, PURPLE, RED, GREY)
_BAR = 34
_LABEL_ROOM = 1.18
_LEGEND: Spec = {"title": None, "orient": "top", "symbolOpacity": 1, "labelLimit": 260}


def cost_of_options(study: Json) -> Spec:
    """Cost of every way to deliver that can be had, cheapest first.

    Parameters
    ----------
    study : mapping
        SiteStudy as JSON.

    Returns
    -------
    dict
        Vega-Lite specification: a bar per way, its cost above the best as text.
    """
    rows = [
        {
            "way": row["name"],
            "where": where(row["parts"]),
            "cost": float(row["cost"]["amount"]),
            "amount": f"{float(row['cost']['amount']):,.0f} {study['currency']}",
            "kind": _KINDS[row["kind"]][0],
            "above": "best" if row["kind"] == "best" else f"{row['over_best']:+.1%}",
            "largest": f"{row['concentration']:.0%}",
        }
        for row in study["options"]
        if row["cost"] is not None
    ]
    rows.sort(key=lambda row: row["cost"])
    found = [label for label, _ in _KINDS.values() if label in {row["kind"] for row in rows}]
    colours = dict(_KINDS.values())
    tips = [
        {"field": name, "type": "nominal", "title": title}
        for name, title in (
            ("way", "Way"),
            ("where", "Where"),
            ("amount", "Cost"),
            ("above", "Above best"),
            ("largest", "Share of the largest site"),
        )
    ]
    scale = {"domain": found, "range": [colours[name] for name in found]}
    return {
        "$schema": SCHEMA,
        "title": "Cost of every way to deliver",
        "height": _BAR * len(rows),
        "data": {"values": rows},
        "encoding": _bars("way", rows, study["currency"]),
        "layer": [
            {
                "mark": {"type": "bar"},
                "encoding": {
                    "color": {
                        "field": "kind",
                        "type": "nominal",
                        "scale": scale,
                        "legend": _LEGEND,
                    },
                    "tooltip": tips,
                },
            },
            _label("above"),
        ],
    }


def nights_by_way(study: Json, service: str) -> Spec:
    """Cost of being open at night for a service: night shifts, or several clocks.

    Parameters
    ----------
    study : mapping
        SiteStudy as JSON.
    service : str
        A live service with such rows.
    """
    rows: list[dict[str, Any]] = [
        {
            "where": f"{' + '.join(row['sites'])}, {WAYS[row['way']]}",
            "cost": float(row["cost"]["amount"]),
            "way": WAYS[row["way"]],
            "night": f"{row['night_share']:.0%} at night",
        }
        for row in study["nights"]
        if row["service"] == service
    ]
    rows.sort(key=lambda row: row["cost"])
    found = [way for way in WAYS.values() if way in {row["way"] for row in rows}]
    colours = dict(zip(WAYS.values(), _WAY_COLOURS, strict=True))
    scale = {"domain": found, "range": [colours[way] for way in found]}
    return {
        "$schema": SCHEMA,
        "title": f"Open at night: {service}",
        "height": _BAR * len(rows),
        "data": {"values": rows},
        "encoding": _bars("where", rows, study["currency"]),
        "layer": [
            {
                "mark": {"type": "bar"},
                "encoding": {
                    "color": {"field": "way", "type": "nominal", "scale": scale, "legend": _LEGEND}
                },
            },
            _label("night"),
        ],
    }


def cost_by_share(study: Json, service: str) -> Spec:
    """Cost of a unit by the share of a service that a site takes: economies of scale.

    Parameters
    ----------
    study : mapping
        SiteStudy as JSON.
    service : str
        With a curve at one site or more.
    """
    curves = [curve for curve in study["curves"] if curve["service"] == service]
    rows = [
        {"site": curve["site"], "share": share, "unit_cost": cost, "people": people}
        for curve in curves
        for share, cost, people in zip(
            curve["shares"], curve["unit_costs"], curve["people"], strict=True
        )
        if cost is not None
    ]
    sites = [curve["site"] for curve in curves]
    scale = {
        "domain": sites,
        "range": [_CURVE_COLOURS[at % len(_CURVE_COLOURS)] for at in range(len(sites))],
    }
    return {
        "$schema": SCHEMA,
        "title": f"Cost of a unit by the share a site takes: {service}",
        "height": 300,
        "data": {"values": rows},
        "mark": {"type": "line", "point": True, "strokeWidth": 2.5},
        "encoding": {
            "x": {
                "field": "share",
                "type": "quantitative",
                "title": "Share of the service done there",
                "axis": {"format": ".0%"},
                "scale": {"domain": [0, 1]},
            },
            "y": {
                "field": "unit_cost",
                "type": "quantitative",
                "title": f"Cost of a unit, {study['currency']}",
            },
            "color": {"field": "site", "type": "nominal", "scale": scale, "legend": _LEGEND},
            "tooltip": [
                {"field": "site", "type": "nominal", "title": "Site"},
                {"field": "share", "type": "quantitative", "title": "Share", "format": ".0%"},
                {"field": "unit_cost", "type": "quantitative", "title": "Cost", "format": ",.4f"},
                {"field": "people", "type": "quantitative", "title": "FTE", "format": ",.1f"},
            ],
        },
    }


def _bars(field: str, rows: list[dict[str, Any]], currency: str) -> Spec:
    """Bars of cost by name, in the order of the rows, with room for a label at their ends."""
    most = max(row["cost"] for row in rows)
    return {
        "y": {
            "field": field,
            "type": "nominal",
            "title": None,
            "sort": None,
            "axis": {"labelLimit": 320},
        },
        "x": {
            "field": "cost",
            "type": "quantitative",
            "title": f"Cost over the term, {currency}",
            "axis": {"format": "~s", "tickCount": 6},
            "scale": {"domain": [0, _LABEL_ROOM * most]},
        },
    }


def _label(field: str) -> Spec:
    return {
        "mark": {"type": "text", "align": "left", "dx": 5, "color": GREY},
        "encoding": {"text": {"field": field, "type": "nominal"}},
    }
