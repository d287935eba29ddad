"""The lowest price levels that hold margin and tail: one offer alone, and both after the choice.

For a given ratio t of the two levels the client's choice does not depend on how high they are, and
revenue is proportional to the level. So the lowest level x of hours that holds both bounds is

    mean   x = E[cost] / ((kept - m) E[bill at x = 1])
    tail   x = T[cost / bill at x = 1] / (kept - floor)      T: 90 % quantile, or mean beyond it

and the curve of pairs ``(x, t x)`` is exact on the draws. With an outside option the level decides
who buys at all, and the first level that holds is searched for upward.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pricing.choice.decision import (
    INPUT,
    OUTPUT,
    after_choice,
    judge,
    picks,
    revenue_and_cost,
    tail_of,
)

if TYPE_CHECKING:
    from pricing.choice.decision import Array, Goal, Perceived, Result
    from pricing.choice.lot import Lot

_MOST = 3.0
_STEPS = 40
_HALVINGS = 30
_RIM = 0.005  # clients on either side that the curve leaves out
_LEAST = 1.02  # and what it spans where all clients are alike


@dataclass(frozen=True)
class Pair:
    """Price levels of hours and units on the reference prices, and what binds them."""

    hours: float
    units: float
    binding: str  # "margin" or "tail"

    @property
    def ratio(self) -> float:
        """Level of units over level of hours."""
        return self.units / self.hours


def lowest_level(bill: Array, cost: Array, goal: Goal) -> tuple[float, str]:
    """Lowest level on a bill that holds margin and tail, and which of them binds.

    Parameters
    ----------
    bill, cost : ndarray, shape (draws,)
        At level 1; bill above 0.
    goal : Goal
        What must hold.
    """
    mean = float(cost.mean() / ((goal.kept - goal.margin) * bill.mean()))
    tail = tail_of(cost / bill, goal.tail) / (goal.kept - goal.tail_margin)
    return (mean, "margin") if mean >= tail else (tail, "tail")


def stand_alone(lot: Lot, goal: Goal) -> Pair:
    """Lowest level of each offer if every client took it; what binds is told of the units."""
    hours, _ = lowest_level(lot.input_bill, lot.input_cost, goal)
    units, binding = lowest_level(lot.output_bill, lot.output_cost, goal)
    return Pair(hours, units, binding)


def pair_at(lot: Lot, seen: Perceived, goal: Goal, ratio: float) -> Pair | None:
    """Lowest pair of levels at a ratio that holds margin and tail after the choice.

    None where no level does: with an outside option, those who still buy may always be too dear.
    """
    if seen.outside is not None:
        return _searched(lot, seen, goal, ratio)
    taken = picks(seen, 1.0, ratio)
    bill, cost = revenue_and_cost(lot, taken, 1.0, ratio)
    level, binding = lowest_level(bill, cost, goal)
    return Pair(level, ratio * level, binding)


def curve(lot: Lot, seen: Perceived, goal: Goal, base: Pair, points: int = 41) -> tuple[Pair, ...]:
    """Pairs that hold the goal after the choice, from cheap hours to cheap units.

    Ratios run over all at which some clients change sides, and beyond where all have one.

    Parameters
    ----------
    lot, seen, goal
        As of `pair_at`.
    base : Pair
        Stand-alone levels; the curve runs around their ratio.
    points : int
        Ratios tried, odd to have that ratio among them.
    """
    low, high = np.quantile(seen.indifferent_at, (_RIM, 1 - _RIM))
    low, high = min(low, base.ratio / _LEAST), max(high, base.ratio * _LEAST)
    half = points // 2
    ratios = np.concatenate(
        [
            np.geomspace(high, base.ratio, half, endpoint=False),
            np.geomspace(base.ratio, low, points - half),
        ]
    )
    found = (pair_at(lot, seen, goal, float(ratio)) for ratio in ratios)
    return tuple(pair for pair in found if pair is not None)


def _searched(lot: Lot, seen: Perceived, goal: Goal, ratio: float) -> Pair | None:
    def result(level: float) -> Result:
        return after_choice(lot, seen, level, ratio * level, goal.kept)

    def good(found: Result) -> bool:
        return found.revenue > 0 and found.holds(goal)

    start = lowest_level(*_everybody(lot, seen, ratio), goal)[0]
    below = start * 0.9
    for level in start * np.geomspace(0.9, _MOST, _STEPS):
        found = result(float(level))
        if good(found):
            low, high = below, float(level)
            for _ in range(_HALVINGS):
                middle = (low + high) / 2
                low, high = (low, middle) if good(result(middle)) else (middle, high)
            tail = result(high).tail(goal.tail) - goal.tail_margin
            mean = result(high).margin - goal.margin
            return Pair(high, ratio * high, "margin" if mean <= tail else "tail")
        if not found.revenue:
            break
        below = float(level)
    return None


def _everybody(lot: Lot, seen: Perceived, ratio: float) -> tuple[Array, Array]:
    by_hour = seen.input_bill <= ratio * seen.output_bill
    taken = np.where(by_hour, INPUT, OUTPUT)
    return revenue_and_cost(lot, taken, 1.0, ratio)


def together(
    lots: tuple[Lot, ...], seen: tuple[Perceived, ...], levels: tuple[Pair, ...], kept: float
) -> Result:
    """What all lots leave together; shares of offers are by revenue of the lots taken."""
    revenue, cost = np.zeros(len(lots[0].input_bill)), np.zeros(len(lots[0].input_bill))
    by_hour = 0.0
    for lot, view, pair in zip(lots, seen, levels, strict=True):
        taken = picks(view, pair.hours, pair.units)
        bill, spent = revenue_and_cost(lot, taken, pair.hours, pair.units)
        revenue += bill
        cost += spent
        by_hour += float((bill * (taken == INPUT)).mean())
    found = judge(revenue, cost, np.zeros(len(revenue), dtype=np.int64), kept)
    share = by_hour / found.revenue if found.revenue else 0.0
    deal = 1.0 if found.revenue else 0.0
    return type(found)(**{**vars(found), "input_share": share, "output_share": deal - share})
