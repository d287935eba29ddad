"""A study of futures on a terminal: people, cost, what planning for many futures is worth."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from staffing.charts.futures_words import (
    in_words,
    marginal_cells,
    people_cells,
    quarter_cells,
    spike_cells,
    statistic_cells,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import RenderableType

    Json = dict[str, Any]

_WIDTH = 100


def print_futures(report: Json) -> None:
    """Print a study of futures: FuturesReport as JSON."""
    width = None if sys.stdout.isatty() else _WIDTH
    console = Console(file=sys.stdout, width=width, highlight=False, emoji=False, markup=False)
    for part in _parts(report):
        console.print(part)


def _parts(report: Json) -> Iterable[RenderableType]:
    words = in_words(report)
    yield f"{report['engagement']}: whom to hire before demand is known"
    yield words["source"]
    yield "\nHired for all futures at once (FTE; people on day one are trained)"
    yield _table(people_cells(report))
    for pool in report["plan"]["pools"]:
        yield f"\n{pool['name']}, by quarter (FTE)"
        yield _table(quarter_cells(report, pool["name"]))
    yield ""
    yield _table(statistic_cells(report))
    yield ""
    for key in ("service", "bounds", "stochastic", "information", "proof"):
        yield words[key]
    yield "\nWhat a little more or less work costs with the same people hired"
    yield _table(marginal_cells(report))
    yield ""
    yield _table(spike_cells(report))
    yield f"\n{words['marginal']}"
    yield from (f"Note: {note}." for note in report["notes"])


def _table(rows: Sequence[dict[str, str]]) -> Table:
    """Show cells by column; a column that is empty in all rows is left out."""
    kept = [name for name in rows[0] if any(row[name] for row in rows)]
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 1))
    for number, name in enumerate(kept):
        table.add_column(name, justify="right" if number else "left")
    for row in rows:
        table.add_row(*(row[name] for name in kept))
    return table
