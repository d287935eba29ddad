"""How often a bill, a cost or a margin is where, of a base and a scenario over each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pricing.charts.parts import OFFERS, tooltips
from staffing.charts import BLUE, ORANGE, SCHEMA, SLATE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Json = Mapping[str, Any]
    Spec = dict[str, Any]

WHATS = {"bill": "bill_histogram", "cost": "cost_histogram", "margin": "histogram"}
_HEIGHT = 190
_COLOURS = {"input_based": BLUE, "output_based": ORANGE}
_SOLID, _DASHED = [1, 0], [6, 4]


def scenario_histogram(studies: Mapping[str, Json], what: str, method: str) -> Spec:
    """Densities of one figure of one offer, the base's dashed and grey, the other's in colour.

    Parameters
    ----------
    studies : mapping
        RiskStudy as JSON by the name of its version, the base first.
    what : {"bill", "cost", "margin"}
        Which figure.
    method : {"input_based", "output_based"}
        Of which offer.

    Returns
    -------
    dict
        Vega-Lite specification: a stepped area for each version, whose surface is one, over an
        axis that covers all versions and both offers, so that both charts can be read together.
    """
    names = list(studies)
    share = what == "margin"
    currency = next(iter(studies.values()))["currency"]
    unit = "share of the bill" if share else f"{currency} over the term"
    edges = [
        edge
        for study in studies.values()
        for offer in study["offers"]
        for part in offer[WHATS[what]]
        for edge in (part["low"], part["high"])
    ]
    x = {
        "field": "at",
        "type": "quantitative",
        "title": f"{what.capitalize()}, {unit}",
        "scale": {"domain": [min(edges), max(edges)], "nice": False, "zero": False},
        "axis": {"format": ".1%" if share else ",~f", "tickCount": 8, "grid": False},
    }
    y = {
        "field": "density",
        "type": "quantitative",
        "title": "How often",
        "axis": {"labels": False, "ticks": False, "grid": False},
    }
    colours = [SLATE] * (len(names) - 1) + [_COLOURS[method]] if len(names) > 1 else [SLATE]
    dashes = [_DASHED] * (len(names) - 1) + [_SOLID] if len(names) > 1 else [_SOLID]
    legend = {"title": None, "orient": "top", "symbolType": "stroke"}
    kind = {"field": "version", "type": "nominal"}
    rows = [row for name, study in studies.items() for row in _steps(name, study, what, method)]
    return {
        "$schema": SCHEMA,
        "title": f"{OFFERS[method].capitalize()}: how often the {what} is where",
        "height": _HEIGHT,
        "data": {"values": rows},
        "mark": {
            "type": "area",
            "interpolate": "step-after",
            "line": {"strokeWidth": 2},
            "fillOpacity": 0.25,
        },
        "encoding": {
            "x": x,
            "y": y | {"stack": None},
            "color": {
                **kind,
                "scale": {"domain": names, "range": colours},
                "legend": legend,
            },
            "strokeDash": {
                **kind,
                "scale": {"domain": names, "range": dashes},
                "legend": legend,
            },
            "tooltip": tooltips(version="Version", range="From, to", often="Of all futures"),
        },
    }


def _steps(name: str, study: Json, what: str, method: str) -> Iterator[dict[str, Any]]:
    """Edges with the density that begins there; at the last edge it ends."""
    offer = next(one for one in study["offers"] if one["method"] == method)
    bins = offer[WHATS[what]]
    for part in bins:
        width = max(part["high"] - part["low"], 1e-9)
        yield {
            "version": name,
            "at": part["low"],
            "density": part["share"] / width,
            "range": _range(part, what, study["currency"]),
            "often": f"{100 * part['share']:.1f} %",
        }
    yield {"version": name, "at": bins[-1]["high"], "density": 0.0, "range": "", "often": ""}


def _range(part: Json, what: str, currency: str) -> str:
    low, high = part["low"], part["high"]
    if what == "margin":
        return f"{100 * low:.1f} % to {100 * high:.1f} %"
    return f"{low:,.0f} to {high:,.0f} {currency}"
