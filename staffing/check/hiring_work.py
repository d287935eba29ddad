"""Work of a plan of hiring: hours there are, what is done when, what waits and how long.

Hours of a week are those of a full week, of which a cut week has its share (its length); hours
that wait, or are ahead, are hours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from staffing.check.hiring_people import TOLERANCE, at_week, differs
from staffing.errors import Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from staffing.check.hiring_people import Played

_SERIES = ("need_h", "present_h", "need_heads", "overtime_heads", "temporary_h", "cross_trained_h")


def check_work(pools: list[Played]) -> Iterator[Violation]:
    """Every rule of work, pool by pool."""
    for played in pools:
        yield from _stated(played)
        yield from _workload(played)
        yield from _waiting(played)
        yield from _nesting(played)
        yield from _overtime(played)


def _stated(played: Played) -> Iterator[Violation]:
    """``hiring_figures``: hours that follow from the problem and from the people there."""
    pool, plan = played.pool, played.plan
    contract = pool.temporary.effectiveness if pool.temporary else 0.0
    helper = pool.cross_trained.effectiveness if pool.cross_trained else 0.0
    for week, need in enumerate(float(hours) for hours in pool.need_h):
        present = played.present_h(week)
        found = (
            *(need, present, need / present, plan.overtime_h[week] / present),
            *(
                plan.temporary[week] * present * contract,
                plan.cross_trained[week] * present * helper,
            ),
        )
        for name, value in zip(_SERIES, found, strict=True):
            stated = getattr(plan, name)[week]
            if differs(stated, value):
                detail = f"{name} is {stated:.6f}, {value:.6f} expected"
                yield Violation("hiring_figures", at_week(pool.name, week), detail)


def _workload(played: Played) -> Iterator[Violation]:
    """``workload``: work done fits the hours, and all that is due is done, waits or is given up."""
    pool, plan = played.pool, played.plan
    ahead_before, waiting_before = 0.0, pool.backlog.opening_h if pool.backlog else 0.0
    for week, need in enumerate(float(hours) for hours in pool.need_h):
        where = at_week(pool.name, week)
        hours = played.series["productive_h"][week] - played.series["nesting_h"][week]
        hours += plan.overtime_h[week] + plan.temporary_h[week] + plan.cross_trained_h[week]
        length = played.lengths[week]
        grown_ahead = plan.ahead_h[week] - ahead_before
        kept = grown_ahead - plan.backlog_h[week] + waiting_before
        done = need + kept / length - plan.short_h[week]
        if differs(plan.done_h[week], done) or done < -TOLERANCE * (1 + need):
            detail = f"done_h is {plan.done_h[week]:.6f}, {done:.6f} follows from what is due"
            yield Violation("workload", where, detail)
        if differs(plan.done_h[week] + plan.spare_h[week], hours):
            detail = (
                f"{plan.done_h[week]:.6f} h done and {plan.spare_h[week]:.6f} h spare, "
                f"{hours:.6f} h are there"
            )
            yield Violation("workload", where, detail)
        if pool.shortfall_price is None and plan.short_h[week] > TOLERANCE:
            yield Violation("workload", where, f"{plan.short_h[week]:.6f} h given up, none may be")
        if pool.ahead_cost_per_h is None and plan.ahead_h[week] > TOLERANCE:
            yield Violation("workload", where, "work is done ahead, none may be")
        if done * length < grown_ahead - TOLERANCE * (1 + need):
            detail = f"{done * length:.6f} h done, {grown_ahead:.6f} h more are ahead"
            yield Violation("given_up", where, detail)
        if -grown_ahead > need * length + TOLERANCE * (1 + need):
            detail = f"{-grown_ahead:.6f} h were done ahead, {need * length:.6f} h are due"
            yield Violation("ahead_need", where, detail)
        ahead_before, waiting_before = plan.ahead_h[week], plan.backlog_h[week]
    if ahead_before > TOLERANCE:
        yield Violation("workload", pool.name, "work is done ahead of weeks after the term")


def _waiting(played: Played) -> Iterator[Violation]:
    """``backlog_share`` and ``backlog_turnaround``: oldest work first, none waits too long."""
    pool, plan = played.pool, played.plan
    terms = pool.backlog
    if terms is None:
        for week, hours in enumerate(plan.backlog_h):
            if hours > TOLERANCE:
                detail = f"{hours:.6f} h wait, none may"
                yield Violation("backlog_turnaround", at_week(pool.name, week), detail)
        return
    batches = [[-1.0, terms.opening_h, terms.opening_h]]  # week due, may wait, waits
    ahead = 0.0
    for week, length in enumerate(played.lengths):
        where = at_week(pool.name, week)
        need = length * float(pool.need_h[week])
        due = need + plan.ahead_h[week] - ahead
        ahead = plan.ahead_h[week]
        may_wait = terms.share * need
        budget = length * (plan.done_h[week] + plan.short_h[week])
        at_once = min(max(due - may_wait, 0.0), budget)
        budget -= at_once
        batches.append([week, may_wait, due - at_once])
        for batch in batches:
            served = min(batch[2], budget)
            batch[2] -= served
            budget -= served
        if batches[-1][2] > may_wait + TOLERANCE * (1 + need):
            detail = f"{batches[-1][2]:.6f} h start to wait, {may_wait:.6f} h may"
            yield Violation("backlog_share", where, detail)
        for born, most, waits in batches:
            allowed = most * min(max(terms.weeks - (week - born), 0.0), 1.0)
            if waits > allowed + TOLERANCE * (1 + most):
                detail = f"{waits:.6f} h of week {int(born) + 1} wait, {allowed:.6f} h may"
                yield Violation("backlog_turnaround", where, detail)
        batches = [batch for batch in batches if batch[2] > 0]
    if plan.backlog_h[-1] > TOLERANCE:
        detail = f"{plan.backlog_h[-1]:.6f} h wait at the end of the term"
        yield Violation("backlog_turnaround", pool.name, detail)


def _nesting(played: Played) -> Iterator[Violation]:
    """``nesting``: settled people have the hours that new people take of them."""
    for week, hours in enumerate(played.series["nesting_h"]):
        most = played.settled_by_week[week] * played.present_h(week)
        if hours > most + TOLERANCE * (1 + most):
            detail = f"new people take {hours:.6f} h, experienced people have {most:.6f} h"
            yield Violation("nesting", at_week(played.pool.name, week), detail)


def _overtime(played: Played) -> Iterator[Violation]:
    """``overtime_cap`` and ``overtime_window``: overtime over ordinary productive hours."""
    terms, hours = played.pool.overtime, played.plan.overtime_h
    ordinary = played.series["productive_h"]
    for week, worked in enumerate(hours):
        most = terms.share_max * ordinary[week] if terms else 0.0
        if worked > most + TOLERANCE * (1 + most):
            detail = f"{worked:.6f} h, at most {most:.6f} h"
            yield Violation("overtime_cap", at_week(played.pool.name, week), detail)
    if terms is None or terms.window_share_max is None:
        return
    window = min(terms.window_weeks or len(hours), len(hours))
    for first in range(len(hours) - window + 1):
        inside = range(first, first + window)
        worked = sum(played.lengths[week] * hours[week] for week in inside)
        most = terms.window_share_max * sum(
            played.lengths[week] * ordinary[week] for week in inside
        )
        if worked > most + TOLERANCE * (1 + most):
            detail = f"{worked:.6f} h in {window} weeks, at most {most:.6f} h"
            yield Violation("overtime_window", at_week(played.pool.name, first), detail)
