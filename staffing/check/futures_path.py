"""One scenario of a plan for many futures, played week by week without a solver.

Call-offs start and end, work waits and ages, people do what is left. One function per rule, named
as in ``docs/models/futures.md``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from staffing.errors import Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from staffing.hiring.futures import FuturePath, FuturesPlan
    from staffing.hiring.two_stage import Array, Pool, TwoStageProblem

TOLERANCE = 1e-6


def above(value: float, limit: float) -> bool:
    """Whether a figure is over its limit by more than rounding."""
    return value > limit + TOLERANCE * max(1.0, abs(limit))


def differs(value: float, wanted: float) -> bool:
    """Whether two figures differ by more than rounding."""
    return abs(value - wanted) > TOLERANCE * max(1.0, abs(wanted))


def check_path(
    problem: TwoStageProblem, plan: FuturesPlan, path: FuturePath
) -> Iterator[Violation]:
    """Play one scenario: every limit of its weeks, and its cost."""
    where = f"scenario {path.number}"
    if np.abs(np.array(path.demand).T - problem.demand[path.number]).max() > TOLERANCE:
        yield Violation("futures_figures", where, "demand is not that of the scenario")
    for k, pool in enumerate(problem.pools):
        at = f"{where}, {pool.name}"
        staff = np.array(plan.pools[k].staff)
        yield from _workload(problem, path, k, staff, at)
        yield from _overtime(pool, np.array(path.overtime[k]), staff, at)
        yield from _surge_notice(pool, path.surge_starts[k], at)
        yield from _backlog(problem, path, k, at)
    yield from _surge_pool(problem, path, where)
    yield from _cost(problem, plan, path, where)
    yield from _totals(problem, plan, path, where)


def _on_call(pool: Pool, starts: tuple[float, ...]) -> Array:
    """People called off who are there, shape (weeks,)."""
    first = (max(0, week - pool.surge_min_weeks + 1) for week in range(len(starts)))
    return np.array([sum(starts[since : week + 1]) for week, since in enumerate(first)])


def _workload(
    problem: TwoStageProblem, path: FuturePath, k: int, staff: Array, at: str
) -> Iterator[Violation]:
    """``workload``: all work is done, waiting or short."""
    pool, weights = problem.pools[k], problem.week_weights
    demand, overtime, backlog, shortfall = (
        np.array(series[k]) for series in (path.demand, path.overtime, path.backlog, path.shortfall)
    )
    surge = pool.surge_effectiveness * _on_call(pool, path.surge_starts[k])
    waiting = np.concatenate([[0.0], backlog])
    due = weights * demand + waiting[:-1] - backlog
    done = weights * (staff + overtime + surge + shortfall)
    for week, work in enumerate(due):
        if above(work, done[week]):
            label = f"{at}, week {week + 1}"
            yield Violation("workload", label, "work is neither done, waiting nor short")


def _overtime(pool: Pool, overtime: Array, staff: Array, at: str) -> Iterator[Violation]:
    """``overtime_cap``: no more overtime than its share of the hired staff."""
    for week, fte in enumerate(overtime):
        if above(fte, pool.overtime_share_max * staff[week]):
            yield Violation("overtime_cap", f"{at}, week {week + 1}", f"{fte:g} FTE of overtime")


def _surge_notice(pool: Pool, starts: tuple[float, ...], at: str) -> Iterator[Violation]:
    """``surge_notice``: nobody comes before a call at the start of the term can reach them."""
    for week, people in enumerate(starts[: pool.surge_notice_weeks]):
        if above(people, 0.0):
            detail = f"{people:g} people within the notice"
            yield Violation("surge_notice", f"{at}, week {week + 1}", detail)


def _backlog(problem: TwoStageProblem, path: FuturePath, k: int, at: str) -> Iterator[Violation]:
    """``backlog_limit``: only work that is young enough waits, and none in the last week."""
    work = problem.week_weights * np.array(path.demand[k])
    for week, waits in enumerate(path.backlog[k]):
        if above(waits, _may_wait(problem.pools[k], work, week)):
            detail = f"{waits:g} full-time weeks wait"
            yield Violation("backlog_limit", f"{at}, week {week + 1}", detail)


def _may_wait(pool: Pool, work: Array, week: int) -> float:
    """Most work that may wait at the end of a week: what is young enough, none in the last."""
    if week == len(work) - 1:
        return 0.0
    total, age = 0.0, 0
    while age < pool.backlog_weeks and age <= week:
        total += min(1.0, pool.backlog_weeks - age) * float(work[week - age])
        age += 1
    return pool.deferrable_share * total


def _surge_pool(problem: TwoStageProblem, path: FuturePath, where: str) -> Iterator[Violation]:
    """``surge_pool``: no more people on call-off at once than a group of pools has."""
    for group, heads in enumerate(problem.surge_heads):
        on_call = sum(
            _on_call(pool, path.surge_starts[k])
            for k, pool in enumerate(problem.pools)
            if problem.surge_group[k] == group
        )
        most = float(np.max(on_call))
        if above(most, heads):
            yield Violation("surge_pool", where, f"{most:g} people on call-off, {heads:g} allowed")


def _cost(
    problem: TwoStageProblem, plan: FuturesPlan, path: FuturePath, where: str
) -> Iterator[Violation]:
    """``recourse_cost``: call-offs, overtime, waiting and shortfall add up, hiring on top."""
    weights, cost = problem.week_weights, 0.0
    for k, pool in enumerate(problem.pools):
        cost += pool.surge_weekly_cost * float(_on_call(pool, path.surge_starts[k]) @ weights)
        cost += pool.overtime_cost * float(np.array(path.overtime[k]) @ weights)
        cost += pool.backlog_cost * sum(path.backlog[k])
        cost += pool.shortfall_price * float(np.array(path.shortfall[k]) @ weights)
    if differs(path.recourse_cost, cost):
        detail = f"{path.recourse_cost:g} stated, {cost:g} found"
        yield Violation("recourse_cost", where, detail)
    if differs(plan.scenarios[path.number].cost, plan.cost.hiring + cost):
        yield Violation("recourse_cost", where, "the scenario's total is not hiring and answers")


def _totals(
    problem: TwoStageProblem, plan: FuturesPlan, path: FuturePath, where: str
) -> Iterator[Violation]:
    """``futures_totals``: full-time weeks by answer and the service follow from the weeks."""
    weights, stated = problem.week_weights, plan.scenarios[path.number]
    surge = [_on_call(pool, path.surge_starts[k]) for k, pool in enumerate(problem.pools)]
    work, overtime, on_call, short = (
        float((np.array(series) @ weights).sum())
        for series in (path.demand, path.overtime, surge, path.shortfall)
    )
    found = {
        "overtime": overtime,
        "surge": on_call,
        "shortfall": short,
        "service": 1 - short / work if work > 0 else 1.0,
    }
    for name, value in found.items():
        if differs(getattr(stated, name), value):
            detail = f"{name}: {getattr(stated, name):g} stated, {value:g} found"
            yield Violation("futures_totals", where, detail)
