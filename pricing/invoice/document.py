"""Invoice: lines that are each rounded once and sum exactly to the total. Client's view."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import PlainSerializer

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


class Invoice(Document):
    """One month under one offer; `total` is the sum of the lines' amounts."""

    method: Method
    lines: tuple[InvoiceLine, ...]
    total: Money
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
