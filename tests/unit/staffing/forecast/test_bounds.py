"""P10 and P90 against processes whose quantiles are known in closed form."""

from dataclasses import replace
from statistics import NormalDist

import numpy as np
import pytest

from staffing.forecast.backtest import backtest, backtest_origins
from staffing.forecast.bounds import ErrorBounds, covered
from staffing.forecast.methods import METHODS
from tests.builders.forecast import bounds_of, series, yearly

Z = NormalDist().inv_cdf(0.9)
SIGMA = 0.1
NAIVE = METHODS["seasonal_naive"]


def walk(phi, count=3000, seed=1):
    """Logarithms of an AR(1) around ln 100, with standard normal innovations of SIGMA."""
    drawn = SIGMA * np.random.default_rng(seed).standard_normal(count)
    level = np.zeros(count)
    for at in range(1, count):
        level[at] = phi * level[at - 1] + drawn[at]
    return replace(series(100 * np.exp(level)), period=1)


def from_many_dates(one, count):
    spread = np.linspace(60, len(one) - 60, count).astype(int)
    return backtest(one, NAIVE, tuple(map(int, spread)))


@pytest.mark.parametrize("phi", [1.0, 0.9, 0.5])
@pytest.mark.parametrize("step", [1, 4, 13, 40])
def test_the_width_is_that_of_the_process(phi, step):
    """Naive's error h ahead has variance h s^2 (walk), or 2 (1 - phi^h) s^2 / (1 - phi^2)."""
    bounds = bounds_of(from_many_dates(walk(phi), 300))
    path = np.full(40, 100.0)
    low, high = bounds.around(path)
    variance = step if phi == 1 else 2 * (1 - phi**step) / (1 - phi**2)
    half = Z * SIGMA * variance**0.5
    assert np.log(high / low)[step - 1] / 2 == pytest.approx(half, rel=0.15)


@pytest.mark.parametrize("phi", [1.0, 0.5])
def test_four_of_five_lie_within(phi):
    test = from_many_dates(walk(phi), 100)
    inside = covered(test, bounds_of(test))
    assert np.nanmean(inside) == pytest.approx(0.8, abs=0.03)


def test_four_of_five_lie_within_where_a_season_is_repeated():
    """The error has variance 2 s^2 at any step of the year."""
    one = series(yearly(900, SIGMA))
    test = backtest(one, NAIVE, tuple(range(300, 840, 11)))
    bounds = bounds_of(test)
    _, high = bounds.around(np.full(52, 100.0))
    assert np.log(high / 100).mean() == pytest.approx(Z * SIGMA * 2**0.5, rel=0.1)
    assert np.nanmean(covered(test, bounds)) == pytest.approx(0.8, abs=0.03)


def test_of_few_errors_the_next_lies_within_as_often():
    """Thirteen origins, one step: over many histories four of five, not fewer and few more."""
    draw = np.random.default_rng(0)
    errors, hits = draw.standard_normal((2000, 14)), 0
    for row in errors:
        low, high = ErrorBounds(row[:13, None], relative=False).around(np.full(1, 100.0))
        hits += bool(low[0] <= 100 + row[13] <= high[0])
    assert 0.8 <= hits / len(errors) <= 0.84


def test_beyond_what_was_tested_they_widen_with_the_root_of_time():
    bounds = ErrorBounds(np.random.default_rng(0).standard_normal((9, 4)), relative=True)
    low, high = bounds.around(np.full(64, 10.0))
    assert np.log(high[15] / 10) == pytest.approx(2 * np.log(high[3] / 10))
    assert np.log(low[63] / 10) == pytest.approx(4 * np.log(low[3] / 10))


def test_the_forecast_lies_within_its_bounds_and_no_volume_is_negative():
    biased = ErrorBounds(np.full((5, 3), 2.0), relative=False)
    low, high = biased.around(np.array([1.0, 0.0, 5.0]))
    assert list(low) == [1, 0, 5]
    assert list(high) == [3, 2, 7]
    low, _ = ErrorBounds(np.full((5, 3), -2.0), relative=False).around(np.array([1.0, 0.0, 5.0]))
    assert list(low) == [0, 0, 3]


def test_volumes_with_empty_weeks_have_errors_in_units():
    values = np.random.default_rng(3).poisson(0.7, 60).astype(float)
    one = series(values)
    bounds = bounds_of(backtest(one, METHODS["level"], backtest_origins(one)))
    assert not bounds.relative


@pytest.mark.parametrize("unit", [0.01, 250.0])
def test_units_do_not_matter(unit):
    for values in (yearly(120, 0.1), np.random.default_rng(3).poisson(0.7, 120).astype(float)):
        both = []
        for factor in (1.0, unit):
            one = series(values * factor)
            test = backtest(one, METHODS["level"], backtest_origins(one))
            both.append(np.array(bounds_of(test).around(METHODS["level"].path(one, 52))))
        assert both[1] == pytest.approx(unit * both[0])
