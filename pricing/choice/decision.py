"""Which offer the client takes in each future, and what that leaves the vendor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from staffing.errors import BadInputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pricing.choice.beliefs import Beliefs
    from pricing.choice.lot import Lot

    Array = NDArray[np.float64]
    Picks = NDArray[np.int64]

TailMeasure = Literal["p10", "cvar"]
TAIL = 0.10
INPUT, OUTPUT, NEITHER = 0, 1, -1


@dataclass(frozen=True)
class Goal:
    """What prices must hold.

    Parameters
    ----------
    kept : float
        Share of a bill left after SG&A and financing, above 0 to 1.
    margin : float
        Least expected profit over expected revenue.
    tail_margin : float
        Least margin in the worst futures; below `kept`, may be below 0.
    tail : {"p10", "cvar"}
        Margin exceeded in nine of ten futures, or mean margin of the worst tenth.
    """

    kept: float
    margin: float
    tail_margin: float
    tail: TailMeasure = "p10"

    def __post_init__(self) -> None:
        """Refuse what no price can hold."""
        if not 0 < self.kept <= 1:
            raise BadInputError.at("goal.kept", self.kept, "a share above 0 and at most 1")
        for name in ("margin", "tail_margin"):
            value = getattr(self, name)
            if not -1 <= value < self.kept:
                accepted = f"from -1 to below {self.kept:.4f}, what SG&A and financing leave"
                raise BadInputError.at(f"goal.{name}", value, accepted)


@dataclass(frozen=True)
class Perceived:
    """What the client weighs at reference prices: expected bills, with spread where it minds it.

    Parameters
    ----------
    input_bill, output_bill : ndarray, shape (draws,)
        Above 0.
    outside : ndarray, shape (draws,), or None
        The same of another option the client has; none: it takes one of the two offers.
    """

    input_bill: Array
    output_bill: Array
    outside: Array | None = None

    @property
    def indifferent_at(self) -> Array:
        """Level of units over level of hours from which on the client takes the hours."""
        return self.input_bill / self.output_bill

    def every(self, step: int) -> Perceived:
        """Every n-th future."""
        outside = None if self.outside is None else self.outside[::step]
        return Perceived(self.input_bill[::step], self.output_bill[::step], outside)


@dataclass(frozen=True)
class Result:
    """What the vendor is left with; amounts are means per term, engagement currency.

    `margin` is expected profit over expected revenue; `p10` and `cvar` are of the margins of single
    futures, those without a deal left out; shares are of all futures.
    """

    revenue: float
    cost: float
    profit: float
    margin: float
    p10: float
    cvar: float
    loss_probability: float
    input_share: float
    output_share: float

    def tail(self, measure: TailMeasure) -> float:
        """Margin in the worst futures by the measure asked for."""
        return self.p10 if measure == "p10" else self.cvar

    def holds(self, goal: Goal, slack: float = 1e-9) -> bool:
        """Whether expected margin and tail are as wanted."""
        return (
            self.margin >= goal.margin - slack and self.tail(goal.tail) >= goal.tail_margin - slack
        )


def perceive(
    lot: Lot, views: Beliefs, risk_aversion: float = 0.0, outside: Array | None = None
) -> Perceived:
    """What the client expects to pay for a lot: ``E + lambda x spread`` under what it knows.

    Parameters
    ----------
    lot : Lot
        At reference prices.
    views : Beliefs
        The client's.
    risk_aversion : float
        Weight of the standard deviation, 0 to 5.
    outside : ndarray, shape (draws,), optional
        What the client's other option would cost in each future.
    """
    if not 0 <= risk_aversion <= 5:  # noqa: PLR2004 (five deviations are the worst of all futures)
        raise BadInputError.at("risk_aversion", risk_aversion, "a number from 0 to 5")
    bills = [lot.input_bill, lot.output_bill] + ([] if outside is None else [outside])
    table = np.stack(bills, axis=1)
    weighed = views.expected(table)
    if risk_aversion:
        weighed = weighed + risk_aversion * views.spread(table)
    # A polynomial may stray at the rim; no client expects to be paid for buying.
    weighed = np.maximum(weighed, 1e-3 * table.mean(axis=0))
    return Perceived(weighed[:, 0], weighed[:, 1], weighed[:, 2] if outside is not None else None)


def picks(seen: Perceived, hours: float, units: float) -> Picks:
    """Offer the client takes in each future at two price levels; of equal bills it takes hours."""
    cheaper = np.where(hours * seen.input_bill <= units * seen.output_bill, INPUT, OUTPUT)
    if seen.outside is None:
        return cheaper
    least = np.minimum(hours * seen.input_bill, units * seen.output_bill)
    return np.where(least <= seen.outside, cheaper, NEITHER)


def revenue_and_cost(lot: Lot, taken: Picks, hours: float, units: float) -> tuple[Array, Array]:
    """Bill and delivery cost in each future under the offer that was taken; 0 without a deal."""
    by_hour, deal = taken == INPUT, taken != NEITHER
    revenue = np.where(by_hour, hours * lot.input_bill, units * lot.output_bill)
    cost = np.where(by_hour, lot.input_cost, lot.output_cost)
    return (revenue, cost) if deal.all() else (revenue * deal, cost * deal)


def judge(revenue: Array, cost: Array, taken: Picks, kept: float) -> Result:
    """Margin, tail and shares of what was taken.

    Parameters
    ----------
    revenue, cost : ndarray, shape (draws,)
        Bill and delivery cost; 0 without a deal.
    taken : ndarray, shape (draws,)
        `INPUT`, `OUTPUT` or `NEITHER`.
    kept : float
        Share of a bill left after SG&A and financing.
    """
    deal = revenue > 0
    earned, spent = float(revenue.mean()), float(cost.mean())
    if not deal.any():
        return Result(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    burden = cost / revenue if deal.all() else cost[deal] / revenue[deal]
    profit = kept * earned - spent
    return Result(
        revenue=earned,
        cost=spent,
        profit=profit,
        margin=profit / earned,
        p10=kept - tail_of(burden, "p10"),
        cvar=kept - tail_of(burden, "cvar"),
        loss_probability=float((burden > kept).mean()),
        input_share=float((taken == INPUT).mean()),
        output_share=float((taken == OUTPUT).mean()),
    )


def tail_of(values: Array, measure: TailMeasure) -> float:
    """Value not exceeded in nine of ten futures, or the mean of the highest tenth (CVaR)."""
    if measure == "p10":
        return float(np.quantile(values, 1 - TAIL))
    count = max(1, round(TAIL * len(values)))
    return float(np.partition(values, len(values) - count)[-count:].mean())


def after_choice(lot: Lot, seen: Perceived, hours: float, units: float, kept: float) -> Result:
    """What a menu at two price levels leaves once the client has chosen."""
    taken = picks(seen, hours, units)
    return judge(*revenue_and_cost(lot, taken, hours, units), taken, kept)


def alone(lot: Lot, offer: int, level: float, kept: float) -> Result:
    """What one offer leaves when every client takes it."""
    taken = np.full(len(lot.input_bill), offer)
    return judge(*revenue_and_cost(lot, taken, level, level), taken, kept)
