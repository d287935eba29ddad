"""Hiring of six pools over 104 weeks against the solver on the same matrix.

Measured is everything from the problem to the plan: checking the problem, building the program,
loading and solving it, writing down people, hours, cost and shadow prices. The peer is HiGHS alone,
handed the finished matrix. Both are seconds of the processor, of one thread: what else runs beside
them does not count.
"""

from __future__ import annotations

import time
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.measurement import Measurement
from staffing.hiring.problem import (
    BacklogTerms,
    CrossTrainedTerms,
    HiringLimit,
    HiringPool,
    HiringProblem,
    OvertimeTerms,
    ReleaseTerms,
    StaffGroup,
    TemporaryTerms,
    Upskilling,
)
from staffing.optimize.tours.engine import loaded
from staffing.optimize.workforce.hiring import plan_hiring
from staffing.optimize.workforce.hiring_program import HiringProgram

if TYPE_CHECKING:
    from collections.abc import Iterator

WEEKS = 104
POOLS = 6
OVERHEAD = 1.2
_TIMES = 7  # the fastest of each counts: what else runs only adds


def measure_hiring() -> Iterator[Measurement]:
    """Yield seconds, and the overhead on the solver."""
    whole, alone = [], []
    for _ in range(_TIMES):
        problem = hiring_problem()
        started = time.process_time()
        plan = plan_hiring(problem)
        whole.append(time.process_time() - started)
        program = HiringProgram(problem)
        highs = loaded(program.matrix)
        highs.setOptionValue("solver", "simplex")
        started = time.process_time()
        highs.run()
        alone.append(time.process_time() - started)
        found = highs.getInfo().objective_function_value + program.constant
        if abs(found - plan.proof.objective) > 1e-6 * found:
            raise AssertionError(f"{plan.proof.objective} is not the optimum {found}")
    name = f"hiring {WEEKS} weeks x {POOLS} pools"
    yield Measurement(what=f"{name}: time", value=min(whole), unit="s")
    yield Measurement(
        what=f"{name}: all / solver alone",
        value=min(whole) / min(alone),
        unit="x",
        bound=OVERHEAD,
        note=f"solver {min(alone):.2f} s",
    )


def hiring_problem() -> HiringProblem:
    """Six pools at two sites whose work grows and has a season, with every source of people."""
    draw = np.random.default_rng(0)
    pools = tuple(_pool(f"pool {k}", draw) for k in range(POOLS))
    names = tuple(pool.name for pool in pools)
    sites = (names[::2], names[1::2])
    heads = [sum(p.staff[0].heads for p in pools if p.name in site) for site in sites]
    limits = [
        HiringLimit("seats", f"seats of site {k}", site, 1.35 * heads[k])
        for k, site in enumerate(sites)
    ]
    limits += [
        HiringLimit("trainers", f"trainers of site {k}", site, 3.0) for k, site in enumerate(sites)
    ]
    limits += [
        HiringLimit("cross_trained", f"helpers of site {k}", site, 8.0)
        for k, site in enumerate(sites)
    ]
    ways = tuple(
        Upskilling(a, b, cost=900.0, weeks=2, loss=0.05, max_per_week=3.0, share_max=0.1)
        for a, b in pairwise(names)
    )
    return HiringProblem(pools, ways, tuple(limits))


def _pool(name: str, draw: np.random.Generator) -> HiringPool:
    week = np.arange(WEEKS)
    level, growth = draw.uniform(60, 140), draw.uniform(-0.1, 0.3)
    season = 1 + 0.15 * np.cos(2 * np.pi * (week - draw.uniform(0, 52)) / 52)
    noise = draw.normal(1, 0.03, WEEKS)
    wage = draw.uniform(350, 700)
    return HiringPool(
        name=name,
        need_h=36 * level * (1 + growth * week / WEEKS) * season * noise,
        hours_per_week=40.0,
        wage=wage,
        hire_cost=3.8 * wage,
        lead_weeks=4,
        access_weeks=2,
        ramp=(0.4, 0.55, 0.7, 0.85, 0.95),
        attrition=(0.03, 0.03, 0.02, 0.02, 0.015, 0.015, 0.01),
        early_loss=0.1,
        training_wage=0.8 * wage,
        nesting_h=(0.0,) * 4 + (6.0, 6.0, 3.0),
        absence=np.where(week % 26 > 23, 0.15, 0.1),  # noqa: PLR2004 (two weeks of holidays)
        staff=(StaffGroup(level, 60),),
        class_size=12,
        overtime=OvertimeTerms(wage / 40 * 1.6, 0.12, window_weeks=17, window_share_max=0.08),
        release=ReleaseTerms(notice_weeks=4, severance=2 * wage),
        temporary=TemporaryTerms(1.5 * wage, 0.8, min_weeks=4, max_weeks=26, notice_weeks=2),
        cross_trained=CrossTrainedTerms(1.3 * wage, 0.85, notice_weeks=1),
        backlog=BacklogTerms(share=0.3, weeks=2.0, cost_per_h=0.02 * wage / 40),
        shortfall_price=wage / 40 * 12,
    )
