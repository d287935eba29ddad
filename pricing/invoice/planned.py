"""What the terms of a contract make of the planned bill, and of the margin."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pricing.invoice.actuals import Actuals
from pricing.invoice.billing import METHODS, invoice_month
from pricing.invoice.whole_bill import counted_charges
from pricing.money import Money
from pricing.quote import ContractAtPlan
from staffing.calendar import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from pricing.invoice.document import Invoice
    from pricing.quote import Method, Quote

_MARGIN_PLACES = 6


def contract_at_plan(quote: Quote, shares_of_price: Decimal) -> tuple[ContractAtPlan, ...]:
    """Bill every month of the term as planned, under either offer.

    Rebates count the charges of the contract year so far.
    ``margin = 1 - shares of price - delivery cost / bill``.

    Parameters
    ----------
    quote : Quote
        With its agreement.
    shares_of_price : Decimal
        SG&A and financing, shares of the bill.
    """
    found = []
    for method in METHODS:
        invoices = planned_invoices(quote, method)
        bill = sum((one.total.amount for one in invoices), Decimal(0))
        warnings = dict.fromkeys(text for one in invoices for text in one.warnings)
        found.append(_at_plan(quote, method, bill, tuple(warnings), shares_of_price))
    return tuple(found)


def planned_invoices(quote: Quote, method: Method) -> tuple[Invoice, ...]:
    """Invoice of every month as planned, one after the other."""
    found: list[Invoice] = []
    charged = Decimal(0)
    for number in range(1, quote.engagement.term_months + 1):
        if number % MONTHS_PER_YEAR == 1:
            charged = Decimal(0)
        actuals = Actuals(charged_this_year=charged)
        (one,) = invoice_month(quote, actuals, number=number, methods=(method,)).invoices
        charged += counted_charges(one.lines)
        found.append(one)
    return tuple(found)


def _at_plan(
    quote: Quote, method: Method, bill: Decimal, warnings: tuple[str, ...], shares: Decimal
) -> ContractAtPlan:
    offer = getattr(quote.offers, method)
    delivery = offer.term.delivery_cost.amount
    margin = 1 - shares - delivery / bill if bill > 0 else None
    return ContractAtPlan(
        method=method,
        bill=Money.of(bill, quote.engagement.currency),
        beyond_prices=Money.of(bill - offer.term.expected_bill.amount, quote.engagement.currency),
        margin=None if margin is None else round(float(margin), _MARGIN_PLACES),
        warnings=warnings,
    )
