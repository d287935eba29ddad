"""A third offer between hours and units, by which clients select themselves.

It is a share of the FTE-month price for the people ordered (the base) and the rest of the unit
price. A client that knows its work to be easy still takes hours, one that knows it to be hard takes
units, and both pay more for their choice; whoever knows little, or minds the spread, takes the
third. The vendor is taken to bear the dearer of both offers' costs under it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pricing.choice.decision import INPUT, NEITHER, OUTPUT, Goal, Result, judge, tail_of
from pricing.choice.levels import Pair

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pricing.choice.beliefs import Beliefs
    from pricing.choice.decision import Array, Perceived, Picks
    from pricing.choice.lot import Lot

THIRD = 2
BASE_SHARES = (0.25, 0.5, 0.75)
LEAST_SHARE = 0.10
_MORE = (1.25, 1.5, 2.0, 3.0)
_HALVINGS = 16
_SLACK = 1e-9
_SEARCH_DRAWS = 20_000


@dataclass(frozen=True)
class ThirdOffer:
    """A menu of three, and who takes what.

    Parameters
    ----------
    base_share : float
        Part of the FTE-month price that is charged for the people ordered.
    level : float
        Level of the third offer on the stand-alone levels of both others.
    pure : Pair
        Levels of hours and units beside it.
    result : Result
        Of the whole menu; `input_share` and `output_share` are those of the pure offers.
    third_share : float
        Futures in which it is taken.
    complexity, volume : tuple of float
        Mean of the factor among those who take hours, units, the third; 1 is as planned.
    """

    base_share: float
    level: float
    pure: Pair
    result: Result
    third_share: float
    complexity: tuple[float, float, float]
    volume: tuple[float, float, float]


@dataclass(frozen=True)
class _Menu:
    lot: Lot
    seen: Perceived
    bill: Array  # of the third, at level 1
    weighed: Array  # the same as the client weighs it
    cost: Array

    def every(self, step: int) -> _Menu:
        return _Menu(
            self.lot.every(step),
            self.seen.every(step),
            self.bill[::step],
            self.weighed[::step],
            self.cost[::step],
        )

    def picks(self, pure: Pair, level: float) -> Picks:
        table = (
            pure.hours * self.seen.input_bill,
            pure.units * self.seen.output_bill,
            level * self.weighed,
        )
        taken = np.argmin(np.stack(table), axis=0)
        if self.seen.outside is None:
            return taken
        return np.where(np.min(np.stack(table), axis=0) <= self.seen.outside, taken, NEITHER)

    def holds(self, pure: Pair, level: float, goal: Goal) -> bool:
        """Whether margin and tail hold; the tail is looked at only where the margin does."""
        revenue, cost, _ = self.taken(pure, level)
        earned = revenue.sum()
        if not earned or goal.kept - cost.sum() / earned < goal.margin - _SLACK:
            return False
        deal = revenue > 0
        worst = tail_of(cost[deal] / revenue[deal], goal.tail)
        return goal.kept - worst >= goal.tail_margin - _SLACK

    def result(self, pure: Pair, level: float, kept: float) -> tuple[Result, Picks]:
        revenue, cost, taken = self.taken(pure, level)
        return judge(revenue, cost, taken, kept), taken

    def taken(self, pure: Pair, level: float) -> tuple[Array, Array, Picks]:
        """Bill, delivery cost and offer in each future."""
        taken = self.picks(pure, level)
        bills = (pure.hours * self.lot.input_bill, pure.units * self.lot.output_bill)
        revenue = np.choose(np.maximum(taken, 0), (*bills, level * self.bill))
        cost = np.choose(
            np.maximum(taken, 0), (self.lot.input_cost, self.lot.output_cost, self.cost)
        )
        deal = taken != NEITHER
        return revenue * deal, cost * deal, taken


def third_offer(
    lot: Lot,
    seen: Perceived,
    views: Beliefs,
    goal: Goal,
    base: Pair,
    equal: Pair,
    *,
    risk_aversion: float = 0.0,
    factors: Mapping[str, Array] | None = None,
) -> ThirdOffer | None:
    """Cheapest third offer with which the menu holds the goal and all three are taken.

    Tried are base shares of a quarter, a half and three quarters, and pure offers whose premiums
    are 1.25 to 3 times that of the menu of two. Of those in which each offer is taken in a tenth of
    the futures or more the one with the lowest third price is returned; None where there is none:
    then clients are too alike to tell apart by what they choose.

    Parameters
    ----------
    lot, seen, views, goal
        The menu of two, what the client weighs, what must hold.
    base, equal : Pair
        Stand-alone levels, and those with the same premium on both.
    risk_aversion : float
        As the client weighs the others.
    factors : mapping of str to ndarray, shape (draws,), optional
        Drawn factors, to tell who takes what.
    """
    premium = equal.hours / base.hours - 1
    if premium <= 0:
        return None
    best: tuple[float, float, _Menu, Pair] | None = None
    step = max(1, len(lot.input_bill) // _SEARCH_DRAWS)
    for share in BASE_SHARES:
        menu = _menu(lot, seen, views, base, share, risk_aversion)
        few = menu.every(step)
        for more in _MORE:
            up = 1 + premium * more
            pure = Pair(base.hours * up, base.units * up, equal.binding)
            level = _lowest(few, pure, goal, up)
            if level is None or (best is not None and level >= best[0]):
                continue
            if min(_shares(few.picks(pure, level))) >= LEAST_SHARE:
                best = (level, share, menu, pure)
    if best is None:
        return None
    _, share, menu, pure = best
    level = _lowest(menu, pure, goal, pure.hours / base.hours)
    if level is None:
        return None
    result, taken = menu.result(pure, level, goal.kept)
    return ThirdOffer(
        base_share=share,
        level=level,
        pure=pure,
        result=result,
        third_share=_shares(taken)[THIRD],
        complexity=_means((factors or {}).get("complexity"), taken),
        volume=_means((factors or {}).get("volume"), taken),
    )


def _menu(
    lot: Lot, seen: Perceived, views: Beliefs, base: Pair, share: float, risk_aversion: float
) -> _Menu:
    bill = share * base.hours * lot.input_bill + (1 - share) * base.units * lot.output_bill
    weighed = views.expected(bill)
    if risk_aversion:
        weighed = weighed + risk_aversion * views.spread(bill)
    dearer = max(lot.input_cost, lot.output_cost, key=lambda cost: float(cost.mean()))
    return _Menu(lot, seen, bill, weighed, dearer)


def _shares(taken: Picks) -> tuple[float, ...]:
    return tuple(float((taken == offer).mean()) for offer in (INPUT, OUTPUT, THIRD))


def _lowest(menu: _Menu, pure: Pair, goal: Goal, most: float) -> float | None:
    """Lowest level of the third offer with which the goal holds; None where none does."""
    low, high = 0.8, most
    if not menu.holds(pure, high, goal):
        return None
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if menu.holds(pure, middle, goal) else (middle, high)
    return high


def _means(factor: Array | None, taken: Picks) -> tuple[float, float, float]:
    if factor is None:
        return (1.0, 1.0, 1.0)
    means = (float(factor[taken == offer].mean()) for offer in (INPUT, OUTPUT, THIRD))
    hours, units, third = means
    return (hours, units, third)
