"""The ladder of 180 days: six teams, one peak and ten, against the solver on the same matrix.

Measured is everything from the problem to who is called: checking it, building the program, loading
and solving it, reading the answer. The peer is HiGHS alone, handed the finished matrix.
"""

from __future__ import annotations

import time
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.measurement import Measurement
from staffing.optimize.surge import reserve
from staffing.optimize.surge.model import SurgeModel
from staffing.optimize.tours.engine import loaded
from staffing.surge import Backlog, SurgeProblem, SurgeSource
from staffing.surge.ladder import LadderProblem, SurgeEvent

if TYPE_CHECKING:
    from collections.abc import Iterator

DAYS = 180
POOLS = 6
OVERHEAD = 1.3
_TIMES = {1: 5, 10: 3}
# Name, notice in hours, shortest engagement in days, relative cost, share of mean demand.
_LADDER = (
    ("overtime", 0, 1, 1.50, 0.10),
    ("cross_trained", 0, 1, 1.15, 0.05),
    ("bench", 24, 1, 1.35, 0.06),
    ("pool", 24, 2, 1.45, 0.04),
    ("agency", 48, 5, 1.60, 0.20),
    ("cold_hire", 48, 10, 1.75, 0.30),
)


def measure_surge() -> Iterator[Measurement]:
    """Yield seconds and overhead on the solver, for one peak and for ten."""
    for events, times in _TIMES.items():
        problem = ladder(events)
        whole, alone = [], []
        for _ in range(times):
            started = time.perf_counter()
            result = reserve(problem)
            whole.append(time.perf_counter() - started)
            highs = loaded(SurgeModel(problem).matrix)
            started = time.perf_counter()
            highs.run()
            alone.append(time.perf_counter() - started)
            found = highs.getInfo().objective_function_value
            if abs(found - result.objective) > 1e-6 * found:
                raise AssertionError(f"{result.objective} is not the optimum {found}")
        name = f"surge ladder {DAYS} days x {POOLS} teams x {events}"
        yield Measurement(what=f"{name}: time", value=median(whole), unit="s")
        yield Measurement(
            what=f"{name}: all / solver alone",
            value=median(whole) / median(alone),
            unit="x",
            bound=OVERHEAD,
            note=f"solver {median(alone):.2f} s",
        )


def ladder(num_events: int) -> LadderProblem:
    """Six teams whose peaks of 30 to 80 % last 10 to 25 days and start on one of 180 days."""
    draw = np.random.default_rng(0)
    day = np.arange(DAYS)
    week = np.where(day % 7 < 5, 1.0, 0.5)  # noqa: PLR2004 (Monday to Friday)
    mean = draw.uniform(60, 140, POOLS)
    pools = tuple(_pool(f"team {k}", mean[k]) for k in range(POOLS))
    events = []
    for number in range(num_events):
        call = int(draw.integers(20, DAYS - 40))
        noise = draw.normal(0, 0.06, (POOLS, DAYS)) * week * mean[:, None]
        size, length = draw.uniform(0.3, 0.8, POOLS), int(draw.integers(10, 26))
        peak = np.where((day >= call) & (day < call + length), week, 0.0)
        need = np.maximum(noise + (size * mean)[:, None] * peak, 0.0)
        events.append(SurgeEvent(f"event {number}", 1 / num_events, 24.0 * call, 8 * need))
    return LadderProblem(pools, tuple(events))


def _pool(name: str, mean: float) -> SurgeProblem:
    sources = tuple(
        SurgeSource(
            name=kind,
            kind=kind,  # type: ignore[arg-type]  # the table holds kinds
            heads=share * mean,
            notice_h=notice_h,
            hourly_cost=cost / 8,
            min_engagement_days=days,
            standby_fee_per_head_week=0.06 * 7,
            reserved=True,
        )
        for kind, notice_h, days, cost, share in _LADDER
    )
    return SurgeProblem(
        name=name,
        need_h=np.zeros(DAYS),
        hours_per_head=np.full(DAYS, 8.0),
        sources=sources,
        backlog=Backlog(share=0.3, wait_days=2),
        shortfall_price=1.0,
        standby_weeks=DAYS / 7,
    )
