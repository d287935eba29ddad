"""Contract time: weeks from the first day, months by the calendar."""

from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from staffing.calendar import ContractCalendar, add_months


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2027, 1, 31), 2, date(2027, 3, 31)),
        (date(2027, 3, 31), 1, date(2027, 4, 30)),
        (date(2027, 12, 15), 1, date(2028, 1, 15)),
        (date(2027, 11, 30), 15, date(2029, 2, 28)),
        (date(2027, 5, 5), 0, date(2027, 5, 5)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_a_short_month(day, months, later):
    assert add_months(day, months) == later


def test_weeks_of_a_month_and_a_partial_last_week():
    """March 2027 has 31 days: four weeks and three days."""
    calendar = ContractCalendar(date(2027, 3, 1), 1)
    assert calendar.num_weeks == 5
    assert calendar.week_starts[-1] == date(2027, 3, 29)
    assert calendar.week_weights == pytest.approx([1, 1, 1, 1, 3 / 7])


def test_a_term_of_whole_weeks_has_no_partial_one():
    calendar = ContractCalendar(date(2027, 2, 1), 1)
    assert calendar.num_weeks == 4
    assert calendar.week_weights.tolist() == [1, 1, 1, 1]


def test_a_week_across_two_months_is_shared_by_days():
    """The week of 29 March has three days of March and four of April."""
    overlap = ContractCalendar(date(2027, 3, 1), 2).weeks_in_month
    assert overlap[:, 4] == pytest.approx([3 / 7, 4 / 7])


@pytest.mark.parametrize("start", [date(2027, 1, 31), date(2028, 2, 29), date(2027, 3, 1)])
@pytest.mark.parametrize("term", [1, 2, 11, 12, 13, 36])
def test_weeks_add_up_to_the_days_of_every_month_and_of_the_term(start, term):
    calendar = ContractCalendar(start, term)
    overlap = calendar.weeks_in_month
    edges = [add_months(start, month) for month in range(term + 1)]
    days = [(b - a).days for a, b in pairwise(edges)]
    assert overlap.sum(axis=1) * 7 == pytest.approx(days)
    assert overlap.sum(axis=0)[:-1] == pytest.approx(np.ones(calendar.num_weeks - 1))
    assert 0 < calendar.week_weights[-1] <= 1
    assert calendar.week_weights.sum() * 7 == pytest.approx((calendar.end - start).days)


def test_month_ends_do_not_drift_after_a_short_february():
    calendar = ContractCalendar(date(2027, 1, 31), 2)
    assert calendar.end == date(2027, 3, 31)
    assert calendar.weeks_in_month.sum(axis=1) * 7 == pytest.approx([28, 31])


def test_years_of_a_term_with_a_partial_last_year():
    calendar = ContractCalendar(date(2027, 3, 1), 30)
    assert calendar.num_years == 3
    assert np.bincount(calendar.year_of_month).tolist() == [12, 12, 6]
    by_year = calendar.weeks_in_year
    assert by_year.shape == (3, calendar.num_weeks)
    assert by_year.sum(axis=1) * 7 == pytest.approx([366, 365, 184])
    assert by_year.sum(axis=0) == pytest.approx(calendar.week_weights)
