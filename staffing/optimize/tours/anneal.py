"""Annealing of whole tours, for weeks with few people, where a single person is a large part.

One person at a time goes home and comes back on the tour that is worth most just then, of all
tours on offer, breaks included. Worth carries some noise, less and less of it, so that the week
settles slowly. Heads short are cheap meanwhile: at their true price nobody could ever leave, and
the week would stay as it was first put together. Many weeks settle side by side, and every time
the noise falls copies of better ones take the places of worse ones.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from staffing.optimize.tours.local import searchable
from staffing.optimize.tours.weeks import Weeks

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from staffing.optimize.tours.engine import Point
    from staffing.optimize.tours.model import TourModel
    from staffing.tours.problem import TourProblem

_MOST_PEOPLE = 100.0  # of the relaxation; with more, a turn for everybody takes too long
_WEEKS = 32  # side by side
_ROOM = 2.0  # people that a week may hold, for each of the relaxation
_SHORT_H = (3.5, 32.0)  # paid hours that one head-hour short costs, first and last
_LATE = 8  # power of the share of the search by which that price rises: near the end only
_WARM_H, _COOL_H = 1.5, 0.2  # paid hours of noise in the worth of a shift
_TURNS_BETWEEN_LOOKS = 50  # at how much of the time is over
_LONGER = 1.2  # of the search, at a price that goes on rising, where somebody still is short
_LEAST_TURNS = 10  # of each person, or the dive does better


def annealable(model: TourModel, relaxed: Point) -> bool:
    """Whether anybody may come and go, and everybody has many turns in little time."""
    few = float(relaxed.values[model.crew].sum()) <= _MOST_PEOPLE
    return few and searchable(model.problem)


@dataclass(frozen=True)
class Annealed:
    """A week found by annealing.

    Parameters
    ----------
    people : ndarray
        Whole values of ``model.people``.
    cost : float
        Objective, breaks as they were when it was found.
    """

    people: NDArray[np.float64]
    cost: float


def anneal(
    model: TourModel,
    people: float,
    seed: int | tuple[int, ...],
    done: Callable[[int, float], float],
) -> Annealed | None:
    """Put weeks together from nobody; the best of them.

    Parameters
    ----------
    model : TourModel
        The columns, of a problem that is :func:`annealable`.
    people : float
        Of the relaxation.
    seed : int or tuple of int
        Of the choices.
    done : callable
        Given the turns taken in each week and the least cost so far, the share of the search that
        is over: 1 at its end, infinite when nothing more is wanted.

    Returns
    -------
    Annealed or None
        None when there were too few turns, or somebody is missing who may not be.

    References
    ----------
    Kirkpatrick, Gelatt and Vecchi 1983 (annealing); Papandreou and Yuille 2011 (the best choice
    under noise as a draw of the likely ones); Hukushima and Iba 2003 (many weeks, thinned out).
    """
    weeks = Weeks(model, _WEEKS, 1 + int(_ROOM * people), np.random.default_rng(seed))
    turns, share = 0, done(0, weeks.least)
    noise = _noise(model.problem, 0.0)
    while share < (_LONGER if weeks.best_is_short else 1.0):
        before, noise = noise, _noise(model.problem, share)
        weeks.thin_out(1 / noise - 1 / before)
        weeks.set(noise, _price_of_short(model.problem, share))
        for _ in range(_TURNS_BETWEEN_LOOKS):
            weeks.turn()
        turns += _TURNS_BETWEEN_LOOKS
        share = done(turns, weeks.least)
    if turns == 0 or (turns < _LEAST_TURNS * people and share < math.inf):
        return None
    if model.problem.shortfall_price is None and weeks.best_is_short:
        return None
    return Annealed(weeks.best_people(), weeks.least)


def _noise(problem: TourProblem, share: float) -> float:
    """In the worth of a shift, as a cost, given the share of the search that is over."""
    return _hour(problem) * _WARM_H * math.pow(_COOL_H / _WARM_H, share)


def _price_of_short(problem: TourProblem, share: float) -> float:
    """Of one head missing for one interval, given the share of the search that is over."""
    first, last = _SHORT_H
    interval_h = problem.grid.interval_h
    price = _hour(problem) * interval_h * first * math.pow(last / first, share**_LATE)
    if problem.shortfall_price is None:
        return price
    return min(price, problem.shortfall_price * interval_h + problem.worst_interval_price)


def _hour(problem: TourProblem) -> float:
    """Cost of a usual paid hour."""
    return float(np.median(problem.cost_by_interval)) or 1.0
