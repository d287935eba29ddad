"""What a clause does to the bill of an offer, and what giving it up takes on the price.

Every clause is a function of the bill in each future, so its price comes from the same draws as
all else. The price change keeps both the expected margin and the tail of the offer as they were
with the clause.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING, Literal

import numpy as np

from pricing.choice.decision import tail_of
from pricing.choice.levels import lowest_level
from staffing.calendar import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pricing.choice.decision import Array, Goal
    from pricing.choice.lot import Lot

ClauseName = Literal[
    "collar",
    "minimum",
    "notice",
    "dso",
    "cola",
    "fte_minimum",
    "schedule",
    "band",
    "hybrid",
    "forecast_lock",
    "glide_path",
    "conversion",
    "fx",
    "standby",
    "rebates",
]
Method = Literal["input_based", "output_based"]
COMPLEXITY, WAGES = "complexity", "wage_inflation"


@dataclass(frozen=True)
class ClauseTerms:
    """What each clause says.

    Parameters
    ----------
    collar : float
        Hours billed per unit stay within this share of plan, 0 to below 1.
    minimum : float
        Least part of the expected output bill that is due, 0 to 1.
    notice_months : float
        Months for which people ordered are still due once the need falls, 0 or more.
    dso_days : float
        Days that the client pays later without the clause, 0 or more.
    cola : float
        Share of the price that follows wages, 0 to 1.
    """

    collar: float = 0.10
    minimum: float = 0.80
    notice_months: float = 1.0
    dso_days: float = 30.0
    cola: float = 0.65


@dataclass(frozen=True)
class ClauseValue:
    """Giving a clause up: the price change that keeps expected margin and tail as they were.

    `margin` and `tail` are with the clause, at the price quoted; ``price_change`` is a share.
    """

    clause: ClauseName
    offer: Method
    terms: str
    price_change: float
    margin: float
    tail: float


def collared(bill: Array, complexity: Array, width: float) -> Array:
    """Input bill whose hours per unit are kept within plan +- width."""
    return np.asarray(bill * np.clip(complexity, 1 - width, 1 + width) / complexity)


def with_minimum(bill: Array, share: float) -> Array:
    """Output bill that is trued up to a share of the expected one."""
    return np.maximum(bill, share * bill.mean())


def with_notice(bill: Array, months: float, term_months: float) -> Array:
    """Input bill when people are still due for some months after the need has fallen."""
    return np.asarray(bill + np.maximum(0.0, bill.mean() - bill) * min(1.0, months / term_months))


def with_cola(bill: Array, growth: Array, share: float, years: int) -> Array:
    """Bill of which a share follows wages from the second year on.

    `growth` is that of wages over plan per year (1: as planned); all years bill alike.
    """
    powers = np.arange(years)
    index = (growth[:, None] ** powers).mean(axis=1)
    return np.asarray(bill * (1 + share * (index - 1)))


def clause_values(
    lot: Lot,
    levels: tuple[float, float],
    goal: Goal,
    factors: Mapping[str, Array],
    terms: ClauseTerms,
    *,
    term_months: float,
    capital_cost_per_day: float,
) -> tuple[ClauseValue, ...]:
    """Price of giving up each clause that moves the bill of an offer.

    Parameters
    ----------
    lot : Lot
        Bills without any clause.
    levels : tuple of float
        Quoted levels of hours and of units.
    goal : Goal
        Its `kept` and tail measure are used.
    factors : mapping
        Drawn factors; a clause on a factor that is not drawn is left out.
    terms : ClauseTerms
        What the clauses say.
    term_months : float
        Length of the contract.
    capital_cost_per_day : float
        Share of a bill that a day of waiting costs, ``r / 365``.
    """
    by_offer: dict[Method, tuple[Array, Array]] = {
        "input_based": (lot.input_bill * levels[0], lot.input_cost),
        "output_based": (lot.output_bill * levels[1], lot.output_cost),
    }
    values = [
        clause_value(clause, offer, words, with_clause, by_offer[offer], goal, goal)
        for clause, offer, words, with_clause in _on_bills(by_offer, factors, terms, term_months)
    ]
    later = replace(goal, kept=goal.kept - capital_cost_per_day * terms.dso_days)
    words = f"paid {terms.dso_days:g} days sooner"
    sooner = (
        clause_value("dso", offer, words, bill, (bill, cost), goal, later)
        for offer, (bill, cost) in by_offer.items()
    )
    return (*values, *sooner)


def _on_bills(
    by_offer: Mapping[Method, tuple[Array, Array]],
    factors: Mapping[str, Array],
    terms: ClauseTerms,
    term_months: float,
) -> Iterator[tuple[ClauseName, Method, str, Array]]:
    """Each clause, the offer it belongs to, what it says, and the bill with it."""
    hours, units = by_offer["input_based"][0], by_offer["output_based"][0]
    if _drawn(COMPLEXITY, factors):
        words = f"hours billed per unit within {terms.collar:.0%} of plan"
        yield "collar", "input_based", words, collared(hours, factors[COMPLEXITY], terms.collar)
    words = f"at least {terms.minimum:.0%} of the expected bill is due"
    yield "minimum", "output_based", words, with_minimum(units, terms.minimum)
    months = f"{terms.notice_months:g} month{'' if terms.notice_months == 1 else 's'}"
    words = f"people are due for {months} after the need has fallen"
    yield "notice", "input_based", words, with_notice(hours, terms.notice_months, term_months)
    years = ceil(term_months / MONTHS_PER_YEAR)
    if _drawn(WAGES, factors) and years > 1:
        words = f"{terms.cola:.0%} of the price follows wages"
        for offer, (bill, _) in by_offer.items():
            yield "cola", offer, words, with_cola(bill, factors[WAGES], terms.cola, years)


def _drawn(name: str, factors: Mapping[str, Array]) -> bool:
    return name in factors and float(np.ptp(factors[name])) > 0


def clause_value(
    clause: ClauseName,
    offer: Method,
    words: str,
    with_clause: Array,
    without: tuple[Array, Array],
    before: Goal,
    after: Goal,
) -> ClauseValue:
    """Level on the bill without the clause that holds margin and tail of the bill with it."""
    bill, cost = without
    margin = before.kept - float(cost.mean() / with_clause.mean())
    tail = before.kept - tail_of(cost / with_clause, before.tail)
    level, _ = lowest_level(bill, cost, replace(after, margin=margin, tail_margin=tail))
    return ClauseValue(clause, offer, words, level - 1, margin, tail)
