"""A site study as files: a page, a table, the study, and the engagement that delivers so."""

from __future__ import annotations

import csv
import io
from html import escape
from itertools import count
from typing import TYPE_CHECKING, Any

from pricing.charts.site_cells import (
    night_cells,
    option_cells,
    planned_line,
    refused_lines,
    verdict,
)
from pricing.charts.sites import cost_by_share, cost_of_options, nights_by_way
from staffing.exports.page import fitted, html_table, whole_page

if TYPE_CHECKING:
    from pricing.engagement import Engagement
    from pricing.sites import SiteStudy

    Json = dict[str, Any]


def site_page(document: Json) -> str:
    """Write a site study (JSON) as one self-contained HTML page; it holds cost."""
    live = list(dict.fromkeys(row["service"] for row in document["nights"]))
    services = list(dict.fromkeys(curve["service"] for curve in document["curves"]))
    specs = [
        cost_of_options(document),
        *(nights_by_way(document, service) for service in live),
        *(cost_by_share(document, service) for service in services),
    ]
    numbers = count()

    def box() -> str:
        return f'<div class="chart" id="chart-{next(numbers)}"></div>\n'

    def said(*lines: str) -> str:
        return "".join(f"<p>{escape(line)}</p>\n" for line in lines)

    body = [
        said(verdict(document), planned_line(document)),
        html_table(option_cells(document)),
        box(),
        said(*refused_lines(document)),
    ]
    if live:
        body += ["<h2>Open at night</h2>\n", html_table(night_cells(document))]
        body += [box() for _ in live]
    body += ["<h2>Economies of scale</h2>\n", *(box() for _ in services)]
    body.append(said(*(f"{note[:1].upper()}{note[1:]}." for note in document["notes"])))
    title = f"{document['engagement']}: where to deliver"
    return whole_page(title, "".join(body), [fitted(spec) for spec in specs])


def site_files(study: SiteStudy, engagement: Engagement) -> dict[str, str]:
    """Files of a folder by name; `engagement` is the one that delivers as chosen."""
    document = study.model_dump(mode="json")
    return {
        "sites.json": study.model_dump_json(indent=2) + "\n",
        "options.csv": csv_of(option_cells(document)),
        "engagement.json": engagement.model_dump_json(indent=2) + "\n",
    }


def csv_of(rows: list[dict[str, str]]) -> str:
    """Write rows of cells as a CSV table with a heading."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()
