"""The calendar of the term: public holidays and pay that changes, by week."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard import plan_tables, state
from dashboard.widgets.show import figure_table
from dashboard.wording import plain

if TYPE_CHECKING:
    from api.client import Client
    from dashboard.whole_plan import WholePlan


def calendar_of_term(client: Client, whole: WholePlan) -> None:
    """List what the standard weeks of the plan leave out."""
    found = state.load_plan_calendar(client, whole.quote["id"])
    st.header("Public holidays and pay, by week", anchor=False)
    st.caption(
        "The plan is made of standard weeks and leaves these days out. The cost of the quote "
        "counts them: what a worked holiday adds to pay, and pay from the day it changes."
    )
    rows = plan_tables.calendar(found)
    if rows:
        figure_table(rows, "calendar_table", text_columns=len(rows[0]))
    else:
        st.write("No public holiday and no change of pay is known in the term.")
    for site in found["unknown"]:
        st.caption(plain(f"{site}: no calendar of its country is known."))
