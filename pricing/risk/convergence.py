"""Whether there are draws enough: mean and P10 over the first draws, with their errors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pricing.risk.measures import quantile_error, quantiles, ratio_error

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

POINTS = 24
_FIRST = 200


@dataclass(frozen=True)
class Running:
    """Margin over the first draws: expected and P10, each with its standard error."""

    draws: int
    mean: float
    mean_error: float
    p10: float
    p10_error: float


def running(bill: Array, cost: Array, kept: float) -> tuple[Running, ...]:
    """Measure the margin over more and more of the draws, to all of them.

    Parameters
    ----------
    bill, cost : ndarray, shape (draws,)
        Of the term, in the order drawn.
    kept : float
        Share of the bill left after SG&A and financing.
    """
    draws = len(bill)
    first = min(_FIRST, draws)
    counts = np.unique(np.geomspace(first, draws, POINTS).round().astype(int))
    margin = kept - cost / bill
    return tuple(
        Running(
            draws=int(n),
            mean=float(kept - cost[:n].mean() / bill[:n].mean()),
            mean_error=ratio_error(bill[:n], cost[:n]),
            p10=quantiles(margin[:n], (0.1,))[0],
            p10_error=quantile_error(margin[:n], 0.1),
        )
        for n in counts
    )
