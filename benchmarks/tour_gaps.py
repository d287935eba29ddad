"""Weeks of tours with breaks: proven gap, seconds, overhead on the solver, memory.

Synthetic demand: two humps on weekdays, low nights, weekends at 45 to 60 %. Every case is planned
for several demands and its median is held to the goal, in one process of its own, whose peak memory
is read last. ``python -m benchmarks.tour_gaps`` also measures the option of consecutive days off
and the quarter-hour grid with a meal and two rests.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.measurement import Measurement
from staffing.grid import WeekGrid
from staffing.optimize.tours import plan_tours
from staffing.tours import BreakRule, TourProblem, TourRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from staffing.optimize.tours import Effort, Progress

SEEDS = (0, 1, 2)
GAP_GOALS = {48: {20: 0.02, 200: 0.005, 2000: 0.0005}, 96: {20: 0.10, 200: 0.02, 2000: 0.001}}
TIME_S = 15.0
OVERHEAD = 1.2
MEMORY_MB = 500.0
_KB_PER_MB = 1024
_HALF_HOURS = 48


@dataclass(frozen=True)
class Case:
    """A week to plan: intervals a day, heads at the peak, days off in one run or not."""

    per_day: int
    peak: int
    consecutive: bool = False
    effort: Effort = "thorough"

    @property
    def name(self) -> str:
        """For the report."""
        days_off = ", run off" if self.consecutive else ""
        return f"tours 7x{self.per_day}/{self.peak}{days_off}, {self.effort}"


SHORT = tuple(Case(48, peak) for peak in GAP_GOALS[48])
QUICK = tuple(Case(48, peak, effort="quick") for peak in GAP_GOALS[48])
LONG = (
    *QUICK,
    *SHORT,
    *(Case(48, peak, consecutive=True) for peak in GAP_GOALS[48]),
    *(Case(96, peak) for peak in GAP_GOALS[96]),
)


def measure_tours(cases: tuple[Case, ...] = (*QUICK, *SHORT)) -> Iterator[Measurement]:
    """Yield gap, seconds, overhead and memory of every case."""
    for case in cases:
        runs, peak_kb = _in_own_process(case)
        gaps = [100 * run["gap"] for run in runs]
        held = case.effort == "thorough" and not case.consecutive
        yield Measurement(
            what=f"{case.name}: gap",
            value=median(gaps),
            unit="%",
            bound=100 * GAP_GOALS[case.per_day][case.peak] if held else None,
            note=" ".join(f"{gap:.3f}" for gap in gaps),
        )
        yield Measurement(
            what=f"{case.name}: time",
            value=median(run["seconds"] for run in runs),
            unit="s",
            bound=TIME_S if case.effort == "thorough" else None,
        )
        if case.effort == "quick":
            yield Measurement(
                what=f"{case.name}: all but moves / solver",
                value=median(run["overhead"] for run in runs),
                unit="x",
                bound=OVERHEAD,
            )
        yield Measurement(
            what=f"{case.name}: peak memory",
            value=peak_kb / _KB_PER_MB,
            unit="MB",
            bound=MEMORY_MB,
        )


def week(case: Case, seed: int) -> TourProblem:
    """A team with a meal on every shift, five days of up to 9 h or four of 9 h and more."""
    grid = WeekGrid(1440 // case.per_day)
    breaks = [BreakRule("meal", 30, paid=False, centre=0.5, window_min=120)]
    if case.per_day > _HALF_HOURS:
        breaks += [
            BreakRule("first rest", 15, paid=True, centre=0.25, window_min=75),
            BreakRule("second rest", 15, paid=True, centre=0.75, window_min=75),
        ]
    night = grid.window_mask(22 * 60, 6 * 60)
    return TourProblem(
        name="benchmark",
        grid=grid,
        requirement=np.repeat(_heads(case.peak, seed), case.per_day // _HALF_HOURS),
        start_step_min=30,
        breaks=tuple(breaks),
        tours=(
            TourRule("five days", 5, (6, 7, 8, 9), case.consecutive, 120),
            TourRule("four days", 4, (9, 10, 11, 12), case.consecutive, 120),
        ),
        daily_rest_h=10.0,
        weekly_hours_max=48.0,
        open_mask=np.ones(grid.size, dtype=bool),
        cost_by_interval=np.where(night, 1.25, 1.0),
        shortfall_price=6.0,
        worst_interval_price=40.0,
    )


def _heads(peak: int, seed: int) -> NDArray[np.float64]:
    """Whole heads by half hour of the week."""
    draw = np.random.default_rng(seed)
    hour = np.arange(_HALF_HOURS) / 2 + 0.25
    day = (
        0.12
        + 0.9 * np.exp(-(((hour - 10.5) / 2.6) ** 2))
        + 0.75 * np.exp(-(((hour - 16.0) / 3.0) ** 2))
    )
    shares = [1, 0.96, 0.94, 0.97, 0.92, draw.uniform(0.5, 0.6), draw.uniform(0.45, 0.55)]
    heads = np.concatenate(
        [day * share * draw.uniform(0.93, 1.07, _HALF_HOURS) for share in shares]
    )
    return np.asarray(np.round(heads / heads.max() * peak), dtype=float)


def _in_own_process(case: Case) -> tuple[list[dict[str, float]], int]:
    result = subprocess.run(  # noqa: S603 (our own program)
        [sys.executable, "-m", "benchmarks.tour_gaps", "--case", json.dumps(asdict(case))],
        check=True,
        capture_output=True,
        text=True,
    )
    runs, peak_kb = json.loads(result.stdout)
    return runs, peak_kb


def _run(case: Case) -> None:
    """Plan a case for every seed and print what was measured."""
    runs = []
    for seed in SEEDS:
        problem = week(case, seed)
        seen: list[Progress] = []
        started = time.perf_counter()
        plan = plan_tours(problem, case.effort, time_s=TIME_S, log=seen.append)
        seconds = time.perf_counter() - started
        at = {event.stage: event for event in seen}
        dived = at.get("dive", at["relaxation"])  # few people are annealed instead
        searching_s = seen[-2].elapsed_s - dived.elapsed_s
        overhead = (seconds - searching_s) / dived.solver_s
        runs.append({"gap": plan.gap, "seconds": seconds, "overhead": overhead})
    print(json.dumps((runs, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)))


def main() -> None:
    """Measure one case, or print the long table."""
    if sys.argv[1:2] == ["--case"]:
        _run(Case(**json.loads(sys.argv[2])))
        return
    for result in measure_tours(LONG):
        print(result.line(), flush=True)


if __name__ == "__main__":
    main()
