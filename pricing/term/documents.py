"""Documents of the money over the term. Vendor's view: none of it goes to a client."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import PlainSerializer

from pricing.money import Money
from staffing.plan import Document

Plain = Annotated[
    Decimal, PlainSerializer(lambda value: f"{value:f}", return_type=str, when_used="json")
]


class MonthlyCost(Document):
    """One cost line, all teams, by contract month, in the quote's currency and rounded to it."""

    name: str
    amounts: tuple[Plain, ...]


class CashMonth(Document):
    """Money in and out in a contract month; month 0 is what comes before the first.

    ``net = received - delivery - transition - sga``; `cumulative` is the sum of `net` so far.
    """

    month: int
    billed: Money
    received: Money
    delivery: Money
    transition: Money
    sga: Money
    net: Money
    cumulative: Money


class MarginLevel(Document):
    """What is left of the bill over the term after some of the cost, and as a share of it."""

    amount: Money
    share: float


class OfferValue(Document):
    """What one offer is worth over the term.

    `tcv` is the total contract value (all expected bills), `acv` the same per year.
    `contribution`, `gross` and `operating` take off ever more of the cost; after financing the
    margin of the offer is left. `peak_exposure` is the most the vendor has paid out and not yet got
    back, `payback_month` the month from which on that never recurs (none: not in the term). `npv`
    discounts every month's net money at the capital cost.
    """

    tcv: Money
    acv: Money
    contribution: MarginLevel
    gross: MarginLevel
    operating: MarginLevel
    peak_exposure: Money
    peak_exposure_month: int
    payback_month: int | None
    npv: Money
    cash_flow: tuple[CashMonth, ...]


class ExitCharge(Document):
    """What the vendor has not got back if the contract ends after a month.

    `agreed` is what the contract's termination terms charge then; none where it states nothing.
    """

    after_month: int
    unamortised_transition: Money
    demobilisation: Money
    charge: Money
    agreed: Money | None = None


class TermMoney(Document):
    """Both offers over the term, and what an early end costs.

    `months_to_payment` is how many months after the month of work its bill is received.
    """

    months_to_payment: int
    input_based: OfferValue
    output_based: OfferValue
    cost_by_month: tuple[MonthlyCost, ...]
    exit_charges: tuple[ExitCharge, ...]
