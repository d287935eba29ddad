"""Rolling origins and measures of error: hand-checked, and laws."""

from math import exp, sqrt

import numpy as np
import pytest

from staffing.forecast.accuracy import Accuracy, accuracy, year_cv
from staffing.forecast.backtest import Backtest, backtest, backtest_origins, naive_error
from staffing.forecast.methods import METHODS
from staffing.forecast.score import TIE, Score, against_naive, best_of, score_methods
from tests.builders.forecast import series, yearly

NAIVE = METHODS["seasonal_naive"]


def scored(name, mase):
    return Score(name, whole=Accuracy(mase, 0.1, 0.0, 10))


@pytest.mark.parametrize("count", [104, 120, 129, 130, 157, 600])
def test_each_origin_knows_enough_and_leaves_something_to_compare_with(count):
    origins = backtest_origins(series(np.ones(count)))
    assert len(origins) == 13
    assert list(origins) == sorted(set(origins))
    assert origins[0] >= (104 if count >= 130 else 78)
    assert origins[-1] == count - 4


@pytest.mark.parametrize(("count", "tested"), [(1, False), (16, False), (17, True), (60, True)])
def test_too_little_is_not_tested(count, tested):
    assert bool(backtest_origins(series(np.ones(count)))) is tested


@pytest.mark.parametrize("name", METHODS)
def test_an_origin_knows_nothing_of_what_comes_after_it(name):
    """The same forecasts whatever the last year turns out to be."""
    values = yearly(140, 0.1)
    other = np.r_[values[:130], 5 * values[130:]]
    tests = [backtest(series(one), METHODS[name], (130,)) for one in (values, other)]
    assert (tests[0].forecast == tests[1].forecast).all()
    assert not np.array_equal(tests[0].actual, tests[1].actual, equal_nan=True)


def test_what_is_compared_is_what_came():
    one = series(np.arange(1.0, 41.0))
    test = backtest(one, NAIVE, (36, 38))
    assert test.actual[:, :4] == pytest.approx(
        np.array([[37, 38, 39, 40], [39, 40] + 2 * [np.nan]]), nan_ok=True
    )
    assert test.forecast[0] == pytest.approx([36] * 4)


def test_naive_has_mase_one_within_what_it_is_scaled_by():
    """Hyndman and Koehler (2006): the scale is naive's own error."""
    rates = yearly(160, 0.2)
    test = Backtest((52,), rates[None, 52:], rates[None, :-52], np.array([naive_error(rates, 52)]))
    assert accuracy(test, 1, 108).mase == pytest.approx(1.0)


def test_errors_by_hand():
    """Off by +2 and -6 of 10 and 30, naive by 4 a step: MASE 1, WAPE 8/40, bias -4/40."""
    test = Backtest((9,), np.array([[10.0, 30.0]]), np.array([[12.0, 24.0]]), np.array([4.0]))
    both = accuracy(test, 1, 2)
    assert (both.mase, both.wape, both.bias) == pytest.approx((1.0, 0.2, -0.1))
    assert both.count == 2
    assert accuracy(test, 2, 2).mase == pytest.approx(1.5)


def test_the_error_of_a_year_is_that_of_its_total():
    """Errors that cancel within the year do not count; totals off by e^0.1 do."""
    actual = np.array([[50.0, 150.0]] * 3)
    test = Backtest((1, 2, 3), actual, actual[:, ::-1] * exp(-0.1), np.ones(3))
    assert year_cv(test, 2) == pytest.approx(sqrt(exp(0.01) - 1))
    assert year_cv(Backtest((1, 2), actual[:2], actual[:2], np.ones(2)), 2) is None


def test_of_two_as_good_the_simpler_is_best():
    names = ("seasonal_naive", "level", "ets")
    for errors, best in {
        (1.0, 1.0, 1.0): "seasonal_naive",
        (1.0, 1.0 - TIE / 2, 1.0): "seasonal_naive",
        (1.0, 0.9, 0.9 - TIE / 2): "level",
        (1.0, 0.9, 0.8): "ets",
    }.items():
        scores = tuple(map(scored, names, errors))
        assert best_of(scores) == best
        assert against_naive(scores, scores[0]) == pytest.approx(1.0)
    assert best_of((Score("level"),)) is None


def test_the_best_method_is_that_of_the_process():
    """Noise around a season: the mean of years beats last year; a trend is seen by smoothing."""
    noisy = score_methods(series(yearly(129, 0.2)), lambda _: None)
    assert best_of(noisy) == "level"
    rising = series(100 * 1.03 ** np.arange(50))
    assert best_of(score_methods(rising, lambda _: None, (25, 33, 40, 46))) == "ets"


def test_a_history_that_repeats_itself_has_nothing_to_scale_by():
    scores = score_methods(series(np.full(60, 5.0)), lambda _: None)
    assert best_of(scores) == "seasonal_naive"
    whole = scores[0].whole
    assert whole is not None
    assert (whole.mase, whole.wape, whole.bias) == (None, 0.0, 0.0)
    assert against_naive(scores, scores[0]) is None
