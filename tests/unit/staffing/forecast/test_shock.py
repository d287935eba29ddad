"""2020: real weeks without precedent, at the end of a real history."""

from datetime import date

import numpy as np
import pytest

from staffing.forecast.backtest import backtest, backtest_origins
from staffing.forecast.methods import METHODS
from staffing.forecast.words import series_notes
from tests.builders.forecast import PANDEMIC, bounds_of, claims, series

BEFORE = series(claims(), starts_on=date(2017, 2, 26))
AFTER = series(np.r_[claims(), PANDEMIC], starts_on=date(2017, 2, 26))


def test_the_weeks_are_named_and_no_other():
    notes = series_notes(AFTER, (), tested=True)
    assert len(notes) == 1
    for week in ("2020-03-15 (8.7 times)", "2020-03-22", "2020-03-29"):
        assert week in notes[0]
    assert series_notes(BEFORE, (), tested=True) == []


@pytest.mark.parametrize("name", METHODS)
def test_on_the_way_into_it_no_method_leaves_what_was_ever_seen_by_more_than_a_factor(name):
    """A trend of the two weeks from 250 thousand to 6 million would reach billions in a year."""
    known = AFTER.head(160)
    path = METHODS[name].path(known, 52)
    assert path.max() <= 2 * known.rates.max()
    assert path.min() >= known.rates.min() / 2


def test_the_bounds_say_how_wrong_it_was():
    """Before, P90 was a tenth above the forecast of half a year; after, it is a multiple."""
    widths = []
    for one in (BEFORE, AFTER):
        test = backtest(one, METHODS["level"], backtest_origins(one))
        low, high = bounds_of(test).around(METHODS["level"].path(one, 26))
        widths.append(high[25] / low[25])
    assert widths[0] < 1.5
    assert widths[1] > 3
