"""The quote in hand, which every page is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from api.client import ApiError
from dashboard import state
from dashboard.sentences import about
from dashboard.widgets.problem import show_problem
from dashboard.wording import moment, plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.client import Client

    Json = dict[str, Any]


def quote_in_hand(client: Client) -> Json | None:
    """Return the quote in hand; where it cannot be had, say why and let it be put away."""
    return _in_hand(client, state.load_quote)


def engagement_in_hand(client: Client) -> Json | None:
    """Return the engagement of the quote in hand, like `quote_in_hand`."""
    return _in_hand(client, state.load_engagement)


def comparison_in_hand(client: Client, belief: Json) -> Json | None:
    """Return what the client of the quote in hand may see, read at a belief."""

    def load(asked: Client, wanted: str) -> Json:
        return state.load_comparison(asked, wanted, belief)

    return _in_hand(client, load)


def _in_hand(client: Client, load: Callable[[Client, str], Json]) -> Json | None:
    wanted = state.quote_id()
    if wanted is None:
        return None
    try:
        return load(client, wanted)
    except ApiError as error:
        show_problem(error)
        st.button("Put this quote away", on_click=state.close_quote, key="close_quote")
        st.stop()


def heading(quote: Json) -> None:
    """Name the quote, and who may see it."""
    st.title(plain(quote["engagement"]["name"]), anchor=False)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.badge("Vendor's view: cost and margin, not for clients", color="orange")
        st.caption(plain(about(quote)), width="content")
    st.caption(f"Quote {quote['id'][:8]}, priced {moment(quote['created_at'])} UTC")


def of_an_earlier_version(quote: Json) -> bool:
    """Say so where a quote lacks what this version's pages of the plan show."""
    lacks = "workings" not in quote or any(
        "at_work" not in team["roster"] for team in quote["staffing"]["teams"]
    )
    if lacks:
        st.info(
            "This quote was made by an earlier version and lacks figures shown here. Price its "
            "engagement again on the page **Quote**.",
            icon=":material/history:",
        )
    return lacks


def nothing_in_hand(title: str) -> None:
    """Say where a quote comes from."""
    st.title(title, anchor=False)
    st.info(
        "No quote in hand. Price an engagement on the page **Quote**, or open one on the page "
        "**Stored quotes**.",
        icon=":material/info:",
    )
