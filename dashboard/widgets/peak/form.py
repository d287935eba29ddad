"""The form that asks for a peak, the same wherever one is simulated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.teams import team_name, teams_of

if TYPE_CHECKING:
    Json = dict[str, Any]

DEFAULTS = {
    "surge_team": 0,
    "surge_size": 60.0,
    "surge_people": None,
    "surge_notice": 48.0,
    "surge_weeks": 4,
    "surge_day": "Mon",
    "surge_date": None,
    "surge_price": None,
    "surge_all": False,
}
DOING = "Planning the peak, comparing ways to meet it, then pricing it. This takes some seconds."
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_DAYS_PER_WEEK = 7


def peak_form(engagement: Json) -> Json | None:
    """Ask for a peak; return it in the run in which it is submitted."""
    teams = teams_of(engagement)
    with st.form("peak"):
        st.selectbox(
            "Team with the peak",
            range(len(teams)),
            format_func=lambda at: team_name(teams[at]),
            disabled=len(teams) == 1,
            key="surge_team",
        )
        columns = st.columns(2)
        size = columns[0].number_input(
            "Extra work, %", 1.0, 10_000.0, step=5.0, format="%.0f", key="surge_size"
        )
        people = columns[1].number_input(
            "Or as much as so many people do",
            0.1,
            100_000.0,
            step=10.0,
            format="%.0f",
            placeholder="the extra work in per cent counts",
            help="Ordinary people that the peak asks for within the promised hours; its size is "
            "found from them.",
            key="surge_people",
        )
        columns = st.columns(2)
        notice = columns[0].number_input(
            "Notice, hours",
            0.0,
            8784.0,
            step=12.0,
            format="%.0f",
            help="From the call to the first extra work. Nobody is ordered before the call.",
            key="surge_notice",
        )
        weeks = columns[1].number_input("Lasts, weeks", 1, 52, step=1, key="surge_weeks")
        thirds = st.columns(3)
        day = thirds[0].selectbox("Begins on a", _DAYS, key="surge_day")
        date = thirds[1].date_input(
            "Or on this day of the term", None, key="surge_date", format="YYYY-MM-DD"
        )
        price = thirds[2].number_input(
            "Price of an hour of work late",
            0.0,
            None,
            step=1.0,
            placeholder="as in the engagement",
            help="What an hour of work not done in time counts, in the engagement's currency.",
            key="surge_price",
        )
        in_time = st.checkbox(
            "All of the work must be in time",
            help="A peak that cannot be met is then refused, with what would help.",
            key="surge_all",
        )
        submitted = st.form_submit_button("Study the peak", type="primary", key="study_surge")
    if not submitted:
        return None
    service, site = teams[st.session_state["surge_team"]]
    asked: Json = {
        "service": service,
        "site": site,
        **({"size": round(size / 100, 6)} if people is None else {"people": people}),
        "notice_h": notice,
        "days": _DAYS_PER_WEEK * weeks,
        "start": date.isoformat() if date else day,
        "all_in_time": in_time,
    }
    return asked if price is None else asked | {"shortfall_price": price}
