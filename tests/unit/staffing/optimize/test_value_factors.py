"""Factors: cost is convex in each kind that is let in, slopes are right, the others are refused."""

import numpy as np
import pytest

from staffing.errors import BadInputError
from staffing.hiring.factors import (
    REMEDIES,
    TRUNCATION_SIGMA,
    over_productivity,
    require_convex,
    standard_draws,
)
from staffing.optimize.workforce.value.futures import cost_of_futures
from staffing.optimize.workforce.value.recourse_cost import RecourseCost
from tests.builders.value import draws, space


def workload_over_productivity():
    """Return a cost in the coordinates (u (1 + l), u f), and points there."""
    asked, linear = space(factors=2)
    raw = np.random.default_rng(3).uniform([-0.1, 0.85, -1], [0.1, 1.2, 1], size=(60, 3))
    factors, points = over_productivity(linear.demand, linear.staff, linear.demand_moves[1:], raw)
    return RecourseCost(asked, factors), points, (linear, raw, factors)


def linear_cost(**case):
    """Return an additive cost and points."""
    asked, factors = space(**case)
    return RecourseCost(asked, factors), draws(60, len(factors.demand_moves))


CASES = {
    "demand": lambda: linear_cost(factors=3),
    "staff productivity": lambda: linear_cost(factors=2, staff_productivity=0.03),
    "workload over productivity": lambda: workload_over_productivity()[:2],
}


@pytest.mark.parametrize("kind", CASES)
def test_no_midpoint_lies_above_its_chord(kind):
    solve, points = CASES[kind]()
    ends = points[:30], points[30:]
    for one, other in zip(*ends, strict=True):
        chord = (solve(one)[0] + solve(other)[0]) / 2
        assert solve((one + other) / 2)[0] <= chord + 1e-7


@pytest.mark.parametrize("kind", CASES)
def test_every_slope_is_a_tangent_below_the_cost(kind):
    solve, points = CASES[kind]()
    solved = [(point, *solve(point)) for point in points[:20]]
    for at, cost, slope in solved:
        for point, other, _ in solved:
            assert cost + slope @ (point - at) <= other + 1e-6


def test_coordinates_of_workload_over_productivity_mean_what_they_say():
    _, points, (linear, raw, factors) = workload_over_productivity()
    level, productivity, trend = raw[7]
    work = (1 + level) * linear.demand + trend * linear.demand_moves[1]
    assert factors.at(points[7])[0] == pytest.approx(work / productivity)


def test_workload_over_productivity_as_it_stands_is_not_convex():
    asked, linear = space(factors=2)
    solve = RecourseCost(asked, linear)

    def cost(level, productivity):
        answer = solve._recourse.solve(linear.demand * (1 + level) / productivity, linear.staff)
        return answer.cost

    draw = np.random.default_rng(0).uniform([-0.3, 0.7], [0.3, 1.3], size=(200, 2, 2))
    above = [
        cost(*pair.mean(axis=0)) > (cost(*pair[0]) + cost(*pair[1])) / 2 + 1e-6 for pair in draw
    ]
    assert any(above)


@pytest.mark.parametrize("kind", REMEDIES)
def test_what_is_not_convex_is_refused_with_its_remedy(kind):
    with pytest.raises(BadInputError, match=rf"factors\[1\].*not convex; use .*{kind}"):
        require_convex(("demand", kind))


def test_convex_kinds_pass():
    require_convex(("demand", "staff_productivity"))


def test_demand_below_zero_at_a_corner_of_the_box_is_refused():
    asked, factors = space(factors=2)
    far = 10 * draws(50)
    with pytest.raises(BadInputError, match=r"factors\.demand.*0 FTE or more.*FTE"):
        cost_of_futures(asked, 0.0, [(factors, far)])


def test_draws_stay_within_the_truncation():
    points = standard_draws(50_000, 2, seed=0)
    assert np.abs(points).max() <= TRUNCATION_SIGMA
    assert points.std() == pytest.approx(1.0, abs=0.01)
    assert (points == standard_draws(50_000, 2, seed=0)).all()


def test_productivity_of_nothing_is_refused():
    _, linear = space()
    with pytest.raises(BadInputError, match=r"productivity.*above 0"):
        over_productivity(linear.demand, linear.staff, linear.demand_moves, np.zeros((3, 4)))


def test_the_report_adds_the_plan_to_every_statistic_and_says_what_is_certified():
    asked, factors = space()
    bare, value = cost_of_futures(asked, 0.0, [(factors, draws())])
    report, _ = cost_of_futures(asked, 1_000.0, [(factors, draws())])
    assert report.certified
    assert (report.futures, report.solves) == (3_000, value.num_solves)
    for with_plan, without in zip(report.statistics, bare.statistics, strict=True):
        assert with_plan.lower == pytest.approx(without.lower + 1_000)
        assert with_plan.upper - with_plan.lower <= with_plan.standard_error
    short, _ = cost_of_futures(asked, 0.0, [(factors, draws())], max_solves=4)
    assert not short.certified
