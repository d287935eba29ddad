"""Price an engagement, and read both offers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import sentences, state, tables, term_tables
from dashboard.number_format import localised
from dashboard.widgets.documents import documents
from dashboard.widgets.in_hand import heading, quote_in_hand
from dashboard.widgets.lifecycle import lifecycle
from dashboard.widgets.offers import offer_cards
from dashboard.widgets.picker import engagement_to_price
from dashboard.widgets.problem import problems_shown
from dashboard.widgets.show import chart, figure_table, text_table
from dashboard.wording import plain
from pricing.charts import bill_spread, bills_over_volume, cash_over_term, cost_waterfall
from pricing.charts.choice_words import chosen_sentences
from pricing.charts.foreign_pay import foreign_pay_sentences

if TYPE_CHECKING:
    from api.client import Client

    Json = dict[str, Any]

_PRICING = (
    "Planning shifts and hiring, then pricing both offers. This takes some seconds, up to a minute "
    "for work round the clock."
)
_LABELS_PX = 270


def render(client: Client) -> None:
    """Show the quote in hand, or how to get one."""
    quote = quote_in_hand(client)
    if quote is None:
        st.title("A quote with two offers", anchor=False)
        st.write(
            "From one engagement, the people it takes and two prices for the same work: "
            "**input-based** (the client buys people's time) and **output-based** (the client "
            "buys units)."
        )
        _price_another(client)
        return
    heading(quote)
    with problems_shown():
        lifecycle(client, quote["id"])
    with st.expander("Price another engagement", key="another"):
        _price_another(client)
    _offers(quote)
    _volume(quote)
    _figures(quote)
    _cost(quote)
    _term(quote)
    _risk(quote)
    _basis(quote)
    documents(client, quote["id"])


def _price_another(client: Client) -> None:
    with problems_shown():
        engagement = engagement_to_price(client)
        if engagement is None:
            return
        with st.spinner(_PRICING):
            created = client.create_quote(engagement)
        state.open_quote(created["id"])
        st.rerun()


def _offers(quote: Json) -> None:
    for warning in quote["warnings"]:
        st.warning(plain(warning), icon=":material/warning:")
    st.header("Two offers for the same work", anchor=False)
    offer_cards(quote)
    st.write(plain(sentences.cheaper_at_plan(quote)))
    for said in sentences.contract_at_plan(quote):
        st.write(plain(said))
    chosen = chosen_sentences(quote)
    if chosen:
        with st.expander("How these prices were chosen", key="chosen_prices"):
            st.markdown("\n".join(f"- {plain(said)}" for said in chosen))


def _volume(quote: Json) -> None:
    st.header("Which offer is cheaper, at which volume", anchor=False)
    st.write(plain(sentences.break_even(quote)))
    chart(bills_over_volume(quote), "bills_chart")
    st.caption(plain(sentences.productivity(quote)))
    rows = tables.break_evens(quote)
    if rows:
        left_out = quote["comparison"].get("break_even_left_out", 0)
        some = f"First and last break-evens ({left_out:,} between them are left out)"
        label = some if left_out else f"Every break-even ({len(rows)})"
        with st.expander(label, key="every_break_even"):
            figure_table(rows, "break_even_table", text_columns=0)


def _figures(quote: Json) -> None:
    st.header("Both offers in figures", anchor=False)
    figure_table(tables.offers(quote), "offers_table", widths={tables.OVER_TERM: _LABELS_PX})
    with st.expander("All prices, by the hour too, with their floors", key="all_prices"):
        figure_table(tables.prices(quote), "prices_table", text_columns=4)


def _cost(quote: Json) -> None:
    st.header("From cost to price", anchor=False)
    chart(cost_waterfall(quote), "cost_chart")
    for said in foreign_pay_sentences(quote):
        st.caption(plain(said))


def _term(quote: Json) -> None:
    if not quote.get("term"):
        return
    st.header("Money over the term", anchor=False)
    figure_table(term_tables.value(quote), "term_table", widths={term_tables.MONEY: _LABELS_PX})
    chart(cash_over_term(quote), "cash_chart")
    st.caption(
        "Bills are received as many days after their month as the client takes to pay; cost is "
        "paid in its month, the transition before the first."
    )
    with st.expander("What an early end leaves open", key="exit_charges"):
        figure_table(term_tables.exit_charges(quote), "exit_table", text_columns=0)


def _risk(quote: Json) -> None:
    st.header("Risk", anchor=False)
    risk = quote["risk"]
    drawn = tables.drawn(quote)
    st.write(localised(f"Both bills under the same {risk['draws']:,} draws of {drawn}."))
    chart(bill_spread(quote), "spread_chart")
    st.subheader("Who carries which risk", anchor=False)
    text_table(tables.carriers(quote))


def _basis(quote: Json) -> None:
    st.header("What it rests on", anchor=False)
    st.write(f"Values by quality of their source: {tables.qualities(quote)}.")
    if not quote["reproducible"]:
        st.warning(
            "The clock stopped a search: pricing again may give another plan.",
            icon=":material/timer_off:",
        )
    missing = tables.unsourced(quote)
    if missing:
        label = f"{len(missing)} values without a source, to be confirmed before this is sent"
        with st.expander(label, icon=":material/rule:", key="unsourced"):
            figure_table(missing, "unsourced_table", text_columns=3)
    st.caption(f"Content hash {quote['content_hash']}")
