"""A study of futures as one HTML page: the plan, its cost between bounds, what more work costs."""

from __future__ import annotations

from html import escape
from itertools import count
from typing import TYPE_CHECKING, Any

from staffing.charts.futures import (
    cost_of_futures,
    demand_fan,
    marginal_spikes,
    marginal_steps,
)
from staffing.charts.futures_words import (
    in_words,
    marginal_cells,
    people_cells,
    spike_cells,
    statistic_cells,
)
from staffing.exports.page import fitted, html_table, whole_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]


def futures_page(report: Json) -> str:
    """Write a study of futures as one self-contained HTML page.

    Parameters
    ----------
    report : mapping
        FuturesReport as JSON; it holds cost, so the page is not for clients.
    """
    pools = [one["name"] for one in report["plan"]["pools"]]
    specs = [demand_fan(report, pool) for pool in pools]
    specs += [cost_of_futures(report), marginal_steps(report), marginal_spikes(report)]
    numbers = count()
    words = in_words(report)

    def box() -> str:
        return f'<div class="chart" id="chart-{next(numbers)}"></div>\n'

    def said(*keys: str) -> str:
        return "".join(f"<p>{escape(words[key])}</p>\n" for key in keys)

    body = "".join(
        [
            said("source"),
            "<h2>Hired before demand is known</h2>\n",
            html_table(people_cells(report)),
            *(box() for _ in pools),
            "<h2>What it costs</h2>\n",
            html_table(statistic_cells(report)),
            said("service", "bounds", "stochastic", "information", "proof"),
            box(),
            "<h2>What a little more or less work costs</h2>\n",
            said("marginal"),
            html_table(marginal_cells(report)),
            box(),
            html_table(spike_cells(report)),
            box(),
            "<h2>What this rests on</h2>\n",
            "".join(f"<p>{escape(note[:1].upper() + note[1:])}.</p>\n" for note in report["notes"]),
        ]
    )
    title = f"{report['engagement']}: hiring for a demand that is not known yet"
    return whole_page(title, body, [fitted(spec) for spec in specs])
