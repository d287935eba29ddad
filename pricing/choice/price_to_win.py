"""Price to win: what a price asked for leaves, and what would have to change to hold the floor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pricing.choice.decision import (
    INPUT,
    after_choice,
    alone,
    picks,
    revenue_and_cost,
    tail_of,
)

if TYPE_CHECKING:
    from pricing.choice.decision import Goal, Perceived, Result
    from pricing.choice.levels import Pair
    from pricing.choice.lot import Lot

ChangeName = Literal["other_price", "cost", "contingency", "payment"]
_HALVINGS = 40
_MOST = 3.0


@dataclass(frozen=True)
class Change:
    """One change that alone would hold the floor.

    `amount` is a share (price of the other offer, delivery cost, contingency left) or days
    (payment); None where no such change is enough.
    """

    name: ChangeName
    amount: float | None


@dataclass(frozen=True)
class PriceToWin:
    """What a price level on one offer leaves, the other as quoted.

    Parameters
    ----------
    offer : int
        `INPUT` or `OUTPUT`.
    level : float
        Level asked for.
    alone : Result
        If every client took this offer.
    after_choice : Result
        If the client chooses between it and the other offer as quoted.
    holds : bool
        Whether the floor holds after the choice.
    changes : tuple of Change
        Where it does not: what would, each alone.
    """

    offer: int
    level: float
    alone: Result
    after_choice: Result
    holds: bool
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Payment:
    """Days until the client pays, share of a bill that a day costs, contingency on cost."""

    dso_days: float
    cost_per_day: float
    contingency: float


def price_to_win(
    lot: Lot,
    seen: Perceived,
    quoted: Pair,
    floor: Goal,
    payment: Payment,
    *,
    offer: int,
    level: float,
) -> PriceToWin:
    """Judge a price that would win.

    Parameters
    ----------
    lot, seen
        The menu, and what the client weighs.
    quoted : Pair
        Levels quoted; that of the other offer stays.
    floor : Goal
        What must hold at least.
    payment : Payment
        What could be agreed instead.
    offer : int
        Whose price it is: `INPUT` or `OUTPUT`.
    level : float
        Level on the reference price, above 0.
    """
    hours, units = (level, quoted.units) if offer == INPUT else (quoted.hours, level)
    result = after_choice(lot, seen, hours, units, floor.kept)
    holds = result.holds(floor)
    changes: tuple[Change, ...] = ()
    if not holds:
        mean, worst = _burden(lot, seen, (hours, units), floor)
        less_cost = _less_cost(mean, worst, floor)
        changes = (
            Change("other_price", _other_price(lot, seen, quoted, floor, offer=offer, level=level)),
            Change("cost", less_cost),
            Change("contingency", _less_contingency(less_cost, payment)),
            Change("payment", _days_sooner(mean, worst, floor, payment)),
        )
    return PriceToWin(offer, level, alone(lot, offer, level, floor.kept), result, holds, changes)


def _burden(
    lot: Lot, seen: Perceived, levels: tuple[float, float], floor: Goal
) -> tuple[float, float]:
    """Cost over bill of the deals made: expected, and in the worst futures."""
    taken = picks(seen, *levels)
    revenue, cost = revenue_and_cost(lot, taken, *levels)
    deal = revenue > 0
    worst = tail_of(cost[deal] / revenue[deal], floor.tail)
    return float(cost.mean() / revenue.mean()), worst


def _less_cost(mean: float, worst: float, floor: Goal) -> float:
    """Share of delivery cost that would have to go, for the margin and for the tail."""
    return 1 - min((floor.kept - floor.margin) / mean, (floor.kept - floor.tail_margin) / worst)


def _less_contingency(less_cost: float, payment: Payment) -> float | None:
    """Contingency that is left when the cut comes out of it alone; None below 0."""
    left = (1 + payment.contingency) * (1 - less_cost) - 1
    return left if left >= 0 else None


def _days_sooner(mean: float, worst: float, floor: Goal, payment: Payment) -> float | None:
    """Days that the client would have to pay sooner: a bill then keeps more of itself."""
    if payment.cost_per_day == 0:
        return None
    missing = max(floor.margin + mean, floor.tail_margin + worst) - floor.kept
    days = missing / payment.cost_per_day
    return days if days <= payment.dso_days else None


def _other_price(
    lot: Lot, seen: Perceived, quoted: Pair, floor: Goal, *, offer: int, level: float
) -> float | None:
    """Share by which the other price would have to rise; None where no rise is enough."""

    def good(rise: float) -> bool:
        other = (quoted.units if offer == INPUT else quoted.hours) * (1 + rise)
        pair = (level, other) if offer == INPUT else (other, level)
        return after_choice(lot, seen, *pair, floor.kept).holds(floor)

    low, high = 0.0, _MOST
    if not good(high):
        return None
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if good(middle) else (middle, high)
    return high
