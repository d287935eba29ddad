"""Histories of known processes, and a small engagement with one."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from pricing.forecast_study import forecast_report
from staffing.brief import VolumeHistory
from staffing.forecast.bounds import ErrorBounds, error_bounds
from staffing.forecast.documents import ForecastRequest
from staffing.forecast.series import Series, series_of
from tests.builders.command_line import EXAMPLES
from tests.builders.pricing import engagement

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.forecast.backtest import Backtest

MONDAY = date(2024, 1, 1)
SMOOTHING = ("stl_ets", "ets")
CLAIMS = EXAMPLES / "data" / "us_initial_claims_weekly_2017_2020.csv"
PANDEMIC = (
    *(200_382, 251_416, 2_920_162, 6_015_821, 6_211_406, 4_965_046, 4_281_648),
    *(3_515_439, 2_855_561, 2_356_626, 2_181_640, 1_915_138, 1_620_008, 1_561_267),
    *(1_463_363, 1_460_056, 1_426_618, 1_395_081, 1_512_816, 1_376_925, 1_207_045),
    *(988_309, 838_734, 889_738, 825_761, 837_008),
)
"""The 26 weeks after those of `CLAIMS`, of the same public series."""


def history(values: Any, step: Any = "week", starts_on: date = MONDAY) -> VolumeHistory:
    return VolumeHistory(starts_on, step, np.asarray(values, dtype=float))


def series(values: Any, step: Any = "week", starts_on: date = MONDAY) -> Series:
    return series_of(history(values, step, starts_on))


def yearly(count: int, noise: float = 0.0, seed: int = 0) -> NDArray[np.float64]:
    """A season of 52 weeks around 100, times lognormal noise."""
    season = 100 + 30 * np.sin(2 * np.pi * np.arange(count) / 52)
    drawn = np.random.default_rng(seed).standard_normal(count)
    return np.asarray(season * np.exp(noise * drawn), dtype=float)


def claims() -> NDArray[np.float64]:
    """Three years of US claims, weeks from Sunday 26 February 2017."""
    return np.loadtxt(CLAIMS, delimiter=",", skiprows=1, usecols=1)


def bounds_of(test: Backtest) -> ErrorBounds:
    """Bounds of a backtest that has some."""
    bounds = error_bounds(test)
    assert bounds is not None
    return bounds


def with_history(values: Any, **volume: Any) -> dict[str, Any]:
    """Changes of an engagement whose service has a weekly history that ends as the term begins."""
    starts = date.fromordinal(date(2027, 1, 4).toordinal() - 7 * len(values))
    stated = {"starts_on": starts.isoformat(), "step": "week", "values": list(map(float, values))}
    return {"services[0].volume": {"history": stated, **volume}}


@cache
def forecast_document(kind: str = "tested") -> dict[str, Any]:
    """A report as JSON: `tested` of a season, `short` of too little, `none` without a history."""
    values = {"tested": yearly(120, 0.1).round(2), "short": [100.0] * 9}
    changes = {} if kind == "none" else with_history(values[kind])
    report = forecast_report(engagement(changes), ForecastRequest())
    return report.model_dump(mode="json")
