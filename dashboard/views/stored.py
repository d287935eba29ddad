"""Quotes that were priced before."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import state
from dashboard.going import go_to
from dashboard.number_format import localised
from dashboard.widgets.problem import problems_shown
from dashboard.wording import moment, plain

if TYPE_CHECKING:
    from api.client import Client

    Json = dict[str, Any]

_PAGE = 20
_AFTER = "stored_after"
_BILL_PX = 150
_BILLS = {"input_bill": "Input-based bill", "output_bill": "Output-based bill"}


def render(client: Client) -> None:
    """List stored quotes, newest first, and open one."""
    st.title("Stored quotes", anchor=False)
    with problems_shown():
        page = client.list_quotes(_PAGE, st.session_state.get(_AFTER))
        if not page["data"]:
            st.info("No quote is stored yet. Price an engagement on the page **Quote**.")
            return
        for row in page["data"]:
            if _row(row):
                state.open_quote(row["id"])
                go_to("offers")
        _turn(page)


def _row(row: Json) -> bool:
    """Show one quote; on a narrow page its bills move below its name."""
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        with st.container(gap=None):
            variant = " (variant)" if row["variant_of"] else ""
            st.markdown(f"**{plain(row['name'])}**{variant}")
            st.caption(f"{plain(row['client'])}, priced {moment(row['created_at'])} UTC")
        for name, label in _BILLS.items():
            with st.container(width=_BILL_PX, gap=None):
                st.caption(label)
                bill = localised(f"{Decimal(row[name]):,.0f}")
                st.markdown(f"{bill}\N{NO-BREAK SPACE}{row['currency']}")
        return st.button("Open", key=f"open_{row['id']}")


def _turn(page: Json) -> None:
    """Turn to older quotes, or back to the newest."""
    with st.container(horizontal=True):
        if st.session_state.get(_AFTER) is not None:
            st.button("Newest", on_click=_start_after, args=(None,), key="newest")
        if page["has_more"]:
            last = page["data"][-1]["id"]
            st.button("Older", on_click=_start_after, args=(last,), key="older")


def _start_after(quote_id: str | None) -> None:
    st.session_state[_AFTER] = quote_id
