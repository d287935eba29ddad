"""A quote as its client reads it; nothing of the vendor's side has a field here.

Built from `pricing.client_comparison`, whose documents hold prices and bills only, so that a field
that is added to the quote stays out until somebody adds it here.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from api.lifecycle.answers import QuoteStatus
from api.lifecycle.states import State
from pricing.client_comparison.document import ClientPrice
from pricing.money import Money
from pricing.quote import Method
from staffing.plan import Document


class ClientOffer(Document):
    """One of the two offers: its prices, and the expected bill over the term and by year."""

    method: Method
    prices: tuple[ClientPrice, ...]
    expected_bill: Money
    bill_by_year: tuple[Money, ...]


class ClientQuote(Document):
    """A quote with both offers, where it stands, and `links` to the rest.

    Accepting, declining and asking for a revision take `status.etag` as ``If-Match``.
    """

    id: str
    name: str
    client: str
    currency: str
    start: date
    end: date
    term_months: int
    validity_days: int
    status: QuoteStatus
    offers: tuple[ClientOffer, ClientOffer]
    links: dict[str, str] = Field(
        examples=[{"comparison": "/v1/quotes/4a7f9c1e-2d3b-4f60-8a15-6c0e9b7d2f11/comparison"}]
    )


class ClientListing(Document):
    """A quote in a list; amounts are the expected bills over the term."""

    id: str
    name: str
    client: str
    currency: str
    number: str
    revision: int
    state: State
    input_bill: str
    output_bill: str


class ClientQuotePage(Document):
    """Quotes a client was sent, newest first."""

    object: Literal["list"] = "list"
    data: tuple[ClientListing, ...]
    has_more: bool
    next_cursor: str | None = Field(description="What to hand back as after; none: no more.")
