"""The price that holds a margin over draws, in closed form.

A bill is prices times quantities, so all prices of an offer times a level ``L`` bill ``L B``. The
margin of a draw is then ``k - C / (L B)``, with ``k`` the share of the bill that is left after SG&A
and financing. So

    expected    ``L = E[C] / (E[B] (k - m))``
    P10         ``L = r / (k - m)``, ``r`` the value of ``C / B`` that belongs to the P10 of margins
"""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

from pricing.risk.measures import quantiles

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from pricing.goal_seek.document import Measure

    Array = NDArray[np.float64]

_P10 = (0.1,)


def level_needed(bill: Array, cost: Array, *, kept: float, margin: float, by: Measure) -> float:
    """Least level of prices at which the margin is held.

    Parameters
    ----------
    bill, cost : ndarray, shape (draws,)
        Of the term; bills above 0.
    kept : float
        Share of the bill left after SG&A and financing.
    margin : float
        To be held; below `kept`.
    by : {"expected", "p10"}
        Of all draws together, or in nine of ten.
    """
    if by == "expected":
        return float(cost.mean() / bill.mean()) / (kept - margin)
    (ratio,) = quantiles(-cost / bill, _P10)  # the draw that is the P10 of margins
    return -ratio / (kept - margin)


def raised(prices: Mapping[str, Decimal], level: float) -> dict[str, Decimal]:
    """Prices times a level, rounded up to the digits they are quoted in, so that the goal holds."""
    factor = Decimal(repr(level))
    return {
        name: (price * factor).quantize(price, rounding=ROUND_CEILING)
        for name, price in prices.items()
    }
