"""Level of the last year times a seasonal index: what a quote is made for unless it says else."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from staffing.forecast.series import WEEKS_IN_SEASON, week_of_year, weekly_totals

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.brief import VolumeHistory
    from staffing.forecast.series import Series

    Array = NDArray[np.float64]


def weekly_level(history: VolumeHistory) -> tuple[float, Array]:
    """Level of the last 52 weeks and a seasonal index by week of the year.

    Returns
    -------
    level : float
        Mean units per week over the last 52 weeks.
    index : ndarray, shape (52,)
    """
    starts, totals = weekly_totals(history)
    position = [week_of_year(start + timedelta(days=3)) for start in starts]
    return level_and_index(totals, np.array(position, dtype=np.int64), WEEKS_IN_SEASON)


def level_and_index(values: Array, position: NDArray[np.int64], season: int) -> tuple[float, Array]:
    """Level of the last year and a seasonal index by place in the year.

    The index of a place is its value over the mean of its own year, averaged over the years
    (counted back from the end) and scaled to mean 1. Less than one year: no season.

    Parameters
    ----------
    values : ndarray, shape (n,)
        Units per step.
    position : ndarray of int, shape (n,)
        Place of each step in the year, 0 to ``season - 1``.
    season : int
        Steps of a year.
    """
    level = float(values[-season:].mean())
    num_years = len(values) // season
    if num_years == 0 or level == 0:
        return level, np.ones(season)
    used = num_years * season
    years = values[-used:].reshape(num_years, season)
    year_mean = years.mean(axis=1, keepdims=True)
    ratios = np.divide(years, year_mean, out=np.ones_like(years), where=year_mean > 0).ravel()
    sums = np.bincount(position[-used:], ratios, minlength=season)
    counts = np.bincount(position[-used:], minlength=season)
    index = np.divide(sums, counts, out=np.ones(season), where=counts > 0)
    return level, index / index.mean()


def level_path(series: Series, horizon: int) -> Array:
    """Continue a series by level x season, shape (horizon,)."""
    count = len(series)
    level, index = level_and_index(series.rates, series.positions(0, count), series.season)
    return np.asarray(level * index[series.positions(count, count + horizon)], dtype=float)
