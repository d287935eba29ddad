"""A plan of hiring as one HTML page: the term in a table, charts and periods of every team."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from staffing.charts.hiring import headcount_by_status, hires_and_leavers
from staffing.charts.hiring_cells import in_a_sentence, period_cells, team_cells
from staffing.exports.page import fitted, html_table, whole_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]

_CHARTS = (headcount_by_status, hires_and_leavers)


def hiring_page(study: Json) -> str:
    """Write a plan of hiring as one self-contained HTML page.

    Parameters
    ----------
    study : mapping
        HiringStudy as JSON; it holds cost, so the page is not for clients.
    """
    names = [pool["name"] for pool in study["pools"]]
    pools: list[str | None] = [*([None] if len(names) > 1 else []), *names]
    specs = [fitted(chart(study, pool)) for pool in pools for chart in _CHARTS]
    sections = "".join(_section(study, pool, 2 * number) for number, pool in enumerate(pools))
    body = f"{_said(study)}{html_table(team_cells(study))}{_limits(study)}{sections}"
    return whole_page(f"{study['engagement']}: plan of hiring", body, specs)


def _said(study: Json) -> str:
    text = f"{in_a_sentence(study)} For the vendor's own people: it holds wages and cost."
    warnings = "".join(f"<p>Warning: {escape(one)}.</p>\n" for one in study["warnings"])
    return f"<p>{escape(text)}</p>\n{warnings}"


def _limits(study: Json) -> str:
    if not study["constraints"]:
        return "<p>Nothing holds the plan back: no limit costs anything.</p>\n"
    items = "".join(f"<li>{escape(one['text'])}</li>\n" for one in study["constraints"])
    return (
        "<h2>What holds the plan back</h2>\n<p>What a little more of it would save, the most "
        f"first.</p>\n<ul>\n{items}</ul>\n"
    )


def _section(study: Json, pool: str | None, first: int) -> str:
    boxes = "".join(
        f'<div class="chart" id="chart-{first + i}"></div>\n' for i in range(len(_CHARTS))
    )
    table = html_table(period_cells(study, pool))
    return f"<h2>{escape(pool or 'All teams')}</h2>\n{boxes}{table}"
