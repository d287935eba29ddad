"""From counts of crews and shifts to single people: days, shifts, breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from staffing.optimize.tours.breaks import breaks_of_shifts
from staffing.tours.plan import PersonWeek
from staffing.tours.rules import DAYS_PER_WEEK

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.optimize.tours.model import TourModel

    Days = tuple[int, ...]


def people_of(
    model: TourModel, people: NDArray[np.float64], waiting: tuple[NDArray[np.int64], ...]
) -> tuple[PersonWeek, ...]:
    """Give every person days, a shift on each of them, and its breaks.

    Parameters
    ----------
    model : TourModel
        The columns.
    people : ndarray
        Whole values of ``model.people``.
    waiting : tuple of ndarray of int, shape (T,)
        By break rule, as :func:`staffing.optimize.tours.breaks.waiting_of` has it.
    """
    counts = np.rint(people).astype(np.int64)
    shifts, crews = counts[: len(model.x)], counts[len(model.x) :][: len(model.crew)]
    group_of: list[int] = []
    weeks: list[list[int]] = []
    for g, group in enumerate(model.groups):
        on = shifts[model.shift_group == g]
        crew = crews[model.crew_group == g]
        by_day = [
            np.repeat(group.starts, np.where(group.day == d, on, 0)).tolist() for d in range(7)
        ]
        if group.rule.any_days:
            days = days_by_person([len(starts) for starts in by_day], int(crew[0]))
        else:
            days = [
                days
                for days, count in zip(model.patterns[g], crew, strict=True)
                for _ in range(count)
                if days is not None
            ]
        group_of += [g] * len(days)
        weeks += [[by_day[d].pop(0) for d in worked] for worked in days]
    return _with_breaks(model, group_of, weeks, waiting)


def days_by_person(heads_by_day: list[int], num_people: int) -> list[Days]:
    """Share out days so that everybody works equally many: the fullest days first.

    Parameters
    ----------
    heads_by_day : list of int, length 7
        People at work each day, each at most `num_people`; in all a multiple of `num_people`.
    num_people : int
        People to share them out to.

    References
    ----------
    Ryser 1957: taking the largest remaining numbers never ends in a dead end.
    """
    left = list(heads_by_day)
    shared = []
    for remaining in range(num_people, 0, -1):
        days_on = sum(left) // remaining
        fullest = sorted(range(DAYS_PER_WEEK), key=lambda day: -left[day])[:days_on]
        for day in fullest:
            left[day] -= 1
        shared.append(tuple(sorted(fullest)))
    return sorted(shared)


def _with_breaks(
    model: TourModel,
    group_of: list[int],
    weeks: list[list[int]],
    waiting: tuple[NDArray[np.int64], ...],
) -> tuple[PersonWeek, ...]:
    problem = model.problem
    starts = np.array([start for week in weeks for start in week], dtype=np.int64)
    lengths = np.array(
        [model.groups[g].length for g, week in zip(group_of, weeks, strict=True) for _ in week],
        dtype=np.int64,
    )
    by_rule = [
        breaks_of_shifts(problem, rule, starts, lengths, queue).tolist()
        for rule, queue in zip(problem.breaks, waiting, strict=True)
    ]
    by_shift = [tuple(at for at in row if at >= 0) for row in zip(*by_rule, strict=True)]
    by_shift = by_shift or [()] * len(starts)
    people = []
    done = 0
    for g, week in zip(group_of, weeks, strict=True):
        group = model.groups[g]
        people.append(
            PersonWeek(
                rule=group.rule.name,
                band_start=group.band_start,
                length=group.length,
                starts=tuple(week),
                breaks=tuple(by_shift[done : done + len(week)]),
            )
        )
        done += len(week)
    return tuple(people)
