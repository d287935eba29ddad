"""A plan as one HTML page with its charts drawn inside; opened without a network, it is whole."""

from __future__ import annotations

import json
from functools import cache
from html import escape
from itertools import count
from typing import TYPE_CHECKING, Any

import vl_convert

from staffing.charts import (
    cover_heat_map,
    difference_heat_map,
    heads_over_week,
    people_over_term,
    required_heat_map,
    shift_gantt,
    tour_days,
    week_totals,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]

_BUNDLED = "window.vegaEmbed = vegaEmbed;"
_FITTED = {"width": "container", "autosize": {"type": "fit-x", "contains": "padding"}}
_CHARTS = (
    heads_over_week,
    required_heat_map,
    cover_heat_map,
    difference_heat_map,
    shift_gantt,
    people_over_term,
)
_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'unsafe-inline'; img-src data:"
)
_STYLE = """
:root { color-scheme: light dark; --text: #24292f; --line: #d0d7de; --page: #ffffff; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6edf3; --line: #3d444d; --page: #14171c; }
}
body { font: 15px/1.5 system-ui, sans-serif; color: var(--text); background: var(--page);
       max-width: 1100px; margin: 2rem auto; padding: 0 1rem; }
.scrolls { overflow-x: auto; }
table { border-collapse: collapse; }
th, td { padding: .35rem .5rem; border-bottom: 1px solid var(--line); text-align: right; }
th:first-child, td:first-child { text-align: left; }
.chart { width: 100%; margin: 1.2rem 0; }
"""
_SCRIPT = """
const specs = JSON.parse(document.getElementById("specs").textContent);
const dark = window.matchMedia("(prefers-color-scheme: dark)");
function draw() {
  const text = getComputedStyle(document.documentElement).getPropertyValue("--text").trim();
  const line = getComputedStyle(document.documentElement).getPropertyValue("--line").trim();
  const words = {labelColor: text, titleColor: text};
  const config = {
    background: "transparent", view: {stroke: line}, title: {color: text, anchor: "start"},
    axis: {...words, gridColor: line, domainColor: line, tickColor: line}, legend: words,
  };
  const options = {mode: "vega-lite", renderer: "svg", actions: false, config};
  specs.forEach((spec, i) => vegaEmbed(`#chart-${i}`, spec, options));
}
dark.addEventListener("change", draw);
draw();
"""


def plan_page(plan: Json, title: str, currency: str) -> str:
    """Write a plan as one self-contained HTML page.

    Parameters
    ----------
    plan : mapping
        StaffingPlan as JSON.
    title : str
        What the plan is for; shown as the heading.
    currency : str
        Code of the currency a shortfall is priced in.

    Returns
    -------
    str
        The page: a table of all teams, then the charts of each. The drawing library lies inside
        once, and a policy on the page forbids any fetch.
    """
    teams = plan["teams"]
    drawn = [_charts(team) for team in teams]
    specs = [spec for own in drawn for spec in own]
    numbers = count()
    sections = "".join(
        _section(team, [next(numbers) for _ in own]) for team, own in zip(teams, drawn, strict=True)
    )
    table = html_table([_cells(team, currency) for team in teams])
    return whole_page(title, f"{table}{sections}", specs)


def whole_page(title: str, body: str, specs: list[dict[str, Any]]) -> str:
    """Write a self-contained page around a body in which every chart has its box.

    Parameters
    ----------
    title : str
        Shown as the heading.
    body : str
        HTML; chart number i is drawn in the element ``chart-i``.
    specs : list of dict
        Vega-Lite specifications.
    """
    data = json.dumps(specs, ensure_ascii=False).replace("<", "\\u003c")
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{escape(title)}</h1>\n{body}"
        f'<script type="application/json" id="specs">{data}</script>\n'
        f"<script>{_library()}</script>\n"
        f"<script>{_SCRIPT}</script>\n</body>\n</html>\n"
    )


@cache
def _library() -> str:
    """Bundle what draws the charts with all that it needs; it takes seconds, once in a process."""
    return vl_convert.javascript_bundle(_BUNDLED)


def _charts(team: Json) -> list[dict[str, Any]]:
    """Charts of a team; that of tours where there are any."""
    charts = [*_CHARTS, tour_days] if team["roster"]["tours"] else _CHARTS
    return [fitted(chart(team)) for chart in charts]


def fitted(spec: Json) -> dict[str, Any]:
    """Let a chart follow the width of the page; the library inside is its own, whatever version."""
    return {name: part for name, part in spec.items() if name != "$schema"} | _FITTED


def html_table(rows: list[dict[str, str]]) -> str:
    """Write rows of cells by column as a table; a column that is always empty is left out."""
    kept = [name for name in rows[0] if any(row[name] for row in rows)]
    head = "".join(f"<th>{escape(name)}</th>" for name in kept)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(row[name])}</td>' for name in kept)}</tr>\n" for row in rows
    )
    return f'<div class="scrolls"><table>\n<tr>{head}</tr>\n{body}</table></div>\n'


def _cells(team: Json, currency: str) -> dict[str, str]:
    """Cells by column; a column that is empty for every team is not shown."""
    roster = team["roster"]
    totals, cost = week_totals(roster), roster["shortfall_cost"]
    return {
        "Team": f"{team['service']} @ {team['site']}",
        "People on tours": f"{totals.people_on_tours:,}" if roster["tours"] else "",
        "Most people on duty": f"{roster['peak_heads']:,}",
        "Shifts": f"{sum(line['heads'] for line in roster['shifts']):,}",
        "Paid hours a week": f"{roster['paid_hours']:,.0f}",
        "Hours of breaks a week": f"{totals.break_hours:,.1f}" if roster["breaks"] else "",
        "Gap to the proven bound": f"{100 * roster['proof']['gap']:.2f} %",
        "Head-hours short a week": f"{totals.short_head_hours:,.1f}",
        f"Price of what is short a week, {currency}": f"{cost:,.0f}" if cost else "",
    }


def _section(team: Json, numbers: list[int]) -> str:
    boxes = "".join(f'<div class="chart" id="chart-{i}"></div>\n' for i in numbers)
    return f"<h2>{escape(team['service'])} @ {escape(team['site'])}</h2>\n{boxes}"
