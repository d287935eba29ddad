"""Invoices as table and workbook: what is written adds up to what was billed."""

import csv
import io
from decimal import Decimal

import pytest

from pricing.invoice.actuals import Actuals
from pricing.invoice.billing import invoice_month
from pricing.invoice.table import COLUMNS, invoice_table
from pricing.invoice.workbook import invoice_workbook
from pricing.reading import read_document
from tests.builders.contracts import CONTRACT, HAPPENED
from tests.builders.invoices import quoted
from tests.builders.spreadsheet import Workbook

SHEETS = {"input-based": 0, "output-based": 1}


@pytest.fixture(scope="module")
def made():
    more = {"converted_in": 1, "days": 20, "paid_within_days": 3, "sla": {"backlog": 9}}
    actuals = read_document(Actuals, HAPPENED | more)
    return invoice_month(quoted(CONTRACT), actuals)


@pytest.fixture(scope="module")
def book(made):
    return Workbook(invoice_workbook(made))


def total_cell(book, sheet):
    rows = book.read(sheet)
    return f"K{next(at for at, row in enumerate(rows, start=1) if row[9] == 'Total')}"


def test_the_table_sums_to_the_totals_by_offer(made):
    rows = list(csv.DictReader(io.StringIO(invoice_table(made))))
    assert tuple(rows[0]) == COLUMNS
    for invoice in made.invoices:
        own = [row["amount"] for row in rows if row["offer"] == invoice.method]
        assert sum(Decimal(text) for text in own if text) == invoice.total.amount


def test_a_name_is_never_taken_for_a_formula(made):
    line = made.invoices[0].lines[0].model_copy(update={"about": "=1+1"})
    invoice = made.invoices[0].model_copy(update={"lines": (line,)})
    text = invoice_table(made.model_copy(update={"invoices": (invoice,)}))
    assert "'=1+1" in text


def test_every_amount_and_total_of_the_workbook_is_a_formula_that_gives_the_invoice(made, book):
    for sheet, at in SHEETS.items():
        invoice = made.invoices[at]
        cell = total_cell(book, sheet)
        assert round(book.value(sheet, cell), 2) == float(invoice.total.amount)
        assert book.saved(sheet, cell) == float(invoice.total.amount)
        formulas = {place for name, place in book.formulas() if name == sheet}
        rows = [row for row in range(5, int(cell[1:])) if f"K{row}" in formulas]
        amounts = [round(book.value(sheet, f"K{row}"), 2) for row in rows]
        assert amounts == [float(line.amount.amount) for line in invoice.lines]


def test_an_edited_quantity_moves_the_credits_and_discounts_that_rest_on_it():
    contract = {name: CONTRACT[name] for name in ("sla_credits", "early_payment")}
    happened = {
        "sla": {"backlog": 9},
        "paid_within_days": 3,
        "services": {"claims": {"units": 100}},
    }
    made = invoice_month(quoted(contract), read_document(Actuals, happened))
    book = Workbook(invoice_workbook(made))
    cell = total_cell(book, "output-based")
    before = book.value("output-based", cell)
    book.write("output-based", "E5", 1100)
    price = float(made.invoices[1].lines[0].parts[0].unit_price)
    credited = 1 - 0.12 * 0.25
    moved = book.value("output-based", cell) - before
    assert abs(moved - 1000 * price * credited * 0.99) < 0.03
