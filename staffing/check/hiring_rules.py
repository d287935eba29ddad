"""Limits of a plan of hiring: classes, contracts, ways between pools, and what pools share."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from staffing.check.hiring_people import STATUSES, TOLERANCE, at_week
from staffing.errors import Violation
from staffing.hiring.pool import TemporaryTerms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from staffing.check.hiring_people import Played
    from staffing.hiring.plan import HiringPlan
    from staffing.hiring.problem import HiringLimit, HiringProblem

_WHOLE = ("hires", "classes", "releases", "temporary_starts", "temporary")


def check_rules(
    problem: HiringProblem, plan: HiringPlan, pools: list[Played]
) -> Iterator[Violation]:
    """Every limit, pool by pool and shared."""
    for played in pools:
        yield from _joining(played)
        yield from _class_size(played, whole=problem.whole_people)
        yield from _offered(played)
        yield from _contracts(played)
        if problem.whole_people:
            yield from _whole(played)
    yield from _ways(problem, plan, pools)
    for limit in problem.limits:
        yield from _limit(problem, plan, pools, limit)


def _too_many(found: float, most: float) -> bool:
    return found > most + TOLERANCE * (1 + abs(most))


def _joining(played: Played) -> Iterator[Violation]:
    """``hires_max`` and ``go_live_max``: most people who may start, or be there at the start."""
    pool, plan = played.pool, played.plan
    for week, people in enumerate(plan.hires):
        if _too_many(people, pool.hires_max):
            detail = f"{people:.6f} people start, at most {pool.hires_max:g}"
            yield Violation("hires_max", at_week(pool.name, week), detail)
    if _too_many(plan.go_live, pool.go_live_max):
        detail = f"{plan.go_live:.6f} people on the first day, at most {pool.go_live_max:g}"
        yield Violation("go_live_max", pool.name, detail)


def _class_size(played: Played, *, whole: bool) -> Iterator[Violation]:
    """``class_size``: people who start fit into classes."""
    pool, plan = played.pool, played.plan
    if pool.class_size is None:
        return
    for week, people in enumerate(plan.hires):
        needed = people / pool.class_size
        needed = float(math.ceil(needed - TOLERANCE)) if whole else needed
        if _too_many(needed, plan.classes[week]):
            detail = f"{people:.6f} people in {plan.classes[week]:.6f} classes of {pool.class_size}"
            yield Violation("class_size", at_week(pool.name, week), detail)


def _offered(played: Played) -> Iterator[Violation]:
    """``order_notice``: only what is on offer, and not before its notice."""
    pool, plan = played.pool, played.plan
    offers = {
        "releases": 0 if pool.release else None,
        "temporary_starts": pool.temporary.notice_weeks if pool.temporary else None,
        "cross_trained": pool.cross_trained.notice_weeks if pool.cross_trained else None,
    }
    for name, notice in offers.items():
        for week, people in enumerate(getattr(plan, name)):
            if people > TOLERANCE and (notice is None or week < notice):
                known = "there are none" if notice is None else f"the first in week {notice + 1}"
                detail = f"{name} is {people:.6f}, {known}"
                yield Violation("order_notice", at_week(pool.name, week), detail)


def _contracts(played: Played) -> Iterator[Violation]:
    """``temporary_min`` and ``temporary_max``: first to start, first to end."""
    pool, plan = played.pool, played.plan
    terms = pool.temporary or TemporaryTerms(0.0, 1.0, 1, 1)
    contracts: list[list[float]] = []  # week of start, people
    before = 0.0
    for week, (starts, there) in enumerate(zip(plan.temporary_starts, plan.temporary, strict=True)):
        where = at_week(pool.name, week)
        ends = before + starts - there
        if ends < -TOLERANCE or abs(ends - plan.temporary_ends[week]) > TOLERANCE:
            detail = f"{there:.6f} people are there, {before + starts:.6f} have started"
            yield Violation("temporary_min", where, detail)
        contracts.append([week, starts])
        for contract in contracts:
            going = min(contract[1], max(ends, 0.0))
            contract[1] -= going
            ends -= going
            if going > TOLERANCE and week - contract[0] < terms.min_weeks:
                detail = f"{going:.6f} contracts end after {week - contract[0]:g} weeks"
                yield Violation("temporary_min", where, detail)
        contracts = [contract for contract in contracts if contract[1] > TOLERANCE / 10]
        if contracts and week - contracts[0][0] >= terms.max_weeks:
            detail = f"{contracts[0][1]:.6f} contracts go on after {terms.max_weeks} weeks"
            yield Violation("temporary_max", where, detail)
        before = there


def _whole(played: Played) -> Iterator[Violation]:
    """``whole_people``: people are whole numbers."""
    for name in _WHOLE:
        for week, people in enumerate(getattr(played.plan, name)):
            if abs(people - round(people)) > TOLERANCE:
                where = at_week(played.pool.name, week)
                yield Violation("whole_people", where, f"{name} is {people:.6f}")
    if abs(played.plan.go_live - round(played.plan.go_live)) > TOLERANCE:
        yield Violation("whole_people", played.pool.name, f"go_live is {played.plan.go_live:.6f}")


def _ways(problem: HiringProblem, plan: HiringPlan, pools: list[Played]) -> Iterator[Violation]:
    """``upskilling_capacity`` and ``upskilling_share``: most people who may start to learn."""
    names = [pool.name for pool in problem.pools]
    for way, line in zip(problem.upskillings, plan.upskilling, strict=True):
        teachers = pools[names.index(way.to_pool)]
        for week, people in enumerate(line.starts):
            where = at_week(way.name, week)
            if _too_many(people, way.max_per_week):
                detail = f"{people:.6f} start, at most {way.max_per_week:g}"
                yield Violation("upskilling_capacity", where, detail)
            settled = teachers.settled_by_week[week] - teachers.series["under_notice"][week]
            if math.isfinite(way.share_max) and _too_many(people, way.share_max * settled):
                detail = f"{people:.6f} start, {settled:.6f} experienced people are there"
                yield Violation("upskilling_share", where, detail)
            if problem.whole_people and abs(people - round(people)) > TOLERANCE:
                yield Violation("whole_people", where, f"{people:.6f} start")


def _limit(
    problem: HiringProblem, plan: HiringPlan, pools: list[Played], limit: HiringLimit
) -> Iterator[Violation]:
    """``limit_...``: what pools use together of one thing, against what there is."""
    sharing = [played for played in pools if played.pool.name in limit.pools]
    for week in range(problem.num_weeks):
        most = limit.most if isinstance(limit.most, (int, float)) else float(limit.most[week])
        used = sum(_used(played, limit.kind, week) for played in sharing)
        if _too_many(used, most):
            detail = f"{used:.6f} used, {most:g} there"
            yield Violation(f"limit_{limit.kind}", at_week(limit.name, week), detail)


def _used(played: Played, kind: str, week: int) -> float:
    plan, pool = played.plan, played.pool
    if kind in ("hires", "classes", "temporary", "cross_trained"):
        return float(getattr(plan, kind)[week])
    if kind == "trainers":
        first = max(0, week - pool.lead_weeks + 1)
        taught = sum(plan.classes[first : week + 1]) if pool.lead_weeks else 0.0
        size = pool.class_size or 1
        return taught + sum(
            group.heads / size
            for group in pool.staff
            if group.tenure_weeks + week < pool.lead_weeks
        )
    statuses = STATUSES if kind == "seats" else ("ramping", "experienced", "under_notice")
    own = sum(played.series[status][week] for status in statuses)
    return own + plan.temporary[week] + plan.cross_trained[week]
