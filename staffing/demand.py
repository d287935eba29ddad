"""Demand: volumes of a service by week of the term and by interval of the standard week.

A plain and readable forecast: the level of the last year of history, a seasonal index by week of
the year, compounded growth. `staffing.forecast` has others, which a service may name, and tells
which of them would have been right.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from staffing.calendar import (
    MONTHS_PER_YEAR,
    WEEKS_PER_YEAR,
    ContractCalendar,
)
from staffing.errors import BadInputError, FieldIssue
from staffing.forecast.level import weekly_level
from staffing.forecast.path import path_of, path_refusal
from staffing.forecast.series import DAYS_PER_WEEK, STEPS_PER_WEEK, week_of_year

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.brief import ServiceBrief, VolumeBrief, VolumeHistory
    from staffing.grid import WeekGrid


@dataclass(frozen=True)
class Demand:
    """Volumes of one service over the term.

    Parameters
    ----------
    weekly : ndarray, shape (weeks,)
        Units arriving in each planning week (a partial last week is given as a full one).
    week_shape : ndarray, shape (grid.size,)
        Share of a week's units by interval, service-local time; sums to 1.
    base_week : float
        Mean weekly units over the term: the week the roster is planned for.
    """

    weekly: NDArray[np.float64]
    week_shape: NDArray[np.float64]
    base_week: float

    @property
    def weekly_scale(self) -> NDArray[np.float64]:
        """Each week's volume over the base week, shape (weeks,)."""
        return self.weekly / self.base_week


def demand_over_term(service: ServiceBrief, calendar: ContractCalendar, grid: WeekGrid) -> Demand:
    """Turn a service's volume brief into volumes over the term.

    Raises
    ------
    BadInputError
        When the volume is zero over the whole term (a unit price needs units), or a history is
        shorter than a week, or than the method that is to continue it needs.
    """
    _check_history(service, calendar)
    weekly = weekly_volumes(service.volume, calendar) + opening_backlog(service.volume, calendar)
    base_week = float(weekly @ calendar.week_weights / calendar.week_weights.sum())
    units = float(weekly @ calendar.week_weights)
    if units < 1:
        accepted = "one unit or more over the whole term: a unit price needs volume above 0"
        raise BadInputError(FieldIssue(service.field("volume"), f"{units:g} units", accepted))
    return Demand(weekly, week_shape(service, grid), base_week)


def _check_history(service: ServiceBrief, calendar: ContractCalendar) -> None:
    history = service.volume.history
    if history is None:
        return
    needed, count = STEPS_PER_WEEK.get(history.step, 1), len(history.values)
    if count < needed:
        accepted = f"a full week or more: length {needed} by {history.step}"
        path = service.field("volume.history.values")
        raise BadInputError(FieldIssue(path, f"length {count}", accepted))
    method = service.volume.forecast
    first = _mid_weeks(calendar.start, 1)[0]
    if method != "level" and (refusal := path_refusal(history, method, first)) is not None:
        raise BadInputError(FieldIssue(service.field("volume.forecast"), method, refusal))


def weekly_volumes(volume: VolumeBrief, calendar: ContractCalendar) -> NDArray[np.float64]:
    """Units in each planning week: level x season x growth x scale, shape (weeks,).

    With a yearly level, the first twelve months of the contract add up to it. Of a history, another
    method than `level` may give what stands for level x season.
    """
    if volume.history is not None:
        days = _mid_weeks(calendar.start, calendar.num_weeks)
        if volume.forecast == "level":
            level, index = weekly_level(volume.history)
            path = level * np.array([index[week_of_year(day)] for day in days])
        else:
            path = path_of(volume.history, volume.forecast, days)
        return path * growth_path(volume, calendar.num_weeks) * volume.scale
    pattern = _yearly_pattern(volume, calendar.start, calendar.num_weeks)
    first_year = ContractCalendar(calendar.start, MONTHS_PER_YEAR)
    weights = first_year.week_weights
    in_first_year = _yearly_pattern(volume, calendar.start, len(weights)) @ weights
    if in_first_year <= 0:  # every month of the first year is 0, though a later one may not be
        return np.zeros(calendar.num_weeks)
    return pattern * (volume.units_per_year or 0.0) / in_first_year * volume.scale


def opening_backlog(volume: VolumeBrief, calendar: ContractCalendar) -> NDArray[np.float64]:
    """Units of the opening backlog by planning week, worked off evenly, shape (weeks,)."""
    weeks = np.arange(calendar.num_weeks) < volume.opening_backlog_weeks
    return np.asarray(weeks * volume.opening_backlog / max(1, int(weeks.sum())), dtype=float)


def _yearly_pattern(volume: VolumeBrief, start: date, num_weeks: int) -> NDArray[np.float64]:
    """Season x growth by planning week, before any level."""
    months = volume.seasonality if volume.seasonality is not None else np.ones(MONTHS_PER_YEAR)
    season = np.array([months[day.month - 1] for day in _mid_weeks(start, num_weeks)])
    return np.asarray(season * growth_path(volume, num_weeks), dtype=float)


def growth_path(volume: VolumeBrief, num_weeks: int) -> NDArray[np.float64]:
    """Compounded growth at the middle of every planning week."""
    years = (np.arange(num_weeks) + 0.5) / WEEKS_PER_YEAR
    return np.asarray((1 + volume.growth_per_year) ** years, dtype=float)


def _mid_weeks(start: date, num_weeks: int) -> list[date]:
    return [start + timedelta(weeks=week, days=3) for week in range(num_weeks)]


def week_shape(service: ServiceBrief, grid: WeekGrid) -> NDArray[np.float64]:
    """Share of a week's units by interval, shape (grid.size,), sum 1.

    Taken from the profile, else from an hourly or daily history, else flat over opening hours.
    """
    volume = service.volume
    if volume.profile is not None:
        weights = volume.profile
    elif volume.history is not None and volume.history.step in STEPS_PER_WEEK:
        weights = _history_shape(volume.history, grid, service.open_mask)
    else:
        weights = service.open_mask.astype(float)
    return weights / weights.sum()


def _history_shape(
    history: VolumeHistory, grid: WeekGrid, open_mask: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Mean week of an hourly or daily history, rolled to start on Monday."""
    per_week = STEPS_PER_WEEK[history.step]
    full = len(history.values) // per_week * per_week
    mean_week = history.values[:full].reshape(-1, per_week).mean(axis=0)
    mean_week = np.roll(mean_week, history.starts_on.weekday() * per_week // 7)
    if mean_week.sum() == 0:
        return open_mask.astype(float)
    return spread_profile(mean_week, grid, open_mask)


def spread_profile(
    weights: NDArray[np.float64], grid: WeekGrid, open_mask: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Spread weekly weights of any regular step onto the grid, keeping each step's total.

    Parameters
    ----------
    weights : ndarray, shape (n,)
        By equal steps from Monday 00:00; n is 7 or divides, or is divided by, the grid's size.
        Daily weights (n = 7) are spread over each day's opening hours, all else evenly.
    grid : WeekGrid
        Target grid.
    open_mask : ndarray of bool, shape (grid.size,)
        Opening hours.

    Raises
    ------
    ValueError
        When the number of weights does not fit the grid.
    """
    count = len(weights)
    if count == DAYS_PER_WEEK:
        open_by_day = open_mask.reshape(DAYS_PER_WEEK, -1).astype(float)
        open_by_day[open_by_day.sum(axis=1) == 0] = 1.0
        hours = open_by_day / open_by_day.sum(axis=1, keepdims=True)
        return np.asarray(weights[:, None] * hours, dtype=float).ravel()
    if count and grid.size % count == 0:
        return np.repeat(weights, grid.size // count) * count / grid.size
    if count and count % grid.size == 0:
        return weights.reshape(grid.size, -1).sum(axis=1)
    raise ValueError(f"{count} weights do not fit a week of {grid.size} intervals")
