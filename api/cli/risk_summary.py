"""A study of risk on a terminal: both offers, the premium, one factor at a time."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from pricing.charts.risk_cells import (
    contingency_line,
    contract_lines,
    error_lines,
    factor_cells,
    measure_cells,
    premium_cells,
    premium_line,
    rules_line,
    tornado_cells,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import RenderableType

    Json = dict[str, Any]

_WIDTH = 110
_TEXT = {"", "Risk", "Factor", "Distribution", "Source"}


def print_risk(study: Json) -> None:
    """Print a study of risk: RiskStudy as JSON."""
    width = None if sys.stdout.isatty() else _WIDTH
    console = Console(file=sys.stdout, width=width, highlight=False, emoji=False, markup=False)
    for part in _parts(study):
        console.print(part)


def _parts(study: Json) -> Iterable[RenderableType]:
    yield f"{study['engagement']}: what may come. Vendor's view: it holds cost and margin."
    yield rules_line(study)
    yield ""
    yield _table(measure_cells(study))
    yield ""
    yield premium_line(study)
    yield _table(premium_cells(study))
    yield contingency_line(study)
    if study["tornado"]:
        yield "\nOne factor at a time from its P10 to its P90, the others as planned"
        yield _table(tornado_cells(study))
        yield "\nWhat was drawn, as a multiple of the plan"
        yield _table(factor_cells(study))
    yield ""
    yield from (f"{line}." for line in error_lines(study))
    yield from (f"{line}." for line in contract_lines(study))
    yield from (f"Note: {note}." for note in study["notes"])
    if study["assumed"]:
        yield f"Assumed, not stated: {', '.join(study['assumed'])}."


def _table(rows: Sequence[dict[str, str]]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 1))
    for name in rows[0]:
        table.add_column(name, justify="left" if name in _TEXT else "right")
    for row in rows:
        table.add_row(*row.values())
    return table
