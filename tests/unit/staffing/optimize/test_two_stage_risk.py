"""Quantile, tail and CVaR of a cost by hand."""

import numpy as np
import pytest

from staffing.optimize.workforce.two_stage.risk import (
    conditional_value_at_risk,
    mean_risk,
    quantile,
)

COST = np.array([4.0, 1.0, 3.0, 2.0])
EVEN = np.full(4, 0.25)


def test_quantile_is_the_least_value_reached_with_that_probability():
    assert [quantile(COST, EVEN, level) for level in (0.25, 0.26, 0.5, 1.0)] == [1, 2, 2, 4]
    assert quantile(COST, np.array([0.7, 0.1, 0.1, 0.1]), 0.5) == 4


def test_the_atom_at_the_edge_of_the_tail_is_split():
    # The worst 40 %: all of the 4 (25 %) and 15 % of the 3.
    worst = (0.25 * 4 + 0.15 * 3) / 0.4
    assert conditional_value_at_risk(COST, EVEN, 0.6) == pytest.approx(worst)


def test_tail_zero_is_the_mean_and_risk_lies_between():
    assert conditional_value_at_risk(COST, EVEN, 0.0) == pytest.approx(2.5)
    assert mean_risk(COST, EVEN, 0.0, 0.75) == pytest.approx(2.5)
    assert mean_risk(COST, EVEN, 1.0, 0.75) == pytest.approx(4)
    assert mean_risk(COST, EVEN, 0.5, 0.75) == pytest.approx(3.25)
