"""The methods, from the simplest: what each needs, and how it continues a series."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from staffing.forecast.level import level_path
from staffing.forecast.naive import seasonal_naive_path
from staffing.forecast.smoothing import ets_path, installed, stl_ets_path

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from staffing.forecast.series import Series

MethodName = Literal["seasonal_naive", "level", "stl_ets", "ets"]
AskedMethod = Literal["best", "seasonal_naive", "level", "stl_ets", "ets"]
MISSING = (
    "the extra forecast, which is not installed: pip install 'crewquote[forecast]'; "
    "or level or seasonal_naive, which need none"
)
_LEAST_STEPS = 10
_LEAST_YEARS = 2.5


@dataclass(frozen=True)
class Method:
    """One way to continue a series.

    Parameters
    ----------
    name, title : str
        For machines, and for readers.
    path : callable
        From a series and a number of steps to rates, units per week.
    smoothing : bool
        Whether statsmodels fits it.
    seasonal : bool
        Whether it is nothing without a season.
    """

    name: MethodName
    title: str
    path: Callable[[Series, int], NDArray[np.float64]]
    smoothing: bool = False
    seasonal: bool = False

    def refusal(self, series: Series) -> str | None:
        """What it would need and a series (or this installation) does not have; None: nothing."""
        if not self.smoothing:
            return None
        if self.seasonal and series.period == 1:
            return f"a history of {_LEAST_YEARS:g} years or more"
        if series.period > 1 and len(series) < _LEAST_YEARS * series.period:
            return f"a history of {_LEAST_YEARS:g} years or more"
        if len(series) < _LEAST_STEPS:
            return f"a history of {_LEAST_STEPS} {series.step}s or more"
        return None if installed() else MISSING


METHODS: dict[MethodName, Method] = {
    "seasonal_naive": Method("seasonal_naive", "seasonal naive", seasonal_naive_path),
    "level": Method("level", "level x season", level_path),
    "stl_ets": Method("stl_ets", "STL + ETS", stl_ets_path, smoothing=True, seasonal=True),
    "ets": Method("ets", "ETS", ets_path, smoothing=True),
}
"""From the simplest to the least simple; of two that are as good, the simpler is taken."""
