"""Measures, convergence and the derived premium against closed forms and cases by hand."""

from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from pricing.risk.convergence import running
from pricing.risk.measures import measure, quantile_error, quantiles
from pricing.risk.premium import Target, premium_needed, shapley

STANDARD = NormalDist()
EVEN = np.array([STANDARD.inv_cdf((i + 0.5) / 40_000) for i in range(40_000)])
KEPT = 0.9


def shuffled(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The same values in another order."""
    return np.asarray(np.random.default_rng(1).permutation(values))


def test_a_normal_cost_has_the_quantiles_and_the_tail_of_its_formula() -> None:
    cost = shuffled(800 + 40 * EVEN)
    found = measure(np.full(len(cost), 1000.0), cost, kept=KEPT, floor=0.05)
    z90, z95 = STANDARD.inv_cdf(0.9), STANDARD.inv_cdf(0.95)
    assert found.cost.p10 == pytest.approx(800 - 40 * z90, abs=0.01)
    assert found.cost.p90 == pytest.approx(800 + 40 * z90, abs=0.01)
    # CVaR of a normal: mean + sd phi(z) / (1 - p) (Rockafellar and Uryasev 2000).
    tail = STANDARD.pdf(z95) / 0.05
    assert found.cost_tail == pytest.approx(800 + 40 * tail, abs=0.02)
    assert found.margin_tail == pytest.approx(KEPT - (800 + 40 * tail) / 1000, abs=1e-4)
    assert found.margin.mean == pytest.approx(0.1)
    assert found.probability_of_loss == pytest.approx(1 - STANDARD.cdf(2.5), abs=1e-4)
    assert found.probability_below_floor == pytest.approx(1 - STANDARD.cdf(1.25), abs=1e-4)


def test_expected_margin_is_expected_profit_over_expected_bill() -> None:
    bill, cost = np.array([100.0, 300.0]), np.array([90.0, 90.0])
    found = measure(bill, cost, kept=1.0, floor=0.0)
    assert found.margin.mean == pytest.approx(1 - 180 / 400)
    assert found.margin.p10 == pytest.approx(0.1)


def test_a_budget_is_exceeded_by_bills_above_it() -> None:
    bill = np.array([90.0, 100.0, 110.0, 120.0])
    assert measure(bill, bill / 2, kept=1, floor=0, budget=100.0).probability_over_budget == 0.5
    assert measure(bill, bill / 2, kept=1, floor=0).probability_over_budget is None


def test_a_quantile_is_the_least_value_not_exceeded_with_its_probability() -> None:
    assert quantiles(np.array([5.0, 1.0, 4.0, 2.0, 3.0]), (0.2, 0.21, 0.5, 1.0)) == (1, 2, 3, 5)


def test_the_error_of_a_median_is_that_of_its_formula() -> None:
    # sqrt(pi / 2) sd / sqrt n for a normal.
    expected = np.sqrt(np.pi / 2) / np.sqrt(len(EVEN))
    assert quantile_error(shuffled(EVEN), 0.5) == pytest.approx(expected, rel=0.02)


def test_convergence_ends_at_all_draws_with_a_shrinking_error() -> None:
    cost, bill = shuffled(800 + 40 * EVEN), np.full(len(EVEN), 1000.0)
    points = running(bill, cost, KEPT)
    assert points[0].draws == 200
    assert points[-1].draws == len(cost)
    assert points[-1].mean == pytest.approx(0.1)
    assert points[-1].mean_error == pytest.approx(0.04 / np.sqrt(len(cost)), rel=0.01)
    assert points[0].mean_error > 10 * points[-1].mean_error
    off = [abs(one.mean - 0.1) <= 4 * one.mean_error + 1e-12 for one in points]
    assert all(off)


def test_a_premium_is_what_the_expected_margin_asks_for() -> None:
    # Cost 10 % above parity on average: the price must be 10 % higher.
    cost = np.array([66.0, 66.0])
    premium, binds = premium_needed(np.array([100.0, 100.0]), cost, Target(0.9, 0.3, -1.0))
    assert premium == pytest.approx(0.1)
    assert binds == "margin"


def test_a_premium_is_what_the_floor_asks_for_where_that_is_more() -> None:
    cost = np.array([50.0] * 8 + [90.0] * 2)
    target = Target(kept=0.9, margin=0.3, floor=0.1)
    premium, binds = premium_needed(np.full(10, 100.0), cost, target)
    assert premium == pytest.approx(0.9 / 0.8 - 1)
    assert binds == "floor"
    margins = 0.9 - cost / (100 * (1 + premium))
    assert quantiles(margins, (0.2,))[0] == pytest.approx(0.1)


def test_shapley_of_three_groups_by_hand() -> None:
    # Gloves: one left glove (a), two right ones (b, c); a pair is worth 1.
    parts = shapley("abc", lambda some: float("a" in some and len(some) > 1))
    assert parts == pytest.approx({"a": 2 / 3, "b": 1 / 6, "c": 1 / 6})


@given(st.lists(st.floats(-1, 1), min_size=16, max_size=16), st.permutations("abcd"))
@settings(max_examples=30, deadline=None)
def test_parts_add_up_and_rest_on_no_order(values: list[float], order: list[str]) -> None:
    def worth(some: frozenset[str]) -> float:
        return values[sum(1 << "abcd".index(one) for one in some)]

    parts = shapley("abcd", worth)
    assert sum(parts.values()) == pytest.approx(values[15] - values[0], abs=1e-12)
    assert shapley(order, worth) == pytest.approx(parts)
