"""Rates at the margin on a terminal: proposed charges, steps, bands, peaks, the contract's."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from pricing.charts.rate_cells import (
    band_cells,
    contract_cells,
    peak_cells,
    proposed_cells,
    step_cells,
    why,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import RenderableType

    Json = dict[str, Any]

_WIDTH = 130
_TEXT = {"Service", "Met by", "Notice"}


def print_rates(report: Json) -> None:
    """Print rates at the margin: RateReport as JSON."""
    width = None if sys.stdout.isatty() else _WIDTH
    console = Console(file=sys.stdout, width=width, highlight=False, emoji=False, markup=False)
    for part in _parts(report):
        console.print(part)


def _parts(report: Json) -> Iterable[RenderableType]:
    yield f"{report['engagement']}: rates at the margin. Vendor's view: it holds cost."
    yield "ARC: charge of an additional unit; RRC: credit of a reduced one; at the target margin."
    yield ""
    yield _table(proposed_cells(report))
    for rates in report["services"]:
        yield f"\n{why(rates)}"
        yield _table(step_cells(rates))
        yield "\nBand by band, planned anew"
        yield _table(band_cells(rates))
        if rates["contract"]:
            yield "\nBeside the contract"
            yield _table(contract_cells(rates))
        peaks = peak_cells(rates)
        if peaks:
            yield f"\nA peak of one week, {rates['service']}, {report['currency']}"
            yield _table(peaks)
    yield ""
    yield from (f"Note: {note}." for note in report["notes"])


def _table(rows: Sequence[dict[str, str]]) -> Table:
    """Show cells by column; a column that is empty in all rows is left out."""
    kept = [name for name in rows[0] if any(row[name] for row in rows)]
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 1))
    for name in kept:
        table.add_column(name, justify="left" if name in _TEXT else "right")
    for row in rows:
        table.add_row(*(row[name] for name in kept))
    return table
