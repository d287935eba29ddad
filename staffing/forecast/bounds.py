"""P10 and P90 around a forecast, from the errors its method has made.

Errors are of the logarithm where all volumes are positive, and of the volume else. The bounds of a
step ahead are the quantiles of the errors at steps within a factor of 1.5 of it, from all origins:
of n errors the ``p (n + 1)``-th, so that the next one lies below it with probability p however few
there are (Weibull 1939; Hyndman and Fan 1996, type 6). Beyond what was tested they widen with the
square root of the steps, as the errors of a level that wanders do.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.forecast.backtest import Backtest

    Array = NDArray[np.float64]

UPPER = 0.9
_NEAR = 1.5
_LEAST_ORIGINS = 3


@dataclass(frozen=True)
class ErrorBounds:
    """Errors of a method by origin and step ahead.

    Parameters
    ----------
    errors : ndarray, shape (origins, horizon)
        NaN where there is none.
    relative : bool
        Whether they are logarithms of ratios.
    """

    errors: Array
    relative: bool

    @property
    def tested(self) -> int:
        """Steps ahead at which three origins or more have an error."""
        counts = (~np.isnan(self.errors)).sum(axis=0)
        return int((counts >= _LEAST_ORIGINS).sum())

    def around(self, path: Array) -> tuple[Array, Array]:
        """P10 and P90 of a path that begins one step ahead; the path lies within them."""
        spread = np.array([self._at(step + 1) for step in range(len(path))]).reshape(-1, 2)
        below, above = np.minimum(spread[:, 0], 0.0), np.maximum(spread[:, 1], 0.0)
        if self.relative:
            return path * np.exp(below), path * np.exp(above)
        return np.maximum(path + below, 0.0), path + above

    def _at(self, step: int) -> tuple[float, float]:
        tested = self.tested
        if step > tested:
            low, high = self._at(tested)
            wider = float(np.sqrt(step / tested))
            return low * wider, high * wider
        near = self.errors[:, int(np.ceil(step / _NEAR)) - 1 : min(int(step * _NEAR), tested)]
        shares = [1 - UPPER, UPPER]
        low, high = np.quantile(near[~np.isnan(near)], shares, method="weibull")
        return float(low), float(high)


def error_bounds(test: Backtest) -> ErrorBounds | None:
    """Read the errors of a backtest; None where too few origins look ahead."""
    known = ~np.isnan(test.actual)
    relative = bool((test.actual[known] > 0).all() and (test.forecast[known] > 0).all())
    errors = np.log(test.actual / test.forecast) if relative else test.actual - test.forecast
    bounds = ErrorBounds(errors, relative)
    return bounds if bounds.tested else None


def covered(test: Backtest, bounds: ErrorBounds) -> Array:
    """Whether each volume lay within the bounds that the other origins give, shape as `actual`.

    1 or 0; NaN where nothing came. An origin takes no part in its own bounds.
    """
    inside = np.full(test.actual.shape, np.nan)
    for row in range(len(test.origins)):
        others = replace(bounds, errors=np.delete(bounds.errors, row, axis=0))
        known = ~np.isnan(test.actual[row])
        if others.tested:
            low, high = others.around(test.forecast[row][known])
            actual = test.actual[row][known]
            inside[row, known] = (low <= actual) & (actual <= high)
    return inside
