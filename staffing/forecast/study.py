"""Make a ForecastStudy: methods tested, the best continued, the quote's demand beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from staffing.demand import demand_over_term, week_shape, weekly_volumes
from staffing.errors import BadInputError
from staffing.forecast.backtest import backtest_origins
from staffing.forecast.documents import (
    BandErrors,
    ForecastPeriod,
    ForecastStudy,
    HistoryColumns,
    MethodErrors,
    QuotedDemand,
)
from staffing.forecast.level import level_and_index
from staffing.forecast.methods import METHODS
from staffing.forecast.periods import as_figure, continued, months_of, share_figure
from staffing.forecast.score import against_naive, best_of, score_methods
from staffing.forecast.series import Series, series_of
from staffing.forecast.words import far_notes, quoted_note, series_notes, spread_words, verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from staffing.brief import ServiceBrief, VolumeBrief
    from staffing.calendar import ContractCalendar
    from staffing.forecast.documents import ForecastRequest
    from staffing.forecast.methods import MethodName
    from staffing.forecast.score import Score
    from staffing.grid import WeekGrid

    Array = NDArray[np.float64]

MOST_WEEKS = 1_040
NO_HISTORY = (
    "there is no history, so nothing can be forecast: enter volume.history (starts_on, step and "
    "values, or a CSV), two years of weeks or more, instead of units_per_year"
)
_BOUNDS_OF_MONTHS = "P10 and P90 of a month add those of its weeks, as if all erred together"


@dataclass(frozen=True)
class StatedSpread:
    """How far off the volume of the term may be as an engagement has it, and whether it says so."""

    volume_cv: float
    assumed: bool


def forecast_study(
    service: ServiceBrief,
    calendar: ContractCalendar,
    grid: WeekGrid,
    request: ForecastRequest,
    stated: StatedSpread,
    progress: Callable[[str], None] | None = None,
) -> ForecastStudy:
    """Forecast a service, and say how far off each method would have been.

    Parameters
    ----------
    service : ServiceBrief
        Whose history is continued.
    calendar : ContractCalendar
        Weeks the quote is made for.
    grid : WeekGrid
        Of the standard week.
    request : ForecastRequest
        Method and horizon.
    stated : StatedSpread
        What the engagement says of its volume.
    progress : callable, optional
        Called with a short text before each step.

    Raises
    ------
    BadInputError
        When the demand cannot be quoted, or the method asked for cannot continue the history.
    """
    demand_over_term(service, calendar, grid)  # refuses what cannot be quoted
    weekly = weekly_volumes(service.volume, calendar)
    shape = tuple(as_figure(one) for one in week_shape(service, grid))
    if service.volume.history is None:
        return _as_quoted(service, calendar, weekly, shape, stated)
    series = series_of(service.volume.history)
    scores = score_methods(series, progress or (lambda _: None))
    origins, best = backtest_origins(series), best_of(scores)
    method = _chosen(request, series, best)
    score = next(one for one in scores if one.method == method)
    horizon = _horizon(series, calendar, request.weeks)
    periods = continued(series, score, horizon, service.volume.scale, (calendar, weekly))
    quoted = _quoted(service.volume, calendar, weekly, scores, stated)
    tested = 0 if score.bounds is None else score.bounds.tested
    season = _season(series)
    return ForecastStudy(
        service=service.name,
        step=series.step,
        history=_history(series, service.volume.scale),
        seasonal=series.period > 1,
        method=method,
        best=best,
        verdict=verdict(scores, best, len(origins)),
        origins=tuple(series.start_of(known) for known in origins),
        methods=tuple(_method(score, scores) for score in scores),
        periods=periods,
        months=months_of(periods),
        season=season,
        week_shape=shape,
        quoted=quoted,
        notes=(
            *quoted_note(scores, best, service.volume.forecast),
            *series_notes(series, scores, tested=best is not None),
            *far_notes(series, tested, horizon, calendar.start),
            *([_BOUNDS_OF_MONTHS] if tested and series.step == "week" else []),
        ),
    )


def spread_in_words(study: ForecastStudy) -> str:
    """What the history and the engagement say of a year's volume."""
    quoted = study.quoted
    assumed = quoted.volume_cv_is_assumed
    return spread_words(quoted.history_cv, quoted.volume_cv, assumed=assumed)


def _chosen(request: ForecastRequest, series: Series, best: MethodName | None) -> MethodName:
    if request.method == "best":
        return best or "level"
    refusal = METHODS[request.method].refusal(series)
    if refusal is not None:
        raise BadInputError.at("method", request.method, refusal)
    return request.method


def _horizon(series: Series, calendar: ContractCalendar, weeks: int | None) -> int:
    """Steps to forecast: as many weeks as asked for, else to the end of the term."""
    first, count = series.start_of(len(series)), len(series)
    if weeks is not None:
        last = first + timedelta(weeks=weeks, days=-1)
    else:
        furthest = first + timedelta(weeks=MOST_WEEKS, days=-1)
        last = min(max(calendar.end, series.start_of(count + series.season)), furthest)
        last -= timedelta(days=1)
    return series.index_of(last) + 1 - count


def _method(score: Score, scores: tuple[Score, ...]) -> MethodErrors:
    title = METHODS[score.method].title
    if score.whole is None:
        return MethodErrors(method=score.method, title=title, refused=score.refused)
    return MethodErrors(
        method=score.method,
        title=title,
        refused=None,
        mase=share_figure(score.whole.mase),
        wape=share_figure(score.whole.wape),
        bias=share_figure(score.whole.bias),
        coverage=share_figure(score.coverage),
        against_naive=share_figure(against_naive(scores, score)),
        year_cv=share_figure(score.year_cv),
        bands=tuple(
            BandErrors(
                first=band.first,
                last=band.last,
                mase=share_figure(band.accuracy.mase),
                wape=share_figure(band.accuracy.wape),
                bias=share_figure(band.accuracy.bias),
                coverage=share_figure(band.coverage),
                count=band.accuracy.count,
            )
            for band in score.bands
        ),
    )


def _quoted(
    volume: VolumeBrief,
    calendar: ContractCalendar,
    weekly: Array,
    scores: tuple[Score, ...],
    stated: StatedSpread,
) -> QuotedDemand:
    used = None if volume.history is None else volume.forecast
    cv = next((score.year_cv for score in scores if score.method == used), None)
    return QuotedDemand(
        method=used,
        growth_per_year=volume.growth_per_year,
        volume_cv=stated.volume_cv,
        volume_cv_is_assumed=stated.assumed,
        history_cv=share_figure(cv),
        units_over_term=as_figure(float(weekly @ calendar.week_weights)),
    )


def _as_quoted(
    service: ServiceBrief,
    calendar: ContractCalendar,
    weekly: Array,
    shape: tuple[float, ...],
    stated: StatedSpread,
) -> ForecastStudy:
    """Tell the demand over the term, and what a forecast would need."""
    nothing = {"p10": None, "p50": None, "p90": None}
    periods = tuple(
        ForecastPeriod(
            start=start,
            end=min(start + timedelta(weeks=1), calendar.end),
            quote=as_figure(units * weight),
            **nothing,
        )
        for start, units, weight in zip(
            calendar.week_starts, weekly, calendar.week_weights, strict=True
        )
    )
    return ForecastStudy(
        service=service.name,
        step="week",
        history=HistoryColumns(starts=(), units=(), places=()),
        seasonal=False,
        method=None,
        best=None,
        verdict="There is no history: what follows is the demand as quoted.",
        origins=(),
        methods=(),
        periods=periods,
        months=months_of(periods),
        season=(),
        week_shape=shape,
        quoted=_quoted(service.volume, calendar, weekly, (), stated),
        notes=(NO_HISTORY,),
    )


def _history(series: Series, scale: float) -> HistoryColumns:
    count = len(series)
    lengths = np.array([series.weeks_in(step) for step in range(count)])
    return HistoryColumns(
        starts=tuple(series.start_of(step) for step in range(count)),
        units=tuple(as_figure(one) for one in series.rates * lengths * scale),
        places=tuple(int(place) for place in series.positions(0, count)),
    )


def _season(series: Series) -> tuple[float, ...]:
    if series.period == 1:
        return ()
    places = series.positions(0, len(series))
    _, index = level_and_index(series.rates, places, series.season)
    return tuple(as_figure(one) for one in index)
