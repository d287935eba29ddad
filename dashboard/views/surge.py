"""A peak: who could come, by when, at what cost, and what the client would pay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from api.client import HTML
from dashboard.widgets.peak.answer import late, promise, who_comes
from dashboard.widgets.peak.form import DEFAULTS, DOING, peak_form
from dashboard.widgets.picker import engagement_to_study
from dashboard.widgets.problem import problems_shown
from dashboard.widgets.show import chart, figure_table
from dashboard.widgets.study import File, downloads, fill_form, heading, study, workbook
from dashboard.wording import percent
from pricing.charts.surge_prices import bill_cells, notice_cells, rate_cells
from staffing.charts import cost_by_notice, cost_by_service

if TYPE_CHECKING:
    from api.client import Client

    Json = dict[str, Any]

_WHAT = (
    "A peak is known some hours before it comes. This shows who could be there by when, what "
    "is left undone, what it costs, and what to charge for it."
)
_OFFER = File("Page for the client (HTML)", "offer.html", HTML, "surge/offer")


def render(client: Client) -> None:
    """Ask for a peak, and show how it would be met."""
    heading("Surge", _WHAT)
    with problems_shown():
        engagement = engagement_to_study(client, "surge")
        if engagement is None:
            return
        fill_form("surge", engagement, DEFAULTS)
        asked = peak_form(engagement)
        entered = {name: st.session_state[name] for name in DEFAULTS}
        made = study(client, "surge", engagement, asked, entered=entered, doing=DOING)
        if made is None:
            return
        _show(made.answer)
        downloads(client, "surge", engagement, made, workbook("surge"), _OFFER)


def _show(report: Json) -> None:
    promise(report)
    who_comes(report)
    late(report)
    _strategies(report)
    _prices(report)


def _strategies(report: Json) -> None:
    frontier, currency = report["study"]["frontier"], report["currency"]
    if frontier is None:
        return
    st.header("What each way to meet the peak costs", anchor=False)
    service, notice = st.tabs(["By share done in time", "By hours of notice"], key="frontier_tabs")
    with service:
        chart(cost_by_service(frontier, currency), "service_chart")
    with notice:
        chart(cost_by_notice(frontier, currency), "notice_chart")
    st.caption(
        "Each way but the mix uses sources of its own kind only. Cost is least pay, standby "
        "included; a line ends where a way can do no more."
    )


def _prices(report: Json) -> None:
    prices, currency = report["prices"], report["currency"]
    st.header("What the client would pay", anchor=False)
    rates = {"Input-based": prices["input_rate"], "Output-based": prices["output_rate"]}
    figure_table(rate_cells(rates, currency), "rates_table", text_columns=2)
    st.subheader("The input-based bill for the peak", anchor=False)
    bill = bill_cells(prices["charges"], prices["input_bill"]["bill"], currency)
    figure_table(bill, "bill_table")
    rows = notice_cells(prices["by_notice"], currency)
    if rows:
        share = percent(prices["notice_service"])
        with st.expander(f"Price by hours of notice, {share} in time", key="price_by_notice"):
            figure_table(rows, "by_notice_table")
