"""Goal seek: what price holds a margin, what productivity makes both offers equal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import entered, goal_tables
from dashboard.widgets import work
from dashboard.widgets.problem import problems_shown
from dashboard.widgets.show import figure_table
from dashboard.wording import plain

if TYPE_CHECKING:
    from api.client import Client

    Json = dict[str, Any]

_WORK = "goal_seek"
_DOING = "Solving what the futures are read from, then seeking prices: seconds, up to some minutes."
_MEASURES = {"p10": "In nine of ten futures (P10)", "expected": "Expected, over all futures"}
_MAY = "studies"


def goal_seek(client: Client, engagement: Json) -> None:
    """Ask for a margin, and show the prices that hold it."""
    st.subheader("Goal seek", anchor=False)
    with problems_shown():
        if _MAY not in client.me()["permissions"]:
            return
        options = _asked()
        begin = None
        if options is not None:

            def begin() -> Json:
                return client.begin_study("goal-seek", engagement, options)

        found = work.result_of(client, _WORK, begin=begin, doing=_DOING)
        if found is None:
            return
        if found["engagement"] != engagement.get("name"):
            work.forget(_WORK)
            return
        _show(found)


def _asked() -> Json | None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        margin = st.number_input(
            "Margin to hold, % of price",
            *(0.0, 99.0),
            value=18.0,
            step=1.0,
            key="goal_margin",
        )
        measure = st.selectbox(
            "Held", list(_MEASURES), format_func=_MEASURES.__getitem__, key="goal_measure"
        )
        asked = st.button("Seek the prices", key="seek_goal")
    return {"margin": entered.share_of(margin), "measure": measure} if asked else None


def _show(found: Json) -> None:
    st.write(plain(goal_tables.asked(found)))
    figure_table(goal_tables.prices(found), "goal_table", text_columns=2)
    st.write(plain(goal_tables.equal(found)))
    for note in found["notes"]:
        st.caption(plain(note))
