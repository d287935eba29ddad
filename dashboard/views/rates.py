"""Rates at the margin: what more or less work would have to be sold at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from api.client import HTML
from dashboard.widgets.picker import engagement_to_study
from dashboard.widgets.problem import problems_shown
from dashboard.widgets.show import chart, figure_row, figure_table
from dashboard.widgets.study import File, downloads, fill_form, heading, study
from dashboard.wording import plain, sentence
from pricing.charts.rate_cells import (
    band_cells,
    contract_cells,
    peak_cells,
    price,
    proposed_cells,
    step_cells,
    why,
)
from pricing.charts.rates import rate_by_notice, rate_by_step

if TYPE_CHECKING:
    from api.client import Client

    Json = dict[str, Any]

_WHAT = (
    "What would more work have to be charged (ARC), and less work be credited (RRC)? Each step of "
    "volume is planned and costed again; a unit at the margin seldom costs the average."
)
_DOING = "Planning, then re-solving every step up and down. This takes some seconds per service."
_DEFAULTS = {"rates_least": 5.0, "rates_middle": 10.0, "rates_most": 20.0, "rates_surge": True}
_PAGE = File("Page (HTML)", "rates.html", HTML, "rates")


def render(client: Client) -> None:
    """Ask for the steps, and show what each costs and would sell at."""
    heading("Rates", _WHAT)
    with problems_shown():
        engagement = engagement_to_study(client, "rates")
        if engagement is None:
            return
        fill_form("rates", engagement, _DEFAULTS)
        asked = _steps()
        entered = {name: st.session_state[name] for name in _DEFAULTS}
        made = study(client, "rates", engagement, asked, entered=entered, doing=_DOING)
        if made is None:
            return
        _show(made.answer)
        downloads(client, "rates", engagement, made, _PAGE)


def _steps() -> Json | None:
    """Ask for the steps; return them in the run in which they are submitted."""
    with st.form("rates"):
        columns = st.columns(3)
        steps = [
            column.number_input(label, 1.0, 100.0, step=5.0, format="%.0f", key=key)
            for column, label, key in zip(
                columns,
                ("Smallest step, %", "Step of the rates, %", "Largest step, %"),
                ("rates_least", "rates_middle", "rates_most"),
                strict=True,
            )
        ]
        surge = st.checkbox(
            "Price a one-week peak by hours of notice too",
            help="Where the site has a surge ladder; takes some seconds more.",
            key="rates_surge",
        )
        if not st.form_submit_button("Re-solve the steps", type="primary", key="study_rates"):
            return None
    shares = sorted({round(step / 100, 6) for step in steps})
    return {"steps": shares, "band": round(steps[1] / 100, 6), "surge": surge}


def _show(report: Json) -> None:
    figure_table(proposed_cells(report), "proposed_table", text_columns=2)
    names = [one["service"] for one in report["services"]]
    name = st.selectbox("Service", names, disabled=len(names) == 1, key="rates_service")
    rates = next(one for one in report["services"] if one["service"] == name)
    figure_row(
        {
            f"ARC, {report['currency']} per {rates['unit']}": price(rates["arc"]),
            "RRC": price(rates["rrc"]),
            "ARC, too late to hire": price(rates["arc_late"]),
            "Average": price(rates["average"]),
        }
    )
    st.write(plain(why(rates)))
    chart(rate_by_step(rates, report["currency"]), "rates_chart")
    figure_table(step_cells(rates), "steps_table")
    if rates["contract"]:
        st.header("Beside the contract", anchor=False)
        figure_table(contract_cells(rates), "contract_table")
    st.header("Band by band", anchor=False)
    figure_table(band_cells(rates), "bands_table")
    peaks = peak_cells(rates)
    if peaks:
        st.header("A peak of one week", anchor=False)
        if any(one["hour"] for one in rates["by_notice"]):
            chart(rate_by_notice(rates, report["currency"]), "notice_chart")
        figure_table(peaks, "peaks_table", text_columns=2)
    st.header("What it rests on", anchor=False)
    st.markdown("\n".join(f"- {plain(sentence(note))}" for note in report["notes"]))
