"""Invoice: lines that are each rounded once and sum exactly to the total. Client's view."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, PlainSerializer

from pricing.money import Money
from pricing.quote import Method
from staffing.plan import Document

Plain = Annotated[
    Decimal, PlainSerializer(lambda value: f"{value:f}", return_type=str, when_used="json")
]


class LinePart(Document):
    """A quantity at a price, ``quantity x unit_price x days / of_days``.

    Where the price is a share of what other lines of the invoice come to, `sum_of` gives their
    numbers, the first line being 1: ``unit_price = sum_share x sum``.
    """

    quantity: Plain
    unit: str
    unit_price: Plain
    days: int | None = None
    of_days: int | None = None
    what: str = ""
    sum_of: tuple[int, ...] = ()
    sum_share: Plain = Decimal(1)


class InvoiceLine(Document):
    """One mechanism at work: its parts summed, then rounded once.

    `mechanism` is the rule's name as in ``docs/models/invoice.md``; `about` the service or team,
    empty for the whole bill.
    """

    mechanism: str
    about: str
    text: str
    parts: tuple[LinePart, ...]
    amount: Money
    note: str = ""


class InvoiceTax(Document):
    """One tax on the total: `amount` is 0 where the invoice says that there is none."""

    tax: str
    country: str
    treatment: str
    text: str
    rate: Plain
    amount: Money
    note: str = ""


class Invoice(Document):
    """One month under one offer; `total` is the sum of the lines' amounts.

    `payable` is the total and the taxes on it, where the quote knows who taxes it.
    """

    method: Method
    lines: tuple[InvoiceLine, ...]
    total: Money
    taxes: tuple[InvoiceTax, ...] = Field((), exclude_if=lambda taxes: not taxes)
    payable: Money | None = Field(None, exclude_if=lambda payable: payable is None)
    warnings: tuple[str, ...] = ()


class MonthInvoices(Document):
    """The invoices of one month, for one quote."""

    schema_version: Literal[1] = 1
    engagement: str
    client: str
    currency: str
    quote_hash: str
    month: int
    first_day: date
    last_day: date
    days: int
    of_days: int
    invoices: tuple[Invoice, ...]
