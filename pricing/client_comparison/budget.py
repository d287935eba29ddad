"""Probability that a bill exceeds a budget, read between its P10, P50 and P90."""

from __future__ import annotations

from math import log
from statistics import NormalDist

_NORMAL = NormalDist()
_Z90 = _NORMAL.inv_cdf(0.9)
_PLACES = 4


def probability_over(p10: float, p50: float, p90: float, budget: float) -> float:
    """Estimate P(bill > budget) from three quantiles.

    The logarithm of the bill is taken as normal on either side of P50, with the deviation that
    side's quantile asks for: exact at all three, an estimate between and beyond them.

    Parameters
    ----------
    p10, p50, p90 : float
        Quantiles of the bill, above 0, in order.
    budget : float
        Above 0, same currency and term.

    Returns
    -------
    float
        0 to 1.
    """
    side = p90 / p50 if budget >= p50 else p50 / p10
    deviation = log(side) / _Z90
    distance = log(budget / p50)
    if deviation == 0:
        return float(distance < 0)
    return round(1 - _NORMAL.cdf(distance / deviation), _PLACES)
