"""What is to be said of a forecast, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from staffing.forecast.methods import METHODS, MISSING
from staffing.forecast.score import against_naive

if TYPE_CHECKING:
    from datetime import date

    from staffing.forecast.methods import MethodName
    from staffing.forecast.score import Score
    from staffing.forecast.series import Series

_UNUSUAL = 3.0
_NEIGHBOURS = 26
_MOST_NAMED = 3
_DAYS_PER_YEAR = 365.25
_LONG_YEARS = 0.5


def verdict(scores: tuple[Score, ...], best: MethodName | None, origins: int) -> str:
    """Tell which method would have been right, or that none can be told."""
    if best is None:
        return "The history is too short to test any method."
    by_name = {score.method: score for score in scores}
    score = by_name[best]
    tried = sum(1 for one in scores if one.whole is not None)
    over = against_naive(scores, score)
    if best == "seasonal_naive":
        why = "No method beats seasonal naive, which repeats the last year"
        if tried == 1:
            why = "Seasonal naive is the only method that could be tested"
    elif over is None:
        why = f"Best: {METHODS[best].title}; nothing can be scaled, as the history repeats itself"
    else:
        why = (
            f"Best: {METHODS[best].title}, whose errors are {_percent(1 - over)} smaller than "
            "those of seasonal naive"
        )
    measured = score.whole.mase if score.whole else None
    scaled = "" if measured is None else f"MASE {measured:.2f}, "
    return f"{why} ({scaled}tested from {origins} dates in the past)."


def quoted_note(scores: tuple[Score, ...], best: MethodName | None, used: MethodName) -> list[str]:
    """Say so where the quote is made with another method than the best, and what that costs."""
    score = next(one for one in scores if one.method == used)
    over = against_naive(scores, score)
    least = next((against_naive(scores, one) for one in scores if one.method == best), None)
    if best is None or best == used or over is None or not least:
        return []
    return [
        f"the quote is made with {METHODS[used].title}, whose errors are "
        f"{_percent(over / least - 1)} larger than those of {METHODS[best].title}; "
        f"volume.forecast: {best} would change that"
    ]


def spread_words(history_cv: float | None, stated_cv: float, *, assumed: bool) -> str:
    """Compare the error of a year's volume with what an engagement says of the whole term."""
    states = f"the engagement {'assumes' if assumed else 'states'} {_percent(stated_cv)}"
    if history_cv is None:
        return f"The history cannot say how far off a year's volume may be; {states}."
    says = f"The history says a volume cv of {_percent(history_cv)} at a year's horizon; {states}"
    if history_cv > stated_cv:
        return f"{says}, which is too little: see commercial.uncertainty.volume_cv."
    return f"{says}."


def series_notes(series: Series, scores: tuple[Score, ...], *, tested: bool) -> list[str]:
    """What a reader must know of a history before a forecast of it is believed."""
    notes = []
    count, step = len(series), series.step
    if series.period == 1:
        notes.append(
            f"{count} {step}s of history are less than two years: a season cannot be told from "
            "chance, and none is tested"
            + (
                "; level x season takes that of the one year there is"
                if count >= series.season
                else ""
            )
        )
    if not tested:
        notes.append(f"{count} {step}s are too few for a backtest, so P10 and P90 are not given")
    empty = int((series.rates == 0).sum())
    if 0 < empty < count:
        notes.append(
            f"{empty} of {count} {step}s are empty: a level can be forecast, single {step}s hardly"
        )
    notes += _shocks(series)
    if any(score.refused == MISSING for score in scores):
        notes.append(f"ETS and STL + ETS need {MISSING.partition(';')[0]}")
    return notes


def _shocks(series: Series) -> list[str]:
    """Steps three times above, or below, what was usual around them."""
    rates = series.rates
    if not (rates > 0).all():
        return []
    around = [
        np.median(rates[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS + 1])
        for at in range(len(rates))
    ]
    ratio = rates / np.array(around)
    found = np.flatnonzero((ratio > _UNUSUAL) | (ratio < 1 / _UNUSUAL))
    if not found.size:
        return []
    most = found[np.argsort(-np.abs(np.log(ratio[found])), kind="stable")][:_MOST_NAMED]
    named = ", ".join(
        f"{series.start_of(int(at)).isoformat()} ({ratio[at]:.1f} times)" for at in sorted(most)
    )
    return [
        f"{found.size} {series.step}s are three times off what is usual around them, most of all "
        f"{named}: they are taken as they came; leave them out if they cannot come again"
    ]


def far_notes(series: Series, tested: int, horizon: int, term: date) -> list[str]:
    """Say where bounds go beyond what was tested, and where a history is old."""
    notes = []
    if 0 < tested < horizon:
        notes.append(
            f"beyond {tested} {series.step}s ahead nothing could be tested: P10 and P90 widen with "
            "the square root of time"
        )
    years = (term - series.start_of(len(series))).days / _DAYS_PER_YEAR
    if years > _LONG_YEARS:
        notes.append(
            f"the history ends {years:.1f} years before the term begins: newer volumes would "
            "bring the bounds nearer"
        )
    return notes


def _percent(share: float) -> str:
    return f"{100 * share:.2g} %" if share < 1 else f"{100 * share:,.0f} %"
