"""A skill study as one HTML page: a table of all sites and a chart of each."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from staffing.charts import skills_over_week
from staffing.exports.page import fitted, html_table, whole_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]


def skill_page(study: Json, title: str) -> str:
    """Write a skill study as one self-contained HTML page.

    Parameters
    ----------
    study : mapping
        SkillStudy as JSON.
    title : str
        What the study is for; shown as the heading.
    """
    sites = study["sites"]
    table = html_table([_cells(site, study["premium"]) for site in sites])
    sections = "".join(_section(site, number) for number, site in enumerate(sites))
    said = "<p>A quote keeps the teams of a site apart: nothing of this is in its price.</p>\n"
    charts = [fitted(skills_over_week(site)) for site in sites]
    return whole_page(title, f"{said}{table}{sections}", charts)


def _cells(site: Json, premium: float) -> dict[str, str]:
    mix = site["own_hours"] + site["flexible_hours"]
    return {
        "Site": site["site"],
        "Head-hours a week, people apart": f"{site['apart_hours']:,.1f}",
        "Best mix": f"{mix:,.1f}",
        "Of them flexible": f"{site['flexible_hours']:,.1f}",
        "One pool, least": f"{site['pooled_hours']:,.1f}",
        "Most flexible on duty": f"{site['most_flexible_on_duty']:,.1f}",
        f"Cost, flexible + {100 * premium:g} %": f"{100 * site['cost_change']:+.1f} %",
        "Mixes played": "yes" if site["simulated"] else "no: at most this is saved",
    }


def _section(site: Json, number: int) -> str:
    names = escape(", ".join(one["service"] for one in site["services"]))
    notes = "".join(f"<p>{escape(note)}.</p>\n" for note in site["notes"])
    box = f'<div class="chart" id="chart-{number}"></div>\n'
    return f"<h2>{escape(site['site'])}: {names}</h2>\n{box}{notes}"
