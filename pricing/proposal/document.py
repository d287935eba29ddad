"""What a proposal holds; every word and number of it is for the client to read.

A schema of its own, as the client's comparison inside it is: nothing of the vendor's side can get
in by omission. A test walks it for forbidden words and for the vendor's numbers.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from pricing.client_comparison.document import ClientComparison
from pricing.money import Money
from pricing.quote import Method
from pricing.surge_report import SurgeOffer
from staffing.plan import Document

Under = Literal["both", "input_based", "output_based"]


class TeamView(Document):
    """Who does a part of the work, where and when.

    `at_work` are people at work in each hour of the standard week, Monday 00:00 first, on the clock
    of the site; `people` are those employed for it on average in each contract month, in
    training included.
    """

    service: str
    site: str
    country: str
    language: str
    clock: str
    open: str
    promise: str
    least_at_work: int
    most_at_work: int
    at_work: tuple[float, ...]
    people: tuple[float, ...]


class RampMonth(Document):
    """A contract month: its first day, units expected by service, people by team."""

    month: int
    first_day: date
    units: dict[str, float]
    people: dict[str, float]
    ordered_fte: dict[str, str]


class CreditLine(Document):
    """What is credited when one measure is missed in an average month."""

    measure: str
    target: str
    credit: Money


class CreditExample(Document):
    """Service credits worked through for an average month under one offer.

    ``credit = charges x at risk x allocation``; all together never more than `at_risk`.
    """

    method: Method
    charges: Money
    at_risk_share: float
    at_risk: Money
    lines: tuple[CreditLine, ...]
    earn_back_months: int | None


class Term(Document):
    """A term of the contract in a sentence, and the offer it belongs to."""

    under: Under
    name: str
    text: str


class Stated(Document):
    """One thing both prices rest on, with where it comes from."""

    of: str
    what: str
    value: str
    source: str


class Proposal(Document):
    """Two offers for the same work, as they are sent to a client."""

    schema_version: Literal[1] = 1
    number: str | None = Field(None, description="Number of the quote; none before it has one.")
    revision: int | None = None
    vendor: str | None = Field(None, description="Who makes the proposal, as the client reads it.")
    issued: date
    valid_until: date
    calculation_version: str
    comparison: ClientComparison
    teams: tuple[TeamView, ...]
    ramp: tuple[RampMonth, ...]
    surge: SurgeOffer | None
    surge_note: str
    credits: tuple[CreditExample, ...]
    terms: tuple[Term, ...]
    rests_on: tuple[Stated, ...]
    taxes: tuple[str, ...]
    quote_hash: str
