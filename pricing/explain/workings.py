"""Workings of a quote: exact figures behind the rounded ones, and the terms formulas need."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field, PlainSerializer

from staffing.plan import Document

# As it was computed, to 28 digits; a text in JSON.
Unrounded = Annotated[
    Decimal, PlainSerializer(lambda value: f"{value:f}", return_type=str, when_used="json")
]


class ExactCost(Document):
    """One cost line of one team in one contract year, unrounded, in the quote's currency."""

    name: str
    team: str
    service: str
    year: int
    amount: Unrounded


class PaidHours(Document):
    """Scheduled hours of one team and contract year that are paid alike.

    `calendar_class` is the class of their day and time; `premium` is due on the base wage,
    `overtime_premium` where such an hour is overtime. Rates that change inside a year have a row
    each.
    """

    team: str
    year: int
    calendar_class: str
    hours: Unrounded
    premium: Unrounded
    overtime_premium: Unrounded


class PayLevel(Document):
    """Pay of one team in one contract year over that of the contract's first day.

    `labour_index` is that of an hour with variable pay and on-costs, `wage_index` of base pay.
    """

    team: str
    year: int
    labour_index: Unrounded
    wage_index: Unrounded


class TeamWorkings(Document):
    """Rates of one team as they entered its cost.

    Its wage is stated or tabled in `pay_currency` per `pay_period`. `cost` is the team's cost over
    the term, contingency included, `cost_by_line` the same by line.
    `rates` are in the quote's currency; `origins` names the assumptions behind each rate, and
    `formula_parts` the steady-state cost per FTE-year that the plan is reconciled with.
    """

    team: str
    service: str
    site: str
    pay_currency: str = ""
    pay_period: str = ""
    cost: Unrounded
    cost_by_line: dict[str, Unrounded]
    rates: dict[str, Unrounded]
    origins: dict[str, tuple[str, ...]]
    formula_parts: dict[str, Unrounded]


class PriceWorkings(Document):
    """What prices recover where it is not simply cost over quantities of the whole term.

    `cost` has an amount by team for each period that has a price of its own (the term, or each
    contract year); `weights` is what a quantity of each month counts, discount times index;
    `index` is the price over the first-year price by contract year. `discount` and
    `monthly_cost`, by team, are empty without discounting.
    """

    cost: dict[str, tuple[Unrounded, ...]]
    weights: tuple[Unrounded, ...]
    index: tuple[Unrounded, ...]
    discount: tuple[Unrounded, ...] = ()
    monthly_cost: dict[str, tuple[Unrounded, ...]] = Field(default_factory=dict)


class Workings(Document):
    """What is needed beside a quote's other numbers to compute each of them again."""

    fte_step: Unrounded
    unit_price_places: int
    transition_instalment: Unrounded
    withholding: Unrounded = Decimal(0)
    transition_months: int
    teams: tuple[TeamWorkings, ...]
    costs: tuple[ExactCost, ...]
    hours: tuple[PaidHours, ...] = ()
    pay: tuple[PayLevel, ...] = ()
    prices: PriceWorkings | None = Field(None, exclude_if=lambda prices: prices is None)
