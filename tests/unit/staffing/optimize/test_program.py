"""Programs held as arrays: they say what the solver proves, as programs of expressions do."""

import math

import numpy as np
import pulp
import pytest

from staffing.errors import SolverStoppedError
from staffing.optimize.program import Program
from staffing.optimize.solver import SolveLimits, SolveLog, solve


def at_least(value, *, whole=False):
    """Build ``min x, value <= x <= 10``."""
    program = Program("at_least")
    x = program.columns(1, upper=10, whole=whole)
    program.put(program.block(1, lower=value), x)
    program.minimise((x, 1.0))
    return program


def covering(size, *, whole=True):
    """Build a dense covering problem; whole numbers of it are hard from about 40 rows on."""
    rng = np.random.default_rng(0)
    program = Program("covering")
    x = program.columns(size, whole=whole)
    weights = rng.integers(0, 20, (size, size))
    program.put(program.block(size, lower=300)[:, None], x, weights)
    costs = rng.integers(5, 30, size)
    program.minimise((x, costs))
    return program, weights, costs


@pytest.mark.parametrize(("whole", "least"), [(False, 2.5), (True, 3.0)])
def test_a_plan_comes_with_its_bound_and_its_values(whole, least):
    log = SolveLog()
    found = at_least(2.5, whole=whole).solve(SolveLimits(), log)
    assert found.outcome.objective == pytest.approx(least)
    assert found.outcome.bound == pytest.approx(least)
    assert found.values.tolist() == pytest.approx([least])
    assert log.num_solves == 1


@pytest.mark.parametrize("whole", [False, True])
def test_infeasible_is_an_outcome_without_values(whole):
    found = at_least(11, whole=whole).solve(SolveLimits(), SolveLog())
    assert found.outcome.infeasible
    assert math.isnan(found.outcome.objective)
    assert np.isnan(found.values).all()


@pytest.mark.parametrize("whole", [False, True])
def test_the_same_program_of_expressions_has_the_same_optimum(whole):
    program, weights, costs = covering(12, whole=whole)
    peer = pulp.LpProblem("covering", pulp.LpMinimize)
    x = [
        peer.add_variable(f"x{j}", 0, None, "Integer" if whole else "Continuous") for j in range(12)
    ]
    for row in weights:
        peer += pulp.lpSum(int(a) * v for a, v in zip(row, x, strict=True)) >= 300
    peer.setObjective(pulp.lpSum(int(c) * v for c, v in zip(costs, x, strict=True)))
    limits = SolveLimits(relative_gap=0.0, max_nodes=10**5)
    expected = solve(peer, limits, SolveLog())
    found = program.solve(limits, SolveLog())
    assert found.outcome.objective == expected.objective
    assert found.outcome.bound == expected.bound
    assert found.values.tolist() == [variable.value() for variable in x]


def test_the_node_limit_arrives_and_leaves_a_gap():
    limits = SolveLimits(relative_gap=0.0, max_nodes=3)
    outcome = covering(40)[0].solve(limits, SolveLog()).outcome
    assert outcome.stop_reason == "node limit"
    assert outcome.bound < outcome.objective
    assert outcome.reproducible


def test_the_gap_limit_arrives():
    outcome = covering(40)[0].solve(SolveLimits(relative_gap=0.33), SolveLog()).outcome
    assert 0.0 < outcome.gap <= 0.33


def test_a_linear_program_cut_short_has_no_solution():
    limits = SolveLimits(max_simplex_iterations=1)
    with pytest.raises(SolverStoppedError, match=r"covering: stopped \(iteration limit\)"):
        covering(40, whole=False)[0].solve(limits, SolveLog())


def test_no_time_is_an_error_and_not_repeatable():
    log = SolveLog()
    with pytest.raises(SolverStoppedError, match="TimeLimit"):
        covering(40)[0].solve(SolveLimits(safety_time_s=0.0), log)
    assert not log.reproducible


def test_a_column_that_nothing_asks_for_is_zero():
    program = Program("idle")
    idle, x = program.columns(1), program.columns(1)
    program.put(program.block(1, lower=2.0), np.append(idle, x), [0.0, 1.0])
    program.minimise((x, 3.0))
    found = program.solve(SolveLimits(), SolveLog())
    assert found.values.tolist() == [0.0, 2.0]
    assert found.outcome.objective == 6.0


def test_what_costs_is_said_anew_not_added():
    program = Program("anew")
    x = program.columns(2, upper=[1.0, 5.0])
    program.put(program.block(1, lower=2.0), x)
    program.minimise((x, [9.0, 9.0]))
    program.minimise((x[:1], 2.0), (x, 1.0))
    found = program.solve(SolveLimits(), SolveLog())
    assert found.values.tolist() == [0.0, 2.0]
    assert found.outcome.objective == 2.0
