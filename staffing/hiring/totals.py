"""A plan of hiring added up over the term."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from staffing.hiring.plan import COST_PARTS, HiringTotals, PoolTotals

if TYPE_CHECKING:
    from staffing.hiring.plan import PoolPlan
    from staffing.hiring.problem import HiringProblem

_ON_PAY = (
    *("training", "ramping", "experienced", "under_notice", "upskilling"),
    *("temporary", "cross_trained"),
)


def totals_of(problem: HiringProblem, pools: tuple[PoolPlan, ...]) -> HiringTotals:
    """Add up people, work and cost; hours count with the week's length in the term."""
    weights = problem.weights
    by_part = {
        part: float(sum(sum(getattr(pool.costs, part)) for pool in pools)) for part in COST_PARTS
    }
    need = sum(float(weights @ np.array(pool.need_h)) for pool in pools)
    short = sum(float(weights @ np.array(pool.short_h)) for pool in pools)
    return HiringTotals(
        cost=sum(by_part.values()),
        cost_by_part=by_part,
        service=_done_share(need, short),
        pools=tuple(_pool_totals(problem, pool) for pool in pools),
    )


def _pool_totals(problem: HiringProblem, pool: PoolPlan) -> PoolTotals:
    weights = problem.weights
    need, short, overtime, helped = (
        float(weights @ np.array(series))
        for series in (pool.need_h, pool.short_h, pool.overtime_h, pool.cross_trained)
    )
    on_pay = np.sum([getattr(pool, status) for status in _ON_PAY], axis=0)
    return PoolTotals(
        name=pool.name,
        need_h=need,
        short_h=short,
        service=_done_share(need, short),
        go_live=pool.go_live,
        hires=sum(pool.hires),
        leavers=sum(pool.leavers),
        releases=sum(pool.releases),
        upskilled_out=sum(pool.upskilled_out),
        upskilled_in=sum(pool.upskilled_in),
        temporary_starts=sum(pool.temporary_starts),
        overtime_h=overtime,
        cross_trained_weeks=helped,
        peak_heads=float(on_pay.max()),
        cost=float(sum(sum(getattr(pool.costs, part)) for part in COST_PARTS)),
    )


def _done_share(need: float, short: float) -> float:
    return 1.0 if need <= 0 else 1 - short / need
