"""People added, one after the other, where heads must not be missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from staffing.optimize.tours.breaks import place_breaks
from staffing.optimize.tours.model import HEADS_TOLERANCE
from staffing.optimize.tours.worth import NEVER, ShiftWorth

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from staffing.optimize.tours.model import TourModel
    from staffing.optimize.tours.worth import Tour
    from staffing.tours.problem import TourProblem

    People = NDArray[np.float64]

_ONE = 1 - HEADS_TOLERANCE


def reinforced(
    problem: TourProblem, soft: TourModel, people: People, seed: int
) -> Iterator[People]:
    """Yield people with ever more of them, until none is missing or none can be added.

    Parameters
    ----------
    problem : TourProblem
        Says what may be missing.
    soft : TourModel
        The same week in which anybody may be missing.
    people : ndarray
        Whole values of ``soft.people`` to begin with.
    seed : int
        Of the solver's own choices.
    """
    worth = ShiftWorth(soft)
    spare = _may_be_missing(problem)
    while (placed := place_breaks(soft, people, seed)) is not None:
        missing = np.maximum(0.0, placed.values[soft.short] - spare)
        on_duty = placed.values[soft.on_duty]
        added = False
        while (missing > HEADS_TOLERANCE).any():
            tour = _next(soft, worth, people, missing, on_duty)
            if tour is None:
                return
            people = _with(soft, people, tour)
            for shift in tour.shifts:
                worked = _span(soft, int(shift))
                on_duty[worked] += 1
                missing[worked] -= 1  # breaks aside: they are placed anew, and asked again
            added = True
        yield people
        if not added:
            return


def _may_be_missing(problem: TourProblem) -> NDArray[np.float64]:
    """Heads short that are allowed in each interval."""
    if problem.shortfall_price is None:
        return np.zeros(problem.grid.size)
    cap = problem.worst_interval_cap
    return np.full(problem.grid.size, np.inf if cap is None else cap)


def _next(
    model: TourModel,
    worth: ShiftWorth,
    people: People,
    missing: NDArray[np.float64],
    on_duty: NDArray[np.float64],
) -> Tour | None:
    """Person who mends most, within seats and shares; None when there is none."""
    dear = np.where(missing > HEADS_TOLERANCE, model.problem.shortfall_price or 0.0, 0.0)
    gains = worth.gains(dear)
    if model.problem.seats_left is not None:
        full = on_duty + _ONE > model.problem.seats_left
        taken = np.concatenate([[0], np.cumsum(np.tile(full, 2))])
        start = model.shift_start
        gains[taken[start + model.shift_length] > taken[start]] = NEVER
    tour = worth.best_tour(gains, _within_shares(model, people))
    return tour if tour.gain > 0 else None


def _within_shares(model: TourModel, people: People) -> NDArray[np.bool_]:
    """Crews whose rule may have one more person."""
    crews = people[len(model.x) :][: len(model.crew)]
    names = np.array([model.groups[g].rule.name for g in model.crew_group])
    allowed = np.ones(len(crews), dtype=bool)
    for rule in model.problem.tours:
        on_rule = names == rule.name
        if crews[on_rule].sum() + _ONE > rule.share_max * (crews.sum() + 1):
            allowed[on_rule] = False
    return allowed


def _with(model: TourModel, people: People, tour: Tour) -> People:
    """The people and one more."""
    more = people.copy()
    group = int(model.crew_group[tour.crew])
    more[tour.shifts] += 1
    more[len(model.x) + tour.crew] += 1
    days = len(model.x) + len(model.crew) + 7 * group
    more[days + model.shift_day[tour.shifts]] += 1
    return more


def _span(model: TourModel, shift: int) -> NDArray[np.int64]:
    """Intervals of a shift."""
    worked = model.shift_start[shift] + np.arange(model.shift_length[shift])
    return np.asarray(worked % model.size, dtype=np.int64)
