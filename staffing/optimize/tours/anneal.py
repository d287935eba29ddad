"""Annealing of whole tours, for weeks with few people, where a single person is a large part.

One person at a time goes home and comes back on the tour that is worth most just then, of all
tours on offer, breaks included. Worth carries some noise, less and less of it, so that the week
settles slowly. Heads short are cheap meanwhile: at their true price nobody could ever leave, and
the week would stay as it was first put together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from staffing.optimize.tours.breaks import place_breaks
from staffing.optimize.tours.first import Staff
from staffing.optimize.tours.local import searchable
from staffing.optimize.tours.model import whole_heads
from staffing.optimize.tours.worth import NEVER, ShiftWorth

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from staffing.optimize.tours.engine import Point
    from staffing.optimize.tours.model import TourModel
    from staffing.tours.problem import TourProblem

_MOST_PEOPLE = 100.0  # of the relaxation; with more, a turn for everybody takes too long
_SHORT_H = (3.5, 8.0)  # paid hours that one head-hour short costs, first and last
_LATE = 4  # power of the share of the search by which that price rises: near the end only
_WARM_H, _COOL_H = 1.0, 0.2  # paid hours of noise in the worth of a shift
_BREAK_NOISE = 0.1  # of that of a shift
_NEWCOMERS = 0.03  # of the turns are somebody's who is not there yet
_TURNS_BETWEEN_LOOKS = 50  # at how much of the time is over
_LEAST_TURNS = 50  # of each person, or the dive does better
_NOISE_KEPT = 1 << 15


@dataclass(frozen=True)
class _Person:
    """Somebody on a tour: crew, shifts, intervals at work, cost."""

    crew: int
    shifts: tuple[int, ...]
    at_work: NDArray[np.int64]
    cost: float


def annealable(model: TourModel, relaxed: Point) -> bool:
    """Whether anybody may come, go or be missing, and everybody has many turns in little time."""
    few = float(relaxed.values[model.crew].sum()) <= _MOST_PEOPLE
    return few and searchable(model.problem) and model.problem.shortfall_price is not None


def anneal(model: TourModel, seed: int, done: Callable[[int, float], float]) -> Staff | None:
    """Put a week together from nobody.

    Parameters
    ----------
    model : TourModel
        The columns, of a problem that is :func:`annealable`.
    seed : int
        Of the choices.
    done : callable
        Given the turns taken and the least cost so far, the share of the search that is over, 1 at
        its end.

    Returns
    -------
    Staff or None
        None when there were too few turns.

    References
    ----------
    Kirkpatrick, Gelatt and Vecchi 1983 (annealing); Papandreou and Yuille 2011 (the best choice
    under noise as a draw of the likely ones).
    """
    week = _Week(model, seed)
    turns, share = 0, done(0, week.least)
    while share < 1:
        week.look(share)
        for _ in range(_TURNS_BETWEEN_LOOKS):
            week.turn()
        turns += _TURNS_BETWEEN_LOOKS
        share = done(turns, week.least)
    if turns < _LEAST_TURNS * max(1, len(week.people)):
        return None
    people = week.best_people()
    point = place_breaks(model, people, seed)
    return None if point is None else Staff(people, point, "annealing finished")


class _Week:
    """People on tours, what they cover and cost."""

    def __init__(self, model: TourModel, seed: int) -> None:
        problem = model.problem
        self._model = model
        self._worth = ShiftWorth(model)
        self._random = np.random.default_rng(seed)
        # Drawing noise takes longer than the rest of a turn: slices of one long draw will do.
        self._noise = self._random.gumbel(size=_NOISE_KEPT + max(len(model.x), 2 * model.size))
        self._everybody = np.ones(len(model.crew), dtype=bool)
        self._cost = model.matrix.cost[model.x]
        self._needed = whole_heads(problem)
        self._start, self._length = model.shift_start.tolist(), model.shift_length.tolist()
        self._group = model.shift_group.tolist()
        self._breaks = [_breaks(problem, group.length) for group in model.groups]
        self._ring = np.arange(2 * model.size) % model.size
        self._hour = float(np.median(problem.cost_by_interval)) or 1.0
        self._interval_h = problem.grid.interval_h
        self._worst_price = problem.worst_interval_price
        self._price = (problem.shortfall_price or 0.0) * self._interval_h
        self.people: list[_Person] = []
        self.presence = np.zeros(model.size)
        self.labour = 0.0
        self._best: list[_Person] = []
        self.least = self.cost()
        self.look(0.0)

    def look(self, share: float) -> None:
        """Set noise and the price of heads short, given the share of the search that is over."""
        self._warmth = self._hour * _WARM_H * (_COOL_H / _WARM_H) ** share
        first, last = _SHORT_H
        price = self._hour * self._interval_h * first * (last / first) ** (share**_LATE)
        self._cheap = min(price, self._price + self._worst_price)

    def cost(self) -> float:
        """Objective at true prices, breaks as they are."""
        short = self._needed - self.presence
        worst = float(short.max())
        if worst <= 0:
            return self.labour
        heads = float(np.maximum(short, 0.0).sum())
        return self.labour + self._price * heads + self._worst_price * worst

    def turn(self) -> None:
        """Somebody goes and comes back on another tour, or not; or somebody new comes."""
        number = len(self.people)
        draw = self._random.random() / (1 - _NEWCOMERS)
        leaving = draw < 1 and number > 0
        if leaving:
            at = int(draw * number)
            self._change(self.people[at], -1)
            self.people[at] = self.people[-1]
            self.people.pop()
        gain, person = self._comer()
        # Whoever stays away does so at some noise, too.
        patience = self._warmth * self._random.exponential()
        if gain > (-patience if leaving else patience):
            self.people.append(person)
            self._change(person, 1)
            if self.labour < self.least and (cost := self.cost()) < self.least:
                self.least, self._best = cost, list(self.people)

    def best_people(self) -> NDArray[np.float64]:
        """Values of ``model.people`` in the best week so far."""
        model = self._model
        shifts = np.array([j for person in self._best for j in person.shifts], dtype=np.int64)
        crews = np.array([person.crew for person in self._best], dtype=np.int64)
        cell = model.shift_group[shifts] * 7 + model.shift_day[shifts]
        return np.concatenate(
            [
                np.bincount(shifts, minlength=len(model.x)),
                np.bincount(crews, minlength=len(model.crew)),
                np.bincount(cell, minlength=7 * len(model.groups)),
            ]
        ).astype(float)

    def _change(self, person: _Person, by: int) -> None:
        self.presence[person.at_work] += by
        self.labour += by * person.cost

    def _comer(self) -> tuple[float, _Person]:
        """The tour that is worth most just now, noise included, and its gain without noise."""
        wanted = np.minimum(self._needed - self.presence, 1.0)
        np.maximum(wanted, 0.0, out=wanted)
        wanted *= self._cheap
        gains = self._worth.gains(wanted)
        drawn = int(self._random.integers(_NOISE_KEPT))
        noisy = self._noise[drawn : drawn + len(gains)] * self._warmth
        noisy += gains
        tour = self._worth.best_tour(noisy, self._everybody)
        twice = np.concatenate([wanted, wanted])
        at_work = np.concatenate([self._at_work(j, twice, drawn) for j in tour.shifts.tolist()])
        person = _Person(
            crew=tour.crew,
            shifts=tuple(tour.shifts.tolist()),
            at_work=at_work,
            cost=float(self._cost[tour.shifts].sum()),
        )
        gain = float(gains[tour.shifts].sum()) if tour.gain > NEVER / 2 else NEVER
        return gain, person

    def _at_work(self, j: int, twice: NDArray[np.float64], drawn: int) -> NDArray[np.int64]:
        """Intervals at work on a shift, each break where heads are worth least, more or less.

        ``twice`` holds the worth of heads in two weeks, `drawn` is where the noise starts.
        """
        start, end = self._start[j], self._start[j] + self._length[j]
        parts, since = [], start
        for after, positions, lasts in self._breaks[self._group[j]]:
            opens = start + after
            opens_at = opens % self._model.size
            missed = twice[opens_at : opens_at + positions + lasts - 1]
            if lasts > 1:
                missed = np.convolve(missed, np.ones(lasts), "valid")
            noise = self._noise[drawn + opens_at : drawn + opens_at + positions]
            taken = opens + int((missed - (_BREAK_NOISE * self._warmth) * noise).argmin())
            parts.append(self._ring[since:taken])
            since = taken + lasts
        parts.append(self._ring[since:end])
        return np.concatenate(parts)


def _breaks(problem: TourProblem, length: int) -> list[tuple[int, int, int]]:
    """Of each break of a shift, in order: when its window opens, starts in it, its intervals."""
    return sorted(
        (
            problem.opens_after(rule, length),
            problem.break_starts(rule),
            problem.intervals(rule.length_min),
        )
        for rule in problem.breaks_of(length)
    )
