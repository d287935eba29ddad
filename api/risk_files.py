"""A study of risk as files: a page with charts, and a workbook that adds up by formulas."""

from __future__ import annotations

import io
from html import escape
from itertools import count
from typing import TYPE_CHECKING, Any

import xlsxwriter

from pricing.charts.risk import convergence_of, margins_of_offers, tornado_of
from pricing.charts.risk_cells import (
    NAMES,
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
from staffing.exports.page import fitted, html_table, whole_page
from staffing.exports.workbook import Formats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    Json = dict[str, Any]

_WIDE = 44


def risk_page(study: Json) -> str:
    """Write a study of risk (JSON) as one self-contained HTML page; it holds cost and margin."""
    methods = ("output_based", "input_based")
    specs = [margins_of_offers(study), *(tornado_of(study, m) for m in methods)]
    specs.append(convergence_of(study))
    numbers = count()

    def box() -> str:
        return f'<div class="chart" id="chart-{next(numbers)}"></div>\n'

    def said(*lines: str) -> str:
        return "".join(f"<p>{escape(line)}</p>\n" for line in lines)

    body = [
        said(rules_line(study)),
        html_table(measure_cells(study)),
        box(),
        "<h2>The premium of the output-based price</h2>\n",
        said(premium_line(study)),
        html_table(premium_cells(study)),
        said(contingency_line(study)),
        "<h2>One factor at a time</h2>\n",
        *(box() for _ in methods),
        html_table(tornado_cells(study)),
        "<h2>What was drawn</h2>\n",
        html_table(factor_cells(study)),
        "<h2>How far the figures may be off</h2>\n",
        said(*(f"{line}." for line in error_lines(study))),
        box(),
        said(*(f"{line}." for line in contract_lines(study))),
        said(*(f"{note[:1].upper()}{note[1:]}." for note in study["notes"])),
    ]
    title = f"{study['engagement']}: what may come, and what it means for both offers"
    return whole_page(title, "".join(body), [fitted(spec) for spec in specs])


def risk_workbook(study: Json) -> bytes:
    """Write a study of risk (JSON) as an XLSX workbook.

    Returns
    -------
    bytes
        Sheets ``offers``, ``premium`` (its total is a formula over its parts), ``tornado`` (swings
        are formulas), ``factors``, ``margins`` and ``convergence``.
    """
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    formats = Formats.of(book)
    _cells(book, "offers", measure_cells(study), formats)
    _premium(book, study, formats)
    _tornado(book, study, formats)
    _cells(book, "factors", factor_cells(study), formats)
    shares = ("low", "high", "share")
    _records(book, "margins", study, "histogram", shares, formats)
    running = ("draws", "mean", "mean_error", "p10", "p10_error")
    _records(book, "convergence", study, "convergence", running, formats)
    book.close()
    return file.getvalue()


def _sheet(book: Workbook, name: str, titles: Sequence[str], formats: Formats) -> Worksheet:
    sheet = book.add_worksheet(name)
    formats.head_row(sheet, titles)
    sheet.set_column(0, 0, _WIDE)
    sheet.set_column(1, len(titles), _WIDE // 2)
    return sheet


def _cells(book: Workbook, name: str, rows: list[dict[str, str]], formats: Formats) -> None:
    sheet = _sheet(book, name, list(rows[0]) if rows else [], formats)
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row.values()):
            sheet.write_string(number, column, text)


def _premium(book: Workbook, study: Json, formats: Formats) -> None:
    sheet = _sheet(book, "premium", ("Risk", "Premium on parity"), formats)
    share, premium = book.add_format({"num_format": "0.000%"}), study["premium"]
    for number, part in enumerate(premium["parts"], start=1):
        sheet.write_string(number, 0, part["risk"])
        sheet.write_number(number, 1, part["share"], share)
    last = len(premium["parts"]) + 1
    sheet.write_string(last, 0, "all together", formats.head)
    total = f"=SUM(B2:B{last})" if premium["parts"] else "=0"
    sheet.write_formula(last, 1, total, share, premium["needed"])
    sheet.write_string(last + 1, 0, "in the quote")
    sheet.write_number(last + 1, 1, premium["stated"], share)


def _tornado(book: Workbook, study: Json, formats: Formats) -> None:
    names = ("low", "high", "input_low", "input_high", "output_low", "output_high")
    titles = ("Factor", "P10", "P90", "Input at P10", "Input at P90", "Output at P10")
    swings = ("Output at P90", "Input swing", "Output swing")
    sheet = _sheet(book, "tornado", (*titles, *swings), formats)
    share = book.add_format({"num_format": "0.00%"})
    for number, bar in enumerate(study["tornado"], start=1):
        sheet.write_string(number, 0, NAMES[bar["factor"]])
        for column, name in enumerate(names, start=1):
            form = formats.figure if name in {"low", "high"} else share
            sheet.write_number(number, column, bar[name], form)
        for column, side in ((7, "input"), (8, "output")):
            low, high = ("D", "E") if side == "input" else ("F", "G")
            row = number + 1
            value = abs(bar[f"{side}_high"] - bar[f"{side}_low"])
            sheet.write_formula(number, column, f"=ABS({high}{row}-{low}{row})", share, value)


def _records(
    book: Workbook, name: str, study: Json, field: str, keys: Sequence[str], formats: Formats
) -> None:
    sheet = _sheet(book, name, ("Offer", *(key.replace("_", " ") for key in keys)), formats)
    plain = book.add_format({"num_format": "0.000000"})
    number = 0
    for one in study["offers"]:
        for record in one[field]:
            number += 1
            sheet.write_string(number, 0, one["method"].replace("_", "-"))
            for column, key in enumerate(keys, start=1):
                form = formats.figure if key == "draws" else plain
                sheet.write_number(number, column, record[key], form)
