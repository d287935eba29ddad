"""What surge reports on a terminal share: page, headings, tables, the peak in words."""

from __future__ import annotations

import sys
import textwrap
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import RenderableType

_WIDTH = 100


def print_all(parts: Iterable[RenderableType]) -> None:
    """Print parts one below the other, as wide as the terminal, or as a page elsewhere."""
    width = None if sys.stdout.isatty() else _WIDTH
    console = Console(file=sys.stdout, width=width, highlight=False, emoji=False, markup=False)
    for part in parts:
        console.print(part)


def peak_line(size: float, days: int, start: str, notice_h: float) -> str:
    """Say what peak is meant."""
    length = f"{days} days"
    if days % 7 == 0:
        weeks = days // 7
        length = f"{weeks} week{'s' if weeks > 1 else ''}"
    return f"{size:+.0%} for {length} from {start} 00:00, known {notice_h:g} hours before."


def heading(text: str) -> str:
    """Set a heading apart."""
    return f"\n{text}"


def wrapped(text: str) -> str:
    """Break a line where a page ends."""
    return textwrap.fill(text, _WIDTH - 2, initial_indent="  ", subsequent_indent="    ")


def table(*headings: str) -> Table:
    """Make a table whose first column holds names."""
    made = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 1))
    for number, name in enumerate(headings):
        made.add_column(name, justify="right" if number else "left", no_wrap=not number)
    return made


def amount(value: float | None) -> str:
    """Whole currency units, or a dash where there is none."""
    return "-" if value is None else f"{value:,.0f}"
