"""Invoices as a workbook whose amounts and totals are formulas."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import xlsxwriter

from pricing.money import exponent

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from pricing.invoice.document import Invoice, LinePart, MonthInvoices

_HEADS = (
    *("Line", "Charge", "For", "What", "Quantity", "Unit", "Unit price", "Days", "Of days"),
    *("Unrounded", "Amount", "Note"),
)
_WIDTHS = (6, 30, 24, 22, 15, 14, 14, 7, 8, 16, 16, 60)
_FIRST = 5  # row of the first line, as a spreadsheet counts


def invoice_workbook(month: MonthInvoices) -> bytes:
    """Write invoices as an XLSX workbook, a sheet for each offer.

    Every amount is its parts summed and rounded by formula, prices that are sums of other lines
    refer to them, and the total sums the lines: an edited quantity moves all that rests on it.
    """
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    places = exponent(month.currency)
    money = "#,##0" + ("." + "0" * places if places else "")
    bold = book.add_format({"bold": True})
    amount = book.add_format({"num_format": money})
    total = book.add_format({"num_format": money, "bold": True, "top": 1})
    for invoice in month.invoices:
        sheet = book.add_worksheet(invoice.method.replace("_", "-"))
        for column, (head, width) in enumerate(zip(_HEADS, _WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(_FIRST - 2, column, head, bold)
        sheet.write_string(0, 0, f"{month.engagement}, for {month.client}", bold)
        days = f"{month.days} of {month.of_days} days"
        sheet.write_string(
            1, 0, f"Month {month.month}, {month.first_day} to {month.last_day}, {days}"
        )
        sheet.write_string(
            2, 0, f"{invoice.method.replace('_', '-')} offer, amounts in {month.currency}"
        )
        last = _lines(sheet, invoice, places, amount)
        sheet.write_string(last, 9, "Total", bold)
        formula = f"=SUM(K{_FIRST}:K{last})" if invoice.lines else "=0"
        sheet.write_formula(last, 10, formula, total, float(invoice.total.amount))
        _taxes(sheet, invoice, last + 1, places, (amount, total))
        sheet.freeze_panes(_FIRST - 1, 0)
    book.close()
    return file.getvalue()


def _taxes(
    sheet: Worksheet, invoice: Invoice, row: int, places: int, formats: tuple[Format, Format]
) -> None:
    """Write the taxes below the total, which stands in `row`, and what is to be paid."""
    if invoice.payable is None:
        return
    amount, total = formats
    above = f"K{row}"
    for at, tax in enumerate(invoice.taxes, start=row):
        share = f"{above}*E{at + 1}/100"
        if tax.treatment == "grossed_up":
            share = f"{above}/(1-E{at + 1}/100)-{above}"
        formula = f"=ROUND({share},{places})" if tax.amount.amount else "=0"
        sheet.write_string(at, 1, tax.text)
        sheet.write_number(at, 4, float(100 * tax.rate))
        sheet.write_string(at, 5, "%")
        sheet.write_formula(at, 10, formula, amount, float(tax.amount.amount))
        sheet.write_string(at, 11, tax.note)
    last = row + len(invoice.taxes)
    sheet.write_string(last, 9, "Payable", total)
    sheet.write_formula(last, 10, f"=SUM({above}:K{last})", total, float(invoice.payable.amount))


def _lines(sheet: Worksheet, invoice: Invoice, places: int, money: Format) -> int:
    """Write the lines; return how many rows stand before the total's."""
    row = _FIRST - 1
    amounts: dict[int, str] = {}
    for number, line in enumerate(invoice.lines, start=1):
        first = row + 1
        sheet.write_number(row, 0, number)
        sheet.write_string(row, 1, line.text)
        sheet.write_string(row, 2, line.about)
        sheet.write_string(row, 11, line.note)
        for one in line.parts:
            _part(sheet, row, one, amounts)
            row += 1
        formula = f"=ROUND(SUM(J{first}:J{row}),{places})"
        sheet.write_formula(row - 1, 10, formula, money, float(line.amount.amount))
        amounts[number] = f"K{row}"
    return row


def _part(sheet: Worksheet, row: int, one: LinePart, amounts: dict[int, str]) -> None:
    at = row + 1
    sheet.write_string(row, 3, one.what)
    sheet.write_number(row, 4, float(one.quantity))
    sheet.write_string(row, 5, one.unit)
    price = float(one.unit_price)
    if one.sum_of:
        times = f"*{one.sum_share:f}" if one.sum_share != 1 else ""
        formula = f"=({'+'.join(amounts[number] for number in one.sum_of)}){times}"
        sheet.write_formula(row, 6, formula, None, price)
    else:
        sheet.write_number(row, 6, price)
    exact = float(one.quantity) * price
    if one.days is None or not one.of_days:
        sheet.write_formula(row, 9, f"=E{at}*G{at}", None, exact)
        return
    sheet.write_number(row, 7, one.days)
    sheet.write_number(row, 8, one.of_days)
    share = one.days / one.of_days
    sheet.write_formula(row, 9, f"=E{at}*G{at}*H{at}/I{at}", None, exact * share)
