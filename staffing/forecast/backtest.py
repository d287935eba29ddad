"""Rolling origin: forecast what is known already, from many dates in the past.

Each origin knows the history up to it and nothing after (Hyndman and Athanasopoulos 2021, 5.10;
Tashman 2000, Out-of-sample tests of forecasting accuracy, International Journal of Forecasting 16).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.forecast.methods import Method
    from staffing.forecast.series import Series

    Array = NDArray[np.float64]

MOST_ORIGINS = 13
LEAST_ORIGINS = 4
HORIZONS = {"week": ((1, 4), (5, 13), (14, 52)), "month": ((1, 1), (2, 3), (4, 12))}
_LEAST_STEPS = 10
_LEFT = {"week": 4, "month": 1}


@dataclass(frozen=True)
class Backtest:
    """What came and what was forecast, by origin and step ahead.

    Parameters
    ----------
    origins : tuple of int
        Steps known at each origin, rising.
    actual, forecast : ndarray, shape (origins, horizon)
        Rates; NaN where the history ends before.
    scale : ndarray, shape (origins,)
        Mean absolute error that seasonal naive makes one period ahead within what is known.
    """

    origins: tuple[int, ...]
    actual: Array
    forecast: Array
    scale: Array

    @property
    def horizon(self) -> int:
        """Steps ahead that are looked at."""
        return int(self.actual.shape[1])


def backtest_origins(series: Series, most: int = MOST_ORIGINS) -> tuple[int, ...]:
    """Choose how many steps are known at each origin; none where a history is too short to test.

    The first knows two years where half a year more is there, else one and a half; without a
    season, half the history. They spread evenly over the last two years up to four weeks (a month)
    before the end, so that there is something to compare with.

    Parameters
    ----------
    series : Series
        The history.
    most : int
        Origins at most, 4 or more.
    """
    count, period, last = len(series), series.period, len(series) - _LEFT[series.step]
    if period > 1:
        first = 2 * period if 2 * count >= 5 * period else 3 * period // 2
        first = max(first, count - 2 * period - _LEFT[series.step])
    else:
        first = max(_LEAST_STEPS, count // 2)
    if last - first + 1 < LEAST_ORIGINS:
        return ()
    even = np.linspace(first, last, min(most, last - first + 1))
    return tuple(round(at) for at in even)


def backtest(series: Series, method: Method, origins: tuple[int, ...]) -> Backtest:
    """Forecast up to a year from each origin, with a method that does not refuse the series."""
    horizon = min(series.season, len(series) - origins[0])
    actual, forecast = np.full((2, len(origins), horizon), np.nan)
    for row, known in enumerate(origins):
        ahead = min(horizon, len(series) - known)
        actual[row, :ahead] = series.rates[known : known + ahead]
        forecast[row, :ahead] = method.path(series.head(known), ahead)
    scale = [naive_error(series.rates[:known], series.period) for known in origins]
    return Backtest(origins, actual, forecast, np.array(scale))


def naive_error(rates: Array, period: int) -> float:
    """Mean absolute error of seasonal naive one period ahead: ``mean |y_t - y_(t-m)|``."""
    return float(np.abs(rates[period:] - rates[:-period]).mean())
