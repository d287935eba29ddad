"""A forecast by step and by calendar month, with the demand of the quote beside it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from staffing.forecast.documents import ForecastMonth, ForecastPeriod
from staffing.forecast.methods import METHODS
from staffing.forecast.series import DAYS_PER_WEEK

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.calendar import ContractCalendar
    from staffing.forecast.score import Score
    from staffing.forecast.series import Series

    Array = NDArray[np.float64]
    Quoted = tuple[ContractCalendar, Array]


def continued(
    series: Series, score: Score, horizon: int, scale: float, quoted: Quoted
) -> tuple[ForecastPeriod, ...]:
    """Continue a series by the method of a score, with its bounds.

    Parameters
    ----------
    series : Series
        The history.
    score : Score
        Of the method, with the bounds that its errors give.
    horizon : int
        Steps, 1 or more.
    scale : float
        Factor on every volume.
    quoted : tuple of ContractCalendar and ndarray, shape (weeks,)
        The term, and units per planning week that the quote is made for.
    """
    path = METHODS[score.method].path(series, horizon)
    low, high = (None, None) if score.bounds is None else score.bounds.around(path)
    found = []
    for ahead in range(horizon):
        step = len(series) + ahead
        start, end = series.start_of(step), series.start_of(step + 1)
        units = series.weeks_in(step) * scale
        found.append(
            ForecastPeriod(
                start=start,
                end=end,
                p10=None if low is None else as_figure(low[ahead] * units),
                p50=as_figure(path[ahead] * units),
                p90=None if high is None else as_figure(high[ahead] * units),
                quote=_quote_between(*quoted, start, end),
            )
        )
    return tuple(found)


def _quote_between(
    calendar: ContractCalendar, weekly: Array, start: date, end: date
) -> float | None:
    """Units that the quote is made for in a step whose middle is in the term, as a full one."""
    middle = start + (end - start) / 2
    if not calendar.start <= middle < calendar.end:
        return None
    days = np.arange((start - calendar.start).days, (end - calendar.start).days)
    weeks = np.clip(days // DAYS_PER_WEEK, 0, len(weekly) - 1)
    return as_figure(float(weekly[weeks].sum()) / DAYS_PER_WEEK)


def months_of(periods: tuple[ForecastPeriod, ...]) -> tuple[ForecastMonth, ...]:
    """Spread steps evenly over their days, and add the days of each calendar month."""
    sums: dict[str, list[float | None]] = {}
    days: dict[str, int] = {}
    for period in periods:
        length = (period.end - period.start).days
        for day in range(length):
            month = (period.start + timedelta(days=day)).isoformat()[:7]
            days[month] = days.get(month, 0) + 1
            parts = (period.p10, period.p50, period.p90, period.quote)
            so_far = sums.setdefault(month, [0.0] * len(parts))
            sums[month] = [
                None if one is None or part is None else one + part / length
                for one, part in zip(so_far, parts, strict=True)
            ]
    return tuple(
        ForecastMonth(
            month=month,
            days=days[month],
            **{
                name: None if value is None else as_figure(value)
                for name, value in zip(("p10", "p50", "p90", "quote"), values, strict=True)
            },
        )
        for month, values in sums.items()
    )


def as_figure(value: float) -> float:
    """Round to seven digits: more would be noise, and differ between machines."""
    return float(f"{value:.7g}")


def share_figure(value: float | None) -> float | None:
    """Round a share that may not be there."""
    return None if value is None else as_figure(value)
