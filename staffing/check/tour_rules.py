"""Rules of breaks, days off and rest: every person's week as the plan lists it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from staffing.check.tours import check_people
from staffing.errors import Violation
from staffing.tour_week import tour_problem
from staffing.tours import BreakCount, PersonWeek, ShiftCount, TourCount, TourPlan
from staffing.week_roster import DAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from staffing.check.case import TeamCase
    from staffing.plan import PersonLine, TourLine
    from staffing.tours import TourProblem


def tours(case: TeamCase) -> Iterator[Violation]:
    """``tours`` and the rules of `staffing.check.tours`: the people listed work what is planned."""
    roster = case.plan.roster
    if not case.team.labour.has_inner_shape:
        if roster.breaks or roster.tours or roster.people:
            yield Violation("tours", case.team.name, "the labour rules know no breaks, no tours")
        return
    if bool(roster.tours) != bool(case.team.labour.tours and roster.people):
        yield Violation("tours", case.team.name, "tours where the labour rules have none, or none")
        return
    problem = _problem(case)
    lasts = {rule.name: problem.intervals(rule.length_min) for rule in problem.breaks}
    for line in roster.breaks:
        if lasts.get(line.rule) != line.length_intervals:
            yield Violation("tours", case.at(line.start_interval), f"{line.rule} of another length")
    for person in roster.people:
        for shift in person.shifts:
            names = problem.breaks_of(problem.intervals(shift.length_h * 60))
            if shift.break_rules != tuple(rule.name for rule in names):
                where = case.at(shift.start_interval)
                yield Violation("tours", where, f"breaks named {shift.break_rules}")
    for found in check_people(problem, _plan(case, problem)):
        yield replace(found, where=f"{case.team.name}, {found.where}")


def _problem(case: TeamCase) -> TourProblem:
    heads = np.array(case.plan.roster.required_heads)
    return tour_problem(case.service, case.team, case.site, heads, None, case.grid)


def _plan(case: TeamCase, problem: TourProblem) -> TourPlan:
    """Read the roster's lines as the plan of tours they were written from."""
    roster = case.plan.roster
    people = tuple(_person(line, problem) for line in roster.people for _ in range(line.people))
    return TourPlan(
        people=people,
        shifts=tuple(
            ShiftCount(line.start_interval, problem.intervals(line.length_h * 60), line.heads)
            for line in roster.shifts
        ),
        tours=tuple(_tour(line, problem) for line in roster.tours)
        if case.team.labour.tours
        else _single_shifts(people, problem),
        breaks=tuple(
            BreakCount(line.rule, line.start_interval, line.heads) for line in roster.breaks
        ),
        presence=np.array(roster.at_work, dtype=float),
        shortfall=np.array(roster.shortfall),
        paid_hours=roster.paid_hours,
        labour_cost=roster.labour_cost,
        objective=roster.proof.objective,
        bound=roster.proof.bound,
        gap=roster.proof.gap,
        stop_reason=roster.proof.stop_reason,
        reproducible=True,
    )


def _single_shifts(people: tuple[PersonWeek, ...], problem: TourProblem) -> tuple[TourCount, ...]:
    """Count people whose shift stands for itself: the plan lists no tours for them."""
    found = Counter(
        (p.rule, p.band_start, p.length, tuple(start // problem.grid.per_day for start in p.starts))
        for p in people
    )
    return tuple(TourCount(*tour, count) for tour, count in found.items())


def _person(line: PersonLine, problem: TourProblem) -> PersonWeek:
    """Read one person; the band is that of the tour in which the first shift starts."""
    rule = next((rule for rule in problem.tours if rule.name == line.tour), None)
    per_band = problem.intervals(rule.start_band_min) if rule else problem.grid.per_day
    first = line.shifts[0].start_interval % problem.grid.per_day if line.shifts else 0
    lengths = {problem.intervals(shift.length_h * 60) for shift in line.shifts}
    return PersonWeek(
        rule=line.tour,
        band_start=first // per_band * per_band,
        length=lengths.pop() if len(lengths) == 1 else 0,
        starts=tuple(shift.start_interval for shift in line.shifts),
        breaks=tuple(shift.breaks for shift in line.shifts),
    )


def _tour(line: TourLine, problem: TourProblem) -> TourCount:
    hour, minute = (int(part) for part in line.band_start.split(":"))
    return TourCount(
        rule=line.tour,
        band_start=problem.intervals(60 * hour + minute),
        length=problem.intervals(line.length_h * 60),
        days=tuple(DAYS.index(day) for day in line.days),
        count=line.people,
    )
