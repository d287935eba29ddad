"""Hiring under uncertain demand: the decomposition against one linear program, and its bounds."""

import numpy as np
import pytest

from staffing.optimize.workforce.two_stage.clusters import cluster_means, k_means
from staffing.optimize.workforce.two_stage.direct import DirectProgram
from staffing.optimize.workforce.two_stage.evaluate import evaluate
from staffing.optimize.workforce.two_stage.recourse import Recourse
from staffing.optimize.workforce.two_stage.solve import TwoStageLimits, solve_two_stage
from tests.builders.two_stage import problem

DECOMPOSED = TwoStageLimits(direct_columns=0, relative_gap=1e-4)
CASES = [
    {"pools": 1, "scenarios": 20},
    {"pools": 2, "scenarios": 10, "tail": 0.8},
    {"pools": 1, "scenarios": 20, "risk_aversion": 0.0},
    {"pools": 1, "scenarios": 20, "risk_aversion": 1.0, "tail": 0.9},
    {"pools": 2, "scenarios": 12, "existing": 0.0, "go_live_max": 200.0, "surge_notice_weeks": 2},
]


@pytest.mark.parametrize("case", CASES)
def test_the_optimum_lies_between_the_bounds(case):
    asked = problem(**case)
    optimum = DirectProgram(asked).solve().objective
    found = solve_two_stage(asked, DECOMPOSED)
    assert found.iterations > 0
    assert found.lower_bound <= optimum * (1 + 1e-8)
    assert optimum <= found.best.objective * (1 + 1e-8)
    assert found.gap <= 1e-4


@pytest.mark.parametrize("weight", [0.0, 0.5, 1.0])
def test_scenarios_of_unequal_probability_are_weighed(weight):
    """Bounds enclose the optimum, and a scenario twice as likely is one that stands there twice."""
    asked = problem(scenarios=8, tail=0.7, risk_aversion=weight)
    chance = np.array([1.0, 1, 1, 2, 1, 2, 1, 3]) / 12
    asked = asked.with_demand(asked.demand, chance)
    optimum = DirectProgram(asked).solve().objective
    found = solve_two_stage(asked, DECOMPOSED)
    assert found.lower_bound <= optimum * (1 + 1e-8)
    assert optimum <= found.best.objective * (1 + 1e-8)
    times = np.repeat(np.arange(8), [1, 1, 1, 2, 1, 2, 1, 3])
    repeated = asked.with_demand(asked.demand[times], np.full(12, 1 / 12))
    assert DirectProgram(repeated).solve().objective == pytest.approx(optimum, rel=1e-8)


@pytest.mark.parametrize("case", CASES)
def test_the_exact_cost_of_the_direct_plan_is_its_objective(case):
    asked = problem(**case)
    optimum = DirectProgram(asked).solve()
    evaluated = evaluate(asked, Recourse(asked), optimum.hires)
    assert evaluated.objective == pytest.approx(optimum.objective, rel=1e-8)


@pytest.mark.parametrize("case", CASES)
def test_cluster_means_give_a_lower_bound(case):
    asked = problem(**case)
    bounds = [DirectProgram(cluster_means(asked, n, 0)).solve().objective for n in (1, 5)]
    optimum = DirectProgram(asked).solve().objective
    assert max(bounds) <= optimum * (1 + 1e-9)


def test_every_cut_is_below_the_cost_of_other_plans():
    asked = problem(pools=2, scenarios=8)
    recourse, draw = Recourse(asked), np.random.default_rng(1)
    plans = [draw.uniform(0, 4, asked.hires_max.shape) * (asked.hires_max > 0) for _ in range(10)]
    points = [evaluate(asked, recourse, plan) for plan in plans]
    for at in points:
        for other in points:
            moved = np.einsum("sik,ik->s", at.slopes, other.hires - at.hires)
            cut = at.recourse_cost + moved
            assert (cut <= other.recourse_cost * (1 + 1e-9) + 1e-9).all()


def test_more_rounds_never_widen_the_gap():
    found = solve_two_stage(problem(pools=2, scenarios=30), DECOMPOSED)
    assert list(found.gaps) == sorted(found.gaps, reverse=True)


def test_the_same_seed_gives_the_same_plan():
    first, second = (solve_two_stage(problem(), DECOMPOSED, seed=3) for _ in range(2))
    assert np.array_equal(first.best.hires, second.best.hires)
    assert first.lower_bound == second.lower_bound


def test_one_period_and_one_source_is_the_newsvendor():
    # Hire now for 1 + 3 a person, or pay 12 for each one short: hire to the 2/3 quantile.
    demand = np.arange(1.0, 31.0)
    asked = problem(
        scenarios=30,
        weeks=1,
        existing=0.0,
        go_live_max=100.0,
        hire_cost=3.0,
        surge_heads=0.0,
        overtime_share_max=0.0,
        risk_aversion=0.0,
    ).with_demand(demand[:, None, None], np.full(30, 1 / 30))
    for limits in (TwoStageLimits(), DECOMPOSED):
        found = solve_two_stage(asked, limits).best
        assert 20 - 1e-6 <= found.hires[0, 0] <= 21 + 1e-6  # P(demand > n) = 4 / 12 between them
        assert found.objective == pytest.approx(4 * 20 + 12 * sum(range(1, 11)) / 30, rel=1e-4)


def test_k_means_groups_by_distance_and_counts_no_empty_group():
    points = np.array([[0.0], [0.1], [10.0], [10.1], [10.0]])
    group = k_means(points, np.ones(5), 4, seed=0)
    assert set(group) == set(range(group.max() + 1))
    group = k_means(points, np.ones(5), 2, seed=0)
    assert group[0] == group[1] != group[2] == group[3] == group[4]
    assert set(k_means(np.ones((6, 3)), np.ones(6), 3, seed=0)) == {0}
