"""Measures of bills, costs and margins over equally likely draws.

Margin is on price, after SG&A and financing: ``1 - g - f - cost / bill`` in a draw; of all draws
together it is expected profit over expected bill. P10 is the value not exceeded with probability
10 %. CVaR is the mean of the worst tail (Rockafellar and Uryasev 2000), for a margin the profit of
those draws over their bills.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

LEVELS = (0.1, 0.5, 0.9)
TAIL = 0.05


@dataclass(frozen=True)
class Bands:
    """Mean and quantiles of a figure."""

    mean: float
    p10: float
    p50: float
    p90: float


@dataclass(frozen=True)
class OfferMeasures:
    """One offer over all draws.

    Parameters
    ----------
    bill, cost, margin : Bands
        Of the term; the mean of the margin is expected profit over expected bill.
    cost_tail : float
        Mean cost of the dearest twentieth of the draws.
    margin_tail : float
        Profit over bill of the twentieth with the least margin.
    probability_of_loss, probability_below_floor : float
        Shares of draws with a margin below 0 and below the floor.
    probability_over_budget : float or None
        Share of draws in which the bill exceeds the budget, where one is stated.
    margin_error, margin_p10_error : float
        Monte Carlo standard errors of the mean margin and of its P10.
    """

    bill: Bands
    cost: Bands
    margin: Bands
    cost_tail: float
    margin_tail: float
    probability_of_loss: float
    probability_below_floor: float
    probability_over_budget: float | None
    margin_error: float
    margin_p10_error: float


def quantiles(values: Array, levels: tuple[float, ...]) -> tuple[float, ...]:
    """Values not exceeded with these probabilities: an order statistic each, by partition."""
    places = [quantile_place(len(values), level) for level in levels]
    ranked = np.partition(values, places)
    return tuple(float(ranked[place]) for place in places)


def quantile_place(draws: int, level: float) -> int:
    """Place, from 0, of the least value that a share `level` of the draws does not exceed."""
    return min(max(int(np.ceil(level * draws - 1e-9)) - 1, 0), draws - 1)


def measure(
    bill: Array, cost: Array, *, kept: float, floor: float, budget: float | None = None
) -> OfferMeasures:
    """Measure one offer.

    Parameters
    ----------
    bill, cost : ndarray, shape (draws,)
        Of the term; bills above 0.
    kept : float
        Share of the bill that is left after SG&A and financing.
    floor : float
        Lowest margin to sell at.
    budget : float, optional
        What the client can pay over the term.
    """
    margin = kept - cost / bill
    expected = float(kept - cost.mean() / bill.mean())
    worst = np.argpartition(margin, _worst(len(margin)) - 1)[: _worst(len(margin))]
    dearest = np.partition(cost, -_worst(len(cost)))[-_worst(len(cost)) :]
    return OfferMeasures(
        bill=bands(bill),
        cost=bands(cost),
        margin=Bands(expected, *quantiles(margin, LEVELS)),
        cost_tail=float(dearest.mean()),
        margin_tail=float(kept - cost[worst].sum() / bill[worst].sum()),
        probability_of_loss=float((margin < 0).mean()),
        probability_below_floor=float((margin < floor).mean()),
        probability_over_budget=None if budget is None else float((bill > budget).mean()),
        margin_error=ratio_error(bill, cost),
        margin_p10_error=quantile_error(margin, LEVELS[0]),
    )


def bands(values: Array) -> Bands:
    """Mean, P10, P50 and P90."""
    return Bands(float(values.mean()), *quantiles(values, LEVELS))


def ratio_error(bill: Array, cost: Array) -> float:
    """Standard error of ``mean cost / mean bill``: ``sd(cost - R bill) / (mean bill sqrt n)``."""
    if len(bill) < 2:  # noqa: PLR2004 (one draw has no spread)
        return 0.0
    ratio = cost.mean() / bill.mean()
    spread = float((cost - ratio * bill).std(ddof=1))
    return spread / float(bill.mean()) / float(np.sqrt(len(bill)))


def quantile_error(values: Array, level: float) -> float:
    """Standard error of a quantile: half the distance of those at ``p +- sqrt(p (1 - p) / n)``."""
    side = float(np.sqrt(level * (1 - level) / len(values)))
    low, high = quantiles(values, (max(level - side, 0.0), min(level + side, 1.0)))
    return (high - low) / 2


def _worst(draws: int) -> int:
    """Draws in the worst tail, one at least."""
    return max(1, round(TAIL * draws))
