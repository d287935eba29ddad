"""Working deferrable work off, on weeks short enough to do by hand."""

import numpy as np
import pytest

from staffing.turnaround import window_sums, work_off

TEN_ON_THE_FIRST = np.array([10.0, 0, 0, 0, 0, 0])


def test_capacity_from_the_first_interval_finishes_at_four_an_interval():
    """10 units, 4 at a time: 4, 4, 2; the last two are done in the third interval."""
    week = work_off(TEN_ON_THE_FIRST, np.full(6, 4.0), due_intervals=3)
    assert week.worked.tolist() == [4, 4, 2, 0, 0, 0]
    assert week.backlog.tolist() == [6, 2, 0, 0, 0, 0]
    assert week.settled
    assert week.in_time
    assert not work_off(TEN_ON_THE_FIRST, np.full(6, 4.0), due_intervals=2).in_time


def test_what_is_late_is_counted_where_it_arrived():
    """Two of the ten are not finished by the end of the second interval; nothing else is late."""
    week = work_off(TEN_ON_THE_FIRST, np.full(6, 4.0), due_intervals=2)
    assert week.late.tolist() == [2, 0, 0, 0, 0, 0]


def test_waiting_long_past_its_time_makes_no_later_interval_late():
    """Ten units wait three intervals for capacity; only the interval they came in is late."""
    week = work_off(TEN_ON_THE_FIRST, np.array([0.0, 0, 0, 10, 0, 0]), due_intervals=2)
    assert week.late.tolist() == [10, 0, 0, 0, 0, 0]


def test_a_due_time_of_one_interval_means_at_once():
    assert work_off(np.array([3.0, 0]), np.array([3.0, 0]), 1).in_time
    assert not work_off(np.array([3.0, 0]), np.array([2.0, 2]), 1).in_time


def test_the_week_is_cyclic():
    """Work of the last interval is finished in the first one of the next week."""
    week = work_off(np.array([0.0, 0, 6]), np.array([6.0, 0, 0]), due_intervals=2)
    assert week.worked.tolist() == [6, 0, 0]
    assert week.backlog.tolist() == [0, 0, 6]
    assert week.in_time


def test_a_due_time_longer_than_the_week_counts_the_week_more_than_once():
    """One head a week for arrivals of one a week, always one week and a half behind."""
    arrivals, capacity = np.array([0.0, 2, 0, 0]), np.array([2.0, 0, 0, 0])
    assert work_off(arrivals, capacity, due_intervals=4).in_time
    assert not work_off(arrivals, capacity, due_intervals=3).in_time
    assert work_off(arrivals, capacity, due_intervals=9).in_time


@pytest.mark.parametrize("due", [2, 6, 100])
def test_more_work_than_capacity_never_settles(due):
    week = work_off(TEN_ON_THE_FIRST, np.full(6, 1.5), due)
    assert not week.settled
    assert not week.in_time


def test_no_work_is_always_in_time():
    week = work_off(np.zeros(6), np.zeros(6), 1)
    assert week.in_time
    assert not week.worked.any()


def test_sums_of_the_intervals_after_each_go_round_the_week():
    values = np.array([1.0, 2, 4, 8])
    assert window_sums(values, 0).tolist() == [0, 0, 0, 0]
    assert window_sums(values, 1).tolist() == [2, 4, 8, 1]
    assert window_sums(values, 3).tolist() == [14, 13, 11, 7]
    assert window_sums(values, 9).tolist() == [32, 34, 38, 31]
