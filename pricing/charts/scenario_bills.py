"""Charts of scenarios: bills of several versions over volume, and how far figures may move."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pricing.charts.bills import cheaper_ranges, known_levels
from pricing.charts.parts import OFFERS, axis, colour, money_text, position, tooltips
from staffing.charts import BLUE, ORANGE, SCHEMA, SLATE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Json = Mapping[str, Any]
    Rows = list[dict[str, Any]]
    Spec = dict[str, Any]

_DASHES = ([1, 0], [7, 4], [2, 3], [8, 3, 2, 3], [12, 3])
_OFFER_COLOURS = [BLUE, ORANGE]
_ROW_PX = 28


def scenario_bills(versions: Sequence[Json], currency: str) -> Spec:
    """Both monthly bills of some versions over volume, with their break-evens.

    Parameters
    ----------
    versions : sequence of mapping
        Versions of a ScenarioComparison whose results hold, the one to look at last: bands in the
        colour of the cheaper offer are its own.
    currency : str
        Of the bills.

    Returns
    -------
    dict
        Vega-Lite specification: colour tells the offer, dashes the version.
    """
    names = [one["name"] for one in versions]
    unit = versions[-1]["comparison"]["volume_unit"]
    across = axis("volume", f"Monthly volume, {unit.replace(' per month', '')}")
    up = axis("bill", f"Monthly bill, {currency}")
    dash = {"domain": names, "range": list(_DASHES[: len(names)])}
    offers = {**colour(list(OFFERS.values()), _OFFER_COLOURS), "field": "offer"}
    legend = {"title": None, "orient": "top"}
    lines = {
        "strokeDash": {"field": "version", "type": "nominal", "scale": dash, "legend": legend},
        "y": up,
        "color": offers,
    }
    return {
        "$schema": SCHEMA,
        "title": f"Monthly bill over volume; bands show the cheaper offer of {names[-1]}",
        "height": 340,
        "encoding": {"x": across},
        "layer": [
            {
                "data": {"values": _bands(versions[-1]["comparison"])},
                "mark": {"type": "rect", "opacity": 0.13},
                "encoding": {"x2": {"field": "to"}, "color": offers},
            },
            {
                "data": {"values": _input_rows(versions)},
                "mark": {"type": "line", "interpolate": "step-before", "strokeWidth": 2},
                "encoding": lines,
            },
            {
                "data": {"values": _output_rows(versions)},
                "mark": {"type": "line", "strokeWidth": 2},
                "encoding": lines,
            },
            {
                "data": {"values": _break_evens(versions)},
                "mark": {"type": "point", "shape": "diamond", "size": 40, "color": SLATE},
                "encoding": {
                    "y": up,
                    "tooltip": tooltips(
                        version="Version", volume_text="Break-even", bill_text="Bill per month"
                    ),
                },
            },
        ],
    }


def scenario_spreads(versions: Sequence[Json], what: str, currency: str) -> Spec:
    """P10, P50 and P90 of the bill or the margin, of every version and offer over each other.

    Parameters
    ----------
    versions : sequence of mapping
        Versions whose results hold.
    what : {"bill", "margin"}
        What spreads.
    currency : str
        Of bills.
    """
    share = what == "margin"
    title = "Margin of the term" if share else f"Bill over the term, {currency}"
    rows = [
        _spread_row(one["name"], spread, what, currency)
        for one in versions
        for spread in one["spreads"]
    ]
    across = axis("p10", title)
    across["axis"] = {"format": ".1%" if share else ",~f", "tickCount": 8}
    across["scale"] = {"zero": False, "padding": 30}
    return {
        "$schema": SCHEMA,
        "title": f"How far the {what} may move: P10, P50, P90",
        "height": {"step": _ROW_PX},
        "data": {"values": rows},
        "encoding": {
            "y": {"field": "version", "type": "nominal", "sort": None, "title": None},
            "yOffset": {"field": "offer", "type": "nominal", "sort": None},
            "color": {**colour(list(OFFERS.values()), _OFFER_COLOURS), "field": "offer"},
            "tooltip": tooltips(
                version="Version", offer="Offer", p10_text="P10", p50_text="P50", p90_text="P90"
            ),
        },
        "layer": [
            {
                "mark": {"type": "bar", "height": {"band": 0.5}, "opacity": 0.5},
                "encoding": {"x": across, "x2": {"field": "p90"}},
            },
            *(
                {
                    "mark": {"type": "tick", "thickness": thickness, "height": {"band": 0.7}},
                    "encoding": {"x": {**across, "field": field}},
                }
                for field, thickness in (("p10", 2), ("p50", 4), ("p90", 2))
            ),
        ],
    }


def _bands(comparison: Json) -> Rows:
    return [
        {"volume": left, "to": right, "offer": OFFERS[method]}
        for left, right, method in cheaper_ranges(comparison)
        if method is not None
    ]


def _input_rows(versions: Sequence[Json]) -> Rows:
    return [
        {"version": one["name"], "offer": OFFERS["input_based"], "volume": volume, "bill": bill}
        for one in versions
        for volume, bill in known_levels(one["comparison"])
    ]


def _output_rows(versions: Sequence[Json]) -> Rows:
    return [
        {
            "version": one["name"],
            "offer": OFFERS["output_based"],
            "volume": point["volume"],
            "bill": position(point["output_based"]),
        }
        for one in versions
        for point in one["comparison"]["bills"]
    ]


def _break_evens(versions: Sequence[Json]) -> Rows:
    return [
        {
            "version": one["name"],
            "volume": crossing["volume"],
            "bill": position(crossing["bill"]),
            "volume_text": f"{crossing['volume']:,.0f} {crossing['volume_unit']}",
            "bill_text": money_text(crossing["bill"]),
        }
        for one in versions
        for crossing in one["comparison"]["break_even"]
    ]


def _spread_row(name: str, spread: Json, what: str, currency: str) -> dict[str, Any]:
    row: dict[str, Any] = {"version": name, "offer": OFFERS[spread["method"]]}
    for part in ("p10", "p50", "p90"):
        found = spread[f"{what}_{part}"]
        row[part] = found if what == "margin" else position(found)
        text = f"{found:.1%}" if what == "margin" else f"{row[part]:,.0f} {currency}"
        row[f"{part}_text"] = text
    return row
