"""A plan as CSV."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from staffing.exports.rows import interval_rows, person_rows, shift_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Json = Mapping[str, Any]

_SHIFTS = ("service", "site", "starts", "ends", "length_h", "heads")
_INTERVALS = (
    *("service", "site", "day", "start"),
    *("required_heads", "on_duty", "at_work", "short_heads"),
)
_PEOPLE = (
    *("service", "site", "person", "tour"),
    *("day", "start", "end", "length_h", "breaks"),
)
PEOPLE_FILE = "people.csv"
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def plan_tables(plan: Json) -> dict[str, str]:
    """Write a plan as CSV, times local to the site.

    Parameters
    ----------
    plan : mapping
        StaffingPlan as JSON.

    Returns
    -------
    dict
        Text by file name: ``shifts.csv`` with one row per team and shift, ``intervals.csv`` with
        one per team and interval; where people are listed, ``people.csv`` with one per person and
        shift. A name that a spreadsheet would take for a formula is preceded
        by an apostrophe.
    """
    shifts, intervals, people = [], [], []
    for team in plan["teams"]:
        names = [harmless(team["service"]), harmless(team["site"])]
        shifts += [[*names, *row] for row in shift_rows(team["roster"])]
        intervals += [[*names, *row] for row in interval_rows(team["roster"])]
        people += [[*names, *harmless_texts(row)] for row in person_rows(team["roster"])]
    tables = {
        "shifts.csv": csv_text(_SHIFTS, shifts),
        "intervals.csv": csv_text(_INTERVALS, intervals),
    }
    return tables | ({PEOPLE_FILE: csv_text(_PEOPLE, people)} if people else {})


def lists_people(text: str) -> bool:
    """Whether a file is a table of a plan's people: it has their head, and nothing else does."""
    return text.startswith(csv_text(_PEOPLE, ()))


def csv_text(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Write rows under their head as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue()


def harmless_texts(row: Iterable[object]) -> list[object]:
    """Keep a spreadsheet from taking any text of a row for a formula."""
    return [harmless(cell) if isinstance(cell, str) else cell for cell in row]


def harmless(name: str) -> str:
    """Keep a spreadsheet from taking a name for a formula."""
    return f"'{name}" if name.startswith(_FORMULA_SIGNS) else name
