"""Hours, cost, work and the hours since the call of a surge plan, re-simulated person by person."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

import numpy as np

from staffing.errors import Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from staffing.surge import SurgeProblem, SurgeSource
    from staffing.surge.plan import SurgePlan, SurgeSourcePlan

    Days = NDArray[np.float64]

TOLERANCE = 1e-6
_PARTS = ("standby", "wages", "premium", "onboarding")


def check_hours(problem: SurgeProblem, plan: SurgePlan) -> tuple[Violation, ...]:
    """Return every violation of hours, work and cost."""
    return (
        *_productive(problem, plan),
        *_paid(problem, plan),
        *_work(problem, plan),
        *_cost(problem, plan),
        *_clock(problem, plan),
    )


def _productive(problem: SurgeProblem, plan: SurgePlan) -> Iterator[Violation]:
    """``surge_productive``: people do at least what is stated, who came first leaving first."""
    for source, planned in zip(problem.sources, plan.sources, strict=True):
        able = _able(problem, source, planned)
        stated = np.array(planned.productive_h)
        for day in np.flatnonzero(stated > able + TOLERANCE * (1 + able)):
            detail = f"{stated[day]:.6f} h stated, {able[day]:.6f} h can be done"
            yield Violation("surge_productive", f"{planned.name}, day {day}", detail)


def _able(problem: SurgeProblem, source: SurgeSource, planned: SurgeSourcePlan) -> Days:
    """Productive hours by day of cohorts that learn and leave, the oldest first."""
    able = np.zeros(problem.num_days)
    cohorts: list[list[float]] = []  # people, days there, hours paid
    for day, hours in enumerate(problem.hours_per_head):
        leaving = planned.releases[day]
        for cohort in cohorts:
            gone = min(cohort[0], leaving)
            cohort[0] -= gone
            leaving -= gone
        cohorts.append([planned.starts[day], 0, 0.0])
        for cohort in cohorts:
            worked = max(0.0, min(hours, cohort[2] + hours - source.onboarding_h))
            share = source.effectiveness[min(int(cohort[1]), len(source.effectiveness) - 1)]
            able[day] += cohort[0] * problem.present_share * share * worked
            cohort[1] += 1
            cohort[2] += hours
    return able


def _paid(problem: SurgeProblem, plan: SurgePlan) -> Iterator[Violation]:
    """``surge_paid``: everybody there is paid, and those who start for the shortest engagement."""
    hours = problem.hours_per_head
    week = min(7, len(hours) - problem.lead_days)
    for source, planned in zip(problem.sources, plan.sources, strict=True):
        paid = hours * np.array(planned.on_engagement)
        if np.abs(paid - planned.paid_h).max() > TOLERANCE * (1 + paid.max()):
            yield Violation("surge_paid", planned.name, f"{paid.sum():.6f} h paid")
        after = 0.0
        for day, people in enumerate(planned.starts):
            for extra in range(day + source.min_engagement_days - len(hours)):
                after += people * hours[len(hours) - week + extra % week]
        if abs(after - planned.paid_after_h) > TOLERANCE * (1 + after):
            yield Violation("surge_paid", planned.name, f"{after:.6f} h paid after the last day")


def _work(problem: SurgeProblem, plan: SurgePlan) -> Iterator[Violation]:
    """``surge_work``: done, waiting and undone work follow from capacity, most urgent first."""
    capacity = np.sum([source.productive_h for source in plan.sources], axis=0)
    capacity = np.broadcast_to(capacity, problem.num_days)
    last, queue = problem.num_days - 1, list[list[float]]()  # due day, hours
    backlog = problem.backlog
    for day, need in enumerate(problem.need_h):
        due = min(day + backlog.wait_days, last)
        queue += [[day, (1 - backlog.share) * need], [due, backlog.share * need]]
        queue.sort(key=lambda work: work[0])
        left = float(capacity[day])
        for work in queue:
            done = min(left, work[1])
            work[1] -= done
            left -= done
        uncovered = sum(work[1] for work in queue if work[0] <= day)
        queue = [work for work in queue if work[0] > day]
        found = {
            "uncovered_h": uncovered,
            "waiting_h": sum(work[1] for work in queue),
            "spare_h": left,
            "done_h": float(capacity[day]) - left,
            "need_h": float(need),
            "hours_per_head": float(problem.hours_per_head[day]),
        }
        for name, value in found.items():
            stated = getattr(plan, name)[day]
            if abs(stated - value) > TOLERANCE * (10 + value + need):
                detail = f"{stated:.6f} stated, {value:.6f} found"
                yield Violation("surge_work", f"{plan.name}, {name}, day {day}", detail)
    uncovered = float(sum(plan.uncovered_h))
    need = float(problem.need_h.sum())
    if problem.shortfall_price is None and uncovered > TOLERANCE * (1 + need):
        yield Violation("surge_service", plan.name, f"{uncovered:.6f} h undone, none may be")
    service = 1 - uncovered / need if need > 0 else 1.0
    totals = (service, uncovered, need, float(sum(plan.done_h)))
    stated_totals = (plan.service, plan.total_uncovered_h, plan.total_need_h, plan.productive_h)
    for stated, value in zip(stated_totals, totals, strict=True):
        if abs(stated - value) > TOLERANCE * (10 + value):
            yield Violation("surge_service", plan.name, f"{stated:.6f} stated, {value:.6f} found")


def _cost(problem: SurgeProblem, plan: SurgePlan) -> Iterator[Violation]:
    """``surge_cost``: every part is people or hours times its rate, and all of it is counted."""
    for source, planned in zip(problem.sources, plan.sources, strict=True):
        paid = sum(planned.paid_h) + planned.paid_after_h
        weeks = problem.standby_weeks
        found = {
            "standby": planned.reserved * source.standby_fee_per_head_week * weeks,
            "wages": paid * source.hourly_cost,
            "premium": paid * source.premium * source.premium_base,
            "onboarding": sum(planned.starts) * source.onboarding_cost,
        }
        found["total"] = sum(found.values())
        for part, value in found.items():
            yield from _differs(planned.name, part, getattr(planned.cost, part), value)
        made = sum(planned.productive_h)
        if planned.cost_per_productive_hour is not None:
            value = found["total"] / made
            yield from _differs(planned.name, "per hour", planned.cost_per_productive_hour, value)
    total = 0.0
    for part in _PARTS:
        value = sum(getattr(source.cost, part) for source in plan.sources)
        total += value
        yield from _differs(plan.name, part, getattr(plan.cost, part), value)
    shortfall = sum(plan.uncovered_h) * (problem.shortfall_price or 0.0)
    yield from _differs(plan.name, "shortfall", plan.cost.shortfall, shortfall)
    yield from _differs(plan.name, "total", plan.cost.total, total + shortfall)
    yield from _differs(plan.name, "objective", plan.proof.objective, total + shortfall)
    if plan.cost_per_productive_hour is not None:
        value = total / sum(plan.done_h)
        yield from _differs(plan.name, "per hour", plan.cost_per_productive_hour, value)


def _differs(where: str, part: str, stated: float, found: float) -> Iterator[Violation]:
    if not abs(stated - found) <= TOLERANCE * (10 + abs(found)):
        detail = f"{stated:.6f} stated, {found:.6f} found"
        yield Violation("surge_cost", f"{where}, {part}", detail)


def _clock(problem: SurgeProblem, plan: SurgePlan) -> Iterator[Violation]:
    """``surge_clock``: those are there at an hour whose day or notice has come."""
    for number, hour in enumerate(plan.hours):
        day = floor((hour - problem.first_day_h) / 24)
        for source, planned in zip(problem.sources, plan.sources, strict=True):
            people = planned.on_engagement
            found = people[day] if 0 <= day < problem.num_days else 0.0
            coming = day + 1 if day + 1 < problem.num_days else None
            starts = problem.first_day_h + 24 * (day + 1)
            if coming is not None and source.notice_h <= hour and source.notice_h > starts - 24:
                found = people[coming]
            if abs(planned.there_by_hour[number] - found) > TOLERANCE * (1 + found):
                detail = f"{planned.there_by_hour[number]:.6f} stated, {found:.6f} found"
                yield Violation("surge_clock", f"{planned.name}, hour {hour:g}", detail)
        worth = 0.0
        if 0 <= day < problem.num_days and problem.hours_per_head[day] > 0:
            of_one = problem.hours_per_head[day] * problem.present_share
            worth = sum(planned.productive_h[day] for planned in plan.sources) / of_one
        if abs(plan.worth_heads[number] - worth) > TOLERANCE * (1 + worth):
            detail = f"{plan.worth_heads[number]:.6f} stated, {worth:.6f} found"
            yield Violation("surge_clock", f"{plan.name}, worth at hour {hour:g}", detail)
    there = 0.0
    for planned in plan.sources:
        at = [
            p
            for p, h in zip(planned.on_engagement, plan.day_start_h, strict=True)
            if h <= problem.promise_h + TOLERANCE
        ]
        there += at[-1] if at else 0.0
    if abs(plan.promise.there - there) > TOLERANCE * (1 + there):
        yield Violation("surge_clock", f"{plan.name}, promise", f"{there:.6f} people are there")
    if plan.promise.kept != (there >= plan.promise.asked - TOLERANCE):
        yield Violation("surge_clock", f"{plan.name}, promise", "kept, when enough are there")
