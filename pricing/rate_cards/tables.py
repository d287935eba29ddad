"""Tables of text to a rate card: every wrong cell named by table, row and column."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pricing.field_errors import Guide
from pricing.rate_cards.document import TABLES, RateCard
from pricing.reading import read_document
from staffing.errors import BadInputError, FieldIssue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

RATE_CARD_GUIDE = Guide(RateCard, "docs/rate_cards.md")
_ROW = re.compile(r"^(\w+)\[(\d+)\]")
_FIRST_ROW = 2  # the first below the names of the columns


def read_rate_card(raw: object) -> RateCard:
    """Validate plain data into a rate card."""
    return read_document(RateCard, raw, RATE_CARD_GUIDE)


def card_of_tables(
    tables: Mapping[str, Sequence[Mapping[str, str]]], base: RateCard | None = None
) -> RateCard:
    """Read tables of text cells as a rate card; blank cells are left out.

    Parameters
    ----------
    tables : mapping of str to sequence of mapping
        Rows by table; ``wages``, ``on_costs``, ``labour_rules``, ``fx``, ``catalogue``.
    base : RateCard, optional
        Where tables that are not given stay as they are.

    Raises
    ------
    BadInputError
        Unknown tables; and every cell that cannot be read, as ``wages row 3, value``.
    """
    unknown = [name for name in tables if name not in TABLES]
    if unknown:
        accepted = f"one of: {', '.join(TABLES)}"
        raise BadInputError(*(FieldIssue("table", name, accepted) for name in unknown))
    raw: dict[str, Any] = {} if base is None else base.model_dump(mode="json")
    for name, rows in tables.items():
        raw[name] = [
            {column: cell for column, cell in row.items() if column and cell.strip()}
            for row in rows
        ]
    try:
        return read_rate_card(raw or {"schema_version": 1})
    except BadInputError as error:
        raise BadInputError(*(_by_row(issue) for issue in error.issues)) from None


def _by_row(issue: FieldIssue) -> FieldIssue:
    """Name the row as a person finds it in the table."""
    found = _ROW.match(issue.path)
    if found is None:
        return issue
    rest = issue.path[found.end() :].lstrip(".")
    row = f"{found[1]} row {int(found[2]) + _FIRST_ROW}"
    return FieldIssue(f"{row}, {rest}" if rest else row, issue.value, issue.accepted)
