"""A study of the client's choice as one HTML page; vendor's view, not for clients."""

from __future__ import annotations

from html import escape
from itertools import count
from typing import TYPE_CHECKING, Any

from pricing.charts.choice import margins_after_choice, price_pairs
from pricing.charts.choice_words import (
    choice_sentence,
    clause_cells,
    floor_cells,
    headline,
    premium_cells,
    price_cells,
    price_to_win_sentences,
    result_cells,
    saving_cells,
    third_sentence,
    total_cells,
    winning_sentence,
)
from pricing.charts.risk_cells import contract_lines
from staffing.exports.page import fitted, html_table, whole_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]


def choice_page(study: Json) -> str:
    """Write a study of the choice as one self-contained HTML page.

    Parameters
    ----------
    study : mapping
        ChoiceStudy as JSON; it holds cost and margin, so the page is not for clients.
    """
    numbers = count()
    specs = []

    def said(*sentences: str) -> str:
        return "".join(f"<p>{escape(one)}</p>\n" for one in sentences)

    def box() -> str:
        return f'<div class="chart" id="chart-{next(numbers)}"></div>\n'

    parts = [said(headline(study), *price_to_win_sentences(study))]
    if len(study["lots"]) > 1:
        parts += ["<h2>All services together</h2>\n", html_table(total_cells(study))]
    for lot in study["lots"]:
        name = lot["name"]
        specs += [price_pairs(study, name), margins_after_choice(study, name)]
        parts += [
            f"<h2>{escape(name)}</h2>\n",
            html_table(price_cells(study, lot)),
            said(choice_sentence(study, lot)),
            box(),
            html_table(result_cells(study, lot)),
            box(),
            html_table(premium_cells(lot)),
            said(third_sentence(study, lot), winning_sentence(study, lot)),
            html_table(saving_cells(lot)),
            html_table(clause_cells(lot)),
            html_table(floor_cells(study, lot)),
        ]
    terms = contract_lines(study)
    if terms:
        parts += ["<h2>Under the contract</h2>\n", said(*(f"{line}." for line in terms))]
    if study["notes"]:
        notes = (note[:1].upper() + note[1:] + "." for note in study["notes"])
        parts += ["<h2>What this rests on</h2>\n", said(*notes)]
    title = f"{study['engagement']}: prices when the client chooses"
    return whole_page(title, "".join(parts), [fitted(spec) for spec in specs])
