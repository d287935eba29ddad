"""A proposal as a workbook: both bills are formulas over quantities and prices that can be changed.

Yellow cells are meant to be changed: a share of the planned volume, and every price.
"""

from __future__ import annotations

import io
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from pricing.charts.comparison_cells import break_even_cells, risk_cells
from pricing.money import decimal_of, exponent, quantize_amount

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    Json = Mapping[str, Any]
    Rows = Sequence[dict[str, str]]

_WIDE, _NARROW = 34, 17
_MONTHS_PER_YEAR = 12
_HEAD_ROW = 5  # of the months; prices stand above it
_SHEETS = {"input_based": "input-based", "output_based": "output-based"}


class _Formats(NamedTuple):
    title: Format
    head: Format
    wrapped: Format
    money: Format
    price: Format
    number: Format
    changed: Format
    share: Format


class _Quantity(NamedTuple):
    """A column of a bill: what is counted, its price by contract year, and how much by month."""

    name: str
    unit: str
    prices: list[Decimal]
    by_month: list[Decimal]


def proposal_workbook(proposal: Json) -> bytes:
    """Write a proposal as an XLSX workbook.

    Parameters
    ----------
    proposal : mapping
        Proposal as JSON.

    Returns
    -------
    bytes
        Sheets of the summary, of each bill by month, of risks, promises, terms and of what the
        prices rest on. Every total is a formula with its value.
    """
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    places = exponent(proposal["comparison"]["currency"])
    whole = "#,##0" + ("." + "0" * places if places else "")
    formats = _Formats(
        book.add_format({"bold": True, "font_size": 14}),
        book.add_format({"bold": True, "bottom": 1}),
        book.add_format({"text_wrap": True, "valign": "top"}),
        book.add_format({"num_format": whole}),
        book.add_format({"num_format": "#,##0.00####", "bg_color": "#FFF7CC", "border": 1}),
        book.add_format({"num_format": "#,##0.00"}),
        book.add_format({"num_format": "0.0%", "bg_color": "#FFF7CC", "border": 1}),
        book.add_format({"num_format": "0.0%"}),
    )
    summary = book.add_worksheet("summary")
    totals = {}
    for method, columns in (
        ("input_based", _teams(proposal)),
        ("output_based", _services(proposal)),
    ):
        sheet = book.add_worksheet(_SHEETS[method])
        totals[method] = _bill(sheet, proposal, columns, method == "output_based", formats)
    _summary(summary, proposal, totals, formats)
    comparison = proposal["comparison"]
    _text(book.add_worksheet("risks"), risk_cells(comparison), formats)
    _text(book.add_worksheet("break-even"), break_even_cells(comparison), formats)
    _text(book.add_worksheet("terms"), _texts(proposal["terms"]), formats)
    _text(book.add_worksheet("rests on"), _texts(proposal["rests_on"]), formats)
    book.close()
    return file.getvalue()


def _teams(proposal: Json) -> list[_Quantity]:
    """What the input-based bill counts: full-time equivalents ordered, by team."""
    offer = proposal["comparison"]["offers"][0]
    return [
        _Quantity(
            f"{price['service']} @ {price['site']}",
            price["unit"],
            _by_year(price),
            [
                Decimal(month["ordered_fte"][f"{price['service']} @ {price['site']}"])
                for month in proposal["ramp"]
            ],
        )
        for price in offer["prices"]
        if price["invoiced"]
    ]


def _services(proposal: Json) -> list[_Quantity]:
    """What the output-based bill counts: units, by service."""
    offer = proposal["comparison"]["offers"][1]
    return [
        _Quantity(
            price["service"],
            price["unit"],
            _by_year(price),
            [decimal_of(month["units"][price["service"]]) for month in proposal["ramp"]],
        )
        for price in offer["prices"]
        if price["invoiced"]
    ]


def _by_year(price: Json) -> list[Decimal]:
    return [Decimal(one["amount"]) for one in price.get("by_year") or [price["price"]]]


def _bill(
    sheet: Worksheet,
    proposal: Json,
    columns: list[_Quantity],
    follows_volume: bool,
    formats: _Formats,
) -> tuple[str, Decimal]:
    """Write prices, quantities and the bill by month; return the cell of the total, and its value.

    Under output-based the quantities follow the share of volume on the summary.
    """
    currency = proposal["comparison"]["currency"]
    years, places = max(len(column.prices) for column in columns), exponent(currency)
    first = _HEAD_ROW + years
    last_column = len(columns) + 2
    sheet.write_string(0, 0, f"{sheet.get_name()}: prices and bill by month", formats.title)
    sheet.write_string(1, 0, f"Amounts in {currency}; yellow cells can be changed.")
    sheet.write_string(3, 0, "price per", formats.head)
    for at, column in enumerate(columns, start=2):
        sheet.write_string(2, at, column.name, formats.head)
        sheet.write_string(3, at, column.unit, formats.head)
        for year in range(years):
            price = column.prices[min(year, len(column.prices) - 1)]
            sheet.write_number(4 + year, at, price, formats.price)
    for year in range(years):
        label = "all years" if years == 1 else f"contract year {year + 1}"
        sheet.write_string(4 + year, 0, label)
    for at, name in enumerate(["month", "from", *(one.name for one in columns), "bill"]):
        sheet.write_string(first, at, name, formats.head)
    row, total = first, Decimal(0)
    for number, month in enumerate(proposal["ramp"]):
        row = first + 1 + number
        sheet.write_number(row, 0, month["month"])
        sheet.write_string(row, 1, month["first_day"])
        year = min(number // _MONTHS_PER_YEAR, years - 1)
        products, value = [], Decimal(0)
        for at, column in enumerate(columns, start=2):
            quantity = column.by_month[number]
            if follows_volume:
                sheet.write_formula(
                    row, at, f"={quantity:f}*summary!$B$4", formats.number, quantity
                )
            else:
                sheet.write_number(row, at, quantity, formats.number)
            price = xl_rowcol_to_cell(4 + year, at, row_abs=True, col_abs=True)
            products.append(f"ROUND({xl_rowcol_to_cell(row, at)}*{price},{places})")
            price_then = column.prices[min(year, len(column.prices) - 1)]
            value += quantize_amount(quantity * price_then, currency)
        sheet.write_formula(row, last_column, "=" + "+".join(products), formats.money, value)
        total += value
    top, bottom = (xl_rowcol_to_cell(one, last_column) for one in (first + 1, row))
    sheet.write_string(row + 1, 0, "term", formats.head)
    sheet.write_formula(row + 1, last_column, f"=SUM({top}:{bottom})", formats.money, total)
    sheet.set_column(0, last_column, _NARROW)
    sheet.freeze_panes(first + 1, 2)
    return f"'{sheet.get_name()}'!{xl_rowcol_to_cell(row + 1, last_column)}", total


def _summary(
    sheet: Worksheet, proposal: Json, totals: dict[str, tuple[str, Decimal]], formats: _Formats
) -> None:
    """Both totals with their difference, and the spread of each."""
    comparison = proposal["comparison"]
    sheet.write_string(0, 0, comparison["name"], formats.title)
    sheet.write_string(
        1,
        0,
        f"For {comparison['client']}; {comparison['currency']}, before taxes; "
        f"issued {proposal['issued']}, valid until {proposal['valid_until']}",
    )
    sheet.write_string(3, 0, "Share of the planned volume (units of output-based)")
    sheet.write_number(3, 1, 1, formats.changed)
    for at, name in enumerate(["", "Input-based", "Output-based", "Output less input"]):
        sheet.write_string(5, at, name, formats.head)
    (one, first), (two, second) = totals["input_based"], totals["output_based"]
    under_contract = bool(comparison.get("terms"))
    sheet.write_string(6, 0, "Prices times quantities" if under_contract else "Bill over the term")
    sheet.write_formula(6, 1, f"={one}", formats.money, first)
    sheet.write_formula(6, 2, f"={two}", formats.money, second)
    sheet.write_formula(6, 3, "=C7-B7", formats.money, second - first)
    sheet.write_string(7, 0, "a month on average")
    months = comparison["term_months"]
    for at, value in enumerate((first, second), start=1):
        cell = xl_rowcol_to_cell(6, at)
        sheet.write_formula(7, at, f"={cell}/{months}", formats.money, value / months)
    sheet.write_formula(7, 3, "=C8-B8", formats.money, (second - first) / months)
    for row, (name, label) in enumerate(
        (("bill_p10", "P10"), ("bill_p50", "P50"), ("bill_p90", "P90")), start=8
    ):
        sheet.write_string(row, 0, f"{label} of the bill, as planned")
        bills = [float(offer[name]["amount"]) for offer in comparison["offers"]]
        for at, bill in enumerate(bills, start=1):
            sheet.write_number(row, at, bill, formats.money)
        formula = f"=C{row + 1}-B{row + 1}"
        sheet.write_formula(row, 3, formula, formats.money, bills[1] - bills[0])
    if under_contract:
        sheet.write_string(11, 0, "Bill under the contract's terms, as planned")
        for at, offer in enumerate(comparison["offers"], start=1):
            sheet.write_number(11, at, float(offer["expected_bill"]["amount"]), formats.money)
        sheet.write_formula(11, 3, "=C12-B12", formats.money, _between(comparison))
    advice = comparison["recommendation"]
    sheet.write_string(
        12, 0, f"{_SHEETS[advice['method']]} suits you better: {advice['reason']}", formats.wrapped
    )
    sheet.set_row(12, 60)
    sheet.set_column(0, 0, 48)
    sheet.set_column(1, 3, _NARROW)


def _between(comparison: Json) -> float:
    """Expected output-based bill less the input-based one."""
    first, second = (Decimal(offer["expected_bill"]["amount"]) for offer in comparison["offers"])
    return float(second - first)


def _texts(rows: Sequence[Json]) -> list[dict[str, str]]:
    return [{name: str(value) for name, value in row.items()} for row in rows]


def _text(sheet: Worksheet, rows: Rows, formats: _Formats) -> None:
    """Write rows of text cells."""
    if not rows:
        sheet.write_string(0, 0, "none")
        return
    for column, name in enumerate(rows[0]):
        sheet.write_string(0, column, name, formats.head)
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row.values()):
            sheet.write_string(number, column, cell, formats.wrapped)
    sheet.set_column(0, len(rows[0]) - 1, _WIDE)
    sheet.freeze_panes(1, 1)
