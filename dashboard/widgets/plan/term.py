"""The term: people against the need, who comes and goes, and heat maps by week."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.widgets.kept_choice import kept_segments
from dashboard.widgets.show import chart
from staffing.charts import (
    comings_and_goings,
    cover_by_week,
    difference_by_week,
    headcount_over_term,
    hires_by_month,
    need_by_week,
)

if TYPE_CHECKING:
    from dashboard.whole_plan import WholePlan

_ALL = "All sites"


@st.fragment
def people_over_term(whole: WholePlan) -> None:
    """Stack the people of all sites or one, and show who comes and goes."""
    st.header("People over the term", anchor=False)
    site = _site(whole)
    chart(headcount_over_term(whole.plan, whole.terms, site), "headcount_chart")
    st.caption(
        "Surge people are heads, who do less than an ordinary person, so the stack may stand above "
        "the need. People in training and ramp-up are paid and do not cover it."
    )
    chart(comings_and_goings(whole.plan, whole.terms, site), "goings_chart")
    chart(hires_by_month(whole.plan, whole.terms), "months_chart")


def by_week_and_team(whole: WholePlan) -> None:
    """Show need, cover and their difference, a row for each team."""
    st.header("Need and cover by week and site", anchor=False)
    chart(difference_by_week(whole.plan, whole.terms), "difference_by_week")
    chart(need_by_week(whole.plan, whole.terms), "need_by_week")
    chart(cover_by_week(whole.plan, whole.terms), "cover_by_week")


def _site(whole: WholePlan) -> str | None:
    if len(whole.sites) == 1:
        return whole.sites[0]
    chosen = kept_segments("People of", [_ALL, *whole.sites], "term_site")
    return None if chosen == _ALL else chosen
