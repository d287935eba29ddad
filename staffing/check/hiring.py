"""Independent check of a plan of hiring: people, hours and cost re-derived without any solver.

People are played forward class by class; nothing is shared with how plans are made.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from staffing.check.hiring_cost import check_cost
from staffing.check.hiring_people import (
    TOLERANCE,
    at_week,
    check_people,
    play,
    week_lengths,
)
from staffing.check.hiring_rules import check_rules
from staffing.check.hiring_totals import check_totals
from staffing.check.hiring_work import check_work
from staffing.errors import Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from staffing.hiring.plan import HiringPlan, PoolPlan
    from staffing.hiring.problem import HiringProblem

_SIGNED = {"leavers"}
_NO_WEEKS = {"name", "hours_per_week", "go_live", "costs"}


def check_hiring_plan(problem: HiringProblem, plan: HiringPlan) -> tuple[Violation, ...]:
    """Return every violation found; an empty tuple means the plan holds.

    Parameters
    ----------
    problem : HiringProblem
        What was asked for.
    plan : HiringPlan
        The plan, from wherever.
    """
    unreadable = tuple(_figures(problem, plan))
    if unreadable:
        return unreadable
    pools = play(problem, plan)
    return (
        *check_people(pools),
        *check_work(pools),
        *check_rules(problem, plan, pools),
        *check_cost(problem, plan, pools),
        *check_totals(pools, plan),
    )


def _figures(problem: HiringProblem, plan: HiringPlan) -> Iterator[Violation]:
    """``hiring_figures``: one finite figure per pool and week, none below 0."""
    names = [pool.name for pool in problem.pools]
    named = [pool.name for pool in plan.pools], [pool.name for pool in plan.totals.pools]
    if named != (names, names) or plan.num_weeks != problem.num_weeks:
        yield Violation("hiring_figures", "plan", f"other pools or weeks than {', '.join(names)}")
        return
    weeks = list(plan.week_weights), plan.whole_people
    if weeks != (week_lengths(problem), problem.whole_people):
        yield Violation("hiring_figures", "plan", "other week_weights or whole_people")
    ways = [(way.from_pool, way.to_pool) for way in problem.upskillings]
    if [(line.from_pool, line.to_pool) for line in plan.upskilling] != ways:
        yield Violation("hiring_figures", "plan", "other ways between pools than asked for")
        return
    lines = [
        (way.name, line.starts)
        for way, line in zip(problem.upskillings, plan.upskilling, strict=True)
    ]
    for pool, stated in zip(problem.pools, plan.pools, strict=True):
        lines += [(f"{pool.name}, {name}", series) for name, series in _series(stated).items()]
        if (pool.class_size is None) != (not stated.classes):
            yield Violation("hiring_figures", pool.name, "classes without a class size, or none")
        if not 0 <= stated.go_live < math.inf:
            yield Violation("hiring_figures", pool.name, f"go_live is {stated.go_live}")
        if stated.hours_per_week != pool.hours_per_week:
            detail = f"hours_per_week is {stated.hours_per_week}"
            yield Violation("hiring_figures", pool.name, detail)
    for where, series in lines:
        if len(series) != problem.num_weeks:
            yield Violation("hiring_figures", where, f"{len(series)} values, not one per week")
            continue
        for week, value in enumerate(series):
            least = -math.inf if where.split(", ")[-1] in _SIGNED else -TOLERANCE
            if not (math.isfinite(value) and value >= least):
                yield Violation("hiring_figures", at_week(where, week), f"is {value}")


def _series(pool: PoolPlan) -> dict[str, tuple[float, ...]]:
    """Every series of a pool by name, those of its cost included."""
    found = {name: getattr(pool, name) for name in type(pool).model_fields if name not in _NO_WEEKS}
    found |= {name: getattr(pool.costs, name) for name in type(pool.costs).model_fields}
    if not pool.classes:
        del found["classes"]
    return found
