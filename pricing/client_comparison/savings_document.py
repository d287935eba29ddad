"""Savings against doing the work in-house, as the client may see them."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pricing.assumptions import Quality
from pricing.in_house.document import InHouseLine
from pricing.money import Money
from pricing.quote import Method
from staffing.plan import Document

Case = Literal["expected", "p50", "p90"]


class OwnTeam(Document):
    """The client's own people on one service, full-time equivalents by contract year.

    `need_by_year` is what the workload asks for at the client's utilisation; `pay_per_hour` is left
    out where it has no source.
    """

    service: str
    role: str
    utilisation: float
    people_from: Literal["workload", "opening hours", "stated"]
    need_by_year: tuple[float, ...]
    people_by_year: tuple[float, ...]
    pay_per_hour: Money | None
    pay_source: str | None
    pay_as_of: str | None
    pay_quality: Quality


class OutsourcedLine(Document):
    """One line of what outsourcing takes the client over the term, the bill among them."""

    name: str
    amount: Money


class SavingCase(Document):
    """One offer at one level of its bill, against in-house at plan volume.

    ``share = saving / in-house total``. `payback_month` is the first month after which the saving
    stays above what was spent at the start; none: not within the term.
    """

    method: Method
    case: Case
    lines: tuple[OutsourcedLine, ...]
    total: Money
    saving: Money
    share: float
    npv: Money
    payback_month: int | None


class Savings(Document):
    """Both offers against in-house.

    A saving is computed from pay with a source or not shown: `withheld` then says why, and totals,
    lines and cases are left out.
    """

    country: str
    hours_per_week: Decimal
    formula: str
    teams: tuple[OwnTeam, ...]
    withheld: tuple[str, ...]
    headline: str | None
    in_house_lines: tuple[InHouseLine, ...]
    in_house_total: Money | None
    cases: tuple[SavingCase, ...]
