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
from staffing.optimize.workforce.value.certify import Branch, certify
from staffing.optimize.workforce.value.recourse_cost import RecourseCost

if TYPE_CHECKING:
    from collections.abc import Iterator

    from staffing.hiring.factors import Array, FactorSpace

DRAWS, WEEKS, SAMPLE = 100_000, 52, 300
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
    """Demand and staff after the probe's description: level, trend and a peak as factors."""
    week = np.arange(WEEKS)[:, None]
    size = 100 * np.linspace(1.0, 0.6, pools)[None, :]
    bump = np.exp(-(((week - 24) / 4.0) ** 2) / 2)
    phase = np.arange(pools)[None, :]
    demand = size * (1 + 0.08 * np.sin(2 * np.pi * (week + 7 * phase) / WEEKS) + 0.12 * bump)
    moves = np.stack([0.048 * size + 0 * week, 0.072 * size * week / WEEKS, 0.09 * size * bump])
    noise = np.random.default_rng(0).normal(0, 0.03, size=demand.shape)
    problem = TwoStageProblem(
        pools=tuple(_pool(f"pool {k}") for k in range(pools)),
        week_weights=np.ones(WEEKS),
        demand=demand[None],
        probability=np.ones(1),
        surge_group=(0,) * pools,
        surge_heads=(100.0,),
    )
    staff: Array = demand * (1 + noise)
    return problem, additive(demand, staff, moves[:factors])


def _pool(name: str) -> Pool:
    return Pool(
        name=name,
        existing=100.0,
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
