"""Limits that arrive, and outcomes that claim no more than was proven."""

import math
import time

import numpy as np
import pulp
import pytest

from staffing.errors import SolverStoppedError
from staffing.optimize.solver import SolveLimits, SolveLog, SolveOutcome, _outcome, solve


def covering(size, *, integer=True, seed=0):
    """Build a dense covering problem; whole numbers of it are hard from about 40 rows on."""
    rng = np.random.default_rng(seed)
    program = pulp.LpProblem("covering", pulp.LpMinimize)
    x = [
        program.add_variable(f"x{j}", 0, None, "Integer" if integer else "Continuous")
        for j in range(size)
    ]
    for i, row in enumerate(rng.integers(0, 20, (size, size))):
        program += pulp.lpSum(int(a) * v for a, v in zip(row, x, strict=True)) >= 300, f"row_{i}"
    costs = rng.integers(5, 30, size)
    program.setObjective(pulp.lpSum(int(c) * v for c, v in zip(costs, x, strict=True)))
    return program


def at_least(value, *, integer=False):
    """Build ``min x, x >= value``."""
    program = pulp.LpProblem("at_least", pulp.LpMinimize)
    x = program.add_variable("x", 0, 10, "Integer" if integer else "Continuous")
    program += x >= value, "floor"
    program.setObjective(1.0 * x)
    return program


def test_an_optimal_linear_program_is_its_own_bound():
    outcome = solve(at_least(2.5), SolveLimits(), SolveLog())
    assert (outcome.objective, outcome.bound, outcome.gap) == (2.5, 2.5, 0.0)
    assert outcome.feasible
    assert outcome.reproducible


def test_a_whole_number_program_carries_the_bound_the_solver_proved():
    outcome = solve(at_least(2.5, integer=True), SolveLimits(), SolveLog())
    assert outcome.objective == pytest.approx(3)
    assert outcome.bound == pytest.approx(3)


@pytest.mark.parametrize("integer", [False, True])
def test_infeasible_is_an_outcome_without_numbers(integer):
    log = SolveLog()
    outcome = solve(at_least(11, integer=integer), SolveLimits(), log)
    assert outcome.infeasible
    assert not outcome.feasible
    assert outcome.reproducible
    assert math.isnan(outcome.objective)
    assert math.isnan(outcome.bound)
    assert math.isnan(outcome.gap)
    assert log.reproducible


def test_the_node_limit_arrives_and_leaves_a_gap():
    outcome = solve(covering(40), SolveLimits(relative_gap=0.0, max_nodes=3), SolveLog())
    assert outcome.stop_reason == "node limit"
    assert outcome.feasible
    assert outcome.bound < outcome.objective
    assert outcome.gap == pytest.approx(1 - outcome.bound / outcome.objective)
    assert outcome.reproducible


def test_no_nodes_at_all_is_an_error_that_says_why():
    with pytest.raises(SolverStoppedError, match=r"covering: stopped \(node limit\)"):
        solve(covering(40), SolveLimits(max_nodes=0), SolveLog())


def test_the_gap_limit_arrives():
    """A third is allowed: the search ends earlier than a proof would, at most a third away."""
    outcome = solve(covering(40), SolveLimits(relative_gap=0.33), SolveLog())
    assert outcome.stop_reason == "gap reached"
    assert 0.0 < outcome.gap <= 0.33


def test_a_linear_program_cut_short_has_no_solution():
    """Where the simplex stops half-way constraints may be broken, whatever the status word."""
    with pytest.raises(SolverStoppedError, match="iteration limit"):
        solve(covering(40, integer=False), SolveLimits(max_simplex_iterations=1), SolveLog())


def test_no_time_is_an_error_and_not_repeatable():
    log = SolveLog()
    with pytest.raises(SolverStoppedError, match="TimeLimit"):
        solve(covering(40), SolveLimits(safety_time_s=0.0), log)
    assert not log.reproducible


@pytest.mark.slow
def test_the_clock_ends_a_search_and_the_run_is_then_not_repeatable():
    log, began = SolveLog(), time.monotonic()
    limits = SolveLimits(relative_gap=0.0, max_nodes=10**6, safety_time_s=2.0)
    outcome = solve(covering(150), limits, log)
    assert time.monotonic() - began < 30
    assert outcome.stop_reason == "TimeLimit"
    assert outcome.gap > 0
    assert not outcome.reproducible
    assert not log.reproducible


def test_the_same_model_gives_the_same_answer_at_the_node_limit():
    limits = SolveLimits(relative_gap=0.0, max_nodes=3)
    answers = []
    for _ in range(2):
        program = covering(40)
        solve(program, limits, SolveLog())
        answers.append([variable.value() for variable in program.variables()])
    assert answers[0] == answers[1]


def stats(status, **changes):
    return pulp.LpSolveStats(
        **({"status": status, "has_solution": True, "objective": 10.0, "is_mip": True} | changes)
    )


@pytest.mark.parametrize("status", list(pulp.LpSolveStatus))
def test_no_status_word_is_taken_for_a_proof(status):
    """A whole-number solution without a bound has an infinite gap, whatever ended the search."""
    outcome = _outcome(stats(status, best_bound=None))
    assert outcome.bound == -math.inf
    assert outcome.gap == math.inf


@pytest.mark.parametrize("status", [s for s in pulp.LpSolveStatus if s.name != "Optimal"])
def test_only_an_optimal_linear_program_has_a_solution(status):
    outcome = _outcome(stats(status, is_mip=False))
    assert not outcome.feasible
    assert math.isnan(outcome.bound)
    assert math.isnan(outcome.gap)


def test_the_gap_is_relative_to_the_objective():
    outcome = _outcome(stats(pulp.LpSolveStatus.NodeLimit, best_bound=8.0))
    assert outcome.gap == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("status", "repeatable"),
    [
        ("Optimal", True),
        ("NodeLimit", True),
        ("SolutionLimit", True),
        ("TimeLimit", False),
        ("Interrupted", False),
    ],
)
def test_a_search_the_clock_ended_is_not_repeatable(status, repeatable):
    outcome = _outcome(stats(pulp.LpSolveStatus[status], best_bound=8.0))
    assert outcome.reproducible == repeatable


def test_the_log_adds_up_and_never_forgets_a_clock():
    log = SolveLog()
    for repeatable in (True, False, True):
        log.record(SolveOutcome(True, False, 1.0, 1.0, 0.0, "x", repeatable, 0.5))
    assert (log.num_solves, log.solver_s, log.reproducible) == (3, 1.5, False)
