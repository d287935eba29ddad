"""Working deferrable work off, on weeks short enough to do by hand."""

import numpy as np
import pytest

from staffing.turnaround import finishes_in_time, window_sums, work_off

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


@pytest.mark.parametrize("load", [0.5, 0.9, 0.999, 1.0, 1.01])
def test_whether_a_week_finishes_in_time_is_what_working_it_off_says(load):
    """Two thousand weeks of chance in all; about half of them are in time at each load below 1."""
    rng, answers = np.random.default_rng(round(1000 * load)), set[bool]()
    for _ in range(400):
        arrivals = rng.poisson(1.5, 24).astype(float) + 0.1
        capacity = rng.poisson(1.5, 24).astype(float) + 0.1
        arrivals *= load * capacity.sum() / arrivals.sum()
        due = int(rng.integers(1, 60))
        expected = work_off(arrivals, capacity, due).in_time
        assert finishes_in_time(arrivals, capacity, due) is expected
        answers.add(expected)
    assert answers == ({False} if load > 1 else {False, True})


def test_a_week_that_repeats_the_one_before_is_worked_to_its_end():
    """Empty on Monday, behind at the end: the second week starts with six and ends with six."""
    week = work_off(np.array([2.0, 0, 0, 6]), np.array([4.0, 3, 3, 0]), due_intervals=3)
    assert week.worked.tolist() == [4, 3, 1, 0]
    assert week.backlog.tolist() == [4, 1, 0, 6]
    assert week.in_time
