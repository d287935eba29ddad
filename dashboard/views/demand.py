"""What comes: a service's history, its forecast, and the demand that the quote is made for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from api.client import CSV, HTML
from dashboard.teams import services_of
from dashboard.widgets.picker import engagement_to_study
from dashboard.widgets.problem import problems_shown
from dashboard.widgets.show import chart, figure_row, figure_table
from dashboard.widgets.study import File, downloads, fill_form, study
from dashboard.wording import number, percent, plain, sentence, volume
from staffing.charts import (
    arrivals_heat_map,
    backtest_by_horizon,
    forecast_fan,
    season_by_year,
)
from staffing.charts.forecast_words import horizon_cells, method_cells, month_cells, said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.client import Client

    Json = dict[str, Any]

_WHAT = (
    "Volumes are read from a history, or stated. This continues the history, tests every method on "
    "what is known already, and sets the demand that the quote is made for beside it."
)
_DOING = "Forecasting what is known already, from dates in the past. This takes some seconds."
_FIRST = "the first with a history"
_METHODS = {
    "best": "the best in the backtest",
    "seasonal_naive": "seasonal naive: as a year ago",
    "level": "level x season",
    "stl_ets": "STL + ETS",
    "ets": "ETS",
}
_DEFAULTS: dict[str, object] = {
    "forecast_service": 0,
    "forecast_method": "best",
    "forecast_weeks": None,
}
_MOST_WEEKS = 1_040
_TABLE = File("Table (CSV)", "forecast.csv", CSV, "forecast")
_PAGE = File("Page (HTML)", "forecast.html", HTML, "forecast")
_NEEDS_HELP = "What the method would need to be tried."


def render(client: Client) -> None:
    """Ask what to forecast, and show the forecast."""
    st.title("Demand", anchor=False)
    st.write(_WHAT)
    with problems_shown():
        engagement = engagement_to_study(client, "forecast")
        if engagement is None:
            return
        fill_form("forecast", engagement, _DEFAULTS)
        asked = _options(engagement)
        entered = {name: st.session_state[name] for name in _DEFAULTS}
        made = study(client, "forecast", engagement, asked, entered=entered, doing=_DOING)
        if made is None:
            return
        _show(made.answer)
        downloads(client, "forecast", engagement, made, _TABLE, _PAGE)


def _options(engagement: Json) -> Json | None:
    """Ask what to forecast; return it in the run in which it is submitted."""
    with st.form("forecast"):
        columns = st.columns(3)
        services = [None, *services_of(engagement)]
        service = columns[0].selectbox(
            "Service",
            range(len(services)),
            format_func=lambda at: services[at] or _FIRST,
            key="forecast_service",
        )
        method = columns[1].selectbox(
            "Method", list(_METHODS), format_func=_METHODS.__getitem__, key="forecast_method"
        )
        weeks = columns[2].number_input(
            "Weeks after the history",
            1,
            _MOST_WEEKS,
            placeholder="to the end of the term",
            key="forecast_weeks",
        )
        if not st.form_submit_button("Forecast", type="primary", key="study_forecast"):
            return None
    return {"service": services[service], "method": method, "weeks": weeks}


def _show(report: Json) -> None:
    st.header(plain(report["service"]), anchor=False)
    figure_row(_figures(report))
    for text in said(report):
        st.write(plain(text))
    if not report["methods"]:
        for note in report["notes"]:
            st.info(plain(sentence(note)), icon=":material/upload_file:")
    chart(forecast_fan(report), "forecast_chart")
    with st.expander("Month by month", expanded=not report["methods"], key="months"):
        figure_table(month_cells(report), "months_table")
    if report["methods"]:
        _methods(report)
    _shapes(report)
    if report["methods"] and report["notes"]:
        st.header("What to know", anchor=False)
        st.markdown("\n".join(f"- {plain(sentence(note))}" for note in report["notes"]))


def _figures(report: Json) -> dict[str, str]:
    """The figures that are there: of the method shown, and of the quote."""
    quoted = report["quoted"]
    shown: Json = next((one for one in report["methods"] if one["method"] == report["method"]), {})
    figures = {}
    if shown:
        figures["Forecast by"] = shown["title"]
    if shown.get("mase") is not None:
        figures["MASE"] = number(round(shown["mase"], 2))
    if shown.get("coverage") is not None:
        figures["P10 to P90 held"] = percent(shown["coverage"])
    figures[f"{report['unit']}s over the term, as quoted".capitalize()] = volume(
        quoted["units_over_term"]
    )
    if quoted["history_cv"] is not None:
        figures["Volume cv, by the history"] = percent(quoted["history_cv"])
    figures["Volume cv, of the engagement"] = percent(quoted["volume_cv"])
    return figures


def _methods(report: Json) -> None:
    st.header("How the methods would have done", anchor=False)
    cells = method_cells(report)
    figure_table(cells, "methods_table", help_texts={"Needs": _NEEDS_HELP})
    rows = horizon_cells(report)
    if not rows:
        return
    st.caption(plain(f"The best is marked *; {_dates(report['origins'])}."))
    chart(backtest_by_horizon(report), "backtest_chart")
    with st.expander("In figures: MASE, and how often P10 to P90 held", key="horizons"):
        figure_table(rows, "horizons_table")


def _dates(origins: Sequence[str]) -> str:
    return f"tested from {len(origins)} dates, {origins[0]} to {origins[-1]}"


def _shapes(report: Json) -> None:
    """Show the season where there is a history, and the week."""
    st.header("Season and week", anchor=False)
    if not report["history"]["starts"]:
        chart(arrivals_heat_map(report), "arrivals_chart")
        return
    season, week = st.tabs(["Over the year", "Over the week"], key="shape_tabs")
    with season:
        chart(season_by_year(report), "season_chart")
    with week:
        chart(arrivals_heat_map(report), "arrivals_chart")
