"""How far off forecasts were: WAPE, MASE, bias, and the error of a year's total."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, sqrt
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.forecast.backtest import Backtest

    Array = NDArray[np.float64]

_LEAST_TOTALS = 3


@dataclass(frozen=True)
class Accuracy:
    """Errors of a method over some steps ahead; None where nothing can be divided by.

    Parameters
    ----------
    mase : float or None
        Mean absolute scaled error: absolute errors over those that seasonal naive makes within
        what each origin knows. Below 1 is better than it (Hyndman and Koehler 2006).
    wape : float or None
        Absolute errors over volume, sums of both.
    bias : float or None
        Forecast less volume, over volume: above 0 is too high.
    count : int
        Errors that were counted.
    """

    mase: float | None
    wape: float | None
    bias: float | None
    count: int


def accuracy(test: Backtest, first: int, last: int) -> Accuracy:
    """Measure the errors from `first` to `last` steps ahead, both included.

    References
    ----------
    Hyndman and Koehler (2006), Another look at measures of forecast accuracy, International
    Journal of Forecasting 22(4); Kolassa and Schuetz (2007), Advantages of the MAD/mean ratio over
    the MAPE, Foresight 6, for WAPE.
    """
    actual, forecast = test.actual[:, first - 1 : last], test.forecast[:, first - 1 : last]
    known = ~np.isnan(actual)
    errors = (forecast - actual)[known]
    scale = np.broadcast_to(test.scale[:, None], actual.shape)[known]
    volume = float(actual[known].sum())
    if not errors.size:
        return Accuracy(None, None, None, 0)
    return Accuracy(
        mase=float((np.abs(errors) / scale).mean()) if (scale > 0).all() else None,
        wape=float(np.abs(errors).sum()) / volume if volume > 0 else None,
        bias=float(errors.sum()) / volume if volume > 0 else None,
        count=int(errors.size),
    )


def year_cv(test: Backtest, season: int) -> float | None:
    """Coefficient of variation of a year's volume around its forecast, 0 or more.

    The root of the mean square of ``ln(volume / forecast)``, both totals of what lies ahead of an
    origin, as the spread of a lognormal: ``sqrt(exp(s^2) - 1)``. Origins with half a year or more
    ahead count; None for fewer than three of them, or where a total is 0.
    """
    ahead = (~np.isnan(test.actual)).sum(axis=1)
    far = ahead >= season // 2
    actual = np.nansum(test.actual[far], axis=1)
    forecast = np.nansum(test.forecast[far], axis=1)
    if far.sum() < _LEAST_TOTALS or (actual <= 0).any() or (forecast <= 0).any():
        return None
    square = float((np.log(actual / forecast) ** 2).mean())
    return sqrt(exp(square) - 1)
