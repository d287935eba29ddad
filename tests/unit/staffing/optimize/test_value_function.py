"""Bounds of a value function hold on every draw, close on every statistic, and say when not."""

import numpy as np
import pytest

from staffing.errors import BadInputError
from staffing.optimize.workforce.value.certify import Branch, certify
from staffing.optimize.workforce.value.function import ValueFunction
from staffing.optimize.workforce.value.sampled import estimate_mean
from staffing.optimize.workforce.value.statistics import bounded_statistics
from staffing.optimize.workforce.value.tree import kuhn_corners, kuhn_weights
from tests.builders.value import draws, highest_plane, recourse_cost

COSTS = [
    (lambda: highest_plane(1), 1),
    (lambda: highest_plane(3), 3),
    (lambda: recourse_cost(factors=2), 2),
    (lambda: recourse_cost(factors=1, staff_productivity=0.03), 2),
]


def exact(solve, points):
    """Cost of each point, solved."""
    return np.array([solve(point)[0] for point in points])


@pytest.mark.parametrize(("cost", "factors"), COSTS)
def test_two_hundred_futures_solved_exactly_lie_inside_their_bounds(cost, factors):
    solve, points = cost(), draws(20_000, factors)
    value = certify([Branch(solve, points)], 2_000)
    sample = np.random.default_rng(0).choice(len(points), 200, replace=False)
    truth = exact(solve, points[sample])
    assert (value.lower[sample] <= truth + 1e-6).all()
    assert (truth <= value.upper[sample] + 1e-6).all()
    assert (value.lower <= value.upper + 1e-6).all()
    assert value.certified
    assert value.num_solves < 1_500


def test_further_futures_lie_inside_their_bounds_without_a_solve():
    solve = recourse_cost()
    function = certify([Branch(solve, draws())], 500).functions[0]
    solved, further = len(function.solved), draws(200, seed=9) * 0.9
    bounds = function.evaluate(further)
    assert len(function.solved) == solved
    truth = exact(solve, further[bounds.inside])
    assert bounds.inside.sum() > 190
    assert (bounds.lower[bounds.inside] <= truth + 1e-6).all()
    assert (truth <= bounds.upper[bounds.inside] + 1e-6).all()


def test_outside_the_box_only_the_lower_bound_is_certified():
    solve = highest_plane()
    function = ValueFunction(solve, np.full(2, -1.0), np.full(2, 1.0))
    far = np.array([[3.0, 0.0], [0.5, 0.5]])
    bounds = function.evaluate(far)
    assert bounds.inside.tolist() == [False, True]
    assert bounds.upper[0] == np.inf
    assert (bounds.lower <= exact(solve, far) + 1e-9).all()


def test_both_bounds_are_the_cost_itself_at_the_corners_of_every_simplex():
    function = certify([Branch(recourse_cost(), draws())], 300).functions[0]
    solved, corners = function.solved, function.tree.corners
    assert solved.cuts(0, solved.unit) == pytest.approx(solved.cost, rel=1e-7, abs=1e-6)
    for slot in range(corners.shape[1]):
        at_corner = np.tile(np.eye(corners.shape[1])[slot], (len(corners), 1))
        upper = function.interpolate(np.arange(len(corners)), at_corner)
        assert (upper == solved.cost[corners[:, slot]]).all()


def test_a_budget_too_small_is_reported_as_open():
    value = certify([Branch(recourse_cost(factors=3), draws(20_000, 3))], 20)
    assert value.num_solves <= 20
    assert not value.certified
    assert not next(one for one in value.statistics if one.name == "mean").certified


def test_no_point_is_solved_twice():
    asked = []

    cost = highest_plane(3)

    def solve(point):
        asked.append(point.tobytes())
        return cost(point)

    value = certify([Branch(solve, draws(5_000, 3))], 400)
    assert len(asked) == len(set(asked)) == value.num_solves


def test_what_is_not_convex_is_mixed_by_its_probability():
    one, other = highest_plane(seed=0), highest_plane(seed=5)
    first, second = draws(9_000), draws(3_000, seed=2)
    value = certify([Branch(one, first), Branch(other, second)], 2_000)
    truth = np.concatenate([exact(one, first), exact(other, second)])
    mean = value.statistics[0]
    assert mean.lower - 1e-9 <= truth.mean() <= mean.upper + 1e-9
    assert mean.certified


def test_a_factor_that_does_not_vary_is_refused():
    with pytest.raises(BadInputError, match=r"factors\[1\].*leave it out"):
        ValueFunction(highest_plane(), np.zeros(2), np.array([1.0, 0.0]))


@pytest.mark.parametrize("factors", [1, 2, 3, 4])
def test_weights_on_the_corners_of_the_box_give_the_point_back(factors):
    points = np.random.default_rng(0).uniform(size=(500, factors))
    simplex, weights = kuhn_weights(points)
    corners = kuhn_corners(factors)[simplex]
    assert weights.min() >= 0
    assert weights.sum(axis=1) == pytest.approx(1.0)
    assert (weights[:, :, None] * corners).sum(axis=1) == pytest.approx(points)


def test_statistics_of_known_costs():
    cost = np.random.default_rng(0).permutation(np.arange(1.0, 1_001.0))
    by_name = {one.name: one for one in bounded_statistics(cost, cost + 1)}
    assert [by_name[name].lower for name in ("P10", "P50", "P90")] == [100, 500, 900]
    assert by_name["mean"].lower == pytest.approx(500.5)
    assert by_name["CVaR95"].lower == pytest.approx(np.arange(951, 1_001).mean())
    assert all(one.upper == pytest.approx(one.lower + 1) for one in by_name.values())
    assert by_name["mean"].standard_error == pytest.approx(cost.std() / np.sqrt(1_000))
    assert by_name["P50"].standard_error == pytest.approx(1_000 * np.sqrt(0.25 / 1_000), rel=0.05)


def test_five_factors_give_an_estimate_with_its_error():
    solve, points = highest_plane(5, planes=60), draws(20_000, 5)
    estimate = estimate_mean(solve, points, num_cuts=20, num_exact=400, seed=0)
    truth = exact(solve, points)
    assert (estimate.lower <= truth + 1e-9).all()
    assert abs(estimate.mean - truth.mean()) <= 4 * estimate.correction_error + 1e-9
    assert truth.mean() - estimate.lower.mean() > 4 * estimate.correction_error
    assert 0 < estimate.correction_error < estimate.standard_error
    assert estimate.num_solves <= 420


def test_an_estimate_needs_draws_to_choose_from():
    with pytest.raises(BadInputError, match="2 or more"):
        estimate_mean(highest_plane(), draws(10), num_cuts=8, num_exact=2, seed=0)


def test_the_estimate_of_a_plan_s_cost_is_near_that_of_all_futures_solved():
    solve, points = recourse_cost(factors=3), draws(1_500, 3)
    truth = exact(solve, points)
    estimate = estimate_mean(solve, points, num_cuts=40, num_exact=200, seed=1)
    assert (estimate.lower <= truth + 1e-6).all()
    assert abs(estimate.mean - truth.mean()) <= 4 * estimate.correction_error + 1e-9
    assert estimate.num_solves <= 240
