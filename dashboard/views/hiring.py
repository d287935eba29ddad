"""Who joins, helps out and leaves, week by week over the term, at least cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from api.client import CSV
from dashboard.teams import services_of, sites_of
from dashboard.widgets.picker import engagement_to_study
from dashboard.widgets.problem import problems_shown
from dashboard.widgets.show import chart, figure_row, figure_table
from dashboard.widgets.study import File, downloads, fill_form, heading, study, workbook
from dashboard.wording import number, percent, plain, sentence, volume
from staffing.charts import headcount_by_status, hires_and_leavers
from staffing.charts.hiring_cells import cost_cells, in_a_sentence, period_cells, team_cells

if TYPE_CHECKING:
    from api.client import Client

    Json = dict[str, Any]

_WHAT = (
    "People are hired weeks before they are needed, train, ramp up, and leave. This plans hires, "
    "classes, overtime, temporary people and releases on the sites' terms, at least cost."
)
_DOING = "Planning shifts, then hiring over the term. This takes some seconds."
_DOING_WHOLE = "Planning shifts, then hiring whole people. This may take a minute."
_EVERYWHERE = "all sites"
_ALL_TEAMS = "All teams"
_DEFAULTS: dict[str, object] = {"hiring_site": 0, "hiring_services": [], "hiring_whole": False}
_MOST_CONSTRAINTS = 8
_TABLE = File("Table (CSV)", "hiring.csv", CSV, "hiring")


def render(client: Client) -> None:
    """Ask what to plan, and show the plan."""
    heading("Hiring", _WHAT)
    with problems_shown():
        engagement = engagement_to_study(client, "hiring")
        if engagement is None:
            return
        fill_form("hiring", engagement, _DEFAULTS)
        asked = _options(engagement)
        entered = {name: st.session_state[name] for name in _DEFAULTS}
        doing = _DOING_WHOLE if entered["hiring_whole"] else _DOING
        made = study(client, "hiring", engagement, asked, entered=entered, doing=doing)
        if made is None:
            return
        _show(made.answer)
        downloads(client, "hiring", engagement, made, workbook("hiring"), _TABLE)


def _options(engagement: Json) -> Json | None:
    """Ask what to plan; return it in the run in which it is submitted."""
    with st.form("hiring"):
        columns = st.columns(2)
        sites = [None, *sites_of(engagement)]
        site = columns[0].selectbox(
            "Site",
            range(len(sites)),
            format_func=lambda at: sites[at] or _EVERYWHERE,
            key="hiring_site",
        )
        services = columns[1].multiselect(
            "Services", services_of(engagement), placeholder="all services", key="hiring_services"
        )
        whole = st.checkbox(
            "Hire whole people",
            help="Else people may be fractions, which is quicker and a bound for the cost.",
            key="hiring_whole",
        )
        if not st.form_submit_button("Plan the hiring", type="primary", key="study_hiring"):
            return None
    return {"site": sites[site], "services": services, "whole_people": whole}


def _show(made: Json) -> None:
    for warning in made["warnings"]:
        st.warning(plain(sentence(warning)), icon=":material/warning:")
    totals, currency = made["plan"]["totals"], made["currency"]
    pools = totals["pools"]
    first_day = sum(pool["go_live"] for pool in pools)
    first_day += sum(pool["staff_heads"] for pool in made["pools"])
    figure_row(
        {
            f"Cost of the term, {currency}": volume(totals["cost"]),
            "Work done": percent(totals["service"]),
            "On the first day": number(round(first_day, 1)),
            "Hires": number(round(sum(pool["hires"] for pool in pools), 1)),
            "Leave": number(round(sum(pool["leavers"] for pool in pools), 1)),
        }
    )
    st.write(plain(in_a_sentence(made)))
    _people(made)
    _limits(made)
    st.header("What it costs", anchor=False)
    figure_table(cost_cells(made), "cost_table")
    st.header("Teams over the term", anchor=False)
    figure_table(team_cells(made), "teams_table")


def _people(made: Json) -> None:
    st.header("People week by week", anchor=False)
    names = [pool["name"] for pool in made["pools"]]
    team = None
    if len(names) > 1:
        chosen = st.selectbox("Team", [_ALL_TEAMS, *names], key="hiring_team")
        team = None if chosen == _ALL_TEAMS else chosen
    else:
        team = names[0]
    chart(headcount_by_status(made, team), "headcount_chart")
    chart(hires_and_leavers(made, team), "moves_chart")
    with st.expander("In figures: heads are means, moves and cost are sums", key="periods"):
        figure_table(period_cells(made, team), "periods_table")


def _limits(made: Json) -> None:
    st.header("What holds the plan back", anchor=False)
    texts = [f"- {plain(one['text'])}" for one in made["constraints"]]
    if not texts:
        st.write("Nothing: no limit costs anything.")
        return
    st.caption("What a little more of it would save, the most first.")
    st.markdown("\n".join(texts[:_MOST_CONSTRAINTS]))
    more = texts[_MOST_CONSTRAINTS:]
    if more:
        with st.expander(f"{len(more)} more", key="more_constraints"):
            st.markdown("\n".join(more))
