"""The plan for many futures written down: cost, service, proof, and the value of both bounds.

The value of the stochastic solution compares with the plan for mean demand, evaluated exactly;
that plan is also a candidate, so the value is never negative. The value of perfect information
compares with the risk of each scenario's own optimum: mean and CVaR never rise when a cost falls,
so no single plan can beat it (Birge and Louveaux 2011, chapter 4, for the mean).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from staffing.check.futures import check_futures
from staffing.errors import PlanCheckError
from staffing.hiring.futures import (
    FuturePath,
    FutureScenario,
    FuturesCost,
    FuturesPlan,
    FuturesPool,
    FuturesProof,
    FuturesValue,
)
from staffing.hiring.risk import conditional_value_at_risk, mean_risk, quantile
from staffing.optimize.workforce.two_stage.clusters import cluster_means
from staffing.optimize.workforce.two_stage.direct import DirectProgram
from staffing.optimize.workforce.two_stage.evaluate import evaluate
from staffing.optimize.workforce.two_stage.recourse import PARTS, Recourse
from staffing.optimize.workforce.two_stage.solve import solve_two_stage

if TYPE_CHECKING:
    from collections.abc import Callable

    from staffing.hiring.two_stage import Array, TwoStageProblem
    from staffing.optimize.workforce.two_stage.evaluate import Evaluation
    from staffing.optimize.workforce.two_stage.solve import TwoStageLimits, TwoStageSolution

MOST_PATHS = 12


def plan_futures(
    problem: TwoStageProblem,
    limits: TwoStageLimits | None = None,
    *,
    seed: int = 0,
    progress: Callable[[str], None] | None = None,
) -> FuturesPlan:
    """Plan hires for all scenarios, and say what the plan costs and what is proven.

    Every scenario is checked; `MOST_PATHS` of them, from the cheapest to the dearest, are kept week
    by week.

    Parameters and errors are those of `solve_two_stage`.

    Raises
    ------
    PlanCheckError
        When the plan fails its independent check: a defect.
    """
    tell = progress or (lambda _: None)
    recourse = Recourse(problem)
    tell("planning for mean demand")
    mean = DirectProgram(cluster_means(problem, 1, seed)).solve()
    mean_plan = evaluate(problem, recourse, mean.hires)
    solution = solve_two_stage(problem, limits, seed=seed, recourse=recourse, progress=tell)
    if mean_plan.objective < solution.best.objective:
        solution = replace(solution, best=mean_plan)
    tell("planning for each future as if it were known")
    informed = perfect_information(problem)
    best = solution.best
    plan = FuturesPlan(
        risk_aversion=problem.risk_aversion,
        tail=problem.tail,
        week_weights=_tuple(problem.week_weights),
        pools=_pools(problem, best.hires),
        cost=_cost(problem, best),
        **_service(problem, best),
        proof=_proof(solution),
        value=FuturesValue(
            mean_plan=mean_plan.objective,
            perfect_information=informed,
            stochastic_solution=mean_plan.objective - best.objective,
            information=max(0.0, best.objective - informed),
        ),
        scenarios=_scenarios(problem, best),
        paths=_paths(problem, best),
    )
    tell("checking the plan in every future")
    violations = check_futures(problem, plan)
    if violations:
        raise PlanCheckError(violations)
    return plan.model_copy(update={"paths": _sample(plan)})


def perfect_information(problem: TwoStageProblem) -> float:
    """Objective of hiring for each scenario as if it were known: below that of any plan."""
    first = problem.with_demand(problem.demand[:1], np.ones(1))
    program = DirectProgram(replace(first, risk_aversion=0.0))
    cost = []
    for path in problem.demand:
        program.move(path[None])
        cost.append(program.solve().objective)
    return mean_risk(np.array(cost), problem.probability, problem.risk_aversion, problem.tail)


def service_share(problem: TwoStageProblem, shortfall: Array) -> Array:
    """Share of each scenario's work done in time; 1 where there is none, shape (scenarios,)."""
    work = np.einsum("t,stk->s", problem.week_weights, problem.demand)
    missed = np.einsum("t,stk->s", problem.week_weights, shortfall)
    late = np.divide(missed, work, out=np.zeros_like(work), where=work > 0)
    return np.asarray(1 - late, dtype=float)


def _service(problem: TwoStageProblem, best: Evaluation) -> dict[str, float]:
    share = service_share(problem, best.parts["shortfall"])
    return {
        "service": float(problem.probability @ share),
        "service_p10": quantile(share, problem.probability, 0.1),
    }


def _cost(problem: TwoStageProblem, best: Evaluation) -> FuturesCost:
    cost, probability = best.cost, problem.probability
    return FuturesCost(
        hiring=best.plan_cost,
        expected=float(probability @ cost),
        p10=quantile(cost, probability, 0.1),
        p50=quantile(cost, probability, 0.5),
        p90=quantile(cost, probability, 0.9),
        at_risk=conditional_value_at_risk(cost, probability, problem.tail),
    )


def _proof(solution: TwoStageSolution) -> FuturesProof:
    return FuturesProof(
        objective=solution.best.objective,
        lower_bound=min(solution.lower_bound, solution.best.objective),
        gap=solution.gap,
        iterations=solution.iterations,
    )


def _pools(problem: TwoStageProblem, hires: Array) -> tuple[FuturesPool, ...]:
    staff = problem.staff(hires)
    levels = {"demand_p10": 0.1, "demand_p50": 0.5, "demand_p90": 0.9}
    pools = []
    for k, pool in enumerate(problem.pools):
        weeks = problem.demand[:, :, k].T
        fan = {
            name: tuple(quantile(week, problem.probability, level) for week in weeks)
            for name, level in levels.items()
        }
        pools.append(
            FuturesPool(
                name=pool.name,
                existing=pool.existing,
                go_live=float(hires[0, k]),
                hires=_tuple(hires[1:, k]),
                staff=_tuple(staff[:, k]),
                demand_mean=_tuple(weeks @ problem.probability),
                **fan,
            )
        )
    return tuple(pools)


def _scenarios(problem: TwoStageProblem, best: Evaluation) -> tuple[FutureScenario, ...]:
    weights = problem.week_weights
    paid = np.concatenate([[0.0], np.cumsum(weights)])
    weeks = np.arange(problem.num_weeks)
    last = [np.minimum(weeks + p.surge_min_weeks, problem.num_weeks) for p in problem.pools]
    engaged = np.stack([paid[end] - paid[:-1] for end in last], axis=1)
    surge = np.einsum("stk,tk->s", best.parts["surge_starts"], engaged)
    overtime, shortfall = (
        np.einsum("stk,t->s", best.parts[name], weights) for name in ("overtime", "shortfall")
    )
    share = service_share(problem, best.parts["shortfall"])
    columns = (problem.probability, best.cost, share, overtime, surge, shortfall)
    names = ("probability", "cost", "service", "overtime", "surge", "shortfall")
    return tuple(
        FutureScenario(**dict(zip(names, map(float, row), strict=True)))
        for row in zip(*columns, strict=True)
    )


def _paths(problem: TwoStageProblem, best: Evaluation) -> tuple[FuturePath, ...]:
    return tuple(
        FuturePath(
            number=s,
            demand=_by_pool(demand),
            recourse_cost=float(best.recourse_cost[s]),
            **{name: _by_pool(best.parts[name][s]) for name in PARTS},
        )
        for s, demand in enumerate(problem.demand)
    )


def _sample(plan: FuturesPlan) -> tuple[FuturePath, ...]:
    """All paths when they are few, else some from the cheapest to the dearest."""
    order = np.argsort([one.cost for one in plan.scenarios], kind="stable")
    few = min(MOST_PATHS, len(order))
    shown = np.sort(order[np.linspace(0, len(order) - 1, few).round().astype(int)])
    return tuple(plan.paths[s] for s in shown)


def _by_pool(values: Array) -> tuple[tuple[float, ...], ...]:
    return tuple(_tuple(column) for column in values.T)


def _tuple(values: Array) -> tuple[float, ...]:
    return tuple(float(value) for value in values)
