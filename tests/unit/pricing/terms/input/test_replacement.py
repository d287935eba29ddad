import pytest

from pricing.terms.input.replacement import days_beyond_guarantee


def test_a_place_filled_in_time_costs_nothing():
    assert days_beyond_guarantee([0, 10, 14], 14) == 0


def test_each_vacancy_counts_its_own_days_beyond_the_guarantee():
    assert days_beyond_guarantee([10, 15, 20], 14) == 1 + 6


def test_negative_days_are_refused():
    with pytest.raises(ValueError, match="0 or more"):
        days_beyond_guarantee([-1], 14)
