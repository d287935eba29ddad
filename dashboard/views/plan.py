"""The plan of a quote, all teams together: who, when, where, and what a peak takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard import state
from dashboard.going import link_to
from dashboard.whole_plan import WholePlan
from dashboard.widgets.in_hand import heading, of_an_earlier_version, quote_in_hand
from dashboard.widgets.plan.calendar import calendar_of_term
from dashboard.widgets.plan.choice import choose_quote
from dashboard.widgets.plan.clocks import sites_and_clocks
from dashboard.widgets.plan.files import plan_files
from dashboard.widgets.plan.peak import simulate_peak
from dashboard.widgets.plan.size import size
from dashboard.widgets.plan.term import by_week_and_team, people_over_term
from dashboard.widgets.plan.week import standard_week
from dashboard.widgets.problem import problems_shown
from dashboard.wording import plain

if TYPE_CHECKING:
    from api.client import Client

_FURTHER = {
    "demand": ("Demand and forecast", ":material/show_chart:"),
    "people": ("Team by team", ":material/groups:"),
    "hiring": ("Whom to hire when", ":material/person_add:"),
    "futures": ("Hiring for many futures", ":material/alt_route:"),
}


def render(client: Client) -> None:
    """Show the plan of the quote in hand, or let one be chosen."""
    with problems_shown():
        quote = quote_in_hand(client)
        if quote is None:
            st.title("Plan", anchor=False)
            choose_quote(client)
            return
        heading(quote)
        if of_an_earlier_version(quote):
            return
        whole = WholePlan(quote, state.load_engagement(client, quote["id"]))
        _further()
        for warning in whole.plan["warnings"]:
            st.warning(plain(warning), icon=":material/warning:")
        size(whole)
        people_over_term(whole)
        by_week_and_team(whole)
        calendar_of_term(client, whole)
        standard_week(whole)
        sites_and_clocks(whole)
        simulate_peak(client, dict(whole.engagement))
        plan_files(client, whole)


def _further() -> None:
    """Link to the pages that answer further questions of the plan."""
    with st.container(horizontal=True, vertical_alignment="center"):
        for path, (label, icon) in _FURTHER.items():
            link_to(path, label, icon)
        st.button("Another quote", type="tertiary", on_click=state.close_quote, key="another_quote")
