"""Cost of 100,000 futures, certified below its Monte Carlo error: solves used and time.

The probe used 202 and 1,952 solves for one pool and 2 and 3 factors, 284 and 4,318 for six.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.measurement import Measurement
from staffing.hiring.factors import additive, standard_draws
from staffing.hiring.two_stage import Pool, TwoStageProblem
from staffing.optimize.workforce.two_stage.solve import solve_two_stage
from staffing.optimize.workforce.value.certify import Branch, certify
from staffing.optimize.workforce.value.recourse_cost import RecourseCost

if TYPE_CHECKING:
    from collections.abc import Iterator

    from staffing.hiring.factors import FactorSpace

DRAWS, WEEKS, PLANNED, SAMPLE = 100_000, 52, 10, 300
PROBE_SOLVES = {(1, 2): 202, (6, 2): 284, (1, 3): 1_952, (6, 3): 4_318}


def measure_value_function() -> Iterator[Measurement]:
    """Yield solves against the probe's, and time against solving every future."""
    for (pools, factors), probe in PROBE_SOLVES.items():
        problem, space = case(pools, factors)
        draws = standard_draws(DRAWS, factors, seed=1)
        solve = RecourseCost(problem, space)
        started = time.perf_counter()
        value = certify([Branch(solve, draws)], max_solves=2 * probe)
        ours_s = time.perf_counter() - started
        started = time.perf_counter()
        exact = np.array([solve(draw)[0] for draw in draws[:SAMPLE]])
        all_s = (time.perf_counter() - started) * DRAWS / SAMPLE
        what = f"futures, {pools} pools, {factors} factors"
        yield Measurement(
            what=f"{what}: solves / probe's",
            value=value.num_solves / probe,
            unit="x",
            bound=1.5,
            note=f"{value.num_solves:,} for {DRAWS:,} futures",
        )
        late = [one.name for one in value.statistics if not one.certified]
        yield Measurement(
            what=f"{what}: not certified",
            value=len(late),
            unit="",
            bound=0,
            note=", ".join(late),
        )
        outside = (exact < value.lower[:SAMPLE] - 1e-6) | (exact > value.upper[:SAMPLE] + 1e-6)
        yield Measurement(
            what=f"{what}: exact outside bounds", value=int(outside.sum()), unit="", bound=0
        )
        yield Measurement(
            what=f"{what}: time / all exact",
            value=ours_s / all_s,
            unit="x",
            note=f"{ours_s:.1f} s, {all_s:.0f} s (from {SAMPLE})",
        )


def case(pools: int, factors: int) -> tuple[TwoStageProblem, FactorSpace]:
    """Demand after the probe's description (level, trend, peak), staffed by its two-stage plan."""
    week = np.arange(WEEKS)[:, None]
    size = 100 * np.linspace(1.0, 0.6, pools)[None, :]
    peak = np.exp(-(((week - 24) / 4.0) ** 2) / 2)
    season = np.sin(2 * np.pi * (week + 7 * np.arange(pools)[None, :]) / WEEKS)
    noise = np.random.default_rng(0).normal(0, 0.03, size=(WEEKS, pools))
    demand = size * (1 + 0.08 * season + 0.12 * peak + noise)
    every_week = np.ones_like(demand)
    moves = (
        size
        * np.stack(
            [0.048 * every_week, 0.072 * every_week * week / WEEKS, 0.09 * every_week * peak]
        )[:factors]
    )
    paths = demand + np.tensordot(standard_draws(PLANNED, factors, seed=2), moves, 1)
    problem = TwoStageProblem(
        pools=tuple(pool(f"pool {k}", size[0, k]) for k in range(pools)),
        week_weights=np.ones(WEEKS),
        demand=paths,
        probability=np.full(PLANNED, 1 / PLANNED),
        surge_group=(0,) * pools,
        surge_heads=(100.0,),
    )
    staff = problem.staff(solve_two_stage(problem).best.hires)
    return problem, additive(demand, staff, moves)


def pool(name: str, existing: float) -> Pool:
    """Return a pool with the costs of the probe, one week of wages = 1."""
    return Pool(
        name=name,
        existing=existing,
        go_live_max=0.0,
        hires_max=15.0,
        lead_weeks=6,
        ramp=(0.4, 0.55, 0.7, 0.85, 0.95),
        weekly_attrition=0.01,
        hire_cost=3.8,
        weekly_wage=1.0,
        surge_weekly_cost=1.9,
        surge_effectiveness=0.85,
        surge_min_weeks=8,
        surge_notice_weeks=0,
        overtime_cost=1.6,
        overtime_share_max=0.12,
        backlog_cost=0.05,
        backlog_weeks=2.0,
        deferrable_share=0.3,
        shortfall_price=12.0,
    )
