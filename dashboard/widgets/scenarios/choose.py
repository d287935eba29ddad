"""Choosing a set of scenarios, or making one from a stored quote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import state
from dashboard.wording import moment, plain

if TYPE_CHECKING:
    from api.client import Client

    Json = dict[str, Any]

_LISTED, _QUOTES = 20, 50
_NO_SETS = (
    "No scenarios yet. Make a set below: its base is a stored quote, and each scenario changes "
    "some of its inputs."
)
_NO_QUOTES = (
    "There is no stored quote to start from. Price an engagement on the page **New quote**, then "
    "come back."
)


def choose_set(client: Client, *, may_write: bool) -> None:
    """List the sets there are, and offer to make one."""
    found = client.list_scenario_sets(_LISTED)
    if not found["data"]:
        st.info(_NO_SETS, icon=":material/info:")
    for one in found["data"]:
        _entry(one)
    if found["has_more"]:
        st.caption(f"The newest {_LISTED} are listed.")
    if may_write:
        _new_set(client)


def _entry(one: Json) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        with st.container(gap=None):
            st.markdown(f"**{plain(one['name'])}**")
            count = one["scenario_count"]
            many = "1 scenario" if count == 1 else f"{count} scenarios"
            who = f"of {plain(one['owner'])}, changed by {plain(one['changed_by'])}"
            st.caption(f"{many}, {who} at {moment(one['changed_at'])} UTC")
        st.button(
            "Open",
            on_click=state.open_scenario_set,
            args=(one["id"],),
            key=f"open_{one['id']}",
            help=f"Open {plain(one['name'])}",
        )


def _new_set(client: Client) -> None:
    st.subheader("Make a set", anchor=False)
    quotes = {one["id"]: one for one in client.list_quotes(_QUOTES)["data"]}
    if not quotes:
        st.info(_NO_QUOTES, icon=":material/info:")
        return
    in_hand = state.quote_id()
    ids = list(quotes)
    with st.form("new_set"):
        name = st.text_input("Name of the set", max_chars=120, key="set_name")
        base = st.selectbox(
            "Base: the quote the scenarios start from",
            ids,
            index=ids.index(in_hand) if in_hand in quotes else 0,
            format_func=lambda one: _quote_words(quotes[one]),
            key="set_base",
        )
        asked = st.form_submit_button("Make the set", type="primary", key="make_set")
    if not asked:
        return
    if not name.strip() or base is None:
        st.warning("Give the set a name first.", icon=":material/edit:")
        return
    made = client.create_scenario_set(name.strip(), base)
    state.open_scenario_set(made["id"])
    st.rerun()


def _quote_words(quote: Json) -> str:
    number = f"{quote['number']} " if quote.get("number") else ""
    return f"{number}{quote['name']}, for {quote['client']} ({moment(quote['created_at'])} UTC)"
