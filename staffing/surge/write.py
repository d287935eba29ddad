"""From who is reserved, called and kept to the document: hours, cost, hours since the call."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

import numpy as np

from staffing.plan import rounded, tidy
from staffing.surge.engagement import hours_after, productive_hours
from staffing.surge.plan import SurgeCost, SurgePlan, SurgeSourcePlan
from staffing.surge.problem import HOURS_PER_DAY, in_ramped_people, need_heads
from staffing.surge.promise import promise
from staffing.surge.work import work_off

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from staffing.surge.ladder import SurgeDecision
    from staffing.surge.plan import Proof, SurgeLimitLine
    from staffing.surge.problem import SurgeProblem, SurgeSource

    Days = NDArray[np.float64]

_STAIRCASE_H = 7 * 24
_TOLERANCE = 1e-6
_ROUNDING_H = 1e-5  # hours a day left by rounding; they are nobody's work
_PEOPLE_PLACES = 9  # of people on the day, so that hours and cost hold to six


def write_plan(
    problem: SurgeProblem,
    decision: SurgeDecision,
    limits: tuple[SurgeLimitLine, ...],
    proof: Proof,
    *,
    peak_size: float | None = None,
    reproducible: bool = True,
) -> SurgePlan:
    """Write down a plan for one peak.

    Parameters
    ----------
    problem : SurgeProblem
        The peak and the ladder.
    decision : SurgeDecision
        Who is reserved, there and starting.
    limits : tuple of SurgeLimitLine
        Limits that bind.
    proof : Proof
        What the solver proved.
    peak_size : float, optional
        Extra work as a share of the ordinary, to be told.
    reproducible : bool
        Whether no clock had a say.
    """
    hours = staircase_hours(problem)
    people, starts, reserved = (
        np.round(figures, _PEOPLE_PLACES) + 0.0
        for figures in (decision.people, decision.starts, decision.reserved)
    )
    sources = tuple(
        _source(problem, source, float(reserved[i]), people[i], starts[i], hours)
        for i, source in enumerate(problem.sources)
    )
    capacity = np.sum([source.productive_h for source in sources], axis=0)
    capacity = np.broadcast_to(capacity, problem.num_days)
    work = work_off(problem.need_h, capacity, problem.backlog)
    uncovered = np.where(work.uncovered > _ROUNDING_H, work.uncovered, 0.0)
    cost = _total(problem, sources, float(uncovered.sum()))
    done, need = float(work.done.sum()), float(problem.need_h.sum())
    pay = cost.total - cost.shortfall
    last = int(np.max(np.flatnonzero(problem.need_h), initial=-1))
    return SurgePlan(
        name=problem.name,
        peak_size=peak_size,
        notice_h=tidy(problem.notice_h),
        peak_days=max(0, last + 1 - problem.lead_days),
        standby_weeks=problem.standby_weeks,
        shortfall_price=problem.shortfall_price,
        day_start_h=rounded(problem.day_start_h),
        day_names=problem.day_names,
        need_h=rounded(problem.need_h),
        hours_per_head=rounded(problem.hours_per_head),
        present_share=problem.present_share,
        done_h=rounded(work.done),
        waiting_h=rounded(work.waiting),
        uncovered_h=rounded(uncovered),
        spare_h=rounded(capacity - work.done),
        hours=hours,
        need_heads=_by_hour(problem, need_heads(problem), hours),
        worth_heads=_by_hour(problem, in_ramped_people(problem, capacity), hours),
        sources=sources,
        limits=limits,
        cost=cost,
        productive_h=tidy(done),
        total_need_h=tidy(need),
        total_uncovered_h=tidy(uncovered.sum()),
        service=tidy(1 - uncovered.sum() / need if need > 0 else 1.0),
        cost_per_productive_hour=tidy(pay / done) if done > _TOLERANCE else None,
        base_cost_per_productive_hour=problem.base_hourly_cost or None,
        promise=promise(problem, sources, float(uncovered.sum())),
        proof=proof,
        warnings=tuple(_warnings(problem, sources)),
        reproducible=reproducible,
    )


def staircase_hours(problem: SurgeProblem) -> tuple[float, ...]:
    """Hours since the call to look at: every hour of the first week, then each day's start."""
    end = problem.first_day_h + HOURS_PER_DAY * problem.num_days
    fine = np.arange(0.0, min(_STAIRCASE_H + 1, end))
    starts = problem.day_start_h
    return rounded(np.concatenate([fine, starts[starts > _STAIRCASE_H]]))


def _by_hour(problem: SurgeProblem, days: Days, hours: Iterable[float]) -> tuple[float, ...]:
    """Value of the day each hour lies in; 0 before day 0."""
    at = [floor((hour - problem.first_day_h) / HOURS_PER_DAY) for hour in hours]
    return rounded(float(days[day]) if 0 <= day < len(days) else 0.0 for day in at)


def _there_by_hour(
    problem: SurgeProblem, source: SurgeSource, people: Days, hours: Iterable[float]
) -> tuple[float, ...]:
    """People there at each hour; those of the first day it can work from its notice on."""
    first = source.first_day(problem.first_day_h)
    counts = _by_hour(problem, people, hours)
    if first >= problem.num_days:
        return counts
    start = problem.first_day_h + HOURS_PER_DAY * first
    return tuple(
        float(people[first]) if source.notice_h <= hour < start else count
        for hour, count in zip(hours, counts, strict=True)
    )


def _source(
    problem: SurgeProblem,
    source: SurgeSource,
    reserved: float,
    people: Days,
    starts: Days,
    hours: tuple[float, ...],
) -> SurgeSourcePlan:
    before = np.concatenate([[0.0], people[:-1]])
    productive = productive_hours(problem, source, people, starts)
    paid = problem.hours_per_head * people
    after = float(hours_after(problem, source) @ starts)
    paid_total = float(paid.sum()) + after
    cost = _cost(
        standby=reserved * source.standby_fee_per_head_week * problem.standby_weeks,
        wages=paid_total * source.hourly_cost,
        premium=paid_total * source.hourly_premium,
        onboarding=float(starts.sum()) * source.onboarding_cost,
    )
    made, first = float(productive.sum()), source.first_day(problem.first_day_h)
    return SurgeSourcePlan(
        name=source.name,
        kind=source.kind,
        heads=source.heads,
        notice_h=source.notice_h,
        show_up=source.show_up,
        first_day=first if first < problem.num_days else None,
        reserved=reserved,
        called=tidy(people.max() / source.show_up),
        starts=tuple(starts.tolist()),
        releases=tuple((np.round(before + starts - people, _PEOPLE_PLACES) + 0.0).tolist()),
        on_engagement=tuple(people.tolist()),
        productive_h=rounded(productive),
        paid_h=rounded(paid),
        paid_after_h=tidy(after),
        there_by_hour=_there_by_hour(problem, source, people, hours),
        cost=cost,
        cost_per_productive_hour=tidy(cost.total / made) if made > _TOLERANCE else None,
    )


def _cost(**parts: float) -> SurgeCost:
    """Cost of rounded parts, so that they add up."""
    tidied = {name: tidy(part) for name, part in parts.items()}
    return SurgeCost(**tidied, total=tidy(sum(tidied.values())))


def _total(
    problem: SurgeProblem, sources: tuple[SurgeSourcePlan, ...], uncovered_h: float
) -> SurgeCost:
    parts = {
        name: sum(getattr(source.cost, name) for source in sources)
        for name in ("standby", "wages", "premium", "onboarding")
    }
    return _cost(**parts, shortfall=uncovered_h * (problem.shortfall_price or 0.0))


def _warnings(problem: SurgeProblem, sources: tuple[SurgeSourcePlan, ...]) -> Iterable[str]:
    last = int(np.max(np.flatnonzero(problem.need_h), initial=-1))
    for source in sources:
        if source.heads > 0 and (source.first_day is None or source.first_day > last):
            yield f"{source.name} comes {source.notice_h:g} h after the call, when the peak is over"
        if source.paid_after_h > _TOLERANCE:
            yield (
                f"{source.name}: {source.paid_after_h:,.0f} hours are paid after the last day, to "
                "fill the shortest engagement"
            )
