"""Hiring for many futures: rounds until proven, against one linear program, warm against cold.

A probe proved 0.5 and 0.1 % in 4 and 6 rounds for six pools and 500 scenarios. Peers are the solver
on the same question as one linear program, and the modelling library that writes every future's
program again.
"""

from __future__ import annotations

import time
from statistics import median
from typing import TYPE_CHECKING

import numpy as np
import pulp

from benchmarks.measurement import Measurement
from benchmarks.value_function import case as value_case
from benchmarks.value_function import pool
from staffing.hiring.factors import standard_draws
from staffing.hiring.two_stage import TwoStageProblem
from staffing.optimize.solver import SolveLimits, SolveLog, solve
from staffing.optimize.workforce.two_stage.direct import DirectProgram
from staffing.optimize.workforce.two_stage.recourse import Recourse, RecourseModel
from staffing.optimize.workforce.two_stage.solve import TwoStageLimits, solve_two_stage
from staffing.optimize.workforce.value.recourse_cost import RecourseCost
from staffing.optimize.workforce.value.solved import SolvedPoints

if TYPE_CHECKING:
    from collections.abc import Iterator

    from staffing.hiring.two_stage import Array

WEEKS, RESOLVES, REBUILDS, FACTORS = 52, 1_000, 50, 2
MOST_ROUNDS = {0.005: 10, 0.001: 15}
LEAST_SPEEDUP, LEAST_WARM_SPEEDUP = 3.0, 15.0
_TIMES = 3


def measure_two_stage() -> Iterator[Measurement]:
    """Yield rounds to a proven gap, and speed against one program and against rebuilding."""
    yield from _rounds()
    yield from _against_direct()
    yield from _warm()


def _rounds() -> Iterator[Measurement]:
    started = time.perf_counter()
    found = solve_two_stage(case(6, 500), TwoStageLimits(relative_gap=0.001))
    seconds = time.perf_counter() - started
    for gap, most in MOST_ROUNDS.items():
        reached = [number for number, own in enumerate(found.gaps, start=1) if own <= gap]
        yield Measurement(
            what=f"hiring, 6 pools x 500: rounds to {gap:.1%}",
            value=reached[0] if reached else float("inf"),
            unit="",
            bound=most,
            note=f"{found.gap:.3%} in {seconds:.1f} s",
        )


def _against_direct() -> Iterator[Measurement]:
    problem = case(1, 200)
    decomposed = TwoStageLimits(direct_columns=0, relative_gap=0.001)
    ours_s, direct_s = [], []
    for _ in range(_TIMES):
        started = time.perf_counter()
        found = solve_two_stage(problem, decomposed)
        ours_s.append(time.perf_counter() - started)
        started = time.perf_counter()
        optimum = DirectProgram(problem).solve().objective
        direct_s.append(time.perf_counter() - started)
        if not found.lower_bound * (1 - 1e-9) <= optimum <= found.best.objective * (1 + 1e-9):
            raise AssertionError(f"{optimum} is not between the bounds")
    yield Measurement(
        what="hiring, 1 pool x 200: faster than one program",
        value=median(direct_s) / median(ours_s),
        unit="x",
        floor=LEAST_SPEEDUP,
        note=f"{median(ours_s):.2f} s, {median(direct_s):.2f} s",
    )


def _warm() -> Iterator[Measurement]:
    """Solve futures warm, as a value function does, against writing each program again."""
    for pools in (1, 6):
        problem, space = value_case(pools, FACTORS)
        draws = standard_draws(RESOLVES, FACTORS, seed=3)
        solved = SolvedPoints(RecourseCost(problem, space), draws.min(axis=0), draws.max(axis=0))
        started = time.perf_counter()
        numbers = solved.at((draws - solved.lower) / solved.span)
        warm_s = (time.perf_counter() - started) / RESOLVES
        some = range(0, RESOLVES, RESOLVES // REBUILDS)
        started = time.perf_counter()
        rebuilt = [_rebuilt(problem, *space.at(draws[i])) for i in some]
        rebuilt_s = (time.perf_counter() - started) / len(some)
        started = time.perf_counter()
        cold = [Recourse(problem).solve(*space.at(draws[i])).cost for i in some]
        cold_s = (time.perf_counter() - started) / len(some)
        warm = solved.cost[numbers][some]
        if not (np.allclose(warm, rebuilt) and np.allclose(rebuilt, cold)):
            raise AssertionError("a warm solve differs from a rebuilt one")
        yield Measurement(
            what=f"1,000 futures, {pools} pools: rebuilt / warm",
            value=rebuilt_s / warm_s,
            unit="x",
            floor=LEAST_WARM_SPEEDUP if pools > 1 else None,  # one pool's program is tiny
            note=f"{1e3 * rebuilt_s:.1f}, {1e3 * warm_s:.2f} ms; loaded again {1e3 * cold_s:.1f}",
        )


def _rebuilt(problem: TwoStageProblem, demand: Array, staff: Array) -> float:
    """Write one future's recourse as its formulas stand in the docs, and solve it."""
    program = pulp.LpProblem("recourse", pulp.LpMinimize)
    model = RecourseModel(problem)
    limit, upper = model.backlog_limit(demand), problem.per_pool("overtime_share_max") * staff
    on_call: dict[tuple[int, int], list[pulp.LpVariable]] = {}
    cost: list[pulp.LpAffineExpression] = []
    for k, own in enumerate(problem.pools):
        variables = {
            name: [program.add_variable(f"{name}_{t}_{k}", 0) for t in range(WEEKS)]
            for name in ("starts", "overtime", "backlog", "short")
        }
        starts, overtime, backlog, short = variables.values()
        for t in range(WEEKS):
            overtime[t].upBound, backlog[t].upBound = float(upper[t, k]), float(limit[t, k])
            there = starts[max(0, t - own.surge_min_weeks + 1) : t + 1]
            on_call.setdefault((problem.surge_group[k], t), []).extend(there)
            done = overtime[t] + short[t] + own.surge_effectiveness * pulp.lpSum(there)
            waits = backlog[t] - backlog[t - 1] if t else backlog[t]
            program += done + waits >= float(demand[t, k] - staff[t, k])
            weeks = min(own.surge_min_weeks, WEEKS - t)
            cost.append(
                own.surge_weekly_cost * weeks * starts[t]
                + own.overtime_cost * overtime[t]
                + own.backlog_cost * backlog[t]
                + own.shortfall_price * short[t]
            )
    for (group, _), there in on_call.items():
        program += pulp.lpSum(there) <= problem.surge_heads[group]
    program.setObjective(pulp.lpSum(cost))
    return solve(program, SolveLimits(), SolveLog()).objective


def case(pools: int, scenarios: int) -> TwoStageProblem:
    """Demand after the probe's description: level, growth, a peak that moves, weekly noise."""
    draw = np.random.default_rng(0)
    week = np.arange(WEEKS)[None, :, None]
    size = 100 * np.linspace(1.0, 0.6, pools)
    shape = (scenarios, 1, pools)
    level = 1 + 0.08 * draw.standard_normal(shape)
    growth = (0.10 + 0.08 * draw.standard_normal(shape)) * week / WEEKS
    centre = 24 + 3 * draw.standard_normal(shape)
    peak = (0.12 + 0.09 * np.abs(draw.standard_normal(shape))) * np.exp(
        -(((week - centre) / 4) ** 2) / 2
    )
    noise = 0.03 * draw.standard_normal((scenarios, WEEKS, pools))
    return TwoStageProblem(
        pools=tuple(pool(f"pool {k}", size[k]) for k in range(pools)),
        week_weights=np.ones(WEEKS),
        demand=np.maximum(size * (level + growth + peak + noise), 0.0),
        probability=np.full(scenarios, 1 / scenarios),
        surge_group=(0,) * pools,
        surge_heads=(100.0,),
    )
