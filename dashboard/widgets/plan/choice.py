"""A way to a plan where no quote is in hand: the newest quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import state
from dashboard.going import link_to
from dashboard.wording import moment, plain

if TYPE_CHECKING:
    from api.client import Client

    Json = dict[str, Any]

_NEWEST = 8


def choose_quote(client: Client) -> None:
    """List the newest quotes, each with a button that shows its plan."""
    page = client.list_quotes(_NEWEST)
    if not page["data"]:
        st.info(
            "No quote is stored yet, so there is no plan. When sales has priced an engagement on "
            "the page **Quote**, its plan is found here.",
            icon=":material/info:",
        )
        return
    st.write("Which quote's plan? These are the newest.")
    for row in page["data"]:
        _row(row)
    if page["has_more"]:
        link_to("stored", "All stored quotes", icon=":material/list:")


def _row(row: Json) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        with st.container(gap=None):
            variant = " (variant)" if row["variant_of"] else ""
            st.markdown(f"**{plain(row['name'])}**{variant}")
            st.caption(f"{plain(row['client'])}, priced {moment(row['created_at'])} UTC")
        st.button(
            "Show its plan",
            on_click=state.open_quote,
            args=(row["id"],),
            key=f"plan_of_{row['id']}",
        )
