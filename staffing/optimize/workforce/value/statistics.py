"""Statistics of a cost over equally likely draws, between those of its bounds.

Mean, quantile and conditional value at risk (CVaR) never fall when the cost of a draw rises, so
the statistic of the lower bounds and that of the upper bounds enclose the true one on these draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.hiring.value_evidence import Array

QUANTILES = (("P10", 0.1), ("P50", 0.5), ("P90", 0.9))
TAIL = 0.95
_ROUNDING = 1e-9


@dataclass(frozen=True)
class BoundedStatistic:
    """One statistic, enclosed.

    Parameters
    ----------
    name : str
        `mean`, `P10`, `P50`, `P90` or `CVaR95`.
    lower, upper : float
        The statistic of the draws lies between them.
    standard_error : float
        Monte Carlo error of the statistic, for as many draws.
    weight : ndarray, shape (draws,)
        How much of the gap of each draw can show in the statistic.
    """

    name: str
    lower: float
    upper: float
    standard_error: float
    weight: Array

    @property
    def tolerance(self) -> float:
        """How close the bounds must be: the standard error, or what rounding leaves; above 0."""
        rounding = _ROUNDING * max(abs(self.lower), abs(self.upper))
        return max(self.standard_error, rounding, _ROUNDING)

    @property
    def certified(self) -> bool:
        """Whether the bounds are as close as the standard error."""
        return self.upper - self.lower <= self.tolerance


def bounded_statistics(lower: Array, upper: Array) -> tuple[BoundedStatistic, ...]:
    """Mean, P10, P50, P90 and CVaR95 of draws whose cost lies between `lower` and `upper`."""
    low, high = np.sort(lower), np.sort(upper)
    quantiles = [_quantile(name, level, (lower, upper), (low, high)) for name, level in QUANTILES]
    return (_mean(low, high), *quantiles, _tail(low, high, upper))


def _mean(low: Array, high: Array) -> BoundedStatistic:
    draws = len(low)
    error = float(low.std()) / np.sqrt(draws)
    weight = np.full(draws, 1 / draws)
    return BoundedStatistic("mean", float(low.mean()), float(high.mean()), error, weight)


def _quantile(
    name: str, level: float, bounds: tuple[Array, Array], ranked: tuple[Array, Array]
) -> BoundedStatistic:
    draws = len(bounds[0])
    low, high = (_at(values, level) for values in ranked)
    side = np.sqrt(level * (1 - level) / draws)
    error = (_at(ranked[0], level + side) - _at(ranked[0], level - side)) / 2
    slack = _ROUNDING * max(abs(low), abs(high))
    could_be_it: NDArray[np.bool_] = (bounds[0] <= high + slack) & (bounds[1] >= low - slack)
    return BoundedStatistic(name, low, high, error, could_be_it / could_be_it.sum())


def _tail(low: Array, high: Array, upper: Array) -> BoundedStatistic:
    draws = len(low)
    worst = _worst(draws)
    edge = low[-worst]
    error = float(np.maximum(low - edge, 0.0).std()) * np.sqrt(draws) / worst
    weight = (upper >= edge) / worst
    least, most = (float(values[-worst:].mean()) for values in (low, high))
    return BoundedStatistic("CVaR95", least, most, error, weight)


def _at(ranked: Array, level: float) -> float:
    """Quantile of sorted values: the least that a share `level` of them does not exceed."""
    place = int(np.ceil(level * len(ranked) - _ROUNDING)) - 1
    return float(ranked[min(max(place, 0), len(ranked) - 1)])


def _worst(draws: int) -> int:
    return max(1, round((1 - TAIL) * draws))
