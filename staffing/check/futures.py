"""Independent check of a plan for many futures: people, work and cost re-simulated, no solver.

Cohorts of hires ramp and leave; every stored path is played week by week (`futures_path`). Names
as in ``docs/models/futures.md``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from staffing.check.futures_path import TOLERANCE, above, check_path, differs
from staffing.errors import Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from staffing.hiring.futures import FuturesPlan
    from staffing.hiring.two_stage import Array, Pool, TwoStageProblem


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
        *(found for path in plan.paths for found in check_path(problem, plan, path)),
        *_measures(problem, plan),
        *_proof(plan),
    )


def _figures(problem: TwoStageProblem, plan: FuturesPlan) -> Iterator[Violation]:
    """``futures_figures``: one finite figure, 0 or more, per pool, week and scenario."""
    weeks, pools = problem.num_weeks, problem.num_pools
    if [pool.name for pool in plan.pools] != [pool.name for pool in problem.pools]:
        yield Violation("futures_figures", "pools", "the pools are not those of the problem")
    asked = (problem.risk_aversion, problem.tail, *problem.week_weights)
    if asked != (plan.risk_aversion, plan.tail, *plan.week_weights):
        yield Violation("futures_figures", "plan", "weeks or weight of risk are not those asked")
    if tuple(one.probability for one in plan.scenarios) != tuple(problem.probability):
        yield Violation("futures_figures", "scenarios", "one with its probability each is wanted")
    for own, pool in zip(plan.pools, problem.pools, strict=False):
        if own.existing != pool.existing:
            yield Violation("futures_figures", own.name, f"{pool.existing:g} people are there")
        if own.go_live < -TOLERANCE or not _sound((own.hires, own.staff), (2, weeks)):
            yield Violation("futures_figures", own.name, f"{weeks} weeks of 0 or more wanted")
    for path in plan.paths:
        answers = (path.surge_starts, path.overtime, path.backlog, path.shortfall)
        if not _sound((path.demand, *answers), (5, pools, weeks)):
            where = f"scenario {path.number}"
            yield Violation("futures_figures", where, f"{weeks} weeks of 0 or more wanted")


def _sound(series: object, shape: tuple[int, ...]) -> bool:
    """Whether the figures are as many as wanted, finite, and 0 or more."""
    try:
        values = np.array(series, dtype=float)
    except ValueError:  # rows of different length
        return False
    return bool(
        values.shape == shape and np.isfinite(values).all() and (values >= -TOLERANCE).all()
    )


def _hires(problem: TwoStageProblem, plan: FuturesPlan) -> Iterator[Violation]:
    """``hires_max``: no more people start in a week, or on day one, than may."""
    for pool, own in zip(problem.pools, plan.pools, strict=True):
        if above(own.go_live, pool.go_live_max):
            detail = f"{own.go_live:g} people, {pool.go_live_max:g} allowed"
            yield Violation("hires_max", f"{pool.name}, day one", detail)
        for week, people in enumerate(own.hires):
            if above(people, pool.hires_max):
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
            if differs(found, wanted):
                detail = f"{found:g} productive people, {wanted:g} follow from the hires"
                yield Violation("headcount_balance", f"{pool.name}, week {week + 1}", detail)


def _hiring_cost(problem: TwoStageProblem, plan: FuturesPlan) -> Iterator[Violation]:
    """``hiring_cost``: hires and wages from the first day of training add up."""
    total = 0.0
    for pool, own in zip(problem.pools, plan.pools, strict=True):
        _, payroll = _cohorts(pool, own.go_live, own.hires)
        total += pool.hire_cost * (own.go_live + sum(own.hires))
        total += pool.weekly_wage * float(payroll @ problem.week_weights)
    if differs(plan.cost.hiring, total):
        yield Violation("hiring_cost", "plan", f"{plan.cost.hiring:g} stated, {total:g} found")


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
        if differs(getattr(plan.cost, name), value):
            detail = f"{getattr(plan.cost, name):g} stated, {value:g} found"
            yield Violation("futures_measures", f"cost.{name}", detail)
    share = np.array([one.service for one in plan.scenarios])
    if differs(plan.service, float(mass @ share)):
        yield Violation("futures_measures", "service", "not the mean over the scenarios")
    if differs(plan.service_p10, _reached(share, mass, 0.1)):
        yield Violation("futures_measures", "service_p10", "not that of the scenarios")
    for k, own in enumerate(plan.pools):
        fan = ((own.demand_p10, 0.1), (own.demand_p50, 0.5), (own.demand_p90, 0.9))
        weeks = problem.demand[:, :, k].T
        wanted = [[_reached(week, mass, level) for week in weeks] for _, level in fan]
        stated = [series for series, _ in fan]
        means = (own.demand_mean, weeks @ mass)
        if not (np.allclose(stated, wanted, TOLERANCE) and np.allclose(*means, TOLERANCE)):
            yield Violation("futures_measures", own.name, "demand is not that of the scenarios")
    weighed = (1 - plan.risk_aversion) * found["expected"] + plan.risk_aversion * found["at_risk"]
    if differs(plan.proof.objective, weighed):
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
        if above(low, high):
            yield Violation("futures_proof", where, f"{low:g} is above {high:g}")
    gained = (
        ("stochastic solution", value.stochastic_solution, value.mean_plan - proof.objective),
        ("information", value.information, proof.objective - value.perfect_information),
    )
    for where, stated, wanted in gained:
        if abs(stated - wanted) > TOLERANCE * abs(proof.objective):
            yield Violation("futures_proof", where, f"{stated:g} stated, {wanted:g} found")
    gap = (proof.objective - proof.lower_bound) / max(abs(proof.objective), TOLERANCE)
    if differs(proof.gap, gap):
        yield Violation("futures_proof", "gap", f"{proof.gap:g} stated, {gap:g} found")
