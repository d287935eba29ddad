"""Which of the pairs that hold the goal is quoted."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Literal

import numpy as np

from pricing.choice.decision import INPUT, NEITHER, after_choice, picks, revenue_and_cost
from pricing.choice.levels import Pair, curve, pair_at, stand_alone

if TYPE_CHECKING:
    from pricing.choice.decision import Array, Goal, Perceived, Picks
    from pricing.choice.lot import Lot
    from pricing.choice.winning import WinCurve

PointRule = Literal["equal_premium", "preferred_offer", "expected_profit"]
LEAST_SHARE = 0.10
_SEARCH_DRAWS = 20_000
_TILTS = (0.85, 0.9, 0.95, 1.0, 1.05, 1.1, 1.15)
_PREMIUMS = np.linspace(-0.15, 0.45, 31)


@dataclass(frozen=True)
class Rivalry:
    """A rival's bill in each future at reference prices, and how bills win.

    Parameters
    ----------
    bill : ndarray, shape (draws,)
        Above 0.
    curve : WinCurve
        Chance of winning over our bill to theirs, both as the client expects them.
    """

    bill: Array
    curve: WinCurve


@dataclass(frozen=True)
class Winning:
    """What a pair of levels is expected to bring against a rival; amounts per term.

    `curse` is the cost of the work won over that of the work offered, less 1.
    """

    pair: Pair
    probability: float
    profit: float
    margin: float
    curse: float


def preferred_offer(lot: Lot, seen: Perceived, goal: Goal) -> Pair | None:
    """Pair with the smallest premium on the offer that most clients take.

    Only pairs count whose other offer is still taken in a tenth of all futures: at the limit the
    other price is infinite and there is no choice.
    """
    base = stand_alone(lot, goal)
    equal = pair_at(lot, seen, goal, base.ratio)
    if equal is None:
        return None
    at_equal = after_choice(lot, seen, equal.hours, equal.units, goal.kept)
    hours_preferred = at_equal.input_share >= at_equal.output_share
    best, least = equal, equal.hours if hours_preferred else equal.units
    for pair in curve(lot, seen, goal, base):
        result = after_choice(lot, seen, pair.hours, pair.units, goal.kept)
        other = result.output_share if hours_preferred else result.input_share
        level = pair.hours if hours_preferred else pair.units
        if other >= LEAST_SHARE and level < least:
            best, least = pair, level
    return best


def expected_profit(lot: Lot, seen: Perceived, goal: Goal, rivalry: Rivalry) -> Winning | None:
    """Pair of the highest expected profit among those that hold the goal on the deals won.

    Each offer is still taken in a tenth of the futures, or as often as with the same premium on
    both: else it would be no choice, and one offer alone is the most profitable. The cost is that
    of the work that is won: where the rival's bill follows the work, flat prices win the dear
    futures. None where no pair holds the goal.
    """
    base = stand_alone(lot, goal)
    step = max(1, len(lot.input_bill) // _SEARCH_DRAWS)
    few, view = lot.every(step), seen.every(step)
    rival = Rivalry(rivalry.bill[::step], rivalry.curve)
    least = min(LEAST_SHARE, _rarer(picks(view, base.hours, base.units)))
    best, most = None, -inf
    for premium in _PREMIUMS:
        for tilt in _TILTS:
            pair = Pair(base.hours * (1 + premium), base.units * (1 + premium) * tilt, base.binding)
            if _rarer(picks(view, pair.hours, pair.units)) < least:
                continue
            found = against(few, view, pair, goal.kept, rival)
            if found.profit > most and found.margin >= goal.margin:
                best, most = pair, found.profit
    if best is None:
        return None
    return against(lot, seen, best, goal.kept, rivalry)


def _rarer(taken: Picks) -> float:
    """Share of the futures, among those with a deal, of the offer that is taken less often."""
    deals = taken[taken != NEITHER]
    by_hour = float((deals == INPUT).mean()) if deals.size else 0.0
    return min(by_hour, 1 - by_hour)


def against(lot: Lot, seen: Perceived, pair: Pair, kept: float, rivalry: Rivalry) -> Winning:
    """What a pair is expected to bring against a rival."""
    taken = picks(seen, pair.hours, pair.units)
    revenue, cost = revenue_and_cost(lot, taken, pair.hours, pair.units)
    bill = np.minimum(pair.hours * seen.input_bill, pair.units * seen.output_bill)
    chance = rivalry.curve.probability(bill, rivalry.bill) * (taken != NEITHER)
    earned, spent = float((chance * revenue).mean()), float((chance * cost).mean())
    won, offered = float(chance.mean()), float(cost.mean())
    return Winning(
        pair=pair,
        probability=won,
        profit=kept * earned - spent,
        margin=kept - spent / earned if earned else 0.0,
        curse=spent / (won * offered) - 1 if won and offered else 0.0,
    )
