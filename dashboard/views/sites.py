"""Where to deliver: sites, split of the work, night shifts or other clocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from api.client import HTML
from dashboard.widgets.picker import engagement_to_study
from dashboard.widgets.problem import problems_shown
from dashboard.widgets.show import chart, figure_row, figure_table
from dashboard.widgets.study import File, downloads, fill_form, heading, study
from dashboard.wording import percent, plain, sentence
from pricing.charts.site_cells import (
    night_cells,
    option_cells,
    planned_line,
    refused_lines,
    verdict,
)
from pricing.charts.sites import cost_by_share, cost_of_options, nights_by_way

if TYPE_CHECKING:
    from api.client import Client

    Json = dict[str, Any]

_WHAT = (
    "Every service is planned at every site it may go to, live ones also round the clocks of "
    "several. This chooses the sites and the split of the work that cost least."
)
_DOING = "Planning every service at every site, then choosing. This takes some seconds per team."
_DEFAULTS = {
    "sites_max": None,
    "sites_min": None,
    "sites_share": 100.0,
    "sites_least": 5.0,
}
_PAGE = File("Page (HTML)", "sites.html", HTML, "sites")


def render(client: Client) -> None:
    """Ask for the rules of the choice, and show it against the other ways to deliver."""
    heading("Sites", _WHAT)
    with problems_shown():
        engagement = engagement_to_study(client, "sites")
        if engagement is None:
            return
        fill_form("sites", engagement, _DEFAULTS)
        asked = _rules()
        entered = {name: st.session_state[name] for name in _DEFAULTS}
        made = study(client, "sites", engagement, asked, entered=entered, doing=_DOING)
        if made is None:
            return
        _show(made.answer)
        downloads(client, "sites", engagement, made, _PAGE)


def _rules() -> Json | None:
    """Ask for the rules; return them in the run in which they are submitted."""
    with st.form("sites"):
        columns = st.columns(2)
        most = columns[0].number_input(
            "Most sites", 1, 50, step=1, placeholder="any number", key="sites_max"
        )
        fewest = columns[1].number_input(
            "Fewest sites",
            1,
            50,
            step=1,
            placeholder="one",
            help="Two or more: one may fail.",
            key="sites_min",
        )
        share = columns[0].number_input(
            "Most of all work at one site, %",
            1.0,
            100.0,
            step=5.0,
            format="%.0f",
            key="sites_share",
        )
        least = columns[1].number_input(
            "Least share of a service for a team, %",
            0.0,
            100.0,
            step=5.0,
            format="%.0f",
            key="sites_least",
        )
        if not st.form_submit_button("Choose the sites", type="primary", key="study_sites"):
            return None
    asked: Json = {"min_share": round(least / 100, 6)}
    if most is not None:
        asked["max_sites"] = most
    if fewest is not None:
        asked["min_sites"] = fewest
    if share < 100:  # noqa: PLR2004 (per cent)
        asked["max_share"] = round(share / 100, 6)
    return asked


def _show(report: Json) -> None:
    best = next(row for row in report["options"] if row["kind"] == "best")
    figure_row(
        {
            f"Cost of the best, {report['currency']}": f"{float(best['cost']['amount']):,.0f}",
            "Hours at night": percent(best["night_share"] or 0.0),
            "On duty at once": f"{best['seats']:,.0f}",
            "Largest site": percent(best["concentration"]),
        }
    )
    st.write(plain(verdict(report)))
    st.write(plain(planned_line(report)))
    chart(cost_of_options(report), "options_chart")
    figure_table(option_cells(report), "options_table", text_columns=2)
    for line in refused_lines(report):
        st.caption(plain(sentence(line)))
    nights = night_cells(report)
    if nights:
        st.header("Open at night", anchor=False)
        for service in dict.fromkeys(row["service"] for row in report["nights"]):
            chart(nights_by_way(report, service), f"nights_{service}")
        figure_table(nights, "nights_table", text_columns=3)
    st.header("What small teams cost", anchor=False)
    for service in dict.fromkeys(curve["service"] for curve in report["curves"]):
        chart(cost_by_share(report, service), f"share_{service}")
    if report["notes"]:
        st.header("What it rests on", anchor=False)
        st.markdown("\n".join(f"- {plain(sentence(note))}" for note in report["notes"]))
