"""Seasonal naive: as it was a year ago. What every other method has to beat."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.forecast.series import Series

    Array = NDArray[np.float64]


def seasonal_naive_path(series: Series, horizon: int) -> Array:
    """Repeat the last period of a series, shape (horizon,); its last value where it has none.

    References
    ----------
    Hyndman and Athanasopoulos (2021), Forecasting: Principles and Practice, 3rd ed., 5.2.
    """
    last = series.rates[-series.period :]
    return np.asarray(last[np.arange(horizon) % len(last)], dtype=float)
