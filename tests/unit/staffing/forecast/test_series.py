"""A history as steps of equal meaning: dates, lengths, places in the year."""

from datetime import date, timedelta

import numpy as np
import pytest

from tests.builders.forecast import MONDAY, series


@pytest.mark.parametrize(
    ("step", "starts_on"), [("week", MONDAY), ("month", date(2024, 1, 1)), ("month", MONDAY)]
)
def test_a_step_holds_its_first_and_its_last_day(step, starts_on):
    one = series([1.0] * 30, step, starts_on)
    for index in range(40):
        last = one.start_of(index + 1) - timedelta(days=1)
        assert one.index_of(one.start_of(index)) == index == one.index_of(last)


def test_months_are_told_per_week_and_keep_their_units():
    """31 days of 310 and 29 of 290 are both 70 a week."""
    one = series([310, 290], "month")
    assert one.rates == pytest.approx([70, 70])
    assert [one.rates[at] * one.weeks_in(at) for at in (0, 1)] == pytest.approx([310, 290])


@pytest.mark.parametrize(
    ("step", "count", "period"),
    [("week", 103, 1), ("week", 104, 52), ("month", 23, 1), ("month", 24, 12), ("day", 728, 52)],
)
def test_a_season_takes_two_years(step, count, period):
    assert series(np.ones(count), step).period == period


def test_the_past_of_a_series_does_not_forget_its_season():
    assert series(np.ones(104)).head(60).period == 52


def test_places_follow_the_calendar():
    assert list(series([1.0] * 14, "month", date(2024, 11, 1)).positions(0, 3)) == [10, 11, 0]
    assert list(series([1.0] * 60).positions(51, 54)) == [51, 0, 1]
