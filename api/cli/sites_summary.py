"""A site study on a terminal: ways to deliver, nights, the real plan of the choice."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from pricing.charts.site_cells import (
    night_cells,
    option_cells,
    planned_line,
    refused_lines,
    verdict,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import RenderableType

    Json = dict[str, Any]

_WIDTH = 120
_WHERE = "Where"
_TEXT = {"Way to deliver", _WHERE, "Service", "Open at night by"}


def print_sites(study: Json) -> None:
    """Print a site study: SiteStudy as JSON."""
    width = None if sys.stdout.isatty() else _WIDTH
    console = Console(file=sys.stdout, width=width, highlight=False, emoji=False, markup=False)
    for part in _parts(study):
        console.print(part)


def _parts(study: Json) -> Iterable[RenderableType]:
    yield f"{study['engagement']}: where to deliver. Vendor's view: it holds cost."
    yield verdict(study)
    yield planned_line(study)
    yield ""
    cells = option_cells(study)
    yield _table([{name: row[name] for name in row if name != _WHERE} for row in cells])
    yield "\nWho does what where"
    yield from (f"  {row['Way to deliver']}: {row[_WHERE]}" for row in cells)
    yield from refused_lines(study)
    nights = night_cells(study)
    if nights:
        yield "\nOpen at night: night shifts at one site, or round the clocks of several"
        yield _table(nights)
    yield ""
    yield (
        "Cost is over the term with contingency, prices at the target margin without risk premium; "
        "the largest site's share of all handling hours is what stands still if it fails."
    )
    yield from (f"Note: {note}." for note in study["notes"])


def _table(rows: Sequence[dict[str, str]]) -> Table:
    """Show cells by column; a column that is empty in all rows is left out."""
    kept = [name for name in rows[0] if any(row[name] for row in rows)]
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 1))
    for name in kept:
        table.add_column(name, justify="left" if name in _TEXT else "right")
    for row in rows:
        table.add_row(*(row[name] for name in kept))
    return table
