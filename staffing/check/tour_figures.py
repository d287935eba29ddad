"""Check of what a plan of tours says of itself: heads, shortfall, counts, cost and proof."""

from __future__ import annotations

from collections import Counter
from math import isclose, isfinite
from typing import TYPE_CHECKING

import numpy as np

from staffing.errors import Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from staffing.check.tour_case import TourCase
    from staffing.tours.plan import TourPlan
    from staffing.tours.problem import TourProblem

_HEADS = 1e-6
_COST = 1e-9  # relative
_SCALARS = ("paid_hours", "labour_cost", "objective", "bound", "gap")


def readable_figures(problem: TourProblem, plan: TourPlan) -> Iterator[Violation]:
    """``figures``: one finite figure per interval, and finite totals."""
    for name in ("presence", "shortfall"):
        found = getattr(plan, name)
        if np.shape(found) != (problem.grid.size,) or not np.isfinite(found).all():
            yield Violation("figures", name, "one finite figure per interval expected")
    for name in _SCALARS:
        if not isfinite(getattr(plan, name)):
            yield Violation("figures", name, f"{getattr(plan, name)} is not finite")


def _presence(case: TourCase) -> Iterator[Violation]:
    """``presence``, ``shortfall``: stated as they follow from the people."""
    stated = {"presence": case.plan.presence, "shortfall": case.plan.shortfall}
    found = {"presence": case.presence, "shortfall": case.shortfall}
    for rule, series in stated.items():
        for t in np.flatnonzero(np.abs(series - found[rule]) > _HEADS):
            detail = f"{series[t]:g} stated, {found[rule][t]:g} found"
            yield Violation(rule, case.problem.grid.label(int(t)), detail)


def _cover(case: TourCase) -> Iterator[Violation]:
    """``cover``: nobody is missing where that has no price."""
    if case.problem.shortfall_price is None:
        for t in np.flatnonzero(case.shortfall > _HEADS):
            detail = f"{case.presence[t]:g} at work, {case.problem.requirement[t]:g} wanted"
            yield Violation("cover", case.problem.grid.label(int(t)), detail)


def _worst_interval(case: TourCase) -> Iterator[Violation]:
    """``worst_interval``: never more heads short than the cap."""
    cap = case.problem.worst_interval_cap
    for t in [] if cap is None else np.flatnonzero(case.shortfall > cap + _HEADS):
        detail = f"{case.shortfall[t]:g} heads short, at most {cap:g}"
        yield Violation("worst_interval", case.problem.grid.label(int(t)), detail)


def _seats(case: TourCase) -> Iterator[Violation]:
    """``seats``: everybody on duty has a seat, on a break too."""
    left = case.problem.seats_left
    for t in [] if left is None else np.flatnonzero(case.on_duty > left + _HEADS):
        detail = f"{case.on_duty[t]:g} people, {0 if left is None else left[t]:g} seats"
        yield Violation("seats", case.problem.grid.label(int(t)), detail)


def counts(case: TourCase) -> Iterator[Violation]:
    """``counts``: shifts, tours and breaks are those of the people, each listed once."""
    plan = case.plan
    tours = Counter((p.rule, p.band_start, p.length, tuple(case.days(p))) for p in plan.people)
    listed_tours = [((t.rule, t.band_start, t.length, t.days), t.count) for t in plan.tours]
    as_found = {
        "shifts": sorted(((s.start, s.length), s.count) for s in plan.shifts)
        == sorted(case.shifts.items()),
        "tours": sorted(listed_tours) == sorted(tours.items()),
        "breaks": sorted(((b.rule, b.start), b.count) for b in plan.breaks)
        == sorted(case.breaks_taken.items()),
    }
    for name, right in as_found.items():
        if not right:
            yield Violation("counts", name, "not as the people have them")


def _cost(case: TourCase) -> Iterator[Violation]:
    """``cost``: hours, labour and objective follow from people and prices."""
    problem = case.problem
    paid = sum(count * case.paid_h(length) for (_, length), count in case.shifts.items())
    objective = case.labour_cost
    objective += problem.worst_interval_price * float(case.shortfall.max())
    objective += problem.seat_price * float(case.on_duty.max())
    if problem.shortfall_price is not None:
        short_h = float(case.shortfall.sum()) * problem.grid.interval_min / 60
        objective += problem.shortfall_price * short_h
    expected = {"paid_hours": paid, "labour_cost": case.labour_cost, "objective": objective}
    for name, value in expected.items():
        if not _close(getattr(case.plan, name), value):
            yield Violation("cost", name, f"{getattr(case.plan, name)} stated, {value} found")


def _bound(case: TourCase) -> Iterator[Violation]:
    """``bound``: at least nothing, at most the objective; the gap follows from both."""
    plan = case.plan
    if plan.bound < 0 or plan.bound > plan.objective * (1 + _COST) + _COST:
        yield Violation("bound", "plan", f"bound {plan.bound}, objective {plan.objective}")
    if not isclose(plan.gap * plan.objective, plan.objective - plan.bound, abs_tol=1e-6):
        yield Violation("bound", "plan", f"gap {plan.gap} does not follow from the bound")


def _close(stated: float, expected: float) -> bool:
    return isclose(stated, expected, rel_tol=_COST, abs_tol=_COST)


FIGURES = (_presence, _cover, _worst_interval, _seats, counts, _cost, _bound)
