"""How large the plan is: the peak, seats, what falls short and its price."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard import plan_tables
from dashboard.widgets.show import figure_row, figure_table
from dashboard.wording import plain

if TYPE_CHECKING:
    from dashboard.whole_plan import WholePlan

_NOBODY = "Nobody is short in any interval of the standard week, nor in any week of the term."
_SEATS_HELP = (
    "People on duty in each team's busiest week of the term, trainees included, as if all teams "
    "were busiest at once."
)
_CLOCKS_HELP = (
    "Weeks in which the clocks of site and client keep another distance than in the standard week."
)


def size(whole: WholePlan) -> None:
    """Answer how many people at the peak, on which seats, and whether anybody is short."""
    figure_row(plan_tables.headline(whole))
    st.write(plain(plan_tables.peak_in_words(whole)))
    _short(whole)
    for warning in plan_tables.seats_missing(whole):
        st.warning(plain(warning), icon=":material/chair:")
    st.subheader("Seats by site", anchor=False)
    helps = {plan_tables.BUSIEST: _SEATS_HELP}
    figure_table(plan_tables.seats(whole), "seats_table", help_texts=helps)


def _short(whole: WholePlan) -> None:
    text = plan_tables.short_in_words(whole)
    if text is None:
        st.success(_NOBODY, icon=":material/check_circle:")
        return
    st.warning(plain(text), icon=":material/warning:")
    rows = plan_tables.short(whole)
    helps = {plan_tables.OTHER_CLOCKS: _CLOCKS_HELP}
    figure_table(rows, "short_table", help_texts=helps)
    st.caption("Hours are head-hours; those of other clocks are a week's, in the worst such week.")
