"""Invoices on a terminal: every charge a line, its parts below it. Client's view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.table import Table

from api.cli.surge_tables import print_all, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from rich.console import RenderableType

    from pricing.invoice.document import Invoice, InvoiceLine, LinePart, MonthInvoices

_OFFERS = {"input_based": "Input-based offer", "output_based": "Output-based offer"}
_LEAST_NAME = 20


def print_invoices(month: MonthInvoices) -> None:
    """Print the month's invoices below each other."""
    print_all(_parts(month))


def _parts(month: MonthInvoices) -> Iterator[RenderableType]:
    yield f"{month.engagement}, for {month.client}"
    days = "" if month.days == month.of_days else f", {month.days} of its {month.of_days} days"
    yield f"Invoice of contract month {month.month}: {month.first_day} to {month.last_day}{days}"
    for invoice in month.invoices:
        yield ""
        yield _table(invoice, month.currency)
        yield from (
            wrapped(f"{number}: {line.note}.")
            for number, line in enumerate(invoice.lines, start=1)
            if line.note
        )
        yield from (wrapped(f"{tax.text}: {tax.note}.") for tax in invoice.taxes if tax.note)
        yield from (wrapped(f"Warning: {warning}.") for warning in invoice.warnings)


def _table(invoice: Invoice, currency: str) -> Table:
    shown = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 1))
    # Words fold where a row is wide; a figure is whole, or it is another figure.
    shown.add_column("", justify="right", no_wrap=True)
    shown.add_column(_OFFERS[invoice.method], overflow="fold", min_width=_LEAST_NAME)
    shown.add_column("quantity", justify="right", no_wrap=True)
    shown.add_column("unit", overflow="fold")
    shown.add_column("price", justify="right", no_wrap=True)
    shown.add_column(f"amount, {currency}", justify="right", no_wrap=True)
    for number, line in enumerate(invoice.lines, start=1):
        amount = f"{line.amount.amount:,f}"
        if len(line.parts) == 1:
            shown.add_row(str(number), _name(line), *_cells(line.parts[0]), amount)
            continue
        shown.add_row(str(number), _name(line), "", "", "", amount)
        for one in line.parts:
            shown.add_row("", f"  {one.what}", *_cells(one), "")
    shown.add_section()
    shown.add_row("", "total", "", "", "", f"{invoice.total.amount:,f}")
    for tax in invoice.taxes:
        shown.add_row("", tax.text, f"{100 * tax.rate:.4g}", "%", "", f"{tax.amount.amount:,f}")
    if invoice.payable is not None:
        shown.add_section()
        shown.add_row("", "payable", "", "", "", f"{invoice.payable.amount:,f}")
    return shown


def _name(line: InvoiceLine) -> str:
    return f"{line.about}: {line.text}" if line.about else line.text


def _cells(one: LinePart) -> tuple[str, str, str]:
    unit = one.unit if one.days is None else f"{one.unit}, {one.days}/{one.of_days} days"
    if one.sum_of:
        unit = f"of {_lines(one.sum_of)}"
    return _plain(one.quantity), unit, _plain(one.unit_price)


def _lines(numbers: tuple[int, ...]) -> str:
    """Name lines, runs of them by their ends: ``lines 1-4, 6``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    named = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)
    return f"line{'s' if len(numbers) > 1 else ''} {named}"


def _plain(number: Decimal) -> str:
    """Write a number without zeros at its end, cut to six places; files hold all of them."""
    text = f"{number:,.6f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
