"""Independent check of a plan for many futures: people, work and cost re-simulated, no solver.

Every stored path is played week by week: cohorts of hires ramp and leave, call-offs start and
end, work waits and ages. Names as in ``docs/models/futures.md``.
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


def check_futures(problem: TwoStageProblem, plan: FuturesPlan) -> tuple[Violation, ...]:
    """Return every violation found; an empty tuple means the plan holds.

    Parameters
    ----------
    problem : TwoStageProblem
        What was asked.
    plan : FuturesPlan
        The plan, from wherever.
    """
    unreadable = tuple(_figures(problem, plan))
    if unreadable:
        return unreadable
    return (
        *_hires(problem, plan),
        *_headcount(problem, plan),
        *_hiring_cost(problem, plan),
        *(found for path in plan.paths for found in _path(problem, plan, path)),
        *_measures(problem, plan),
        *_proof(plan),
    )


def _figures(problem: TwoStageProblem, plan: FuturesPlan) -> Iterator[Violation]:
    """``futures_figures``: one finite figure, 0 or more, per pool, week and scenario."""
    weeks, pools = problem.num_weeks, problem.num_pools
    if [pool.name for pool in plan.pools] != [pool.name for pool in problem.pools]:
        yield Violation("futures_figures", "pools", "the pools are not those of the problem")
    if len(plan.scenarios) != problem.num_scenarios:
        yield Violation("futures_figures", "scenarios", "one entry per scenario is wanted")
    for pool in plan.pools:
        for series in (pool.hires, pool.staff):
            if len(series) != weeks or not _sound(np.array(series)):
                yield Violation("futures_figures", pool.name, f"{weeks} weeks of 0 or more wanted")
    for path in plan.paths:
        for series in (path.demand, path.surge_starts, path.overtime, path.backlog, path.shortfall):
            if len(series) != pools or any(
                len(one) != weeks or not _sound(np.array(one)) for one in series
            ):
                where = f"scenario {path.number}"
                yield Violation("futures_figures", where, f"{weeks} weeks of 0 or more wanted")


def _sound(values: Array) -> bool:
    return bool(np.isfinite(values).all() and (values >= -TOLERANCE).all())


def _hires(problem: TwoStageProblem, plan: FuturesPlan) -> Iterator[Violation]:
    """``hires_max``: no more people start in a week, or on day one, than may."""
    for pool, own in zip(problem.pools, plan.pools, strict=True):
        if _above(own.go_live, pool.go_live_max):
            detail = f"{own.go_live:g} people, {pool.go_live_max:g} allowed"
            yield Violation("hires_max", f"{pool.name}, day one", detail)
        for week, people in enumerate(own.hires):
            if _above(people, pool.hires_max):
                detail = f"{people:g} hires, {pool.hires_max:g} allowed"
                yield Violation("hires_max", f"{pool.name}, week {week + 1}", detail)


def _cohorts(pool: Pool, go_live: float, hires: tuple[float, ...]) -> tuple[Array, Array]:
    """Play the pool week by week; return productive FTE and people paid, shape (weeks,)."""
    weeks = len(hires)
    productive, payroll = np.zeros(weeks), np.zeros(weeks)
    cohorts = [[pool.existing + go_live, 1.0, len(pool.ramp) + pool.lead_weeks]]
    for week in range(weeks):
        cohorts.append([hires[week], 0.0, 0])
        for cohort in cohorts:
            people, trained, age = cohort
            step = int(age) - pool.lead_weeks
            if step >= 0 and not trained:
                trained = pool.ramp[step] if step < len(pool.ramp) else 1.0
            productive[week] += people * trained
            payroll[week] += people
            cohort[0], cohort[2] = people * (1 - pool.weekly_attrition), age + 1
    return productive, payroll


def _headcount(problem: TwoStageProblem, plan: FuturesPlan) -> Iterator[Violation]:
    """``headcount_balance``: staff is what cohorts of hires, their ramp and leavers make it."""
    for pool, own in zip(problem.pools, plan.pools, strict=True):
        productive, _ = _cohorts(pool, own.go_live, own.hires)
        for week, (found, wanted) in enumerate(zip(own.staff, productive, strict=True)):
            if _differs(found, wanted):
                detail = f"{found:g} productive people, {wanted:g} follow from the hires"
                yield Violation("headcount_balance", f"{pool.name}, week {week + 1}", detail)


def _hiring_cost(problem: TwoStageProblem, plan: FuturesPlan) -> Iterator[Violation]:
    """``hiring_cost``: hires and wages from the first day of training add up."""
    total = 0.0
    for pool, own in zip(problem.pools, plan.pools, strict=True):
        _, payroll = _cohorts(pool, own.go_live, own.hires)
        total += pool.hire_cost * (own.go_live + sum(own.hires))
        total += pool.weekly_wage * float(payroll @ problem.week_weights)
    if _differs(plan.cost.hiring, total):
        yield Violation("hiring_cost", "plan", f"{plan.cost.hiring:g} stated, {total:g} found")


def _path(problem: TwoStageProblem, plan: FuturesPlan, path: FuturePath) -> Iterator[Violation]:
    """Play one scenario: every limit of its weeks, and its cost."""
    where = f"scenario {path.number}"
    weights = problem.week_weights
    weeks = len(weights)
    on_call = np.zeros((len(problem.surge_heads), weeks))
    cost = 0.0
    for k, pool in enumerate(problem.pools):
        demand, starts = np.array(path.demand[k]), np.array(path.surge_starts[k])
        overtime, backlog = np.array(path.overtime[k]), np.array(path.backlog[k])
        shortfall, staff = np.array(path.shortfall[k]), np.array(plan.pools[k].staff)
        if np.abs(demand - problem.demand[path.number, :, k]).max() > TOLERANCE:
            yield Violation("futures_figures", where, "demand is not that of the scenario")
        surge = np.array(
            [starts[max(0, t - pool.surge_min_weeks + 1) : t + 1].sum() for t in range(weeks)]
        )
        on_call[problem.surge_group[k]] += surge
        done = staff + overtime + pool.surge_effectiveness * surge + shortfall
        waiting = np.concatenate([[0.0], backlog])
        at = f"{where}, {pool.name}"
        for t in range(weeks):
            label = f"{at}, week {t + 1}"
            if _above(weights[t] * demand[t] + waiting[t] - backlog[t], weights[t] * done[t]):
                yield Violation("workload", label, "work is neither done, waiting nor short")
            if _above(overtime[t], pool.overtime_share_max * staff[t]):
                yield Violation("overtime_cap", label, f"{overtime[t]:g} FTE of overtime")
            if t < pool.surge_notice_weeks and _above(starts[t], 0.0):
                yield Violation("surge_notice", label, f"{starts[t]:g} people within the notice")
            if _above(backlog[t], _may_wait(pool, weights * demand, t)):
                yield Violation("backlog_limit", label, f"{backlog[t]:g} full-time weeks wait")
        cost += pool.surge_weekly_cost * float(surge @ weights)
        cost += pool.overtime_cost * float(overtime @ weights)
        cost += pool.backlog_cost * float(backlog.sum())
        cost += pool.shortfall_price * float(shortfall @ weights)
    for group, heads in enumerate(problem.surge_heads):
        if _above(on_call[group].max(), heads):
            detail = f"{on_call[group].max():g} people on call-off, {heads:g} allowed"
            yield Violation("surge_pool", where, detail)
    if _differs(path.recourse_cost, cost):
        detail = f"{path.recourse_cost:g} stated, {cost:g} found"
        yield Violation("recourse_cost", where, detail)
    if _differs(plan.scenarios[path.number].cost, plan.cost.hiring + cost):
        yield Violation("recourse_cost", where, "the scenario's total is not hiring and answers")


def _may_wait(pool: Pool, work: Array, week: int) -> float:
    """Most work that may wait at the end of a week: what is young enough, none in the last."""
    if week == len(work) - 1:
        return 0.0
    total, age = 0.0, 0
    while age < pool.backlog_weeks and age <= week:
        total += min(1.0, pool.backlog_weeks - age) * float(work[week - age])
        age += 1
    return pool.deferrable_share * total


def _measures(problem: TwoStageProblem, plan: FuturesPlan) -> Iterator[Violation]:
    """``futures_measures``: mean, quantiles, tail and service follow from the scenarios."""
    cost = np.array([one.cost for one in plan.scenarios])
    mass = np.array([one.probability for one in plan.scenarios])
    found = {
        "expected": float(mass @ cost),
        "p10": _reached(cost, mass, 0.1),
        "p50": _reached(cost, mass, 0.5),
        "p90": _reached(cost, mass, 0.9),
        "at_risk": _worst(cost, mass, problem.tail),
    }
    for name, value in found.items():
        if _differs(getattr(plan.cost, name), value):
            detail = f"{getattr(plan.cost, name):g} stated, {value:g} found"
            yield Violation("futures_measures", f"cost.{name}", detail)
    share = np.array([one.service for one in plan.scenarios])
    if _differs(plan.service, float(mass @ share)):
        yield Violation("futures_measures", "service", "not the mean over the scenarios")
    weighed = (1 - plan.risk_aversion) * found["expected"] + plan.risk_aversion * found["at_risk"]
    if _differs(plan.proof.objective, weighed):
        yield Violation("futures_measures", "proof.objective", f"{weighed:g} follows from the cost")


def _reached(values: Array, mass: Array, level: float) -> float:
    reached = 0.0
    for value, part in sorted(zip(values, mass, strict=True)):
        reached += float(part)
        if reached >= level * float(mass.sum()) - TOLERANCE**2:
            return float(value)
    return float(values.max())


def _worst(values: Array, mass: Array, tail: float) -> float:
    """Least of ``eta + E[(cost - eta)+] / (1 - tail)`` over the values as eta."""
    return float(
        min(eta + float(mass @ np.maximum(values - eta, 0)) / (1 - tail) for eta in values)
    )


def _proof(plan: FuturesPlan) -> Iterator[Violation]:
    """``futures_proof``: bounds are in order: perfect information, lower bound, plan, mean plan."""
    proof, value = plan.proof, plan.value
    chain = (
        ("lower bound", proof.lower_bound, proof.objective),
        ("perfect information", value.perfect_information, proof.objective),
        ("plan for mean demand", proof.objective, value.mean_plan),
    )
    for where, low, high in chain:
        if _above(low, high):
            yield Violation("futures_proof", where, f"{low:g} is above {high:g}")
    gap = (proof.objective - proof.lower_bound) / max(abs(proof.objective), TOLERANCE)
    if _differs(proof.gap, gap):
        yield Violation("futures_proof", "gap", f"{proof.gap:g} stated, {gap:g} found")


def _above(value: float, limit: float) -> bool:
    return value > limit + TOLERANCE * max(1.0, abs(limit))


def _differs(value: float, wanted: float) -> bool:
    return abs(value - wanted) > TOLERANCE * max(1.0, abs(wanted))
