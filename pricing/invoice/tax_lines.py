"""Taxes on an invoice: what is added to its total, and what is none and said to be.

The rate is that on the first day of the contract month. Tax inside the price is the vendor's own
matter and on no invoice.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pricing.invoice.document import InvoiceTax
from pricing.money import Money
from pricing.taxes import tax_on

if TYPE_CHECKING:
    from pricing.invoice.month import Month
    from pricing.quote import Method
    from pricing.taxes import TaxLine

TAX_NAMES = {"vat": "value added tax", "withholding": "withholding tax"}
TAX_WORDS = {
    "on_invoice": "{tax} of {country}",
    "grossed_up": "{tax} of {country}, grossed up",
    "zero_rated": "{tax} of {country}: zero-rated export",
    "outside_scope": "{tax} of {country}: none on exports",
    "reverse_charge": "{tax} of {country}: accounted for by the client",
}
_ADDED = {"on_invoice", "grossed_up"}


def tax_lines(month: Month, method: Method, total: Decimal) -> tuple[InvoiceTax, ...]:
    """Taxes of an invoice, in the order of the quote; none where the quote names no countries.

    Parameters
    ----------
    month : Month
        The month that is billed.
    method : str
        Under which offer.
    total : Decimal
        Sum of the lines, rounded; below 0 the tax is given back too.
    """
    taxes = month.quote.taxes
    if taxes is None:
        return ()
    lines = (one for one in taxes.lines if one.method == method and one.treatment in TAX_WORDS)
    return tuple(_tax(month, line, total) for line in lines)


def _tax(month: Month, line: TaxLine, total: Decimal) -> InvoiceTax:
    rate = line.rate_in(month.number)
    words = TAX_WORDS[line.treatment]
    amount = Decimal(0)
    if line.treatment in _ADDED:
        amount = tax_on(total, rate, line.treatment, month.currency)
    return InvoiceTax(
        tax=line.tax,
        country=line.country,
        treatment=line.treatment,
        text=words.format(tax=TAX_NAMES.get(line.tax, line.tax), country=line.country),
        rate=rate,
        amount=Money.of(amount, month.currency),
        note=line.note,
    )
