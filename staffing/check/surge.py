"""Independent check of a surge plan: people, hours and cost re-simulated without any solver."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from staffing.check.surge_hours import check_hours
from staffing.errors import Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from staffing.surge import SurgeLimits, SurgeProblem
    from staffing.surge.plan import SurgePlan

TOLERANCE = 1e-6
_SHARED = (
    ("surge_seats", "seats", "needs_seat", "on_engagement"),
    ("surge_licences", "licences", "needs_licence", "on_engagement"),
    ("surge_training", "trainer_places", "needs_training", "starts"),
    ("surge_access", "access_per_day", "needs_access", "starts"),
)


def check_surge_plan(problem: SurgeProblem, plan: SurgePlan) -> tuple[Violation, ...]:
    """Return every violation found; an empty tuple means the plan holds.

    Parameters
    ----------
    problem : SurgeProblem
        The peak and the ladder.
    plan : SurgePlan
        The plan, from wherever.
    """
    unreadable = tuple(_figures(problem, plan))
    if unreadable:
        return unreadable
    return (
        *_notice(problem, plan),
        *_open(problem, plan),
        *_people(problem, plan),
        *_engagement(problem, plan),
        *_reserve(problem, plan),
        *_shared(problem, plan),
        *check_hours(problem, plan),
    )


def _figures(problem: SurgeProblem, plan: SurgePlan) -> Iterator[Violation]:
    """``surge_figures``: one finite figure of 0 or more per source and day, per hour."""
    names = [source.name for source in problem.sources]
    if [source.name for source in plan.sources] != names:
        yield Violation("surge_figures", plan.name, f"sources {', '.join(names)}")
        return
    if plan.present_share != problem.present_share:
        yield Violation("surge_figures", f"{plan.name}, present_share", f"{problem.present_share}")
    sizes = {"day_start_h": problem.num_days}
    sizes |= dict.fromkeys(("need_heads", "worth_heads"), len(plan.hours))
    for name in ("need_h", "hours_per_head", "done_h", "waiting_h", "uncovered_h", "spare_h"):
        sizes[name] = problem.num_days
    yield from _shapes(plan.name, plan, sizes)
    by_day = ("starts", "releases", "on_engagement", "productive_h", "paid_h")
    for source in plan.sources:
        sizes = dict.fromkeys(by_day, problem.num_days) | {"there_by_hour": len(plan.hours)}
        yield from _shapes(source.name, source, sizes)


def _shapes(where: str, document: object, sizes: dict[str, int]) -> Iterator[Violation]:
    for name, size in sizes.items():
        values = np.array(getattr(document, name), dtype=float)
        low = -np.inf if name == "day_start_h" else -TOLERANCE
        if values.shape != (size,) or not (np.isfinite(values) & (values >= low)).all():
            yield Violation("surge_figures", f"{where}, {name}", f"{size} figures of 0 or more")


def _notice(problem: SurgeProblem, plan: SurgePlan) -> Iterator[Violation]:
    """``surge_notice``: nobody with notice works on a day that starts before it is over."""
    start = problem.first_day_h + 24.0 * np.arange(problem.num_days)
    for source, planned in zip(problem.sources, plan.sources, strict=True):
        early = (start < source.notice_h - TOLERANCE) & (source.notice_h > 0)
        there = np.maximum(planned.on_engagement, planned.starts)
        for day in np.flatnonzero(early & (there > TOLERANCE)):
            detail = f"{there[day]:.6f} people {start[day]:g} h after the call"
            yield Violation("surge_notice", _at(planned.name, day), detail)


def _open(problem: SurgeProblem, plan: SurgePlan) -> Iterator[Violation]:
    """``surge_open``: nobody starts on a day on which nobody works."""
    closed = np.asarray(problem.hours_per_head) == 0
    for planned in plan.sources:
        starts = np.array(planned.starts)
        for day in np.flatnonzero(closed & (starts > TOLERANCE)):
            detail = f"{starts[day]:.6f} people start, nobody works"
            yield Violation("surge_open", _at(planned.name, day), detail)


def _people(problem: SurgeProblem, plan: SurgePlan) -> Iterator[Violation]:
    """``surge_people``: who is there was there the day before or starts, and has not left."""
    for planned in plan.sources:
        there = np.array(planned.on_engagement)
        change = np.array(planned.starts) - np.array(planned.releases)
        off = np.abs(np.diff(there, prepend=0.0) - change)
        for day in np.flatnonzero(off > TOLERANCE):
            yield Violation("surge_people", _at(planned.name, day), f"{off[day]:.6f} people off")


def _engagement(problem: SurgeProblem, plan: SurgePlan) -> Iterator[Violation]:
    """``surge_engagement``: even if who came first leaves first, nobody leaves too early."""
    for source, planned in zip(problem.sources, plan.sources, strict=True):
        left, came = np.cumsum(planned.releases), np.cumsum(planned.starts)
        days = source.min_engagement_days
        ripe = np.concatenate([np.zeros(days), came])[: len(came)]
        for day in np.flatnonzero(left > ripe + TOLERANCE * (1 + came[-1])):
            detail = f"{left[day] - ripe[day]:.6f} people leave before {days} days"
            yield Violation("surge_engagement", _at(planned.name, day), detail)


def _reserve(problem: SurgeProblem, plan: SurgePlan) -> Iterator[Violation]:
    """``surge_reserve``: no more come than the share who show up of those reserved."""
    for source, planned in zip(problem.sources, plan.sources, strict=True):
        kept = planned.reserved
        if kept > source.heads + TOLERANCE or (not source.reserved and kept != source.heads):
            detail = f"{kept:.6f} reserved, {source.heads:g} heads"
            yield Violation("surge_reserve", planned.name, detail)
        there = np.array(planned.on_engagement)
        for day in np.flatnonzero(there > source.show_up * kept + TOLERANCE):
            detail = f"{there[day]:.6f} people, {source.show_up * kept:.6f} come"
            yield Violation("surge_reserve", _at(planned.name, day), detail)
        called = there.max() / source.show_up
        if abs(planned.called - called) > TOLERANCE * (1 + called):
            yield Violation("surge_reserve", planned.name, f"{called:.6f} called")


def _shared(problem: SurgeProblem, plan: SurgePlan) -> Iterator[Violation]:
    """Seats and licences of people there, trainers' places and accesses of people who start."""
    yield from over_limits(plan.name, problem.limits, ((problem, plan),))


def over_limits(
    where: str, limits: SurgeLimits, cases: Sequence[tuple[SurgeProblem, SurgePlan]]
) -> Iterator[Violation]:
    """Find days on which people of these pools together exceed what they share."""
    for rule, name, needs, figures in _SHARED:
        limit = getattr(limits, name)
        if limit is None:
            continue
        used = np.zeros(cases[0][0].num_days)
        for problem, plan in cases:
            each = problem.seats_per_head if name == "seats" else 1.0
            for source, planned in zip(problem.sources, plan.sources, strict=True):
                if getattr(source, needs):
                    used += each * np.array(getattr(planned, figures))
        for day in np.flatnonzero(used > limit + TOLERANCE * (1 + limit)):
            yield Violation(rule, _at(where, day), f"{used[day]:.6f} of {limit:g}")


def _at(name: str, day: object) -> str:
    return f"{name}, day {day}"
