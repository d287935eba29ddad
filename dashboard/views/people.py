"""The people a quote takes: over the week, over the term, shift by shift."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import tables
from dashboard.widgets.in_hand import heading, nothing_in_hand, quote_in_hand
from dashboard.widgets.show import chart, figure_table
from dashboard.wording import number, percent, plain, volume
from staffing.charts import heads_over_week, people_over_term

if TYPE_CHECKING:
    from api.client import Client

    Json = dict[str, Any]


def render(client: Client) -> None:
    """Show the staffing plan, team by team."""
    quote = quote_in_hand(client)
    if quote is None:
        nothing_in_hand("People")
        return
    heading(quote)
    for warning in quote["staffing"]["warnings"]:
        st.warning(plain(warning), icon=":material/warning:")
    team = _team(quote["staffing"]["teams"])
    _week(team)
    _term(team)
    st.header("Seats by site", anchor=False)
    figure_table(tables.sites(quote), "sites_table")


def _team(teams: list[Json]) -> Json:
    index = st.selectbox(
        "Team",
        range(len(teams)),
        format_func=lambda i: f"{teams[i]['service']} @ {teams[i]['site']}",
        disabled=len(teams) == 1,
        key="team",
    )
    return teams[index]


def _week(team: Json) -> None:
    roster = team["roster"]
    st.header("The standard week", anchor=False)
    figures = {
        "Units per week": volume(team["units_per_week"]),
        "Most people on duty": str(roster["peak_heads"]),
        "Paid hours per week": volume(roster["paid_hours"]),
        "Hours per FTE-week": number(team["hours_per_fte_week"]),
        "Gap to proven bound": percent(roster["proof"]["gap"]),
    }
    for column, (label, value) in zip(st.columns(len(figures)), figures.items(), strict=True):
        column.metric(label, value)
    chart(heads_over_week(team), "week_chart")
    st.subheader("People who start each shift, local time of the site", anchor=False)
    figure_table(tables.shifts(roster), "shifts_table")


def _term(team: Json) -> None:
    st.header("The term", anchor=False)
    chart(people_over_term(team), "term_chart")
    st.caption(
        "Surge people are shown as heads; they are less effective than the team, so the stack may "
        "stand above the need."
    )
    figure_table(tables.people_by_year(team), "years_table")
