"""The plan as files, as `crewquote staff` writes them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from api.client import CSV, HTML, ICALENDAR, XLSX

if TYPE_CHECKING:
    from api.client import Client
    from dashboard.whole_plan import WholePlan


class _File(NamedTuple):
    label: str
    name: str
    kind: str
    table: str = "shifts"


_FILES = (
    _File("Workbook (XLSX)", "plan.xlsx", XLSX),
    _File("Shifts (CSV)", "shifts.csv", CSV),
    _File("Intervals (CSV)", "intervals.csv", CSV, "intervals"),
    _File("Calendar (ICS)", "plan.ics", ICALENDAR),
    _File("Page with all charts (HTML)", "plan.html", HTML),
)
_PEOPLE = _File("People (CSV)", "people.csv", CSV, "people")


def plan_files(client: Client, whole: WholePlan) -> None:
    """Offer the plan as files; the API writes each when it is asked for."""
    st.header("Take the plan along", anchor=False)
    with st.container(horizontal=True):
        for file in (*_FILES, _PEOPLE) if whole.lists_people else _FILES:
            st.download_button(
                file.label,
                partial(client.plan_file, whole.quote["id"], file.kind, file.table),
                file.name,
                file.kind,
                icon=":material/download:",
                on_click="ignore",
                key=f"plan_{file.name}",
            )
    st.caption(
        "The workbook has shifts, intervals and people of each team; the calendar every shift of "
        "the term on its site's clock."
    )
