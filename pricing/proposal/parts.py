"""Tables of a page made for paper."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def rows_table(rows: Sequence[dict[str, str]], numbers: Sequence[str] = (), look: str = "") -> str:
    """Write rows of cells by column as a table; its head comes again on every page.

    Parameters
    ----------
    rows : sequence of dict
        The same columns in each; none make no table.
    numbers : sequence of str
        Columns that are set to the right.
    look : str
        Class of the style sheet.
    """
    if not rows:
        return ""

    def kind(name: str) -> str:
        return ' class="n"' if name in numbers else ""

    head = "".join(f"<th{kind(name)}>{escape(name)}</th>" for name in rows[0])
    body = "".join(
        "<tr>"
        + "".join(f"<td{kind(name)}>{escape(cell)}</td>" for name, cell in row.items())
        + "</tr>\n"
        for row in rows
    )
    return f'<table class="{look}"><thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table>\n'
