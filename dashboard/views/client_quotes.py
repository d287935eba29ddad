"""The quotes a client was sent, and the way to each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import state
from dashboard.going import go_to
from dashboard.widgets.problem import problems_shown
from dashboard.wording import plain, words

if TYPE_CHECKING:
    from api.client import Client

    Json = dict[str, Any]

_PAGE = 20
_AFTER = "client_quotes_after"


def render(client: Client) -> None:
    """List the quotes that were sent, newest first, and open one."""
    st.title("Your quotes", anchor=False)
    with problems_shown():
        page = client.list_client_quotes(_PAGE, st.session_state.get(_AFTER))
        if not page["data"]:
            st.info(
                "No quote has been sent to you yet. When one is, it stands here: both offers for "
                "the same work, side by side.",
                icon=":material/inbox:",
            )
            return
        for row in page["data"]:
            _row(row)
        with st.container(horizontal=True):
            if st.session_state.get(_AFTER) is not None:
                st.button("Newest", on_click=_start_after, args=(None,), key="newest")
            if page["has_more"]:
                last = page["next_cursor"]
                st.button("Older", on_click=_start_after, args=(last,), key="older")


def _row(row: Json) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        with st.container(gap=None):
            st.markdown(f"**{plain(row['name'])}**")
            st.caption(plain(f"{row['number']}, revision {row['revision']}: {words(row['state'])}"))
        if st.button("Compare both offers", key=f"open_{row['id']}"):
            state.open_quote(row["id"])
            go_to("compare")


def _start_after(cursor: str | None) -> None:
    st.session_state[_AFTER] = cursor
