"""Compare scenarios: a base and what others change of it, what that did, and who edits it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from api.client import ApiError
from dashboard import state
from dashboard.scenario_fields import fields
from dashboard.widgets.problem import problems_shown, show_problem
from dashboard.widgets.scenarios.choose import choose_set
from dashboard.widgets.scenarios.columns import columns
from dashboard.widgets.scenarios.compared import compared
from dashboard.widgets.scenarios.editing import editor
from dashboard.widgets.scenarios.owned import heading

if TYPE_CHECKING:
    from api.client import Client

_WRITE = "scenarios:write"


def render(client: Client) -> None:
    """Show the set in hand, or the sets there are."""
    wanted = state.scenario_set_id()
    if wanted is None:
        st.title("Scenarios", anchor=False)
        st.write(
            "What would another volume, wage or margin do? Up to four scenarios beside a base."
        )
        with problems_shown():
            choose_set(client, may_write=_WRITE in client.me()["permissions"])
        return
    try:
        found = client.get_scenario_set(wanted)
    except ApiError as error:
        st.title("Scenarios", anchor=False)
        show_problem(error)
        st.button("All sets", on_click=state.close_scenario_set, key="close_set")
        return
    may_write = found["access"] != "read"
    heading(client, found, may_write=may_write)
    with problems_shown():
        known = fields(state.load_engagement(client, found["base"]["quote_id"]))
        columns(client, found, known, may_write=may_write)
        if may_write:
            editor(client, found, known)
        compared(client, found)
