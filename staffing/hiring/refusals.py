"""What a hiring problem may not say: every field that cannot be meant, with what is accepted."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Real
from typing import TYPE_CHECKING, get_args

import numpy as np

from staffing.errors import BadInputError, FieldIssue, shorten
from staffing.hiring.sharing import LimitKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from staffing.hiring.pool import HiringPool
    from staffing.hiring.problem import HiringProblem
    from staffing.hiring.sharing import HiringLimit, Upskilling


@dataclass(frozen=True)
class _Rule:
    """What is wanted of a number, in words and as a test."""

    wanted: str
    holds: Callable[[float], bool]


_LARGEST = 1e9
_NOT_NEGATIVE = _Rule("0 or more", lambda value: 0 <= value <= _LARGEST)
_LIMIT = _Rule("0 or more, infinite for no limit", lambda value: value >= 0)
_LOSS = _Rule("from 0 to below 1", lambda value: 0 <= value < 1)
_SHARE = _Rule("from 0 to 1", lambda value: 0 <= value <= 1)
_EFFECT = _Rule("above 0, at most 1", lambda value: 0 < value <= 1)
_HOURS = _Rule("above 0, at most 168 h", lambda value: 0 < value <= 168)  # noqa: PLR2004
_WEEKS = _Rule("whole weeks, 0 or more", lambda v: 0 <= v <= _LARGEST and float(v).is_integer())
_COUNT = _Rule("a whole number, 1 or more", lambda v: 1 <= v <= _LARGEST and float(v).is_integer())

_POOL = {
    "hours_per_week": _HOURS,
    "wage": _NOT_NEGATIVE,
    "hire_cost": _NOT_NEGATIVE,
    "lead_weeks": _WEEKS,
    "access_weeks": _WEEKS,
    "early_loss": _LOSS,
    "go_live_max": _LIMIT,
    "go_live_cost": _NOT_NEGATIVE,
    "hires_max": _LIMIT,
}
_OPTIONAL = {
    "training_wage": _NOT_NEGATIVE,
    "class_size": _COUNT,
    "ahead_cost_per_h": _NOT_NEGATIVE,
    "shortfall_price": _NOT_NEGATIVE,
}
_TERMS = {
    "overtime": {
        "cost_per_h": _NOT_NEGATIVE,
        "share_max": _NOT_NEGATIVE,
        "window_weeks": _COUNT,
        "window_share_max": _NOT_NEGATIVE,
    },
    "release": {"notice_weeks": _WEEKS, "severance": _NOT_NEGATIVE},
    "temporary": {
        "cost_per_week": _NOT_NEGATIVE,
        "effectiveness": _EFFECT,
        "min_weeks": _COUNT,
        "max_weeks": _COUNT,
        "notice_weeks": _WEEKS,
        "start_cost": _NOT_NEGATIVE,
    },
    "cross_trained": {
        "cost_per_week": _NOT_NEGATIVE,
        "effectiveness": _EFFECT,
        "notice_weeks": _WEEKS,
    },
    "backlog": {
        "share": _SHARE,
        "weeks": _NOT_NEGATIVE,
        "cost_per_h": _NOT_NEGATIVE,
        "opening_h": _NOT_NEGATIVE,
    },
}
_UPSKILLING = {
    "cost": _NOT_NEGATIVE,
    "weeks": _WEEKS,
    "loss": _LOSS,
    "max_per_week": _LIMIT,
    "share_max": _LIMIT,
}


def check_problem(problem: HiringProblem) -> None:
    """Refuse a problem that cannot be meant.

    Raises
    ------
    BadInputError
        With every issue found.
    """
    issues = [FieldIssue(path, shorten(found), wanted) for path, found, wanted in _issues(problem)]
    if issues:
        raise BadInputError(*issues)


def _issues(problem: HiringProblem) -> Iterator[tuple[str, object, str]]:
    if not problem.pools:
        yield "pools", (), "at least one pool"
        return
    weeks = len(problem.pools[0].need_h)
    if not weeks:
        yield "pools[0].need_h", (), "one value for each week of the term"
        return
    names = [pool.name for pool in problem.pools]
    if len(set(names)) < len(names):
        yield "pools", names, "a name of its own for each pool"
    for k, pool in enumerate(problem.pools):
        for field, found, wanted in _pool_issues(pool, weeks):
            yield f"pools[{k}].{field}", found, f"{wanted}, {pool.name}"
    for k, way in enumerate(problem.upskillings):
        for field, found, wanted in _upskilling_issues(way, names):
            yield f"upskillings[{k}].{field}", found, wanted
    ways = [way.name for way in problem.upskillings]
    if len(set(ways)) < len(ways):
        yield "upskillings", ways, "one way for a pair of pools"
    for k, limit in enumerate(problem.limits):
        for field, found, wanted in _limit_issues(limit, problem, weeks):
            yield f"limits[{k}].{field}", found, wanted
    labels = [limit.name for limit in problem.limits]
    if len(set(labels)) < len(labels):
        yield "limits", labels, "a name of its own for each limit"
    if problem.week_weights is not None:
        yield from _series("week_weights", problem.week_weights, weeks, _EFFECT)


def _pool_issues(pool: HiringPool, weeks: int) -> Iterator[tuple[str, object, str]]:
    yield from _series("need_h", pool.need_h, weeks, _NOT_NEGATIVE)
    if np.ndim(pool.absence):
        yield from _series("absence", pool.absence, weeks, _LOSS)
    else:
        yield from _number("absence", pool.absence, _LOSS)
    for field, rule in _POOL.items():
        yield from _number(field, getattr(pool, field), rule)
    for field, rule in _OPTIONAL.items():
        if getattr(pool, field) is not None:
            yield from _number(field, getattr(pool, field), rule)
    yield from _ramp(pool)
    if not pool.attrition:
        yield "attrition", (), "at least one weekly share"
    for j, share in enumerate(pool.attrition):
        yield from _number(f"attrition[{j}]", share, _LOSS)
    for j, hours in enumerate(pool.nesting_h):
        yield from _number(f"nesting_h[{j}]", hours, _NOT_NEGATIVE)
    yield from _term_issues(pool)


def _term_issues(pool: HiringPool) -> Iterator[tuple[str, object, str]]:
    for j, group in enumerate(pool.staff):
        yield from _number(f"staff[{j}].heads", group.heads, _NOT_NEGATIVE)
        yield from _number(f"staff[{j}].tenure_weeks", group.tenure_weeks, _WEEKS)
    for part, fields in _TERMS.items():
        terms = getattr(pool, part)
        for field, rule in fields.items() if terms is not None else ():
            if getattr(terms, field) is not None:
                yield from _number(f"{part}.{field}", getattr(terms, field), rule)
    if pool.temporary is not None and pool.temporary.max_weeks < pool.temporary.min_weeks:
        shortest = pool.temporary.min_weeks
        yield "temporary.max_weeks", pool.temporary.max_weeks, f"at least min_weeks ({shortest})"


def _ramp(pool: HiringPool) -> Iterator[tuple[str, object, str]]:
    before = 0.0
    for j, share in enumerate(pool.ramp):
        if not (before <= share <= 1 and share > 0):
            least = "above 0" if not before else f"at least {before:g}, as the week before"
            yield f"ramp[{j}]", share, f"a share of full productivity, {least}, at most 1"
            return
        before = share


def _upskilling_issues(way: Upskilling, names: list[str]) -> Iterator[tuple[str, object, str]]:
    for field in ("from_pool", "to_pool"):
        if getattr(way, field) not in names:
            yield field, getattr(way, field), f"one of the pools: {', '.join(names)}"
    if way.from_pool == way.to_pool:
        yield "to_pool", way.to_pool, "another pool than from_pool"
    for field, rule in _UPSKILLING.items():
        yield from _number(field, getattr(way, field), rule)


def _limit_issues(
    limit: HiringLimit, problem: HiringProblem, weeks: int
) -> Iterator[tuple[str, object, str]]:
    if limit.kind not in get_args(LimitKind):
        yield "kind", limit.kind, f"one of {', '.join(get_args(LimitKind))}"
    if not limit.pools:
        yield "pools", (), "at least one pool"
    by_name = {pool.name: pool for pool in problem.pools}
    for name in limit.pools:
        if name not in by_name:
            yield "pools", name, f"one of the pools: {', '.join(by_name)}"
        elif limit.kind in ("classes", "trainers") and by_name[name].class_size is None:
            yield "pools", name, f"pools with a class_size, since {limit.kind} are limited"
    if len(set(limit.pools)) < len(limit.pools):
        yield "pools", limit.pools, "each pool once"
    if np.ndim(limit.most):
        yield from _series("most", limit.most, weeks, _NOT_NEGATIVE)
    else:
        yield from _number("most", limit.most, _NOT_NEGATIVE)


def _series(
    field: str, values: object, weeks: int, rule: _Rule
) -> Iterator[tuple[str, object, str]]:
    series = np.asarray(values, dtype=float)
    if series.shape != (weeks,):
        yield field, series.shape, f"one value for each of {weeks} weeks"
        return
    for week, value in enumerate(series.tolist()):
        if not rule.holds(value):
            yield f"{field}[{week}]", value, f"{rule.wanted}, week {week + 1}"
            return


def _number(field: str, value: object, rule: _Rule) -> Iterator[tuple[str, object, str]]:
    if not isinstance(value, Real) or not rule.holds(float(value)):
        yield field, value, rule.wanted
