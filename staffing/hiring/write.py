"""Write a plan of hiring out of its decisions: people, hours and cost by week."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from staffing.hiring.decisions import (
    HiringDecisions,
    arrived,
    later,
    ongoing,
    settled_people,
)
from staffing.hiring.plan import (
    HiringCosts,
    HiringPlan,
    PoolPlan,
    Proof,
    ShadowPrice,
    UpskillingLine,
)
from staffing.hiring.totals import totals_of
from staffing.hiring.waiting import settle_work

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.hiring.problem import HiringPool, HiringProblem

    Array = NDArray[np.float64]


def write_plan(
    problem: HiringProblem,
    decisions: HiringDecisions,
    prices: tuple[ShadowPrice, ...],
    proof: Proof,
    *,
    relaxed_cost: float | None = None,
    integrality_gap: float | None = None,
    reproducible: bool = True,
) -> HiringPlan:
    """Work out every figure that follows from the decisions.

    Parameters
    ----------
    problem : HiringProblem
        What was asked for.
    decisions : HiringDecisions
        From wherever; they are not checked here.
    prices, proof, relaxed_cost, integrality_gap, reproducible
        What the document says of the search.
    """
    settled = settled_people(problem, decisions)
    pools = tuple(_pool(problem, decisions, k, settled[k]) for k in range(len(problem.pools)))
    lines = zip(problem.upskillings, decisions.upskilling, strict=True)
    return HiringPlan(
        num_weeks=problem.num_weeks,
        week_weights=_series(problem.weights),
        whole_people=problem.whole_people,
        pools=pools,
        upskilling=tuple(
            UpskillingLine(from_pool=way.from_pool, to_pool=way.to_pool, starts=_series(starts))
            for way, starts in lines
        ),
        totals=totals_of(problem, pools),
        shadow_prices=prices,
        proof=proof,
        relaxed_cost=relaxed_cost,
        integrality_gap=integrality_gap,
        reproducible=reproducible,
    )


def _pool(problem: HiringProblem, decisions: HiringDecisions, k: int, settled: Array) -> PoolPlan:
    pool, tenure, weeks = problem.pools[k], problem.pools[k].tenure, problem.num_weeks
    hires = decisions.hires[k]

    def unsettled(weight: NDArray[np.bool_] | Array) -> Array:
        return tenure.hired(hires, weight) + tenure.staff(pool, weeks, weight)

    notice_weeks = pool.release.notice_weeks if pool.release else 0
    releases = decisions.releases[k]
    people = {
        "training": unsettled(tenure.in_training),
        "ramping": unsettled(tenure.in_ramp),
        "experienced": settled + unsettled(~tenure.in_training & ~tenure.in_ramp),
        "under_notice": ongoing(releases, notice_weeks, tenure.stay),
        "upskilling": np.zeros(weeks),
    }
    moves = {
        "hires": hires,
        "releases": releases,
        "released": later(releases * tenure.stay**notice_weeks, notice_weeks),
        "upskilled_in": np.zeros(weeks),
        "upskilled_out": np.zeros(weeks),
    }
    fees = np.zeros(weeks)
    for way, starts in zip(problem.upskillings, decisions.upskilling, strict=True):
        if way.from_pool == pool.name:
            people["upskilling"] += ongoing(starts, way.weeks, tenure.stay)
            moves["upskilled_out"] += arrived(problem, decisions, way.name)
            fees += way.cost * starts
        if way.to_pool == pool.name:
            moves["upskilled_in"] += arrived(problem, decisions, way.name)
    go_live = float(decisions.go_live[k])
    moves["leavers"] = _leavers(pool, go_live, people, moves)
    temporary, starts = decisions.temporary[k], decisions.temporary_starts[k]
    moves |= {
        "temporary_starts": starts,
        "temporary_ends": starts - np.diff(temporary, prepend=0.0),
    }
    settled_at_work = settled + people["under_notice"]
    ordinary = pool.present_h * (settled_at_work + unsettled(tenure.productivity))
    hours = {
        "productive_h": ordinary,
        "nesting_h": unsettled(tenure.nesting_h),
        "overtime_h": decisions.overtime_h[k],
        "temporary_h": _helped(pool, temporary, pool.temporary),
        "cross_trained_h": _helped(pool, decisions.cross_trained[k], pool.cross_trained),
    }
    capacity = sum(hours.values()) - 2 * hours["nesting_h"]
    kept = decisions.ahead_h[k], decisions.backlog_h[k], decisions.short_h[k]
    hours |= settle_work(pool, problem.weights, capacity, *kept)
    people |= {
        "temporary": temporary,
        "cross_trained": decisions.cross_trained[k],
        "overtime_heads": hours["overtime_h"] / pool.present_h,
    }
    costs = _costs(problem, pool, people, moves, hours)
    costs["upskilling"] = fees
    costs["hiring"][0] += pool.go_live_cost * go_live
    return PoolPlan(
        name=pool.name,
        hours_per_week=pool.hours_per_week,
        need_h=_series(np.asarray(pool.need_h, dtype=float)),
        present_h=_series(pool.present_h),
        need_heads=_series(pool.need_h / pool.present_h),
        go_live=go_live,
        classes=_classes(problem, pool, hires),
        costs=HiringCosts(**{part: _series(cost) for part, cost in costs.items()}),
        **{name: _series(values) for name, values in (people | moves | hours).items()},
    )


def _leavers(
    pool: HiringPool, go_live: float, people: dict[str, Array], moves: dict[str, Array]
) -> Array:
    """Who left on their own since the week before: what balances everybody else."""
    own = np.sum(list(people.values()), axis=0)
    before = np.concatenate([[sum(group.heads for group in pool.staff) + go_live], own[:-1]])
    joined = moves["hires"] + moves["upskilled_in"]
    left = before + joined - moves["upskilled_out"] - moves["released"] - own
    return np.asarray(np.where(np.abs(left) < 1e-9 * (1 + before), 0.0, left), dtype=float)


def _helped(pool: HiringPool, heads: Array, terms: object) -> Array:
    """Hours of work of people who are not the pool's own."""
    return np.asarray(heads * pool.present_h * getattr(terms, "effectiveness", 0.0), dtype=float)


def _classes(problem: HiringProblem, pool: HiringPool, hires: Array) -> tuple[float, ...]:
    if pool.class_size is None:
        return ()
    classes = hires / pool.class_size
    return _series(np.ceil(classes - 1e-9) if problem.whole_people else classes)


def _costs(
    problem: HiringProblem,
    pool: HiringPool,
    people: dict[str, Array],
    moves: dict[str, Array],
    hours: dict[str, Array],
) -> dict[str, Array]:
    """Cost by part and week; what takes time counts with the week's length in the term."""
    weights = problem.weights
    paid = people["ramping"] + people["experienced"] + people["under_notice"] + people["upskilling"]
    overtime = pool.overtime.cost_per_h if pool.overtime else 0.0
    contract, start = (
        (pool.temporary.cost_per_week, pool.temporary.start_cost) if pool.temporary else (0.0, 0.0)
    )
    helper = pool.cross_trained.cost_per_week if pool.cross_trained else 0.0
    severance = pool.release.severance if pool.release else 0.0
    waiting = pool.backlog.cost_per_h if pool.backlog else 0.0
    return {
        "wages": weights * pool.wage * paid,
        "training": weights * pool.trainee_wage * people["training"],
        "hiring": pool.hire_cost * moves["hires"],
        "overtime": weights * overtime * hours["overtime_h"],
        "temporary": weights * contract * people["temporary"] + start * moves["temporary_starts"],
        "cross_trained": weights * helper * people["cross_trained"],
        "severance": severance * moves["releases"],
        "ahead": weights * (pool.ahead_cost_per_h or 0.0) * hours["ahead_h"],
        "backlog": weights * waiting * hours["backlog_h"],
        "shortfall": weights * (pool.shortfall_price or 0.0) * hours["short_h"],
    }


def _series(values: Array) -> tuple[float, ...]:
    return tuple((np.asarray(values, dtype=float) + 0.0).tolist())
