"""A surge study as one HTML page: the promise, charts by hour and of strategies, tables."""

from __future__ import annotations

from html import escape
from math import inf
from typing import TYPE_CHECKING, Any

from staffing.charts import cost_by_notice, cost_by_service, people_by_hour, surge_by_hour
from staffing.charts.surge_cells import source_cells
from staffing.exports.page import fitted, html_table, whole_page

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Json = Mapping[str, Any]
    Tables = Mapping[str, Sequence[dict[str, str]]]

_HOW = (
    "Each strategy but the mix uses sources of its own kind only. Cost is least pay, standby "
    "included; a line ends where a strategy can do no more."
)


def surge_page(study: Json, title: str, currency: str, tables: Tables | None = None) -> str:
    """Write a surge study as one self-contained HTML page.

    Parameters
    ----------
    study : mapping
        SurgeStudy as JSON.
    title : str
        What the study is for; shown as the heading.
    currency : str
        Of all cost.
    tables : mapping of str to sequence of dict, optional
        More tables by their heading, cells by column, e.g. prices.
    """
    plan, frontier = study["plan"], study["frontier"]
    charts = [surge_by_hour(plan), surge_by_hour(plan, until_h=inf)]
    body = f"<p>{escape(plan['promise']['text'])}.</p>\n"
    body += _box(0) + html_table(source_cells(plan, currency))
    body += f"<h2>The whole peak</h2>\n{_box(1)}"
    if frontier is not None:
        charts += [cost_by_service(frontier, currency), cost_by_notice(frontier, currency)]
        body += f"<h2>Strategies</h2>\n<p>{_HOW}</p>\n{_box(2)}{_box(3)}"
    return whole_page(title, body + _tables(tables), [fitted(chart) for chart in charts])


def ready_page(ready: Json, title: str, tables: Tables | None = None) -> str:
    """Write who stands ready as one self-contained HTML page; it holds no cost and no source.

    Parameters
    ----------
    ready : mapping
        As in `people_by_hour`, with ``promise``.
    title, tables
        As in `surge_page`.
    """
    chart = "People since the call"
    charts = [
        people_by_hour(ready, chart),
        people_by_hour(ready, chart, until_h=inf),
    ]
    body = f"<p>{escape(ready['promise']['text'])}.</p>\n{_box(0)}"
    body += f"<h2>The whole peak</h2>\n{_box(1)}"
    return whole_page(title, body + _tables(tables), [fitted(chart) for chart in charts])


def _box(number: int) -> str:
    return f'<div class="chart" id="chart-{number}"></div>\n'


def _tables(tables: Tables | None) -> str:
    return "".join(
        f"<h2>{escape(heading)}</h2>\n{html_table(list(rows))}"
        for heading, rows in (tables or {}).items()
        if rows
    )
