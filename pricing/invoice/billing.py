"""The use case: a quote and a month's actuals in, the invoice under either offer out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pricing.invoice.check import check_actuals
from pricing.invoice.document import Invoice, MonthInvoices
from pricing.invoice.input_lines import bill_teams
from pricing.invoice.lines import Bill
from pricing.invoice.month import month_of
from pricing.invoice.output_lines import bill_services
from pricing.invoice.tax_lines import tax_lines
from pricing.invoice.whole_bill import bill_the_whole
from pricing.money import Money
from pricing.terms.output.conversion import billed_by

if TYPE_CHECKING:
    from pricing.invoice.actuals import Actuals
    from pricing.invoice.month import Month
    from pricing.quote import Method, Quote

METHODS: tuple[Method, ...] = ("input_based", "output_based")


def invoice_month(
    quote: Quote,
    actuals: Actuals,
    *,
    number: int | None = None,
    methods: tuple[Method, ...] = METHODS,
) -> MonthInvoices:
    """Bill a month of a quote.

    Parameters
    ----------
    quote : Quote
        Prices, contract and plan; nothing else is needed.
    actuals : Actuals
        What happened; what is left out went as planned.
    number : int, optional
        Contract month, 1 first; by default that of the actuals, or 1.
    methods : tuple of str
        The offers to bill under.

    Raises
    ------
    BadInputError
        A month outside the term, or actuals that the quote knows nothing of.
    """
    month = month_of(quote, actuals, number)
    check_actuals(month)
    return MonthInvoices(
        engagement=quote.engagement.name,
        client=quote.engagement.client,
        currency=month.currency,
        quote_hash=quote.content_hash,
        month=month.number,
        first_day=month.first_day,
        last_day=month.last_day,
        days=month.days.served,
        of_days=month.days.of,
        invoices=tuple(_invoice(month, method) for method in methods),
    )


def _invoice(month: Month, method: Method) -> Invoice:
    bill = Bill(month.currency)
    if method == "input_based" or by_the_hour(month):
        bill_teams(month, bill)
    else:
        bill_services(month, bill)
    bill_the_whole(month, method, bill)
    taxes = tax_lines(month, method, bill.total)
    payable = sum((one.amount.amount for one in taxes), bill.total)
    return Invoice(
        method=method,
        lines=tuple(bill.lines),
        total=Money.of(bill.total, month.currency),
        taxes=taxes,
        payable=Money.of(payable, month.currency) if taxes else None,
        warnings=tuple(dict.fromkeys(bill.warnings)),
    )


def by_the_hour(month: Month) -> bool:
    """Whether the output-based offer still bills hours, before a conversion."""
    terms = month.terms.output_based
    if terms is None or terms.conversion is None:
        return False
    return billed_by(terms.conversion, month.number, month.actuals.converted_in) == "hour"
