"""The client's comparison as a workbook: savings and equivalents are formulas over its cells."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, NamedTuple

import xlsxwriter

from pricing.charts.comparison_cells import (
    OFFERS,
    basis_cells,
    break_even_cells,
    risk_cells,
)
from pricing.charts.savings import NAMES
from pricing.money import exponent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    Json = Mapping[str, Any]

_WIDE, _NARROW = 36, 18
_LEVELS = {"expected": "expected", "p50": "P50", "p90": "P90"}


class _Formats(NamedTuple):
    head: Format
    money: Format
    share: Format
    number: Format
    output_cheaper: Format
    input_cheaper: Format


def workbook(comparison: Json) -> bytes:
    """Write a comparison as an XLSX workbook.

    Parameters
    ----------
    comparison : mapping
        ClientComparison as JSON.

    Returns
    -------
    bytes
        Sheets of offers, bills over volume, beliefs, break-even, risks and, where there is an
        in-house side, savings and basis. Differences, totals and savings are formulas.
    """
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    places = exponent(comparison["currency"])
    formats = _Formats(
        book.add_format({"bold": True}),
        book.add_format({"num_format": "#,##0" + ("." + "0" * places if places else "")}),
        book.add_format({"num_format": "0.0%"}),
        book.add_format({"num_format": "#,##0.00"}),
        book.add_format({"bg_color": "#F3C9A5"}),
        book.add_format({"bg_color": "#BFDDF2"}),
    )
    _offers(book.add_worksheet("offers"), comparison, formats)
    _volumes(book.add_worksheet("volumes"), comparison, formats)
    _beliefs(book.add_worksheet("beliefs"), comparison, formats)
    _text(book.add_worksheet("break-even"), break_even_cells(comparison), formats)
    _text(book.add_worksheet("risks"), risk_cells(comparison), formats)
    savings = comparison["savings"]
    if savings is not None:
        _savings(book.add_worksheet("savings"), savings, formats)
        _text(book.add_worksheet("basis"), basis_cells(comparison), formats)
    book.close()
    return file.getvalue()


def _head(sheet: Worksheet, names: Sequence[str], formats: _Formats, row: int = 0) -> None:
    for column, name in enumerate(names):
        sheet.write_string(row, column, name, formats.head)
    sheet.set_column(0, 0, _WIDE)
    sheet.set_column(1, max(1, len(names) - 1), _NARROW)


def _text(sheet: Worksheet, rows: Sequence[dict[str, str]], formats: _Formats) -> None:
    """Write rows of text cells."""
    if not rows:
        return
    _head(sheet, list(rows[0]), formats)
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row.values()):
            sheet.write_string(number, column, cell)
    sheet.freeze_panes(1, 1)


def _money(sheet: Worksheet, row: int, column: int, money: Json, formats: _Formats) -> None:
    sheet.write_number(row, column, float(money["amount"]), formats.money)


def _offers(sheet: Worksheet, comparison: Json, formats: _Formats) -> None:
    """Bills over the term with their difference; then unit and hour equivalents."""
    offers = comparison["offers"]
    sheet.write_string(0, 0, f"{comparison['name']}, for {comparison['client']}", formats.head)
    sheet.write_string(1, 0, f"Amounts in {comparison['currency']}")
    _head(sheet, ["Over the term", "Input-based", "Output-based", "Difference"], formats, 2)
    row = 3
    for name, label in (
        ("expected_bill", "expected bill"),
        ("bill_p10", "P10"),
        ("bill_p50", "P50"),
        ("bill_p90", "P90"),
    ):
        sheet.write_string(row, 0, label)
        for column, offer in enumerate(offers, start=1):
            _money(sheet, row, column, offer[name], formats)
        difference = float(offers[1][name]["amount"]) - float(offers[0][name]["amount"])
        sheet.write_formula(row, 3, f"=C{row + 1}-B{row + 1}", formats.money, difference)
        row += 1
    if comparison["budget"] is not None:
        budget = comparison["budget"]["amount"]
        sheet.write_string(row, 0, f"probability of more than {budget}")
        for column, offer in enumerate(offers, start=1):
            sheet.write_number(row, column, offer["over_budget"], formats.share)
        row += 1
    row += 1
    _head(sheet, ["Service, per", "Input-based", "Output-based"], formats, row)
    for one, two in zip(*(offer["equivalents"] for offer in offers), strict=True):
        for name, unit in (
            ("per_unit", one["unit"]),
            ("per_paid_hour", "paid hour"),
            ("per_productive_hour", "productive hour"),
        ):
            row += 1
            sheet.write_string(row, 0, f"{one['service']}, {unit}")
            sheet.write_number(row, 1, float(one[name]["amount"]))
            sheet.write_number(row, 2, float(two[name]["amount"]))


def _volumes(sheet: Worksheet, comparison: Json, formats: _Formats) -> None:
    names = ("input_based", "input_low", "input_high", "output_based", "output_low", "output_high")
    heads = ("Input", "Input P10", "Input P90", "Output", "Output P10", "Output P90")
    _head(sheet, ["Volume a month", "Of plan", *heads, "Output less input"], formats)
    for row, point in enumerate(comparison["bills"], start=1):
        sheet.write_number(row, 0, point["volume"], formats.number)
        sheet.write_number(row, 1, point["share_of_plan"], formats.share)
        for column, name in enumerate(names, start=2):
            _money(sheet, row, column, point[name], formats)
        difference = float(point["output_based"]["amount"]) - float(point["input_based"]["amount"])
        sheet.write_formula(row, 8, f"=F{row + 1}-C{row + 1}", formats.money, difference)
    sheet.freeze_panes(1, 1)


def _beliefs(sheet: Worksheet, comparison: Json, formats: _Formats) -> None:
    """Output-based bill over the input-based one, less 1: below zero it is the cheaper one."""
    beliefs = comparison["beliefs"]
    volumes, speeds = beliefs["volumes"], beliefs["productivities"]
    _head(sheet, ["Productivity (rows), volume (columns)"], formats)
    for column, volume in enumerate(volumes, start=1):
        sheet.write_number(0, column, volume, formats.share)
    found = {(c["volume"], c["productivity"]): c["difference"] for c in beliefs["cells"]}
    for row, speed in enumerate(speeds, start=1):
        sheet.write_number(row, 0, speed, formats.share)
        for column, volume in enumerate(volumes, start=1):
            sheet.write_number(row, column, found[volume, speed], formats.share)
    for criteria, colour in (("<", formats.output_cheaper), (">", formats.input_cheaper)):
        rule = {"type": "cell", "criteria": criteria, "value": 0, "format": colour}
        sheet.conditional_format(1, 1, len(speeds), len(volumes), rule)
    sheet.freeze_panes(1, 1)


def _savings(sheet: Worksheet, savings: Json, formats: _Formats) -> None:
    """In-house lines and every case; totals, saving and share are formulas."""
    if not savings["cases"]:
        for row, reason in enumerate(savings["withheld"]):
            sheet.write_string(row, 0, f"No saving is stated: {reason}")
        return
    own = savings["in_house_lines"]
    _head(sheet, ["In-house", "Over the term"], formats)
    for row, line in enumerate(own, start=1):
        sheet.write_string(row, 0, NAMES[line["name"]])
        _money(sheet, row, 1, line["amount"], formats)
    total_row = len(own) + 1
    total = float(savings["in_house_total"]["amount"])
    sheet.write_string(total_row, 0, "in-house total", formats.head)
    sheet.write_formula(total_row, 1, f"=SUM(B2:B{total_row})", formats.money, total)
    top = total_row + 2
    cases = savings["cases"]
    names = [f"{OFFERS[one['method']]}, {_LEVELS[one['case']]}" for one in cases]
    _head(sheet, ["Outsourced", *names], formats, top)
    for row, line in enumerate(cases[0]["lines"], start=top + 1):
        sheet.write_string(row, 0, NAMES[line["name"]])
    end = top + 1 + len(cases[0]["lines"])
    labels = ("outsourced total", "saving", "saving, share", "present value", "pays back in month")
    for row, label in enumerate(labels, start=end):
        sheet.write_string(row, 0, label, formats.head)
    for column, case in enumerate(cases, start=1):
        _case(sheet, column, case, (top, end, total_row), formats)


def _case(
    sheet: Worksheet, column: int, case: Json, rows: tuple[int, int, int], formats: _Formats
) -> None:
    """Write one case below its heading."""
    top, end, total_row = rows
    letter = "ABCDEFGHIJ"[column]
    for row, line in enumerate(case["lines"], start=top + 1):
        _money(sheet, row, column, line["amount"], formats)
    total, saving = float(case["total"]["amount"]), float(case["saving"]["amount"])
    summed = f"=SUM({letter}{top + 2}:{letter}{end})"
    sheet.write_formula(end, column, summed, formats.money, total)
    less = f"=$B${total_row + 1}-{letter}{end + 1}"
    sheet.write_formula(end + 1, column, less, formats.money, saving)
    share = f"={letter}{end + 2}/$B${total_row + 1}"
    sheet.write_formula(end + 2, column, share, formats.share, case["share"])
    _money(sheet, end + 3, column, case["npv"], formats)
    month = case["payback_month"]
    if month is None:
        sheet.write_string(end + 4, column, "never")
    else:
        sheet.write_number(end + 4, column, month)
