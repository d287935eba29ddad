"""A study of the client's choice on a terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

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

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import RenderableType

    Json = dict[str, Any]

_WIDTH = 100


def print_choice(study: Json) -> None:
    """Print a study of the choice: ChoiceStudy as JSON."""
    width = None if sys.stdout.isatty() else _WIDTH
    console = Console(file=sys.stdout, width=width, highlight=False, emoji=False, markup=False)
    for part in _parts(study):
        console.print(part)


def _parts(study: Json) -> Iterable[RenderableType]:
    yield f"{study['engagement']}: prices when the client chooses (vendor's view)"
    yield headline(study)
    for sentence in price_to_win_sentences(study):
        yield f"\n{sentence}"
    for lot in study["lots"]:
        yield f"\n{lot['name']}"
        yield _table(price_cells(study, lot))
        yield choice_sentence(study, lot)
        yield ""
        yield _table(result_cells(study, lot))
        yield ""
        yield _table(premium_cells(lot))
        yield ""
        yield third_sentence(study, lot)
        yield ""
        yield winning_sentence(study, lot)
        for cells in (saving_cells(lot), clause_cells(lot), floor_cells(study, lot)):
            yield ""
            yield _table(cells)
    if len(study["lots"]) > 1:
        yield "\nAll services together"
        yield _table(total_cells(study))
    yield from (f"{line}." for line in contract_lines(study))
    yield from (f"Note: {note}." for note in study["notes"])


def _table(rows: Sequence[dict[str, str]]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 1))
    for number, name in enumerate(rows[0]):
        words = name in ("Price", "Per", "Case", "Terms", "Offer")
        table.add_column(name, justify="left" if words or not number else "right")
    for row in rows:
        table.add_row(*row.values())
    return table
