"""The people a quote takes: over the week, over the term, shift by shift."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import sentences, tables
from dashboard.widgets.in_hand import (
    heading,
    nothing_in_hand,
    of_an_earlier_version,
    quote_in_hand,
)
from dashboard.widgets.show import chart, figure_row, figure_table
from dashboard.wording import number, percent, plain, volume
from staffing.charts import (
    cover_heat_map,
    difference_heat_map,
    heads_over_week,
    people_over_term,
    required_heat_map,
    shift_gantt,
    tour_days,
    week_totals,
)

if TYPE_CHECKING:
    from api.client import Client

    Json = dict[str, Any]

_SEATS_HELP = (
    "Most people on duty at once in the busiest week, trainees included, rounded up to whole seats."
)


def render(client: Client) -> None:
    """Show the staffing plan, team by team."""
    quote = quote_in_hand(client)
    if quote is None:
        nothing_in_hand("People")
        return
    heading(quote)
    if of_an_earlier_version(quote):
        return
    for warning in quote["staffing"]["warnings"]:
        st.warning(plain(warning), icon=":material/warning:")
    team = _team(quote["staffing"]["teams"])
    _week(team, quote["engagement"]["currency"])
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


def _week(team: Json, currency: str) -> None:
    roster, totals = team["roster"], week_totals(team["roster"])
    st.header("The standard week", anchor=False)
    figures = {
        "Units per week": volume(team["units_per_week"]),
        "Most people on duty": str(roster["peak_heads"]),
        "Paid hours per week": volume(roster["paid_hours"]),
        "Hours per FTE-week": number(team["hours_per_fte_week"]),
        "Could be cheaper by, at most": percent(roster["proof"]["gap"]),
    }
    if roster["breaks"]:
        figures["Break hours per week"] = number(totals.break_hours)
    if roster["tours"]:
        figures["People on tours"] = volume(totals.people_on_tours)
    figure_row(figures)
    st.write(plain(sentences.shortfall(team, currency)))
    _week_charts(team)


def _week_charts(team: Json) -> None:
    """Show the week as steps, as heat maps, shift by shift, and by tour where there are tours."""
    names = ["Heads over the week", "Heat maps", "Shifts"]
    names += ["Tours"] if team["roster"]["tours"] else []
    steps, maps, shifts, *tours = st.tabs(names, key="week_tabs")
    with steps:
        chart(heads_over_week(team), "week_chart")
    with maps:
        chart(required_heat_map(team), "required_map")
        chart(cover_heat_map(team), "cover_map")
        chart(difference_heat_map(team), "difference_map")
    with shifts:
        chart(shift_gantt(team), "shift_chart")
        st.subheader("People who start each shift, local time of the site", anchor=False)
        figure_table(tables.shifts(team["roster"]), "shifts_table")
    for tab in tours:
        with tab:
            chart(tour_days(team), "tours_chart")
            st.subheader("People who work each pattern of days", anchor=False)
            figure_table(tables.tours(team["roster"]), "tours_table", text_columns=4)


def _term(team: Json) -> None:
    st.header("The term", anchor=False)
    chart(people_over_term(team), "term_chart")
    st.caption(
        "Surge people are shown as heads; they are less effective than the team, so the stack may "
        "stand above the need."
    )
    rows = tables.people_by_year(team)
    figure_table(rows, "years_table", help_texts={"Seats": _SEATS_HELP})
