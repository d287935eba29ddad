"""Rates at the margin as files: a page, tables, the report."""

from __future__ import annotations

from html import escape
from itertools import count
from typing import TYPE_CHECKING, Any

from pricing.charts.rate_cells import (
    band_cells,
    contract_cells,
    peak_cells,
    proposed_cells,
    step_cells,
    why,
)
from pricing.charts.rates import rate_by_notice, rate_by_step
from staffing.exports.page import fitted, html_table, whole_page

if TYPE_CHECKING:
    Json = dict[str, Any]


def rate_page(report: Json) -> str:
    """Write a rate report (JSON) as one self-contained HTML page; it holds cost."""
    numbers = count()
    specs: list[Json] = []

    def box(spec: Json) -> str:
        specs.append(fitted(spec))
        return f'<div class="chart" id="chart-{next(numbers)}"></div>\n'

    body = [html_table(proposed_cells(report))]
    for rates in report["services"]:
        body.append(f"<h2>{escape(rates['service'])}</h2>\n<p>{escape(why(rates))}</p>\n")
        body += [box(rate_by_step(rates, report["currency"])), html_table(step_cells(rates))]
        body += ["<h3>Band by band</h3>\n", html_table(band_cells(rates))]
        if rates["contract"]:
            body += ["<h3>Beside the contract</h3>\n", html_table(contract_cells(rates))]
        peaks = peak_cells(rates)
        if peaks:
            body += ["<h3>A peak of one week</h3>\n", html_table(peaks)]
        if any(one["hour"] for one in rates["by_notice"]):
            body.append(box(rate_by_notice(rates, report["currency"])))
    body += [f"<p>{escape(note[:1].upper() + note[1:])}.</p>\n" for note in report["notes"]]
    return whole_page(f"{report['engagement']}: rates at the margin", "".join(body), specs)


def rate_files(report: Json) -> dict[str, list[dict[str, str]]]:
    """Tables of a folder by file name, as rows."""
    tables = {"proposed.csv": proposed_cells(report)}
    steps = [
        {"Service": one["service"], **row} for one in report["services"] for row in step_cells(one)
    ]
    unit_free = [{_plain_heading(k, report): v for k, v in row.items()} for row in steps]
    return tables | {"steps.csv": unit_free}


def _plain_heading(heading: str, report: Json) -> str:
    """One heading for the units of all services."""
    units = {f"{one['unit'].capitalize()}s" for one in report["services"]}
    return "Units" if heading in units else heading
