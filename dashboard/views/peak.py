"""Help in a peak, as the client asks for it: who is there when, what it costs, by notice given."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import state
from dashboard.glossary import TERMS
from dashboard.widgets.in_hand import comparison_in_hand, nothing_in_hand
from dashboard.widgets.problem import problems_shown
from dashboard.widgets.show import chart, figure_row, figure_table
from dashboard.wording import amount, number, percent, plain, sentence
from pricing.charts.surge_prices import bill_cells, notice_cells, rate_cells
from staffing.charts import people_by_hour

if TYPE_CHECKING:
    from api.client import Client

    Json = dict[str, Any]

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_KIND = "client_peak"
_AS_PLANNED = {"volume": 1.0, "productivity": 1.0, "budget": None}


def render(client: Client) -> None:
    """Ask what help in a peak of the quote in hand takes, and show the offer."""
    with problems_shown():
        comparison = comparison_in_hand(client, _AS_PLANNED)
        if comparison is None:
            nothing_in_hand("Peaks")
            return
        st.title(plain(f"Peaks: {comparison['name']}"), anchor=False)
        st.badge("Client's view: may be shown to the client", color="green")
        st.write(
            "Work sometimes comes in waves. Say how large a wave is, how long it lasts and how "
            "early you can tell: this shows who is there hour by hour, and what it costs."
        )
        asked = _ask(comparison)
        quote = {"quote": state.quote_id()}
        if asked is not None:
            state.drop_study(_KIND)
            with st.spinner("Planning the peak and pricing it. This takes some seconds."):
                offer = client.client_surge_offer(str(quote["quote"]), asked)
            state.keep_study(_KIND, quote, asked, asked, offer)
        made = state.kept_study(_KIND, quote)
        if made is not None:
            _show(made.answer)


def _ask(comparison: Json) -> Json | None:
    services = [one["name"] for one in comparison["services"]] or [comparison["bundle"]["name"]]
    with st.form("client_peak"):
        columns = st.columns(2)
        size = columns[0].number_input(
            "Extra work, %", 1.0, 10_000.0, 60.0, 5.0, format="%.0f", key="peak_size"
        )
        notice = columns[1].number_input(
            "Notice, hours",
            0.0,
            8784.0,
            48.0,
            12.0,
            format="%.0f",
            key="peak_notice",
            help=TERMS["Notice"],
        )
        columns = st.columns(2)
        days = columns[0].number_input("Lasts, days", 1, 366, 28, 1, key="peak_days")
        start = columns[1].selectbox("Begins on a", _DAYS, key="peak_start")
        service = services[0]
        if len(services) > 1:
            service = st.selectbox("Service", services, key="peak_service")
        submitted = st.form_submit_button("Show the offer", type="primary", key="peak_ask")
    if not submitted:
        return None
    return {
        "size": size / 100,
        "notice_h": notice,
        "days": days,
        "start": start,
        "service": service,
    }


def _show(offer: Json) -> None:
    currency = offer["currency"]
    st.header(
        plain(f"{offer['size']:+.0%} {offer['service']} for {offer['days']} days"), anchor=False
    )
    st.write(f"**{plain(sentence(offer['promise']['text']))}**")
    figure_row(
        {
            "Extra work done in time": percent(offer["in_time"]),
            f"By the hour, {currency}": amount(offer["input_bill"]),
            f"By the {offer['unit']}, {currency}": amount(offer["output_bill"]),
            f"{offer['unit'].capitalize()}s done in time": number(offer["units_in_time"]),
        }
    )
    chart(people_by_hour(offer, "People since the call"), "peak_first_chart")
    with st.expander("The whole peak", key="whole_peak"):
        chart(people_by_hour(offer, "People since the call", until_h=inf), "peak_whole_chart")
    st.header("What it costs you", anchor=False)
    figure_table(bill_cells(offer["charges"], offer["input_bill"], currency), "peak_bill")
    rates = {"by the hour": offer["input_rate"], f"by the {offer['unit']}": offer["output_rate"]}
    figure_table(rate_cells(rates, currency), "peak_rates", text_columns=2)
    if offer["shortest_days"] > 1:
        st.caption(f"People are engaged for {offer['shortest_days']} days at least.")
    _by_notice(offer)


def _by_notice(offer: Json) -> None:
    rows = notice_cells(offer["by_notice"], offer["currency"])
    if not rows:
        return
    st.header("What more notice saves", anchor=False)
    done = percent(offer["notice_service"])
    st.caption(f"Price of an hour at work for which {done} of the extra work is done in time.")
    figure_table(rows, "peak_by_notice")
