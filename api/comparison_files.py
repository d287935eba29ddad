"""The client's comparison as a page and as a workbook. Neither holds the vendor's side."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from pricing.charts import (
    belief_heat_map,
    bills_with_bands,
    client_spread,
    savings_waterfall,
)
from pricing.charts.comparison_cells import (
    BREAK_EVEN_NOTE,
    basis_cells,
    break_even_cells,
    crossing_cells,
    equivalent_cells,
    offer_cells,
    outsourced_cells,
    pay_notes,
    people_cells,
    price_cells,
    risk_cells,
    saving_cells,
)
from pricing.client_comparison.wording import OFFERS, sentence
from pricing.client_comparison.workbook import workbook
from staffing.exports.page import fitted, html_table, whole_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]

__all__ = ["comparison_page", "comparison_workbook"]

comparison_workbook = workbook


def comparison_page(comparison: Json) -> str:
    """Write a comparison as one self-contained HTML page.

    Parameters
    ----------
    comparison : mapping
        ClientComparison as JSON.
    """
    title = f"{comparison['name']}: two offers for the same work"
    charts = [
        bills_with_bands(comparison),
        client_spread(comparison),
        belief_heat_map(comparison),
    ]
    advice = comparison["recommendation"]
    chosen = sentence(OFFERS[advice["method"]])
    points = "".join(f"<li>{escape(sentence(point))}</li>" for point in advice["points"])
    body = (
        f"<p>For {escape(comparison['client'])}. {comparison['term_months']} months from "
        f"{comparison['start']}, in {comparison['currency']}; valid "
        f"{comparison['validity_days']} days.</p>\n"
        f"<h2>Recommendation: {escape(chosen.lower())}</h2>\n"
        f"<p>{escape(sentence(advice['reason']))}. The choice is yours.</p>\n<ul>{points}</ul>\n"
        f"{_terms(comparison)}"
        f"<h2>Both offers</h2>\n{html_table(offer_cells(comparison))}"
        f"<h3>Prices</h3>\n{html_table(price_cells(comparison))}"
        f"<h3>Per unit and per hour</h3>\n{html_table(equivalent_cells(comparison))}"
        f"<h2>From which volume on</h2>\n{_box(0)}{html_table(break_even_cells(comparison))}"
        f"<p>{escape(BREAK_EVEN_NOTE)}</p>\n"
        f"{_crossings(comparison)}"
        f"<h2>How far the bill may move</h2>\n{_box(1)}"
        f"<h2>Which offer for which belief</h2>\n{_box(2)}"
        f"<h2>Who bears which risk</h2>\n{html_table(risk_cells(comparison))}"
    )
    savings = comparison["savings"]
    if savings is not None:
        body += f"<h2>Against in-house in {savings['country']}</h2>\n{_savings(comparison)}"
        if savings["cases"]:
            charts.append(savings_waterfall(comparison, _best(savings)))
            body += _box(len(charts) - 1) + html_table(outsourced_cells(comparison))
        body += f"<h2>What the in-house side rests on</h2>\n{html_table(basis_cells(comparison))}"
    return whole_page(title, body, [fitted(chart) for chart in charts])


def _savings(comparison: Json) -> str:
    savings = comparison["savings"]
    text = "".join(
        f"<p>No saving is stated: {escape(reason)}.</p>\n" for reason in savings["withheld"]
    )
    if savings["headline"] is not None:
        text += f"<p><strong>{escape(savings['headline'])}</strong></p>\n"
    text += html_table(people_cells(savings))
    text += "".join(f"<p>{escape(note)}</p>\n" for note in pay_notes(savings))
    text += f"<p>{escape(sentence(savings['formula']))}</p>\n"
    if savings["cases"]:
        text += html_table(saving_cells(comparison))
    return text


def _terms(comparison: Json) -> str:
    """What the bills follow beside the prices, if anything."""
    said = comparison.get("terms")
    return f"<p>{escape(said)}</p>\n" if said else ""


def _crossings(comparison: Json) -> str:
    rows = crossing_cells(comparison["bundle"], comparison["currency"])
    return html_table(rows) if rows else ""


def _best(savings: Json) -> str:
    """Offer that saves more at P50."""
    middling = [case for case in savings["cases"] if case["case"] == "p50"]
    return str(max(middling, key=lambda case: float(case["share"]))["method"])


def _box(number: int) -> str:
    return f'<div class="chart" id="chart-{number}"></div>\n'
