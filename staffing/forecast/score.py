"""Methods side by side: their errors, the best of them, and what is to be said of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from staffing.forecast.accuracy import Accuracy, accuracy, year_cv
from staffing.forecast.backtest import HORIZONS, backtest, backtest_origins
from staffing.forecast.bounds import covered, error_bounds
from staffing.forecast.methods import METHODS

if TYPE_CHECKING:
    from collections.abc import Callable

    from staffing.forecast.bounds import ErrorBounds
    from staffing.forecast.methods import MethodName
    from staffing.forecast.series import Series

TIE = 0.01


@dataclass(frozen=True)
class BandScore:
    """Errors from `first` to `last` steps ahead, and how often P10 to P90 held."""

    first: int
    last: int
    accuracy: Accuracy
    coverage: float | None


@dataclass(frozen=True)
class Score:
    """How a method did.

    Parameters
    ----------
    method : str
        Its name.
    refused : str or None
        What it would need, where it was not tried.
    whole : Accuracy or None
        Over all steps ahead; None where it was not tested.
    coverage : float or None
        Share of volumes within P10 to P90 of the other origins' errors; 0.8 is meant.
    bands : tuple of BandScore
        By steps ahead.
    year_cv : float or None
        See `accuracy.year_cv`.
    bounds : ErrorBounds or None
        What P10 and P90 are made of.
    """

    method: MethodName
    refused: str | None = None
    whole: Accuracy | None = None
    coverage: float | None = None
    bands: tuple[BandScore, ...] = ()
    year_cv: float | None = None
    bounds: ErrorBounds | None = None


def score_methods(
    series: Series, tell: Callable[[str], None], origins: tuple[int, ...] | None = None
) -> tuple[Score, ...]:
    """Test every method on a series, in the order of `METHODS`.

    Parameters
    ----------
    series : Series
        The history.
    tell : callable
        Called with a short text before each method.
    origins : tuple of int, optional
        Steps known at each origin; none: those of `backtest_origins`.
    """
    known = backtest_origins(series) if origins is None else origins
    scores = []
    for name, method in METHODS.items():
        refused = method.refusal(series)
        if refused is not None or not known:
            scores.append(Score(name, refused))
            continue
        tell(f"testing {method.title} from {len(known)} dates")
        scores.append(_score(name, series, known))
    return tuple(scores)


def _score(name: MethodName, series: Series, origins: tuple[int, ...]) -> Score:
    test = backtest(series, METHODS[name], origins)
    bounds = error_bounds(test)
    inside = np.full(test.actual.shape, np.nan) if bounds is None else covered(test, bounds)
    bands = tuple(
        BandScore(first, min(last, test.horizon), accuracy(test, first, last), _share(part))
        for first, last in HORIZONS[series.step]
        if first <= test.horizon and (part := inside[:, first - 1 : last]).size
    )
    whole = accuracy(test, 1, test.horizon)
    return Score(name, None, whole, _share(inside), bands, year_cv(test, series.season), bounds)


def _share(inside: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float | None:
    known = inside[~np.isnan(inside)]
    return float(known.mean()) if known.size else None


def best_of(scores: tuple[Score, ...]) -> MethodName | None:
    """Return the method with the least MASE; within 1 % of it, the simplest.

    By WAPE where a history repeats itself so that nothing can be scaled. None where nothing was
    tested.
    """
    tested = [score for score in scores if score.whole is not None]
    if not tested:
        return None
    errors = [_error(score) for score in tested]
    enough = min(errors) * (1 + TIE)
    return next(s.method for s, error in zip(tested, errors, strict=True) if error <= enough)


def _error(score: Score) -> float:
    assert score.whole is not None  # noqa: S101 (only what was tested is compared)
    whole = score.whole
    return next((one for one in (whole.mase, whole.wape) if one is not None), 0.0)


def against_naive(scores: tuple[Score, ...], score: Score) -> float | None:
    """Error of a method over that of seasonal naive at the same dates; naive's own is 1."""
    naive = next(one for one in scores if one.method == "seasonal_naive")
    if score.whole is None or naive.whole is None or not _error(naive):
        return None
    return _error(score) / _error(naive)
