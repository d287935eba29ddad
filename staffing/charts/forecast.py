"""A forecast with its bounds, the season year by year, and the errors of the methods."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from staffing.charts.palette import BLUE, GREY, ORANGE, SERIES, SKY, SLATE
from staffing.charts.parts import SCHEMA, colour, legend

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]
    Rows = list[dict[str, Any]]
    Spec = dict[str, Any]

HISTORY, EXPECTED, QUOTED = "as it came", "forecast (P50)", "the quote is made for"
BOUNDS = "P10 to P90"
SEASON = "level x season"
_FIGURE = ",.0f"
_WEEK_DAYS, _DAYS_PER_MONTH = 7, 30.4
_MOST_TICKS, _USUAL_STEPS = 12, (1, 2, 3, 6, 12)
_TO_THE_MIDDLE = {"week": timedelta(days=3), "month": timedelta(days=14)}
_BOUND_KEYS = ("p10", "p50", "p90")


def forecast_fan(report: Json) -> Spec:
    """History, forecast with its bounds, and the demand that the quote is made for.

    Parameters
    ----------
    report : mapping
        ForecastReport as JSON.

    Returns
    -------
    dict
        Vega-Lite specification; what is not there (bounds, history) is not drawn.
    """
    unit, step = report["unit"], report["step"]
    layers: list[Spec] = []
    drawn: list[tuple[str, str]] = []
    past = [
        {"from": day, "units": units}
        for day, units in zip(report["history"]["starts"], report["history"]["units"], strict=True)
    ]
    rows = _period_rows(report)
    if past:
        layers.append(_line(past, "units", HISTORY, unit, width=1))
        drawn.append((HISTORY, SLATE))
    if any(row["p10"] is not None for row in rows):
        layers.append(_band(rows, unit))
        drawn.append((BOUNDS, SKY))
    if any(row["p50"] is not None for row in rows):
        layers.append(_line(rows, "p50", EXPECTED, unit))
        drawn.append((EXPECTED, BLUE))
    quoted = [row for row in rows if row["quote"] is not None]
    if quoted:
        layers.append(_line(quoted, "quote", QUOTED, unit, dash=(5, 3)))
        drawn.append((QUOTED, ORANGE))
    names, colours = [name for name, _ in drawn], [tone for _, tone in drawn]
    return {
        "$schema": SCHEMA,
        "title": f"{report['service']}: {unit}s a {step}",
        "height": 320,
        "encoding": {
            "x": {
                "field": "from",
                "type": "temporal",
                "title": None,
                "scale": {"type": "utc"},
                "axis": _months_apart(past[:1] + rows),
            },
            "color": colour(names, colours),
        },
        "layer": layers,
    }


def _period_rows(report: Json) -> Rows:
    """One row per whole step; the rest of a week at the end of the term would look like a fall."""
    keys = ("p10", "p50", "p90", "quote")
    return [
        {"from": period["start"], **{key: period[key] for key in keys}}
        for period in report["periods"]
        if _days(period["start"], period["end"]) >= _WEEK_DAYS
    ]


def _months_apart(rows: Rows) -> Spec:
    """Set ticks whole months apart, a dozen or so; else a month could be named twice."""
    span = _days(rows[0]["from"], rows[-1]["from"]) if rows else 0
    step = max(1, round(span / _DAYS_PER_MONTH / _MOST_TICKS))
    step = next((usual for usual in _USUAL_STEPS if usual >= step), _USUAL_STEPS[-1])
    tick = {"interval": "month", "step": step}
    return {"format": "%b %Y", "labelOverlap": True, "tickCount": tick}


def _days(start: str, end: str) -> int:
    return (date.fromisoformat(end) - date.fromisoformat(start)).days


def _line(
    rows: Rows, field: str, label: str, unit: str, *, dash: tuple[int, ...] = (), width: float = 2
) -> Spec:
    return {
        "data": {"values": rows},
        "mark": {"type": "line", "strokeWidth": width, "strokeDash": list(dash)},
        "encoding": {
            "y": _units(field, unit),
            "color": {"datum": label},
            "tooltip": [_day(), {"field": field, "title": label, "format": _FIGURE}],
        },
    }


def _band(rows: Rows, unit: str) -> Spec:
    return {
        "data": {"values": rows},
        "mark": {"type": "area", "opacity": 0.35},
        "encoding": {
            "y": _units("p10", unit),
            "y2": {"field": "p90"},
            "color": {"datum": BOUNDS},
            "tooltip": [
                _day(),
                *({"field": key, "title": key.upper(), "format": _FIGURE} for key in _BOUND_KEYS),
            ],
        },
    }


def _units(field: str, unit: str) -> Spec:
    return {
        "field": field,
        "type": "quantitative",
        "title": f"{unit}s",
        "scale": {"zero": True},
    }


def _day() -> Spec:
    return {"field": "from", "type": "temporal", "title": "From", "format": "%d %b %Y"}


def season_by_year(report: Json) -> Spec:
    """Units by week (month) of the year, a line for each year, and level x season over them.

    Parameters
    ----------
    report : mapping
        ForecastReport as JSON, with a history.

    Returns
    -------
    dict
        Vega-Lite specification; the last year stands out, those before are grey.
    """
    history, step = report["history"], report["step"]
    rows: Rows = [
        {"place": place + 1, "year": _year(day, step), "units": units}
        for day, units, place in zip(
            history["starts"], history["units"], history["places"], strict=True
        )
    ]
    years = sorted({row["year"] for row in rows})
    steps = len(report["season"]) or None
    usual: Rows = []
    if steps:
        level = sum(history["units"][-steps:]) / steps
        usual = [
            {"place": place + 1, "units": level * index}
            for place, index in enumerate(report["season"])
        ]
    names = [*years, SEASON] if usual else years
    colours = [GREY] * (len(years) - 1) + [BLUE] + ([ORANGE] if usual else [])
    line = {
        "data": {"values": rows},
        "mark": {"type": "line", "strokeWidth": 1.5},
        "encoding": {
            "color": {"field": "year", **colour(names, colours)},
            "detail": {"field": "year"},
            "tooltip": [
                {"field": "year", "title": "Year"},
                {"field": "place", "title": step.capitalize()},
                {"field": "units", "title": f"{report['unit']}s", "format": _FIGURE},
            ],
        },
    }
    layers = [line]
    if usual:
        layers.append(
            {
                "data": {"values": usual},
                "mark": {"type": "line", "strokeWidth": 3},
                "encoding": {"color": {"datum": SEASON}},
            }
        )
    return {
        "$schema": SCHEMA,
        "title": f"{report['service']}: {report['unit']}s by {step} of the year",
        "height": 260,
        "encoding": {
            "x": {
                "field": "place",
                "type": "quantitative",
                "title": f"{step.capitalize()} of the year",
                "scale": {"domain": [1, steps or max(row["place"] for row in rows)]},
                "axis": {"format": "d", "tickMinStep": 1},
            },
            "y": {**_units("units", report["unit"]), "scale": {"zero": False}},
        },
        "layer": layers,
    }


def _year(start: str, step: str) -> str:
    """Year that the middle of a step falls in, as its place in the year does."""
    return f"{date.fromisoformat(start) + _TO_THE_MIDDLE[step]:%Y}"


def backtest_by_horizon(report: Json) -> Spec:
    """MASE of each method by how far ahead it looks; at 1 it is as good as seasonal naive.

    Parameters
    ----------
    report : mapping
        ForecastReport as JSON, with methods that were tested.

    Returns
    -------
    dict
        Vega-Lite specification: a group of bars for each range of steps ahead.
    """
    tested = [one for one in report["methods"] if one["bands"]]
    rows: Rows = [
        {
            "ahead": ahead_name(band, report["step"]),
            "method": method["title"],
            "mase": band["mase"],
            "wape": band["wape"],
            "bias": band["bias"],
            "coverage": band["coverage"],
        }
        for method in tested
        for band in method["bands"]
    ]
    titles = [method["title"] for method in tested]
    order = list(dict.fromkeys(row["ahead"] for row in rows))
    shares = {"wape": "Error over volume (WAPE)", "bias": "Bias", "coverage": "P10 to P90 held"}
    bars: Spec = {
        "data": {"values": rows},
        "mark": {"type": "bar"},
        "encoding": {
            "x": {"field": "ahead", "type": "ordinal", "sort": order, "title": "Ahead"}
            | {"axis": {"labelAngle": 0}},
            "xOffset": {"field": "method", "sort": titles},
            "y": {"field": "mase", "type": "quantitative", "title": "Scaled error (MASE)"},
            "color": {
                "field": "method",
                "type": "nominal",
                "scale": {"domain": titles, "range": list(SERIES[: len(titles)])},
                "legend": legend(len(titles)),
            },
            "tooltip": [
                {"field": "method", "title": "Method"},
                {"field": "ahead", "title": "Ahead"},
                {"field": "mase", "title": "MASE", "format": ".2f"},
                *({"field": key, "title": name, "format": ".1%"} for key, name in shares.items()),
            ],
        },
    }
    at_one: Spec = {
        "data": {"values": [{"one": 1}]},
        "mark": {"type": "rule", "color": GREY, "strokeDash": [4, 3]},
        "encoding": {"y": {"field": "one", "type": "quantitative"}},
    }
    return {
        "$schema": SCHEMA,
        "title": "Errors of the methods by how far they look ahead",
        "height": 260,
        "layer": [bars, at_one],
    }


def ahead_name(band: Json, step: str) -> str:
    """``5 to 13 weeks``, ``1 month``."""
    first, last = band["first"], band["last"]
    if first == last:
        return f"{first} {step}{'s' if first > 1 else ''}"
    return f"{first} to {last} {step}s"
