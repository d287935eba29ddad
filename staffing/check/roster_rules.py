"""Rules of one team's standard week; each yields the violations it finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from staffing.brief import LiveTarget
from staffing.check.case import HEADS_TOLERANCE, RELATIVE_TOLERANCE, close
from staffing.check.tour_rules import tours
from staffing.errors import Violation
from staffing.premiums import PREMIUM_CLASSES
from staffing.requirement import FixedHeads
from staffing.turnaround import work_off
from staffing.workload import team_workload

if TYPE_CHECKING:
    from collections.abc import Iterator

    from staffing.check.case import TeamCase


def _shift_shape(case: TeamCase) -> Iterator[Violation]:
    """``shift_length``, ``shift_start``: shapes the labour rules allow, whole people."""
    labour = case.team.labour
    for line in case.plan.roster.shifts:
        where = case.at(line.start_interval)
        if line.length_h not in labour.lengths_on_offer_h:
            allowed = labour.lengths_on_offer_h
            yield Violation("shift_length", where, f"{line.length_h} h, allowed {allowed}")
        minute = line.start_interval % case.grid.per_day * case.grid.interval_min
        if minute not in labour.start_minutes:
            off = f"off the {labour.shift_start_step_min}-minute start step"
            found = "none of the starts that are given" if labour.shift_starts_min else off
            yield Violation("shift_start", where, found)
        if f"{line.day} {line.start}" != case.grid.label(line.start_interval):
            yield Violation("shift_start", where, f"labelled {line.day} {line.start}")
        if line.heads < 1:
            yield Violation("heads", where, f"{line.heads} people on a shift")


def _site_hours(case: TeamCase) -> Iterator[Violation]:
    """``site_hours``: nobody is on duty while the site is closed."""
    for t in np.flatnonzero((case.presence > 0) & ~case.site.open_mask):
        yield Violation("site_hours", case.at(int(t)), "people on duty while the site is closed")


def _presence(case: TeamCase) -> Iterator[Violation]:
    """``presence``: on duty are the people of the shifts, at work those not on a break."""
    roster = case.plan.roster
    for name, stated, found in (
        ("on duty", roster.on_duty, case.presence),
        ("at work", roster.at_work, case.at_work),
    ):
        for t in np.flatnonzero(np.array(stated, dtype=float) != found):
            detail = f"{stated[t]} stated {name}, shifts and breaks give {found[t]:.0f}"
            yield Violation("presence", case.at(int(t)), detail)
    if case.plan.roster.peak_heads != case.presence.max(initial=0):
        yield Violation("presence", case.team.name, "peak_heads is not the peak of the shifts")


def _cover(case: TeamCase) -> Iterator[Violation]:
    """``cover``: those at work reach the heads a live queue, or the minimum crew, needs.

    ``worst_interval``: where a shortfall has a price, no interval lacks more heads than its cap.
    """
    requirement, service = case.requirement, case.service
    needed = requirement.heads if isinstance(requirement, FixedHeads) else requirement.floor_heads
    short = np.maximum(needed - case.at_work, 0.0)
    hard, cap = service.shortfall_price is None, service.max_short_heads
    for t in np.flatnonzero(short > HEADS_TOLERANCE) if hard else ():
        found = f"{case.at_work[t]:.0f} at work, {needed[t]:.2f} needed"
        yield Violation("cover", case.at(int(t)), found)
    for t in () if hard or cap is None else np.flatnonzero(short > cap + HEADS_TOLERANCE):
        found = f"{short[t]:.2f} heads short, at most {cap:g} may be"
        yield Violation("worst_interval", case.at(int(t)), found)
    roster = case.plan.roster
    if isinstance(requirement, FixedHeads):
        if not np.allclose(np.array(roster.required_heads), needed, atol=HEADS_TOLERANCE):
            yield Violation("cover", case.team.name, "required_heads differ from the requirement")
        if not np.allclose(np.array(roster.shortfall), short, atol=HEADS_TOLERANCE):
            yield Violation("cover", case.team.name, "shortfall is not what those at work leave")


def _turnaround(case: TeamCase) -> Iterator[Violation]:
    """``turnaround``: first-in-first-out work by those on duty finishes every unit in time."""
    work = case.requirement
    if isinstance(case.service.target, LiveTarget) or isinstance(work, FixedHeads):
        return
    week = work_off(work.arrivals, work.capacity(case.at_work), work.due_intervals)
    if not week.settled:
        yield Violation("backlog", case.team.name, "backlog grows from week to week")
    elif not week.in_time:
        for t in np.flatnonzero(week.late > 0):
            yield Violation("turnaround", case.at(int(t)), f"{week.late[t]:.2f} units late")
    needed = work.heads_for(week.worked)
    if not np.allclose(case.plan.roster.required_heads, needed, atol=HEADS_TOLERANCE):
        yield Violation("turnaround", case.team.name, "required_heads differ from the work done")


def _workload(case: TeamCase) -> Iterator[Violation]:
    """``workload``: what a simulation plays follows from the brief and from presence."""
    stated = case.plan.workload
    expected = team_workload(
        case.service, case.team, case.week, case.requirement, case.at_work, case.grid
    )
    for name, value in expected:
        found = getattr(stated, name, None)
        if found is None or value is None or isinstance(value, str):
            same = found == value
        else:
            same = bool(np.allclose(found, value, rtol=RELATIVE_TOLERANCE, atol=HEADS_TOLERANCE))
        if not same:
            yield Violation("workload", case.team.name, f"{name} differs from brief and roster")


def _paid_hours(case: TeamCase) -> Iterator[Violation]:
    """``paid_hours``: hours by premium class follow from the shifts, unpaid breaks left out."""
    classes = case.team.labour.premiums.class_by_interval(case.grid)
    hours = np.bincount(classes, case.paid * case.grid.interval_h, minlength=len(PREMIUM_CLASSES))
    roster = case.plan.roster
    for name, expected in zip(PREMIUM_CLASSES, hours, strict=True):
        if not close(roster.paid_hours_by_class[name], expected):
            yield Violation("paid_hours", case.team.name, f"class {name}: {expected} h expected")
    if not close(roster.paid_hours, float(hours.sum())):
        yield Violation("paid_hours", case.team.name, f"total: {hours.sum()} h expected")


def _roster_cost(case: TeamCase) -> Iterator[Violation]:
    """``roster_cost``: cost of labour, seats and shortfall as they are; the bound is below."""
    hourly = case.team.cost_by_interval(case.grid)
    labour = float(hourly @ case.paid) * case.grid.interval_h
    roster = case.plan.roster
    price = case.service.shortfall_price or 0.0
    shortfall = price * sum(roster.shortfall) * case.grid.interval_h
    seats = case.team.seat_cost_per_week * float(case.presence.max(initial=0.0))
    objective = labour + seats + shortfall
    if not close(roster.shortfall_cost, shortfall):
        yield Violation("roster_cost", case.team.name, f"shortfall cost is {shortfall:.6f}")
    if not close(roster.labour_cost, labour):
        yield Violation("roster_cost", case.team.name, f"labour cost is {labour:.6f}")
    if not close(roster.proof.objective, objective):
        yield Violation("roster_cost", case.team.name, f"objective is {objective:.6f}")
    if roster.proof.bound > objective * (1 + RELATIVE_TOLERANCE) + HEADS_TOLERANCE:
        yield Violation("roster_cost", case.team.name, "the bound exceeds the objective")
    gap = max(0.0, objective - roster.proof.bound) / max(objective, 1e-9)
    if abs(gap - roster.proof.gap) > HEADS_TOLERANCE:
        yield Violation("roster_cost", case.team.name, f"the gap is {gap:.6f}")


ROSTER_RULES = (
    _shift_shape,
    _site_hours,
    _presence,
    _cover,
    _turnaround,
    _workload,
    _paid_hours,
    _roster_cost,
    tours,
)
