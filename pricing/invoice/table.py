"""Invoices as a table: one row for each part of a line, the amount on its last."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pricing.invoice.document import MonthInvoices

COLUMNS = (
    *("offer", "line", "charge", "about", "what", "quantity", "unit", "unit_price"),
    *("days", "of_days", "amount", "currency", "note"),
)


def invoice_table(month: MonthInvoices) -> str:
    """Write invoices as CSV; amounts stand once, so that the column sums to what is to be paid."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for invoice in month.invoices:
        for number, line in enumerate(invoice.lines, start=1):
            last = len(line.parts) - 1
            for at, one in enumerate(line.parts):
                whole = one.days is None
                writer.writerow(
                    (
                        *(invoice.method, number, line.mechanism, _safe(line.about)),
                        _safe(f"{line.text}, {one.what}" if one.what else line.text),
                        *(f"{one.quantity:f}", _safe(one.unit), f"{one.unit_price:f}"),
                        *(("", "") if whole else (one.days, one.of_days)),
                        f"{line.amount.amount:f}" if at == last else "",
                        *(month.currency, _safe(line.note)),
                    )
                )
        for tax in invoice.taxes:
            writer.writerow(
                (
                    *(invoice.method, "", "tax", "", _safe(tax.text)),
                    *(f"{100 * tax.rate:f}", "% of the lines", "", "", ""),
                    *(f"{tax.amount.amount:f}", month.currency, _safe(tax.note)),
                )
            )
    return text.getvalue()


def _safe(text: str) -> str:
    """Keep a spreadsheet program from taking a name for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
