"""Scheduled hours of a plan on the real calendar: by month, calendar class and rates in force.

The roster is a standard week; the calendar of the term says which of its days are public
holidays. Hours of such a day leave their weekly class, so that every hour is in one class once,
and the hours of a year stay those of the plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from pricing.cost.split import spread
from pricing.cost.weekly import weekly_drivers
from pricing.day_pay import class_name
from pricing.money import decimal_of
from staffing.calendar import MONTHS_PER_YEAR, ContractCalendar, add_months
from staffing.grid import WeekGrid
from staffing.premiums import PREMIUM_CLASSES

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from numpy.typing import NDArray

    from pricing.briefing import TeamTerms
    from pricing.cost.weekly import WeeklyDrivers
    from pricing.day_pay import DayPay
    from pricing.engagement import Engagement
    from staffing.plan import StaffingPlan, TeamPlan

_DAYS_PER_WEEK = 7


@dataclass(frozen=True)
class ClassHours:
    """Scheduled hours of one team in one contract month (0 first) that are paid alike.

    Parameters
    ----------
    weekly_class : str
        One of `PREMIUM_CLASSES`: weekday and time of day of the hours.
    kind : str or None
        Kind of public holiday the hours fall on.
    pay : DayPay
        Rates in force on their days.
    hours : Decimal
        0 or more.
    """

    month: int
    weekly_class: str
    kind: str | None
    pay: DayPay
    hours: Decimal

    @property
    def name(self) -> str:
        """Calendar class, e.g. ``night_regular_holiday``."""
        return class_name(self.weekly_class, self.kind)

    @cached_property
    def premium(self) -> Decimal:
        """Premium of an hour as a share of the base wage, 0 or more."""
        return self.pay.multiplier(self.weekly_class, self.kind) - 1

    @cached_property
    def overtime(self) -> Decimal:
        """What overtime adds to such an hour, as a share of the base wage."""
        return self.pay.overtime_share(self.weekly_class, self.kind)

    @property
    def year(self) -> int:
        """Contract year of the month, 1 first."""
        return 1 + self.month // MONTHS_PER_YEAR


@dataclass(frozen=True)
class _Year:
    """The days of a contract year: which they are, what is paid alike, and each day's place in it.

    A column of `alike` is a month, a kind of holiday (0 none) and a rate period.
    """

    days: NDArray[np.int64]
    alike: NDArray[np.int64]
    place: NDArray[np.int64]


@dataclass(frozen=True)
class _Days:
    """Week and weekday of the days of a term, and its contract years."""

    week: NDArray[np.int64]
    weekday: NDArray[np.int64]
    years: tuple[_Year, ...]


def calendar_hours(
    engagement: Engagement,
    teams: tuple[TeamTerms, ...],
    plan: StaffingPlan,
    classes: tuple[str, ...] = PREMIUM_CLASSES,
) -> dict[str, tuple[ClassHours, ...]]:
    """Scheduled hours of every team on the calendar of the term, by team (`scheduled_hours`)."""
    calendar = ContractCalendar(engagement.start, engagement.term_months)
    return {
        team.name: scheduled_hours(
            terms, team, plan, calendar, weekly_drivers(terms, team, plan), classes
        )
        for terms, team in zip(teams, plan.teams, strict=True)
    }


def scheduled_hours(
    terms: TeamTerms,
    team: TeamPlan,
    plan: StaffingPlan,
    calendar: ContractCalendar,
    drivers: WeeklyDrivers,
    classes: tuple[str, ...] = PREMIUM_CLASSES,
) -> tuple[ClassHours, ...]:
    """Put the scheduled hours of every contract year on its calendar days.

    Parameters
    ----------
    terms : TeamTerms
        Rates by period, and the public holidays of the site.
    team, plan : TeamPlan, StaffingPlan
        Hours by year and weekly class; the roster says on which weekdays they are worked.
    calendar : ContractCalendar
    drivers : WeeklyDrivers
        Hours by week, which say how busy a holiday's week is; empty weeks count as equal.
    classes : tuple of str
        Weekly classes wanted.

    Returns
    -------
    tuple of ClassHours
        Without empty ones; over months, kinds and periods they sum to the plan's hours of a year
        and weekly class exactly.
    """
    kinds = (None, *dict.fromkeys(holiday.kind for holiday in terms.rates.holidays))
    days = _days(
        calendar.start,
        calendar.term_months,
        tuple((holiday.day, kinds.index(holiday.kind)) for holiday in terms.rates.holidays),
        tuple(pay.since for pay in terms.rates.pay),
    )
    share = _weekday_shares(terms, team, plan)
    cells: list[ClassHours] = []
    for number, name in enumerate(PREMIUM_CLASSES):
        if name not in classes:
            continue
        by_week = drivers.hours[name]
        if not by_week.any():
            by_week = np.ones(calendar.num_weeks)
        by_day = by_week[days.week] * share[number, days.weekday]
        for year in team.years:
            hours = decimal_of(year.scheduled_hours_by_class[name])
            if not hours:
                continue
            own = days.years[year.year - 1]
            weights = np.bincount(own.place, by_day[own.days], minlength=own.alike.shape[1])
            cells += [
                ClassHours(int(month), name, kinds[kind], terms.rates.pay[period], part)
                for (month, kind, period), part in zip(
                    own.alike.T, spread(hours, weights), strict=True
                )
                if part
            ]
    return tuple(cells)


@lru_cache(maxsize=256)
def _days(
    start: date, term_months: int, holidays: tuple[tuple[date, int], ...], since: tuple[date, ...]
) -> _Days:
    """Days of a term, by the kind of each public holiday and the first days of rate periods."""
    offsets = np.arange((ContractCalendar(start, term_months).end - start).days)
    edges = [(add_months(start, month) - start).days for month in range(term_months)]
    kind = np.zeros(len(offsets), dtype=np.int64)
    for day, number in holidays:
        kind[(day - start) // timedelta(days=1)] = number
    month = np.searchsorted(edges, offsets, side="right") - 1
    period = np.searchsorted([(day - start).days for day in since], offsets, side="right") - 1
    key, years = np.stack([month, kind, period]), []
    for year in range(int(month[-1]) // MONTHS_PER_YEAR + 1):
        inside = np.flatnonzero(month // MONTHS_PER_YEAR == year)
        alike, place = np.unique(key[:, inside], axis=1, return_inverse=True)
        years.append(_Year(inside, alike, place.ravel()))
    return _Days(
        week=offsets // _DAYS_PER_WEEK,
        weekday=(start.weekday() + offsets) % _DAYS_PER_WEEK,
        years=tuple(years),
    )


def _weekday_shares(terms: TeamTerms, team: TeamPlan, plan: StaffingPlan) -> NDArray[np.float64]:
    """Share of a week's hours of each class by weekday, shape (classes, 7); rows sum to 1.

    By the people of the roster on duty; a class in which the roster has nobody (or a plan without
    one) is even over the intervals of the class.
    """
    grid = WeekGrid(plan.interval_minutes)
    classes = terms.rates.premiums.class_by_interval(grid)
    shape = (len(PREMIUM_CLASSES), _DAYS_PER_WEEK)
    flat = classes * _DAYS_PER_WEEK + grid.weekday
    even = np.bincount(flat, minlength=shape[0] * shape[1]).reshape(shape).astype(float)
    worked = np.zeros(shape)
    if team.roster.on_duty:
        heads = np.array(team.roster.on_duty, dtype=float)
        worked = np.bincount(flat, heads, minlength=even.size).reshape(shape)
    shares = np.where(worked.any(axis=1, keepdims=True), worked, even)
    return np.asarray(shares / np.maximum(shares.sum(axis=1, keepdims=True), 1.0))
