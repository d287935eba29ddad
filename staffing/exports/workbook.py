"""A plan as a workbook whose totals are formulas over its own cells."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import xlsxwriter

from staffing.exports.rows import interval_h, interval_rows, person_rows, shift_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    Json = Mapping[str, Any]

_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_NAME_ROOM = 15  # a sheet's name has 31 characters at most, its number and kind included
_SHORT_FROM = 0.0001
_SHIFTS = ("Starts", "Ends", "Length, h", "Heads")
_INTERVALS = ("Day", "From", "Heads needed", "On duty", "At work", "Short")
_PEOPLE = ("Person", "Tour", "Day", "From", "To", "Length, h", "Breaks")
_WIDE, _NARROW = 34, 14


class Formats(NamedTuple):
    """How headings and figures look."""

    head: Format
    figure: Format

    @classmethod
    def of(cls, book: xlsxwriter.Workbook) -> Formats:
        """Make the formats of a workbook."""
        bold, figure = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.##"})
        return cls(bold, figure)

    def head_row(self, sheet: Worksheet, names: Sequence[str]) -> None:
        """Write the headings of a table and keep them in sight."""
        for column, name in enumerate(names):
            sheet.write_string(0, column, name, self.head)
        sheet.set_column(0, len(names) - 1, _NARROW)
        sheet.freeze_panes(1, 0)


def sheet_label(number: int, name: str) -> str:
    """Begin the name of a sheet: a number and what fits of a name."""
    return f"{number} {_FORBIDDEN.sub(' ', name)[:_NAME_ROOM].strip()}"


class _Total(NamedTuple):
    """A line of the summary: its formula, and the value a reader without arithmetic shows."""

    label: str
    formula: str
    value: float


def plan_workbook(plan: Json) -> bytes:
    """Write a plan as an XLSX workbook with three sheets per team, four where people are listed.

    Parameters
    ----------
    plan : mapping
        StaffingPlan as JSON.

    Returns
    -------
    bytes
        The file. ``summary`` totals by formula what ``shifts`` and ``intervals`` hold, so that an
        edited cell moves the totals. Text is written as text: a name that begins like a formula
        stays a name.
    """
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    formats = Formats.of(book)
    for number, team in enumerate(plan["teams"], start=1):
        label = sheet_label(number, team["service"])
        summary, shifts, intervals = (
            book.add_worksheet(f"{label} {kind}") for kind in ("summary", "shifts", "intervals")
        )
        _shifts(shifts, team["roster"], formats)
        _intervals(intervals, team["roster"], formats)
        _summary(summary, team, label, formats)
        if team["roster"]["people"]:
            _people(book.add_worksheet(f"{label} people"), team["roster"], formats)
    book.close()
    return file.getvalue()


def _shifts(sheet: Worksheet, roster: Json, formats: Formats) -> None:
    formats.head_row(sheet, _SHIFTS)
    for row, shift in enumerate(shift_rows(roster), start=1):
        sheet.write_string(row, 0, shift.starts)
        sheet.write_string(row, 1, shift.ends)
        sheet.write_number(row, 2, shift.length_h)
        sheet.write_number(row, 3, shift.heads)


def _intervals(sheet: Worksheet, roster: Json, formats: Formats) -> None:
    formats.head_row(sheet, _INTERVALS)
    for row, one in enumerate(interval_rows(roster), start=1):
        sheet.write_string(row, 0, one.day)
        sheet.write_string(row, 1, one.start)
        sheet.write_number(row, 2, one.required)
        sheet.write_number(row, 3, one.on_duty)
        sheet.write_number(row, 4, one.at_work)
        need, work = f"C{row + 1}", f"E{row + 1}"
        formula = f"=IF({need}-{work}>{_SHORT_FROM},{need}-{work},0)"
        sheet.write_formula(row, 5, formula, None, one.short)


def _people(sheet: Worksheet, roster: Json, formats: Formats) -> None:
    formats.head_row(sheet, _PEOPLE)
    sheet.set_column(len(_PEOPLE) - 1, len(_PEOPLE) - 1, _WIDE)
    for row, one in enumerate(person_rows(roster), start=1):
        for column, cell in enumerate(one):
            if isinstance(cell, str):
                sheet.write_string(row, column, cell)
            else:
                sheet.write_number(row, column, cell)


def _summary(sheet: Worksheet, team: Json, label: str, formats: Formats) -> None:
    sheet.set_column(0, 0, _WIDE)
    sheet.set_column(1, 1, _NARROW)
    sheet.write_string(0, 0, "Service", formats.head)
    sheet.write_string(0, 1, team["service"])
    sheet.write_string(1, 0, "Site", formats.head)
    sheet.write_string(1, 1, team["site"])
    sheet.write_string(2, 0, "Length of an interval, h", formats.head)
    sheet.write_number(2, 1, interval_h(team["roster"]))
    sheet.write_string(3, 0, "Hours per FTE-week", formats.head)
    sheet.write_number(3, 1, team["hours_per_fte_week"], formats.figure)
    sheet.write_string(4, 0, "Hours of unpaid breaks", formats.head)
    sheet.write_number(4, 1, _unpaid_h(team["roster"]), formats.figure)
    for row, total in enumerate(_totals(team, label), start=6):
        sheet.write_string(row, 0, total.label)
        sheet.write_formula(row, 1, total.formula, formats.figure, total.value)


def _unpaid_h(roster: Json) -> float:
    """Hours of shifts that are not paid."""
    hours = sum(shift.heads * shift.length_h for shift in shift_rows(roster))
    paid: float = roster["paid_hours"]
    return round(hours - paid, 6)


def _totals(team: Json, label: str) -> list[_Total]:
    """Figures of the standard week.

    B3 is the length of an interval, B4 the hours of an FTE, B5 those of unpaid breaks.
    """
    roster = team["roster"]
    shifts, intervals = shift_rows(roster), interval_rows(roster)
    length, heads = (
        f"'{label} shifts'!{column}2:{column}{len(shifts) + 1}" for column in ("C", "D")
    )
    need, duty, work, short = (
        f"'{label} intervals'!{column}2:{column}{len(intervals) + 1}" for column in "CDEF"
    )
    worked = sum(shift.heads * shift.length_h for shift in shifts)
    paid = worked - _unpaid_h(roster)
    missing = [one.short for one in intervals]
    hours = interval_h(roster)
    return [
        _Total("Shifts", f"=SUM({heads})", sum(shift.heads for shift in shifts)),
        _Total("Hours of all shifts", f"=SUMPRODUCT({heads},{length})", worked),
        _Total("Paid hours", f"=SUMPRODUCT({heads},{length})-B5", paid),
        _Total(
            "FTE for paid hours",
            f"=(SUMPRODUCT({heads},{length})-B5)/B4",
            paid / team["hours_per_fte_week"],
        ),
        _Total("Most people on duty", f"=MAX({duty})", max(roster["on_duty"])),
        _Total("Most heads needed", f"=MAX({need})", max(roster["required_heads"])),
        _Total("Head-hours on duty", f"=SUM({duty})*B3", sum(roster["on_duty"]) * hours),
        _Total("Head-hours at work", f"=SUM({work})*B3", sum(roster["at_work"]) * hours),
        _Total("Head-hours needed", f"=SUM({need})*B3", sum(roster["required_heads"]) * hours),
        _Total("Head-hours short", f"=SUM({short})*B3", sum(missing) * hours),
        _Total("Most heads short", f"=MAX({short})", max(missing)),
        _Total(
            "Intervals short", f'=COUNTIF({short},">0")', sum(1 for heads in missing if heads > 0)
        ),
    ]
