"""Independent check of a week of tours: every rule re-derived from the people, without any solver.

`check_plan` applies the rules of people to the rosters of a staffing plan.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from staffing.check.tour_case import TourCase
from staffing.check.tour_figures import FIGURES, counts, readable_figures
from staffing.errors import Violation
from staffing.grid import MINUTES_PER_DAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from staffing.tours.plan import TourPlan
    from staffing.tours.problem import TourProblem
    from staffing.tours.rules import TourRule

_HOURS = 1e-9
_PEOPLE = 1e-9
_SATURDAY, _SUNDAY = 5, 6


def check_tours(problem: TourProblem, plan: TourPlan) -> tuple[Violation, ...]:
    """Return every violation found; an empty tuple means the plan holds.

    Parameters
    ----------
    problem : TourProblem
        What was asked for.
    plan : TourPlan
        The plan, from wherever.
    """
    unreadable = (*_readable(problem, plan), *readable_figures(problem, plan))
    if unreadable:
        return unreadable
    case = TourCase(problem, plan)
    return (
        *(violation for rule in _RULES for violation in rule(case)),
        *(violation for rule in FIGURES for violation in rule(case)),
    )


def check_people(problem: TourProblem, plan: TourPlan) -> tuple[Violation, ...]:
    """Return what is wrong with people's weeks and with the counts of them, figures aside."""
    unreadable = tuple(_readable(problem, plan))
    if unreadable:
        return unreadable
    case = TourCase(problem, plan)
    return tuple(violation for rule in (*_RULES, counts) for violation in rule(case))


def _readable(problem: TourProblem, plan: TourPlan) -> Iterator[Violation]:
    """``tour_rule``, ``shift_start``: rules and intervals that exist; the others rest on them."""
    names = {rule.name for rule in problem.tours}
    for index, person in enumerate(plan.people):
        where = f"person {index}"
        if person.rule not in names:
            yield Violation("tour_rule", where, f"{person.rule!r} is not on offer")
        if not person.starts or not _in_week(problem, person.starts):
            yield Violation("shift_start", where, f"{person.starts} are not intervals of the week")
        if len(person.breaks) != len(person.starts):
            yield Violation("break_window", where, f"breaks of {len(person.breaks)} shifts")
        if not all(_in_week(problem, taken) for taken in person.breaks):
            yield Violation("break_window", where, "breaks that are not intervals of the week")
        if not 1 <= person.length <= problem.grid.size:
            yield Violation("shift_length", where, f"{person.length} intervals")


def _in_week(problem: TourProblem, intervals: tuple[int, ...]) -> bool:
    return all(0 <= t < problem.grid.size for t in intervals)


def _shift_length(case: TourCase) -> Iterator[Violation]:
    """``shift_length``: one that the person's rule offers."""
    for where, person, rule in case.people():
        hours = person.length * case.problem.grid.interval_h
        if not any(abs(hours - offered) < _HOURS for offered in rule.shift_lengths_h):
            yield Violation("shift_length", where, f"{hours:g} h; {rule.name} offers others")


def _band(case: TourCase) -> Iterator[Violation]:
    """``shift_start``: on the step; ``band``: all of a person inside one band of the day."""
    problem = case.problem
    interval = problem.grid.interval_min
    for where, person, rule in case.people():
        first = person.band_start * interval
        last = first + rule.start_band_min
        if first % rule.start_band_min or not 0 <= first < MINUTES_PER_DAY:
            yield Violation("band", where, f"no band begins at {first} min")
        for start in person.starts:
            minute = start % problem.grid.per_day * interval
            if minute % problem.start_step_min:
                yield Violation("shift_start", _at(case, where, start), "off the step of starts")
            elif problem.starts_min and minute not in problem.starts_min:
                yield Violation("shift_start", _at(case, where, start), "none of the starts given")
            if not first <= minute < last:
                yield Violation("band", _at(case, where, start), f"not in {first}-{last} min")


def _days_on(case: TourCase) -> Iterator[Violation]:
    """``days_on``: as many days as the rule says, one shift on each."""
    for where, person, rule in case.people():
        days = case.days(person)
        if len(set(days)) != rule.days_on or len(days) != rule.days_on:
            yield Violation("days_on", where, f"shifts on days {days}; {rule.days_on} days wanted")


def _day_pattern(case: TourCase) -> Iterator[Violation]:
    """``day_pattern``: days off in one run of the cyclic week, weekends whole, where asked."""
    for where, person, rule in case.people():
        wrong = _pattern_fault(set(case.days(person)), rule)
        if wrong:
            yield Violation("day_pattern", where, f"works days {case.days(person)}: {wrong}")


def _pattern_fault(days: set[int], rule: TourRule) -> str:
    off = [day for day in range(7) if day not in days]
    runs = sum((day - 1) % 7 not in off for day in off)
    if rule.consecutive_days_off and runs > 1:
        return "days off are apart"
    if rule.weekend == "both_or_none" and (_SATURDAY in days) != (_SUNDAY in days):
        return "half a weekend"
    return ""


def _daily_rest(case: TourCase) -> Iterator[Violation]:
    """``daily_rest``: between one shift and the next, Sunday to Monday included."""
    size, hour = case.problem.grid.size, case.problem.grid.interval_h
    for where, person, _ in case.people():
        starts = sorted(person.starts)
        following = [*starts[1:], starts[0] + size]
        for start, after in zip(starts, following, strict=True):
            rest_h = (after - start - person.length) * hour
            if rest_h < case.problem.daily_rest_h - _HOURS:
                yield Violation(
                    "daily_rest", _at(case, where, start), f"{rest_h:g} h of rest after"
                )


def _weekly_hours(case: TourCase) -> Iterator[Violation]:
    """``weekly_hours``: paid hours of a person in the week."""
    for where, person, _ in case.people():
        hours = len(person.starts) * case.paid_h(person.length)
        if hours > case.problem.weekly_hours_max + _HOURS:
            yield Violation("weekly_hours", where, f"{hours:g} paid hours")


def _shift_in_opening(case: TourCase) -> Iterator[Violation]:
    """``shift_in_opening``: the site is open from start to end."""
    closed = np.concatenate([[0], np.cumsum(np.tile(~case.problem.open_mask, 2))])
    for where, person, _ in case.people():
        for start in person.starts:
            if closed[start + person.length] > closed[start]:
                yield Violation("shift_in_opening", _at(case, where, start), "the site is closed")


def _breaks(case: TourCase) -> Iterator[Violation]:
    """``break_window``: every break there, inside its window; ``break_overlap``: one at a time."""
    windows = {length: case.windows(length) for length in {p.length for p in case.plan.people}}
    size = case.problem.grid.size
    for where, person, _ in case.people():
        wanted = windows[person.length]
        for start, taken in zip(person.starts, person.breaks, strict=True):
            if len(taken) != len(wanted):
                detail = f"{len(taken)} breaks, not {len(wanted)}"
                yield Violation("break_window", _at(case, where, start), detail)
                continue
            after = [(at - start) % size for at in taken]
            for begins, (name, opens, closes, lasts) in zip(after, wanted, strict=True):
                if not opens <= begins <= closes - lasts:
                    detail = f"{name} {begins} intervals after the start"
                    yield Violation("break_window", _at(case, where, start), detail)
            spans = sorted((b, b + window[3]) for b, window in zip(after, wanted, strict=True))
            if any(end > begin for (_, end), (begin, _) in pairwise(spans)):
                yield Violation("break_overlap", _at(case, where, start), "two breaks at once")


def _share(case: TourCase) -> Iterator[Violation]:
    """``share``: people on a rule are at most its share of all."""
    total = len(case.plan.people)
    for rule in case.problem.tours:
        found = sum(person.rule == rule.name for person in case.plan.people)
        if found > rule.share_max * total + _PEOPLE:
            yield Violation("share", rule.name, f"{found} of {total} people")


def _at(case: TourCase, where: str, start: int) -> str:
    return f"{where}, {case.problem.grid.label(start)}"


_RULES = (
    _shift_length,
    _band,
    _days_on,
    _day_pattern,
    _daily_rest,
    _weekly_hours,
    _shift_in_opening,
    _breaks,
    _share,
)
