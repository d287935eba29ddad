"""The standard week of a site with all its teams, by its own clock or another, and its shifts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.going import link_to
from dashboard.tables import DAYS
from dashboard.whole_plan import LOCAL
from dashboard.widgets.kept_choice import kept_select
from dashboard.widgets.show import chart
from staffing.charts import (
    cover_heat_map,
    difference_heat_map,
    heads_over_week,
    required_heat_map,
    shift_gantt,
    site_week,
)

if TYPE_CHECKING:
    from dashboard.whole_plan import WholePlan

_ALL_TEAMS = "All teams of the site"
_WHOLE_WEEK = "The whole week"


@st.fragment
def standard_week(whole: WholePlan) -> None:
    """Show the week of a site: heads, heat maps, shifts with their breaks."""
    st.header("The standard week of a site", anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        site = kept_select("Site", whole.sites, "week_site")
        clock = kept_select("Told in", [LOCAL, *whole.clocks], "week_clock")
    ahead = 0 if clock == LOCAL else whole.ahead_min(site, whole.clocks[clock])
    week = site_week(whole.plan, site, ahead)
    told = clock[:1].lower() + clock[1:] if clock == LOCAL else clock
    steps, maps, shifts = st.tabs(["Heads over the week", "Heat maps", "Shifts"], key="site_tabs")
    with steps:
        chart(heads_over_week(week, told), "site_week_chart")
    with maps:
        chart(required_heat_map(week, told), "site_required_map")
        chart(cover_heat_map(week, told), "site_cover_map")
        chart(difference_heat_map(week, told), "site_difference_map")
        st.caption("Teams are added up; what one has over does not help one that is short.")
    with shifts:
        _shifts(whole, site)


def _shifts(whole: WholePlan, site: str) -> None:
    """Show the shifts of a team, or of all teams of the site one below the other."""
    teams = {team["service"]: team for team in whole.plan["teams"] if team["site"] == site}
    names = [*teams, *([_ALL_TEAMS] if len(teams) > 1 else [])]
    with st.container(horizontal=True):
        chosen = kept_select("Team", names, "shifts_team")
        day = kept_select("Day", [_WHOLE_WEEK, *DAYS], "shifts_day")
    for name, team in teams.items():
        if chosen in {name, _ALL_TEAMS}:
            chart(shift_gantt(team, None if day == _WHOLE_WEEK else day), f"shifts_{name}")
    st.caption("Shifts are told in local time of the site; gaps in a bar are breaks.")
    link_to("people", "One team in full: its tours, its figures, its years", ":material/groups:")
