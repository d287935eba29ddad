"""Poisson weight and gamma share against mpmath, for few events, many, and fractions of them."""

import mpmath
import numpy as np
import pytest

from staffing.queueing.poisson import gamma_share, poisson_weight, queue_sums


@pytest.fixture(autouse=True)
def forty_digits():
    with mpmath.workdps(40):
        yield


@pytest.mark.parametrize("events", [0.0, 0.3, 3.0, 7.5, 15.9, 16.0, 80.25, 1e3, 1e5])
@pytest.mark.parametrize("off", [-3.0, -0.5, 0.0, 0.01, 2.0, 6.0])
def test_weight_has_thirteen_digits(events, off):
    mean = max(events + off * (events + 1) ** 0.5, 0.05)
    x, y = mpmath.mpf(events), mpmath.mpf(mean)
    exact = float(mpmath.exp(x * mpmath.log(y) - y - mpmath.loggamma(x + 1)))
    found = poisson_weight(np.array([events]), np.array([mean]))
    assert found[0] == pytest.approx(exact, rel=1e-12)


@pytest.mark.parametrize(
    ("shape", "point"),
    [(3.0, 50.0), (12.5, 46.0), (40.0, 45.0), (60.0, 45.0), (1.2, 0.7), (300, 310)],
)
def test_share_of_the_gamma_law_is_that_of_mpmath(shape, point):
    exact = float(mpmath.gammainc(shape, 0, point, regularized=True))
    found, _ = gamma_share(np.array([float(shape)]), np.array([float(point)]))
    assert found[0] == pytest.approx(exact, rel=1e-13)


def test_nothing_of_the_law_lies_below_zero_and_no_warning_says_so():
    share, weight = gamma_share(np.array([1.0, 500.0]), np.array([1e-300, 1e-300]))
    assert share == pytest.approx(0, abs=1e-290)
    assert weight == pytest.approx(0, abs=1e-290)


@pytest.mark.parametrize(("x", "y"), [(0.0, 3.0), (0.5, 44.0), (10.0, 9.9), (900.0, 899.0)])
def test_sums_are_those_of_their_terms(x, y):
    term, value, moment, j = mpmath.mpf(1), mpmath.mpf(1), mpmath.mpf(0), 0
    while y > x + j or term > mpmath.mpf(10) ** -30:
        j += 1
        term *= y / (x + mpmath.mpf(j))
        value, moment = value + term, moment + j * term
    found = queue_sums(np.array([x]), np.array([y]))
    assert found[0][0] == pytest.approx(float(value), rel=1e-13)
    assert found[1][0] == pytest.approx(float(moment), rel=1e-13)
