"""A forecast as one HTML page, as a picture, and as CSV."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import vl_convert

from staffing.charts.forecast import backtest_by_horizon, forecast_fan, season_by_year
from staffing.charts.forecast_week import arrivals_heat_map
from staffing.charts.forecast_words import horizon_cells, method_cells, month_cells, said
from staffing.exports.page import fitted, html_table, whole_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]
    Spec = dict[str, Any]

_WIDTH_PX = 900
_BY_HORIZON = "MASE by how far ahead, and how often P10 to P90 held (meant: 80 %)"
_SHARPNESS = 2.0


def forecast_charts(report: Json) -> dict[str, Spec]:
    """Charts of a forecast by name; what has no data is left out."""
    charts = {"forecast": forecast_fan(report)}
    if report["history"]["starts"]:
        charts["season"] = season_by_year(report)
    charts["week"] = arrivals_heat_map(report)
    if any(method["bands"] for method in report["methods"]):
        charts["backtest"] = backtest_by_horizon(report)
    return charts


def forecast_page(report: Json) -> str:
    """Write a forecast as one self-contained HTML page.

    Parameters
    ----------
    report : mapping
        ForecastReport as JSON.
    """
    charts = forecast_charts(report)
    numbers = {name: number for number, name in enumerate(charts)}

    def box(name: str) -> str:
        if name not in numbers:
            return ""
        return f'<div class="chart" id="chart-{numbers[name]}"></div>\n'

    methods, horizons = method_cells(report), horizon_cells(report)
    notes = [f"{note[:1].upper()}{note[1:]}." for note in report["notes"]]
    body = "".join(
        [
            *(f"<p>{escape(text)}</p>\n" for text in said(report)),
            box("forecast"),
            "<h2>Month by month</h2>\n",
            html_table(month_cells(report)),
            *(["<h2>Methods</h2>\n", html_table(methods)] if methods else []),
            *([f"<p>{_BY_HORIZON}</p>\n", html_table(horizons)] if horizons else []),
            box("backtest"),
            "<h2>Season and week</h2>\n",
            box("season"),
            box("week"),
            *(["<h2>What to know</h2>\n"] if notes else []),
            *(f"<p>{escape(note)}</p>\n" for note in notes),
        ]
    )
    title = f"{report['engagement']}: forecast of {report['service']}"
    return whole_page(title, body, [fitted(spec) for spec in charts.values()])


def forecast_svg(report: Json) -> str:
    """Draw history, forecast and bounds as SVG."""
    return str(vl_convert.vegalite_to_svg(_sized(report)))


def forecast_png(report: Json) -> bytes:
    """Draw history, forecast and bounds as PNG."""
    return bytes(vl_convert.vegalite_to_png(_sized(report), scale=_SHARPNESS))


def _sized(report: Json) -> Spec:
    return {**forecast_fan(report), "width": _WIDTH_PX, "background": "white"}
