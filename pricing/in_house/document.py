"""In-house side of a quote: the client's own people and what they come to over the term."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pricing.assumptions import Assumption, Quality
from pricing.money import Money
from staffing.plan import Document


class InHouseTeam(Document):
    """People of one service, full-time equivalents by contract year.

    `need_by_year` is what the workload (or the opening hours) asks for; `people_by_year` is what
    the amounts rest on, the client's own figure where it states one.
    """

    service: str
    role: str
    utilisation: float
    people_from: Literal["workload", "opening hours", "stated"]
    need_by_year: tuple[float, ...]
    people_by_year: tuple[float, ...]
    pay_per_hour: Money
    pay_source: str | None
    pay_as_of: str | None
    pay_quality: Quality


class InHouseLine(Document):
    """One line of what in-house takes over the term, and by contract year."""

    name: str
    amount: Money
    by_year: tuple[Money, ...]


class InHouseCosts(Document):
    """What the work takes in-house, and the client's own outlays when it is outsourced.

    `outsourcing` holds the shares of `OutsourcingTerms`, resolved. `unsourced_pay` names the
    services whose pay has no source: no saving is claimed while there is one.
    """

    country: str
    hours_per_week: Decimal
    formula: str
    teams: tuple[InHouseTeam, ...]
    lines: tuple[InHouseLine, ...]
    total: Money
    total_by_year: tuple[Money, ...]
    outsourcing: dict[str, Decimal]
    assumptions: tuple[Assumption, ...]
    unsourced_pay: tuple[str, ...]
