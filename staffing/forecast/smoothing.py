"""Exponential smoothing by statsmodels, the extra ``forecast``; loaded when a method needs it.

Volumes are positive and vary in proportion, so they are smoothed as logarithms; a series with
empty steps is smoothed as it is. Parameters are fitted to the series over its mean, so that the
unit of count does not matter.
"""

from __future__ import annotations

import warnings
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from staffing.forecast.series import Series

    Array = NDArray[np.float64]

_FLAT = 1e-12
_YEARS = 10
_PLACES = 9
"""Likelihoods are flat: the last digit of a value can lead the search elsewhere, and the unit of
count would matter."""
_REACH = 2.0
"""A forecast stays within this factor of what the history has seen: a trend in the logarithm,
fitted on the way into a shock, would pass any volume."""


def installed() -> bool:
    """Whether the extra is there."""
    return find_spec("statsmodels") is not None


def ets_path(series: Series, horizon: int) -> Array:
    """Continue a series by exponential smoothing, shape (horizon,).

    ETS(A,Ad,A): additive errors and season, damped trend; ETS(A,Ad,N) without a season.

    References
    ----------
    Hyndman and Athanasopoulos (2021), Forecasting: Principles and Practice, 3rd ed., chapter 8;
    Gardner and McKenzie (1985), Forecasting trends in time series, Management Science 31(10).
    """
    return _path(_ets, series, horizon)


def stl_ets_path(series: Series, horizon: int) -> Array:
    """Continue a series by parts, shape (horizon,): its last season, and the rest by ETS(A,Ad,N).

    References
    ----------
    Cleveland et al. (1990), STL: a seasonal-trend decomposition procedure based on loess, Journal
    of Official Statistics 6(1), robust; Hyndman and Athanasopoulos (2021), 13.1: how weekly data
    is forecast. A week has one season, so the multiple one (MSTL) would be the same.
    """
    return _path(_stl_ets, series, horizon)


def _path(fit: Callable[[Array, int, int], Array], series: Series, horizon: int) -> Array:
    rates = series.rates[-_YEARS * series.season :]  # what is older moves no state any more
    mean = float(rates.mean())
    if np.ptp(rates) <= _FLAT * mean:
        return np.full(horizon, mean)
    values = np.round(rates / mean, _PLACES).tobytes()
    path = _cached(fit, values, series.period, horizon)
    least, most = float(rates.min()) / _REACH, float(rates.max()) * _REACH
    return np.clip(path * mean, least, most)


@lru_cache(maxsize=32)
def _cached(
    fit: Callable[[Array, int, int], Array], values: bytes, period: int, horizon: int
) -> Array:
    """Fit once what a quote asks for many times: the same values give the same path."""
    rates = np.frombuffer(values, dtype=float)
    positive = bool((rates > 0).all())
    path = fit(np.log(rates) if positive else rates.copy(), period, horizon)
    path = np.exp(path) if positive else path
    path.setflags(write=False)
    return np.asarray(path, dtype=float)


def _ets(values: Array, period: int, horizon: int) -> Array:
    """Fitted by maximum likelihood; the first states by the usual heuristic, not fitted."""
    season: dict[str, Any] = {}
    if period > 1:
        season = {"seasonal": "add", "seasonal_periods": period}
    with warnings.catch_warnings():
        # A fit that did not converge forecasts badly, which the backtest finds out.
        warnings.simplefilter("ignore")
        from statsmodels.tsa.exponential_smoothing.ets import ETSModel  # noqa: PLC0415 (an extra)

        model = ETSModel(
            values,
            error="add",
            trend="add",
            damped_trend=True,
            initialization_method="heuristic",
            **season,
        )
        return np.asarray(model.fit(disp=False).forecast(horizon), dtype=float)


def _stl_ets(values: Array, period: int, horizon: int) -> Array:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what loading the library says is not about the series
        from statsmodels.tsa.seasonal import STL  # noqa: PLC0415 (an extra)

        season = np.asarray(STL(values, period=period, robust=True).fit().seasonal, dtype=float)
    last = season[-period:]
    return last[np.arange(horizon) % period] + _ets(values - season, 1, horizon)
