"""The path a method gives for the weeks of a term: what a quote is made for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from staffing.forecast.methods import METHODS
from staffing.forecast.series import series_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import NDArray

    from staffing.brief import VolumeHistory
    from staffing.forecast.methods import MethodName


def path_refusal(history: VolumeHistory, method: MethodName, first: date) -> str | None:
    """What a method would need to forecast from `first` on and has not; None: nothing."""
    if first < history.starts_on:
        return "level: a method continues a history, and this one begins after the term does"
    return METHODS[method].refusal(series_of(history))


def path_of(
    history: VolumeHistory, method: MethodName, days: Sequence[date]
) -> NDArray[np.float64]:
    """Units per week on some days: of the history where it reaches, else as the method goes on.

    Parameters
    ----------
    history : VolumeHistory
        What the method learns from; see `path_refusal`.
    method : str
        One of `METHODS`.
    days : sequence of date
        Not before the history.
    """
    series = series_of(history)
    index = np.array([series.index_of(day) for day in days])
    ahead = max(0, int(index.max()) + 1 - len(series))
    whole = np.concatenate([series.rates, METHODS[method].path(series, ahead)])
    return np.asarray(whole[index], dtype=float)
