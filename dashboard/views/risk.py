"""What may come, and what it means for both offers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from api.client import HTML
from dashboard.widgets.picker import engagement_to_study
from dashboard.widgets.problem import problems_shown
from dashboard.widgets.show import chart, figure_row, figure_table
from dashboard.widgets.study import File, downloads, fill_form, heading, study, workbook
from dashboard.wording import percent, plain, sentence
from pricing.charts.risk import convergence_of, margins_of_offers, tornado_of
from pricing.charts.risk_cells import (
    contingency_line,
    contract_lines,
    error_lines,
    factor_cells,
    measure_cells,
    premium_cells,
    premium_line,
    rules_line,
    tornado_cells,
)

if TYPE_CHECKING:
    from api.client import Client

    Json = dict[str, Any]

_WHAT = (
    "Volume, work per unit, people, wages and exchange rates may come otherwise than planned. This "
    "draws many futures, the same for both offers, and shows bill, cost and margin in them."
)
_DOING = "Planning, solving a few futures and drawing all of them. This takes some seconds."
_DEFAULTS: Json = {"risk_draws": 100_000, "risk_seed": 0, "risk_budget": None}
_PAGE = File("Page (HTML)", "risk.html", HTML, "risk")


def render(client: Client) -> None:
    """Ask how to draw, and show both offers over all futures."""
    heading("Risk", _WHAT)
    with problems_shown():
        engagement = engagement_to_study(client, "risk")
        if engagement is None:
            return
        fill_form("risk", engagement, _DEFAULTS)
        asked = _options(engagement)
        entered = {name: st.session_state[name] for name in _DEFAULTS}
        made = study(client, "risk", engagement, asked, entered=entered, doing=_DOING)
        if made is None:
            return
        _show(made.answer)
        downloads(client, "risk", engagement, made, _PAGE, workbook("risk"))


def _options(engagement: Json) -> Json | None:
    """Ask how to draw; return it in the run in which it is submitted."""
    with st.form("risk"):
        columns = st.columns(3)
        budget = columns[0].number_input(
            f"Client's budget for the term, {engagement.get('currency', '')}",
            0.0,
            1e14,
            step=10_000.0,
            format="%.0f",
            placeholder="not asked",
            help="How often the bill of each offer exceeds it.",
            key="risk_budget",
        )
        draws = columns[1].number_input(
            "Futures to draw", 1_000, 1_000_000, step=10_000, key="risk_draws"
        )
        seed = columns[2].number_input(
            "Seed", 0, step=1, help="Root of all draws.", key="risk_seed"
        )
        if not st.form_submit_button("Draw what may come", type="primary", key="study_risk"):
            return None
    asked: Json = {"draws": draws, "seed": seed}
    return asked if budget is None else asked | {"budget": f"{budget:.0f}"}


def _show(report: Json) -> None:
    by_method = {one["method"]: one for one in report["offers"]}
    people, units = by_method["input_based"], by_method["output_based"]
    figure_row(
        {
            "Input-based: margin expected": percent(people["margin"]["mean"]),
            "Input-based: P10": percent(people["margin"]["p10"]),
            "Output-based: margin expected": percent(units["margin"]["mean"]),
            "Output-based: P10": percent(units["margin"]["p10"]),
            "Premium these futures ask for": percent(report["premium"]["needed"]),
        }
    )
    st.write(plain(rules_line(report)))
    chart(margins_of_offers(report), "margins_chart")
    figure_table(_named(measure_cells(report)), "measures_table")
    st.header("The premium of the output-based price", anchor=False)
    st.write(plain(premium_line(report)))
    figure_table(premium_cells(report), "premium_table")
    st.write(plain(contingency_line(report)))
    _factors(report)
    st.header("How far the figures may be off", anchor=False)
    chart(convergence_of(report), "convergence_chart")
    lines = [*error_lines(report), *contract_lines(report), *report["notes"]]
    st.markdown("\n".join(f"- {plain(sentence(line))}" for line in lines))


def _factors(report: Json) -> None:
    if not report["tornado"]:
        return
    st.header("One factor at a time", anchor=False)
    units, people = st.tabs(["Output-based", "Input-based"], key="tornado_tabs")
    with units:
        chart(tornado_of(report, "output_based"), "tornado_output_chart")
    with people:
        chart(tornado_of(report, "input_based"), "tornado_input_chart")
    figure_table(tornado_cells(report), "tornado_table")
    st.header("What was drawn, as a multiple of the plan", anchor=False)
    figure_table(factor_cells(report), "factors_table", text_columns=2)


def _named(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Give the first column a heading: a table on the dashboard needs one."""
    return [{"Figure": row[""], **{k: v for k, v in row.items() if k}} for row in rows]
