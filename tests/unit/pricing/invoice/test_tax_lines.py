"""Taxes below the total of an invoice, and what is to be paid."""

import csv
import io
from decimal import Decimal

import pytest

from pricing.bills import METHODS
from pricing.invoice.actuals import Actuals
from pricing.invoice.billing import invoice_month
from pricing.invoice.table import invoice_table
from pricing.invoice.workbook import invoice_workbook
from pricing.money import quantize_amount
from pricing.taxes import taxes_of
from tests.builders.invoices import quoted
from tests.builders.pricing import DEFERRABLE, LIVE, engagement
from tests.builders.spreadsheet import Workbook


def taxed(client_country, vendor_country="PH", months=3, start="2027-01-04", **terms):
    """The quote of the builders, taxed as if every month were expected to bill 1000."""
    countries = {"client_country": client_country, "vendor_country": vendor_country}
    document = engagement(
        {"commercial.tax": countries | terms},
        services=[DEFERRABLE, LIVE],
        term_months=months,
        start=start,
    )
    bills = dict.fromkeys(METHODS, [Decimal(1000)] * months)
    return quoted(months=months).model_copy(update={"taxes": taxes_of(document, bills)})


def billed(quote, number=1):
    return invoice_month(quote, Actuals(), number=number).invoices


def test_at_home_value_added_tax_comes_on_top_of_every_offer():
    for invoice in billed(taxed("PH")):
        (tax,) = invoice.taxes
        expected = quantize_amount(invoice.total.amount * Decimal("0.12"), "USD")
        assert (tax.treatment, tax.rate, tax.amount.amount) == (
            "on_invoice",
            Decimal("0.12"),
            expected,
        )
        assert invoice.payable.amount == invoice.total.amount + expected


def test_an_export_says_what_is_not_charged_and_nothing_is_added():
    for invoice in billed(taxed("DE")):
        assert [tax.treatment for tax in invoice.taxes[:2]] == ["zero_rated", "reverse_charge"]
        assert all(tax.amount.amount == 0 for tax in invoice.taxes[:2])
        assert "accounted for by the client" in invoice.taxes[1].text


def test_a_withheld_tax_the_client_bears_leaves_the_total_whole():
    for invoice in billed(taxed("IN", "US")):
        tax = next(one for one in invoice.taxes if one.tax == "withholding")
        assert tax.treatment == "grossed_up"
        withheld = invoice.payable.amount * tax.rate
        assert invoice.payable.amount - withheld == pytest.approx(invoice.total.amount)


def test_a_tax_inside_the_price_is_on_no_invoice():
    quote = taxed("IN", "US", withholding_borne_by="vendor", withholding_rate="0.1")
    for invoice in billed(quote):
        assert not any(tax.tax == "withholding" for tax in invoice.taxes)


def test_the_rate_is_that_of_the_contract_year():
    quote = taxed("PH", months=24)
    lines = tuple(
        line.model_copy(update={"rate_by_year": (Decimal("0.12"), Decimal("0.15"))})
        for line in quote.taxes.lines
    )
    quote = quote.model_copy(update={"taxes": quote.taxes.model_copy(update={"lines": lines})})
    rates = [billed(quote, month)[0].taxes[0].rate for month in (12, 13)]
    assert rates == [Decimal("0.12"), Decimal("0.15")]


def test_a_rate_that_changes_inside_a_year_is_that_of_the_month():
    """Romania's 19 % became 21 % on 1 August 2025: 2 x 190 + 10 x 210, then 12 x 210."""
    quote = taxed("RO", "RO", months=24, start="2025-06-02")
    line = quote.taxes.lines[0]
    assert [(one.month, one.rate) for one in line.changes_in_year] == [(3, Decimal("0.21"))]
    assert line.rate_by_year == (Decimal("0.19"), Decimal("0.21"))
    assert line.rates == (Decimal("0.19"), Decimal("0.21"))
    assert [year.amount for year in line.by_year] == [2480, 2520]
    rates = [billed(quote, month)[0].taxes[0].rate for month in (1, 2, 3, 12, 13)]
    assert rates == [Decimal(text) for text in ("0.19", "0.19", "0.21", "0.21", "0.21")]


def test_a_rate_that_does_not_change_leaves_no_trace_of_changes():
    line = taxed("PH", months=24).taxes.lines[0]
    assert "changes_in_year" not in line.model_dump(mode="json")
    assert line.rates == (Decimal("0.12"),)


def test_a_quote_that_names_no_countries_has_neither_taxes_nor_payable():
    for invoice in billed(quoted()):
        assert not {"taxes", "payable"} & set(invoice.model_dump(mode="json"))


@pytest.mark.parametrize(("client", "vendor"), [("PH", "PH"), ("IN", "US")])
def test_table_and_workbook_come_to_what_is_to_be_paid(client, vendor):
    month = invoice_month(taxed(client, vendor), Actuals())
    rows = list(csv.DictReader(io.StringIO(invoice_table(month))))
    book = Workbook(invoice_workbook(month))
    for invoice in month.invoices:
        own = [row["amount"] for row in rows if row["offer"] == invoice.method]
        assert invoice.payable is not None
        payable = invoice.payable.amount
        assert sum(Decimal(text) for text in own if text) == payable
        sheet = invoice.method.replace("_", "-")
        written = book.read(sheet)
        at = next(place for place, row in enumerate(written, start=1) if row[9] == "Payable")
        assert round(book.value(sheet, f"K{at}"), 2) == float(payable)
        assert book.saved(sheet, f"K{at}") == float(payable)
