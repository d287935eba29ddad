"""Contract time: planning weeks counted from the first day, contract months and years."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

WEEKS_PER_YEAR = 365.25 / 7
MONTHS_PER_YEAR = 12


def add_months(day: date, months: int) -> date:
    """Return the same day of the month, `months` later, cut to the month's last day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@dataclass(frozen=True)
class ContractCalendar:
    """The weeks, months and years of a term.

    Parameters
    ----------
    start : date
        First day of the contract.
    term_months : int
        Length, 1 or more.
    """

    start: date
    term_months: int

    @property
    def end(self) -> date:
        """First day after the term."""
        return add_months(self.start, self.term_months)

    @property
    def num_weeks(self) -> int:
        """Planning weeks, the last one possibly partial."""
        return -(-(self.end - self.start).days // 7)

    @property
    def week_starts(self) -> tuple[date, ...]:
        """First day of every planning week."""
        return tuple(self.start + timedelta(weeks=week) for week in range(self.num_weeks))

    @cached_property
    def weeks_in_month(self) -> NDArray[np.float64]:
        """Share of each planning week that falls in each contract month.

        Returns
        -------
        overlap : ndarray, shape (term_months, num_weeks)
            In weeks; a column sums to 1 except for a partial last week.
        """
        edges = [
            (add_months(self.start, month) - self.start).days
            for month in range(self.term_months + 1)
        ]
        month_from, month_to = np.array(edges[:-1])[:, None], np.array(edges[1:])[:, None]
        week_from = 7 * np.arange(self.num_weeks)[None, :]
        days = np.minimum(month_to, week_from + 7) - np.maximum(month_from, week_from)
        return np.asarray(np.clip(days, 0, None) / 7, dtype=float)

    @property
    def week_weights(self) -> NDArray[np.float64]:
        """Length of every planning week inside the term, in weeks, shape (num_weeks,)."""
        return self.weeks_in_month.sum(axis=0)

    @property
    def num_years(self) -> int:
        """Contract years, the last one possibly partial."""
        return -(-self.term_months // MONTHS_PER_YEAR)

    @property
    def year_of_month(self) -> NDArray[np.int64]:
        """Contract year (0 first) of every month, shape (term_months,)."""
        return np.arange(self.term_months) // MONTHS_PER_YEAR

    @property
    def weeks_in_year(self) -> NDArray[np.float64]:
        """Share of each planning week in each contract year, shape (num_years, num_weeks)."""
        years = np.arange(self.num_years)[:, None] == self.year_of_month[None, :]
        return np.asarray(years @ self.weeks_in_month, dtype=float)
