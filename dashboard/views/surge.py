"""A peak: who could come, by when, at what cost, and what the client would pay."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any

import streamlit as st

from api.client import HTML
from dashboard.teams import team_name, teams_of
from dashboard.widgets.picker import engagement_to_study
from dashboard.widgets.problem import problems_shown
from dashboard.widgets.show import chart, figure_row, figure_table
from dashboard.widgets.study import File, downloads, fill_form, heading, study, workbook
from dashboard.wording import number, percent, plain, sentence, volume
from pricing.charts.surge_prices import bill_cells, notice_cells, rate_cells
from staffing.charts import cost_by_notice, cost_by_service, surge_by_hour
from staffing.charts.surge_cells import late_cells, limit_cells, source_cells

if TYPE_CHECKING:
    from api.client import Client

    Json = dict[str, Any]

_WHAT = (
    "A peak is known some hours before it comes. This shows who could be there by when, what "
    "is left undone, what it costs, and what to charge for it."
)
_DOING = "Planning the peak, comparing ways to meet it, then pricing it. This takes some seconds."
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_DEFAULTS = {
    "surge_team": 0,
    "surge_size": 60.0,
    "surge_people": None,
    "surge_notice": 48.0,
    "surge_weeks": 4,
    "surge_day": "Mon",
    "surge_date": None,
    "surge_price": None,
    "surge_all": False,
}
_DAYS_PER_WEEK = 7
_OUTPUT = "Output, hours of ordinary people"  # a heading as wide as two columns
_OFFER = File("Page for the client (HTML)", "offer.html", HTML, "surge/offer")


def render(client: Client) -> None:
    """Ask for a peak, and show how it would be met."""
    heading("Surge", _WHAT)
    with problems_shown():
        engagement = engagement_to_study(client, "surge")
        if engagement is None:
            return
        fill_form("surge", engagement, _DEFAULTS)
        asked = _peak(engagement)
        entered = {name: st.session_state[name] for name in _DEFAULTS}
        made = study(client, "surge", engagement, asked, entered=entered, doing=_DOING)
        if made is None:
            return
        _show(made.answer)
        downloads(client, "surge", engagement, made, workbook("surge"), _OFFER)


def _peak(engagement: Json) -> Json | None:
    """Ask for the peak; return it in the run in which it is submitted."""
    teams = teams_of(engagement)
    with st.form("peak"):
        st.selectbox(
            "Team with the peak",
            range(len(teams)),
            format_func=lambda at: team_name(teams[at]),
            disabled=len(teams) == 1,
            key="surge_team",
        )
        columns = st.columns(2)
        size = columns[0].number_input(
            "Extra work, %", 1.0, 10_000.0, step=5.0, format="%.0f", key="surge_size"
        )
        people = columns[1].number_input(
            "Or as much as so many people do",
            0.1,
            100_000.0,
            step=10.0,
            format="%.0f",
            placeholder="the extra work in per cent counts",
            help="Ordinary people that the peak asks for within the promised hours; its size is "
            "found from them.",
            key="surge_people",
        )
        columns = st.columns(2)
        notice = columns[0].number_input(
            "Notice, hours",
            0.0,
            8784.0,
            step=12.0,
            format="%.0f",
            help="From the call to the first extra work. Nobody is ordered before the call.",
            key="surge_notice",
        )
        weeks = columns[1].number_input("Lasts, weeks", 1, 52, step=1, key="surge_weeks")
        thirds = st.columns(3)
        day = thirds[0].selectbox("Begins on a", _DAYS, key="surge_day")
        date = thirds[1].date_input(
            "Or on this day of the term", None, key="surge_date", format="YYYY-MM-DD"
        )
        price = thirds[2].number_input(
            "Price of an hour of work late",
            0.0,
            None,
            step=1.0,
            placeholder="as in the engagement",
            help="What an hour of work not done in time counts, in the engagement's currency.",
            key="surge_price",
        )
        in_time = st.checkbox(
            "All of the work must be in time",
            help="A peak that cannot be met is then refused, with what would help.",
            key="surge_all",
        )
        submitted = st.form_submit_button("Study the peak", type="primary", key="study_surge")
    if not submitted:
        return None
    service, site = teams[st.session_state["surge_team"]]
    asked: Json = {
        "service": service,
        "site": site,
        **({"size": round(size / 100, 6)} if people is None else {"people": people}),
        "notice_h": notice,
        "days": _DAYS_PER_WEEK * weeks,
        "start": date.isoformat() if date else day,
        "all_in_time": in_time,
    }
    return asked if price is None else asked | {"shortfall_price": price}


def _show(report: Json) -> None:
    plan, currency = report["study"]["plan"], report["currency"]
    _promise(report)
    st.header("People by hour since the call", anchor=False)
    early, whole = st.tabs(["Until the peak is a week old", "The whole peak"], key="surge_tabs")
    with early:
        chart(surge_by_hour(plan), "surge_week_chart")
    with whole:
        chart(surge_by_hour(plan, until_h=inf), "surge_whole_chart")
    st.caption(
        "People who have just come do less than the ordinary team: the dashed line says how many "
        "ordinary people they are worth. What is asked for is in ordinary people as well."
    )
    st.header("Who comes, when, at what cost", anchor=False)
    figure_table(source_cells(plan, currency), "sources_table", widths={_OUTPUT: 130})
    _late(plan, currency)
    _strategies(report)
    _prices(report)


def _promise(report: Json) -> None:
    plan, currency = report["study"]["plan"], report["currency"]
    promise, text = plan["promise"], plain(sentence(plan["promise"]["text"]))
    if promise["kept"] and not plan["total_uncovered_h"]:
        st.success(f"**{text}**", icon=":material/check_circle:")
    else:
        st.warning(f"**{text}**", icon=":material/warning:")
    for warning in plan["warnings"]:
        st.warning(plain(sentence(warning)), icon=":material/warning:")
    pay, per_hour = plan["cost"]["total"] - plan["cost"]["shortfall"], "cost_per_productive_hour"
    base = plan["base_cost_per_productive_hour"]
    figures = {
        "Extra work": f"{report['size']:+.0%}".replace("%", " %"),
        f"People there after {number(promise['hours'])} h": volume(promise["there"]),
        "Asked for by then": volume(promise["asked"]),
        "Done in time": percent(plan["service"]),
        f"Pay for the peak, {currency}": volume(pay),
    }
    if plan[per_hour] is not None:
        figures[f"An hour of extra work, {currency}"] = f"{plan[per_hour]:,.2f}"
        if base:
            figures["Against an ordinary hour"] = f"{plan[per_hour] / base:.2f} ×"
    figure_row(figures)


def _late(plan: Json, currency: str) -> None:
    st.header("What is not done in time", anchor=False)
    late, all_h, price = plan["total_uncovered_h"], plan["total_need_h"], plan["shortfall_price"]
    rows = late_cells(plan, currency)
    if not rows:
        st.write("Nothing: all extra work is done in its time.")
    else:
        priced = f", priced at {volume(plan['cost']['shortfall'])} {currency}" if price else ""
        text = f"{volume(late)} of {volume(all_h)} hours of extra work ({percent(late / all_h)})"
        st.write(plain(f"{text}{priced}."))
        figure_table(rows, "late_table", text_columns=2)
    limits = limit_cells(plan, currency)
    if limits:
        st.subheader("What would help: one more of what is short", anchor=False)
        figure_table(limits, "limits_table")


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
