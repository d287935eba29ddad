"""Quotes that were priced before."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import state
from dashboard.widgets.problem import problems_shown
from dashboard.wording import moment, plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.client import Client

    Json = dict[str, Any]

_PAGE = 20
_AFTER = "stored_after"
_WIDTHS = (3.2, 4, 3.4, 2.6, 2.6, 1.8)


def render(client: Client, show_quote: Callable[[], None] = st.rerun) -> None:
    """List stored quotes, newest first, and open one.

    Parameters
    ----------
    client : Client
        The API.
    show_quote : callable
        Goes to the page that shows the quote in hand.
    """
    st.title("Stored quotes", anchor=False)
    with problems_shown():
        page = client.list_quotes(_PAGE, st.session_state.get(_AFTER))
        if not page["data"]:
            st.info("No quote is stored yet. Price an engagement on the page **Quote**.")
            return
        _head()
        for row in page["data"]:
            if _row(row):
                state.open_quote(row["id"])
                show_quote()
        _turn(page)


def _head() -> None:
    names = ("Priced, UTC", "Engagement", "Client", "Input-based bill", "Output-based bill", "")
    for column, name in zip(st.columns(_WIDTHS), names, strict=True):
        column.caption(name)


def _row(row: Json) -> bool:
    columns = st.columns(_WIDTHS, vertical_alignment="center")
    columns[0].write(moment(row["created_at"]))
    variant = " (variant)" if row["variant_of"] else ""
    columns[1].write(plain(row["name"]) + variant)
    columns[2].write(plain(row["client"]))
    for column, name in zip(columns[3:5], ("input_bill", "output_bill"), strict=True):
        column.write(f"{Decimal(row[name]):,.0f} {row['currency']}")
    return columns[5].button("Open", key=f"open_{row['id']}")


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
