"""Many weeks of people on tours side by side: who comes and goes, what they cover and cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from staffing.optimize.tours.model import whole_heads
from staffing.optimize.tours.offers import Offers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.optimize.tours.model import TourModel

_DEAR = 200.0  # hours that one head-hour short costs where nobody may be missing
_NEWCOMERS = 0.03  # of the turns are somebody's who is not there yet


class Weeks:
    """Weeks that are put together at the same time, from nobody.

    Parameters
    ----------
    model : TourModel
        Shifts, crews, costs.
    num_weeks : int
        R, the weeks side by side.
    most_people : int
        Nobody comes to a week with that many.
    random : numpy.random.Generator
        Source of all choices.
    """

    def __init__(
        self, model: TourModel, num_weeks: int, most_people: int, random: np.random.Generator
    ) -> None:
        problem = model.problem
        self._model, self._random = model, random
        self._offers = Offers(model, num_weeks, random)
        self._all = np.arange(num_weeks)
        needed = whole_heads(problem).astype(np.float32)
        self._needed = np.ascontiguousarray(np.repeat(needed[:, None], num_weeks, axis=1))
        price = problem.shortfall_price
        if price is None:
            price = _DEAR * (float(problem.cost_by_interval.max()) or 1.0)
        self._price = price * problem.grid.interval_h
        self._worst_price = problem.worst_interval_price
        self._presence = np.zeros((model.size, num_weeks), dtype=np.float32)
        self._labour = np.zeros(num_weeks)
        self._people = np.zeros(num_weeks, dtype=np.int64)
        # By week and place in it; places of nobody are zero at work and cost.
        places = (num_weeks, most_people + 1)
        self._at_work = np.zeros((*places, model.size), dtype=np.int8)
        self._tour_cost = np.zeros(places)
        self._crew = np.zeros(places, dtype=np.int64)
        self._shifts = np.zeros((*places, 7), dtype=np.int64)
        self._cheap, self._warmth = np.float32(0.0), 0.0
        self.least = float(self._cost()[0])
        self.best_is_short = self.least > 0
        self._best = self._crew[0, :0], self._shifts[0, :0]

    def set(self, warmth: float, cheap: float) -> None:
        """Set the noise in the worth of a shift and the price of a head short in an interval."""
        self._warmth, self._cheap = warmth, np.float32(cheap)
        self._offers.warm(warmth)

    def turn(self) -> None:
        """Somebody of every week goes and comes back on another tour, or not; or somebody new."""
        weeks, random = self._all, self._random
        draw = random.random(len(weeks)) / (1 - _NEWCOMERS)
        place = np.where(draw < 1, (draw * self._people).astype(np.int64), self._people)
        leaving = place < self._people
        self._presence -= self._at_work[weeks, place].T
        self._labour -= self._tour_cost[weeks, place]
        wanted = self._needed - self._presence
        np.minimum(wanted, np.float32(1.0), out=wanted)
        np.maximum(wanted, np.float32(0.0), out=wanted)
        missing = wanted.sum(axis=0)
        wanted *= self._cheap
        offer = self._offers.draw(wanted)
        wanted *= offer.at_work
        met = wanted.sum(axis=0)
        gain = met - offer.cost
        # Whoever stays away does so at some noise, too.
        patience = self._warmth * random.exponential(size=len(weeks))
        comes = (gain > np.where(leaving, -patience, patience)) & (
            place < self._at_work.shape[1] - 1
        )
        at_work = offer.at_work * comes
        cost = offer.cost * comes
        self._presence += at_work
        self._labour += cost
        self._at_work[weeks, place] = at_work.T
        self._tour_cost[weeks, place] = cost
        self._crew[weeks, place], self._shifts[weeks, place] = offer.crew, offer.shifts
        self._people += comes & ~leaving
        for week in np.flatnonzero(leaving & ~comes).tolist():
            self._close_up(week, int(place[week]))
        missing -= met * comes / self._cheap
        self._keep_best(self._labour + self._price * missing)

    def thin_out(self, colder: float) -> None:
        """Let copies of better weeks take the places of worse ones.

        Parameters
        ----------
        colder : float
            By how much the inverse of the noise grows.

        References
        ----------
        Hukushima and Iba 2003 (population annealing).
        """
        short = np.maximum(self._needed - self._presence, np.float32(0.0))
        energy = self._labour + float(self._cheap) * short.sum(axis=0)
        likely = np.exp(-colder * (energy - energy.min()))
        at = (self._all + self._random.random()) / len(self._all)
        copies = np.bincount(
            np.searchsorted(np.cumsum(likely) / likely.sum(), at).clip(max=len(at) - 1),
            minlength=len(at),
        )
        to = np.flatnonzero(copies == 0)
        of = np.repeat(self._all, np.maximum(copies - 1, 0))
        if len(to):
            self._presence[:, to] = self._presence[:, of]
            for array in (self._at_work, self._tour_cost, self._crew, self._shifts):
                array[to] = array[of]
            for values in (self._labour, self._people):
                values[to] = values[of]

    def best_people(self) -> NDArray[np.float64]:
        """Values of ``model.people`` in the best week so far."""
        model = self._model
        crews, by_day = self._best
        shifts = by_day[by_day >= 0]
        cell = model.shift_group[shifts] * 7 + model.shift_day[shifts]
        return np.concatenate(
            [
                np.bincount(shifts, minlength=len(model.x)),
                np.bincount(crews, minlength=len(model.crew)),
                np.bincount(cell, minlength=7 * len(model.groups)),
            ]
        ).astype(float)

    def _cost(self) -> NDArray[np.float64]:
        """Objective of every week at true prices, breaks as they are."""
        short = self._needed - self._presence
        worst = np.maximum(short.max(axis=0), np.float32(0.0))
        heads = np.maximum(short, np.float32(0.0), out=short).sum(axis=0)
        return np.asarray(self._labour + self._price * heads + self._worst_price * worst)

    def _close_up(self, week: int, place: int) -> None:
        """Let the last of a week take the place of somebody who left."""
        last = int(self._people[week]) - 1
        for array in (self._at_work, self._tour_cost, self._crew, self._shifts):
            array[week, place] = array[week, last]
        self._at_work[week, last], self._tour_cost[week, last] = 0, 0.0
        self._people[week] = last

    def _keep_best(self, at_least: NDArray[np.float64]) -> None:
        """Keep the best week, if it is better than the best so far; none costs less than given."""
        if at_least.min() >= self.least:
            return
        cost = self._cost()
        week = int(cost.argmin())
        if cost[week] < self.least:
            here = slice(int(self._people[week]))
            self.least = float(cost[week])
            self.best_is_short = bool(cost[week] > self._labour[week])
            self._best = self._crew[week, here].copy(), self._shifts[week, here].copy()
