"""One rule of a week of tours loosened at a time: what a plan could be without it, and save."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from staffing.errors import BadInputError
from staffing.optimize.tours.engine import Engine
from staffing.optimize.tours.model import TourModel
from staffing.tours.groups import offered_groups

if TYPE_CHECKING:
    from collections.abc import Iterator

    from staffing.tours.problem import TourProblem
    from staffing.tours.rules import TourRule

_NO_WEEKLY_LIMIT_H = 7 * 24.0
_LONGEST_SHIFT_H = 12.0
_WORTH_TELLING = 0.001  # of the week's cost


def savings(problem: TourProblem) -> tuple[tuple[str, float], ...]:
    """Tell what each rule costs a week, the dearest rule first.

    Parameters
    ----------
    problem : TourProblem
        It has a plan.

    Returns
    -------
    tuple of (str, float)
        Rule, and by how much the least cost in fractions of people falls when it is loosened;
        rules that cost less than a thousandth of the week are left out.
    """
    bound = _least_cost(problem)
    if bound is None:
        return ()
    saved = ((name, _least_cost(relaxed)) for name, relaxed in relaxations(problem))
    worth = [(name, bound - cost) for name, cost in saved if cost is not None]
    told = [one for one in worth if one[1] > _WORTH_TELLING * bound]
    return tuple(sorted(told, key=lambda one: -one[1]))


def _least_cost(problem: TourProblem) -> float | None:
    try:
        model = TourModel(problem, offered_groups(problem))
    except BadInputError:
        return None
    point = Engine(model.matrix, model.all_whole).solve()
    return None if point is None else point.objective


def relaxations(problem: TourProblem) -> Iterator[tuple[str, TourProblem]]:
    """The problem with one of its rules loosened, by the name of the rule.

    Lengths of shifts are loosened by an hour either way, the others are dropped.
    """
    if problem.seats_left is not None:
        yield "seats", replace(problem, seats_left=None)
    if problem.worst_interval_cap is not None:
        yield "worst_interval", replace(problem, worst_interval_cap=None)
    if any(rule.share_max < 1 for rule in problem.tours):
        free = tuple(replace(rule, share_max=1.0) for rule in problem.tours)
        yield "share", replace(problem, tours=free)
    if not problem.open_mask.all():
        yield "shift_in_opening", replace(problem, open_mask=np.ones_like(problem.open_mask))
    if problem.daily_rest_h > 0:
        yield "daily_rest", replace(problem, daily_rest_h=0.0)
    if problem.weekly_hours_max < _NO_WEEKLY_LIMIT_H:
        yield "weekly_hours", replace(problem, weekly_hours_max=_NO_WEEKLY_LIMIT_H)
    if not all(rule.any_days for rule in problem.tours):
        any_days = tuple(
            replace(rule, consecutive_days_off=False, weekend="any") for rule in problem.tours
        )
        yield "day_pattern", replace(problem, tours=any_days)
    yield "shift_length", replace(problem, tours=tuple(map(_an_hour_either_way, problem.tours)))


def _an_hour_either_way(rule: TourRule) -> TourRule:
    lengths = {hours + more for hours in rule.shift_lengths_h for more in (-1.0, 0.0, 1.0)}
    fitting = tuple(sorted(hours for hours in lengths if 0 < hours <= _LONGEST_SHIFT_H))
    return replace(rule, shift_lengths_h=fitting)
