"""The backtest of all methods against the bare fits of statsmodels that it asks for, in one run."""

from __future__ import annotations

import csv
import time
import warnings
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
from statsmodels.tsa.exponential_smoothing.ets import ETSModel
from statsmodels.tsa.seasonal import STL

from benchmarks.measurement import ROOT, Measurement
from staffing.brief import VolumeHistory
from staffing.forecast.backtest import backtest_origins
from staffing.forecast.score import score_methods
from staffing.forecast.series import series_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

HISTORY = ROOT / "examples" / "data" / "us_initial_claims_weekly_2017_2020.csv"
SEASON = 52
BOUND = 1.25


def measure_forecast() -> Iterator[Measurement]:
    """Yield the time of the whole backtest over that of its fits, and the seconds of both."""
    with HISTORY.open(encoding="utf-8") as stream:
        volumes = [float(row["volume"]) for row in csv.DictReader(stream)]
    series = series_of(VolumeHistory(date(2017, 2, 26), "week", np.array(volumes)))
    origins = backtest_origins(series)
    began = time.process_time()
    _bare_fits(np.log(series.rates / series.rates.mean()), origins)
    bare_s = time.process_time() - began
    began = time.process_time()
    score_methods(series, lambda _: None)
    ours_s = time.process_time() - began
    yield Measurement(
        what=f"forecast, {len(origins)} origins: CPU / bare fits'",
        value=ours_s / bare_s,
        unit="x",
        bound=BOUND,
        note=f"{ours_s:.2f} s against {bare_s:.2f} s",
    )


def _bare_fits(values: Array, origins: tuple[int, ...]) -> None:
    """Fit what the backtest fits: a seasonal model, and a decomposition with a plain one."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for known in origins:
            ahead = min(SEASON, len(values) - known)
            _fit(values[:known], SEASON).forecast(ahead)
            season = np.asarray(STL(values[:known], period=SEASON, robust=True).fit().seasonal)
            _fit(values[:known] - season, None).forecast(ahead)


def _fit(values: Array, period: int | None) -> Any:  # noqa: ANN401 (the library has no types)
    model = ETSModel(
        values,
        error="add",
        trend="add",
        damped_trend=True,
        seasonal="add" if period else None,
        seasonal_periods=period,
        initialization_method="heuristic",
    )
    return model.fit(disp=False)
