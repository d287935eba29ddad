"""Confidence intervals and what is concluded from them."""

from math import sqrt

import mpmath
import numpy as np
import pytest

from staffing.simulation.estimates import (
    Estimate,
    controlled_estimate,
    estimate,
    student_quantile,
    verdict,
)


def found_in(values, **options):
    """Estimate, of enough values."""
    found = estimate(values, **options)
    assert found is not None
    return found


def exact_quantile(degrees):
    """Solve for the 97.5 % quantile with the incomplete beta function."""

    def missing(t):
        tail = mpmath.betainc(degrees / 2, 0.5, 0, degrees / (degrees + t**2), regularized=True)
        return tail / 2 - 0.025

    return float(mpmath.findroot(missing, 2.2))


@pytest.mark.parametrize("degrees", [4, 5, 9, 19, 99])
def test_the_quantile_is_that_of_student(degrees):
    assert abs(student_quantile(degrees) - exact_quantile(degrees)) < 1e-3


def test_an_interval_by_hand():
    found = found_in([1.0, 2.0, 3.0, 4.0, 5.0])
    half = 2.776 * sqrt(2.5) / sqrt(5)
    assert found.mean == 3
    assert np.allclose([found.low, found.high], [3 - half, 3 + half], atol=1e-3)


def test_a_share_stays_between_nothing_and_all():
    assert found_in([1.0, 1.0, 1.0, 1.0, 0.9], share=True).high == 1
    assert found_in([0.0, 0.0, 0.0, 0.0, 0.1], share=True).low == 0


def test_too_few_figures_are_no_estimate():
    assert estimate([0.8] * 4) is None
    assert estimate([0.8] * 5) == Estimate(mean=0.8, low=0.8, high=0.8)


def test_nineteen_of_twenty_intervals_hold_the_truth():
    random = np.random.default_rng(8)
    found = [found_in(random.normal(10, 3, 8).tolist()) for _ in range(2000)]
    held = np.mean([e.low <= 10 <= e.high for e in found])
    assert abs(held - 0.95) < 3 * sqrt(0.95 * 0.05 / 2000)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0.80, 0.90, "met"),
        (0.79, 0.80, "within noise"),
        (0.75, 0.85, "within noise"),
        (0.70, 0.799, "missed"),
    ],
)
def test_the_whole_interval_decides(low, high, expected):
    assert verdict(0.8, Estimate(mean=(low + high) / 2, low=low, high=high)) == expected


def test_without_figures_there_is_nothing_to_judge():
    assert verdict(0.8, None) == "nothing to judge"


def with_luck(random, count=12):
    """Draw shares around 0.8 that fall when more work than 10 happens to come."""
    luck = random.normal(0, 0.5, count)
    shares = 0.8 - 0.08 * luck + random.normal(0, 0.01, count)
    return shares.tolist(), (10 + luck).tolist()


def test_a_control_takes_the_luck_out_of_a_share():
    shares, works = with_luck(np.random.default_rng(3))
    plain, controlled = found_in(shares), controlled_estimate(shares, works, 10.0)
    assert controlled is not None
    assert controlled.high - controlled.low < (plain.high - plain.low) / 2
    assert abs(controlled.mean - 0.8) < abs(plain.mean - 0.8)


def test_nineteen_of_twenty_controlled_intervals_hold_the_truth():
    random = np.random.default_rng(4)
    draws = [with_luck(random) for _ in range(2000)]
    found = [controlled_estimate(shares, works, 10.0) for shares, works in draws]
    held = np.mean([e.low <= 0.8 <= e.high for e in found if e is not None])
    assert abs(held - 0.95) < 3 * sqrt(0.95 * 0.05 / 2000)


def test_a_control_that_never_moves_or_too_few_runs_leave_the_plain_estimate():
    shares, works = with_luck(np.random.default_rng(3))
    assert controlled_estimate(shares, [10.0] * 12, 10.0) == found_in(shares)
    assert controlled_estimate(shares[:5], works[:5], 10.0) == found_in(shares[:5])
    assert controlled_estimate(shares[:4], works[:4], 10.0) is None
