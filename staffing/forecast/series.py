"""A history as a series of weeks or months: rates, dates, season."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

import numpy as np

from staffing.calendar import MONTHS_PER_YEAR, add_months

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.brief import VolumeHistory

    Array = NDArray[np.float64]

WEEKS_IN_SEASON = 52
DAYS_PER_WEEK = 7
STEPS_PER_WEEK = {"hour": 168, "day": DAYS_PER_WEEK}
SEASONS_TO_LEARN = 2
_MID_WEEK = timedelta(days=3)
_MID_MONTH = timedelta(days=14)


@dataclass(frozen=True)
class Series:
    """Volumes at equal steps, each as the rate of a week.

    Months differ in length, so their units are told per week; weeks are as they came.

    Parameters
    ----------
    starts_on : date
        First day of the first step.
    step : {"week", "month"}
        Length of a step.
    rates : ndarray, shape (n,)
        Units per week in each step, 0 or more.
    period : int
        Steps after which the year's season repeats, 52 or 12; 1 for a history of less than two
        years, which cannot tell a season from chance.
    """

    starts_on: date
    step: Literal["week", "month"]
    rates: Array
    period: int

    def __len__(self) -> int:
        """Steps of the history."""
        return len(self.rates)

    @property
    def season(self) -> int:
        """Steps of a year, whether or not a season can be learnt."""
        return WEEKS_IN_SEASON if self.step == "week" else MONTHS_PER_YEAR

    def head(self, count: int) -> Series:
        """The first steps only, as they were known then."""
        return replace(self, rates=self.rates[:count])

    def start_of(self, index: int) -> date:
        """First day of a step; those after the history go on."""
        if self.step == "week":
            return self.starts_on + timedelta(weeks=index)
        return add_months(self.starts_on, index)

    def index_of(self, day: date) -> int:
        """Step that a day falls in, 0 for the first of the history."""
        if self.step == "week":
            return (day - self.starts_on).days // DAYS_PER_WEEK
        months = MONTHS_PER_YEAR * (day.year - self.starts_on.year) + day.month
        months -= self.starts_on.month
        return months if add_months(self.starts_on, months) <= day else months - 1

    def weeks_in(self, index: int) -> float:
        """Length of a step in weeks."""
        return (self.start_of(index + 1) - self.start_of(index)).days / DAYS_PER_WEEK

    def positions(self, first: int, last: int) -> NDArray[np.int64]:
        """Place in the year of the steps from `first` to before `last`, 0 to ``season - 1``."""
        starts = [self.start_of(index) for index in range(first, last)]
        if self.step == "week":
            return np.array([week_of_year(day + _MID_WEEK) for day in starts], dtype=np.int64)
        return np.array([(day + _MID_MONTH).month - 1 for day in starts], dtype=np.int64)


def series_of(history: VolumeHistory) -> Series:
    """Make the series of a history: months stay months, all else becomes weeks."""
    if history.step == "month":
        lengths = _month_lengths(history)
        rates = history.values / lengths * DAYS_PER_WEEK
        return _with_period(Series(history.starts_on, "month", rates, 1))
    _, totals = weekly_totals(history)
    return _with_period(Series(history.starts_on, "week", np.asarray(totals, dtype=float), 1))


def _with_period(series: Series) -> Series:
    enough = len(series) >= SEASONS_TO_LEARN * series.season
    return replace(series, period=series.season if enough else 1)


def week_of_year(day: date) -> int:
    """Index 0 to 51 of the seven-day block a date falls in (31 December joins the last)."""
    return min((day.timetuple().tm_yday - 1) // DAYS_PER_WEEK, WEEKS_IN_SEASON - 1)


def weekly_totals(history: VolumeHistory) -> tuple[list[date], Array]:
    """Add a history up to full weeks counted from its first day.

    Months are spread evenly over their days first. A partial last week is dropped; one full week
    is needed (`demand_over_term` refuses less).
    """
    values = history.values
    if history.step == "week":
        totals = values
    else:
        per_week = STEPS_PER_WEEK.get(history.step, DAYS_PER_WEEK)
        fine = _days_of_months(history) if history.step == "month" else values
        num_weeks = len(fine) // per_week
        totals = fine[: num_weeks * per_week].reshape(num_weeks, per_week).sum(axis=1)
    starts = [history.starts_on + timedelta(weeks=week) for week in range(len(totals))]
    return starts, totals


def _days_of_months(history: VolumeHistory) -> Array:
    lengths = _month_lengths(history)
    return np.repeat(history.values / lengths, lengths)


def _month_lengths(history: VolumeHistory) -> NDArray[np.int64]:
    months = [add_months(history.starts_on, month) for month in range(len(history.values))]
    return np.array([monthrange(day.year, day.month)[1] for day in months], dtype=np.int64)
