"""What came of a draft: its two offers, where they are equal, and their risk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard import draft, sentences, state, tables
from dashboard.going import link_to
from dashboard.widgets.documents import documents
from dashboard.widgets.goal_seek import goal_seek
from dashboard.widgets.lifecycle import lifecycle
from dashboard.widgets.offers import offer_cards
from dashboard.widgets.problem import problems_shown
from dashboard.widgets.show import chart, figure_table
from dashboard.wording import moment, plain
from pricing.charts import bill_spread, bills_over_volume

if TYPE_CHECKING:
    from api.client import Client

_LABELS_PX = 270


def priced(client: Client) -> None:
    """Show the last quote of what is written, if it was priced."""
    quote_id = draft.revises()
    if quote_id is None:
        return
    quote = state.load_quote(client, quote_id)
    st.header("Two offers for the same work", anchor=False)
    life = quote.get("lifecycle") or {}
    number = f"{life['number']} revision {life['revision']}" if life else f"Quote {quote_id[:8]}"
    st.caption(f"{number}, priced {moment(quote['created_at'])} UTC, and stored")
    link_to("offers", "Read the whole quote", icon=":material/open_in_new:")
    with problems_shown():
        lifecycle(client, quote_id)
    for warning in quote["warnings"]:
        st.warning(plain(warning), icon=":material/warning:")
    offer_cards(quote)
    figure_table(tables.prices(quote), "draft_prices", text_columns=4)
    figure_table(tables.offers(quote), "draft_offers", widths={tables.OVER_TERM: _LABELS_PX})
    st.write(plain(sentences.cheaper_at_plan(quote)))
    chart(bills_over_volume(quote), "draft_bills")
    st.write(plain(sentences.break_even(quote)))
    chart(bill_spread(quote), "draft_spread")
    st.caption(
        f"Both bills under the same {quote['risk']['draws']:,} draws of {tables.drawn(quote)}."
    )
    goal_seek(client, state.load_engagement(client, quote_id))
    documents(client, quote_id)
