"""Rules of one team's standard week; each yields the violations it finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from staffing.brief import LiveTarget
from staffing.check.case import HEADS_TOLERANCE, RELATIVE_TOLERANCE, close
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
        if line.length_h not in labour.shift_lengths_h:
            allowed = labour.shift_lengths_h
            yield Violation("shift_length", where, f"{line.length_h} h, allowed {allowed}")
        minute = line.start_interval % case.grid.per_day * case.grid.interval_min
        if minute % labour.shift_start_step_min:
            step = labour.shift_start_step_min
            yield Violation("shift_start", where, f"off the {step}-minute start step")
        if f"{line.day} {line.start}" != case.grid.label(line.start_interval):
            yield Violation("shift_start", where, f"labelled {line.day} {line.start}")
        if line.heads < 1:
            yield Violation("heads", where, f"{line.heads} people on a shift")


def _site_hours(case: TeamCase) -> Iterator[Violation]:
    """``site_hours``: nobody is on duty while the site is closed."""
    for t in np.flatnonzero((case.presence > 0) & ~case.site.open_mask):
        yield Violation("site_hours", case.at(int(t)), "people on duty while the site is closed")


def _presence(case: TeamCase) -> Iterator[Violation]:
    """``presence``: people on duty are those of the shifts, interval by interval."""
    stated = np.array(case.plan.roster.on_duty, dtype=float)
    for t in np.flatnonzero(stated != case.presence):
        yield Violation(
            "presence",
            case.at(int(t)),
            f"{stated[t]:.0f} stated, shifts give {case.presence[t]:.0f}",
        )
    if case.plan.roster.peak_heads != case.presence.max(initial=0):
        yield Violation("presence", case.team.name, "peak_heads is not the peak of the shifts")


def _cover(case: TeamCase) -> Iterator[Violation]:
    """``cover``: presence reaches the heads a live queue, or the minimum crew, needs."""
    requirement = case.requirement
    needed = requirement.heads if isinstance(requirement, FixedHeads) else requirement.floor_heads
    for t in np.flatnonzero(case.presence < needed - HEADS_TOLERANCE):
        yield Violation(
            "cover", case.at(int(t)), f"{case.presence[t]:.0f} on duty, {needed[t]:.2f} needed"
        )
    if isinstance(requirement, FixedHeads) and not np.allclose(
        np.array(case.plan.roster.required_heads), needed, atol=HEADS_TOLERANCE
    ):
        yield Violation("cover", case.team.name, "required_heads differ from the requirement")


def _turnaround(case: TeamCase) -> Iterator[Violation]:
    """``turnaround``: first-in-first-out work by those on duty finishes every unit in time."""
    work = case.requirement
    if isinstance(case.service.target, LiveTarget) or isinstance(work, FixedHeads):
        return
    week = work_off(work.arrivals, work.capacity(case.presence), work.due_intervals)
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
        case.service, case.team, case.week, case.requirement, case.presence, case.grid
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
    """``paid_hours``: hours by premium class follow from presence."""
    classes = case.team.labour.premiums.class_by_interval(case.grid)
    hours = np.bincount(
        classes, case.presence * case.grid.interval_h, minlength=len(PREMIUM_CLASSES)
    )
    roster = case.plan.roster
    for name, expected in zip(PREMIUM_CLASSES, hours, strict=True):
        if not close(roster.paid_hours_by_class[name], expected):
            yield Violation("paid_hours", case.team.name, f"class {name}: {expected} h expected")
    if not close(roster.paid_hours, float(hours.sum())):
        yield Violation("paid_hours", case.team.name, f"total: {hours.sum()} h expected")


def _roster_cost(case: TeamCase) -> Iterator[Violation]:
    """``roster_cost``: labour cost and objective follow from presence; the bound is below."""
    hourly = case.team.cost_by_interval(case.grid)
    labour = float(hourly @ case.presence) * case.grid.interval_h
    roster = case.plan.roster
    objective = labour + case.team.seat_cost_per_week * float(case.presence.max(initial=0.0))
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
)
