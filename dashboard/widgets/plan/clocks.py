"""Sites beside each other: the hours each covers on one clock, nights, cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard import plan_tables
from dashboard.going import link_to
from dashboard.widgets.kept_choice import kept_segments
from dashboard.widgets.show import chart, figure_table
from staffing.charts import hours_on_one_clock

if TYPE_CHECKING:
    from dashboard.whole_plan import WholePlan

_COST_HELP = (
    "All cost of the site's teams over the term, by hour on site less in-office shrinkage; "
    "without SG&A, financing and margin."
)


@st.fragment
def sites_and_clocks(whole: WholePlan) -> None:
    """Lay the hours of all sites on one clock, and compare them in a table."""
    st.header("Sites and time zones", anchor=False)
    name = kept_segments("On the clock of", list(whole.clocks), "sites_clock")
    ahead = {site: whole.ahead_min(site, whole.clocks[name]) for site in whole.sites}
    chart(hours_on_one_clock(whole.plan, ahead, name), "clocks_chart")
    st.caption(
        "The orange tick is midnight at the site. Clocks are those of the first day. Hours of the "
        "table are those of the standard week."
    )
    rows, helps = plan_tables.sites(whole), {plan_tables.productive_hour(whole): _COST_HELP}
    figure_table(rows, "plan_sites_table", text_columns=2, help_texts=helps)
    link_to("sites", "Where else could it be delivered, at what cost", ":material/public:")
