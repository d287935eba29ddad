"""What one more person is worth: on every shift, and in every tour, given the worth of heads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.optimize.tours.model import TourModel

NEVER = -1e15  # gain of what is not allowed: below any sum of real ones


@dataclass(frozen=True)
class _Window:
    """A break rule over the shifts that have it."""

    shifts: NDArray[np.int64]
    opens: NDArray[np.int64]
    positions: int
    lasts: int


@dataclass(frozen=True)
class Tour:
    """A person to add: its crew, and its shift on each day worked."""

    crew: int
    shifts: NDArray[np.int64]
    gain: float


class ShiftWorth:
    """Gains of single people, for all shifts at once.

    Parameters
    ----------
    model : TourModel
        Shifts, crews and costs.
    """

    def __init__(self, model: TourModel) -> None:
        self._model = model
        self._cost = model.matrix.cost[model.x]
        self._windows = [
            _Window(
                shifts=np.flatnonzero(opens >= 0),
                opens=opens[opens >= 0],
                positions=model.problem.break_starts(rule),
                lasts=model.problem.intervals(rule.length_min),
            )
            for rule, opens in zip(model.problem.breaks, model.window_opens, strict=True)
        ]
        cell = model.shift_group * 7 + model.shift_day
        self._cells, self._cell_start = np.unique(cell, return_index=True)
        self._cell_end = np.append(self._cell_start[1:], len(cell))
        self._pattern = np.zeros((len(model.crew), 7), dtype=bool)
        for crew, days in enumerate(days for of in model.patterns for days in of):
            self._pattern[crew, list(days or ())] = True
        self._free = np.array([model.groups[g].rule.any_days for g in model.crew_group])
        self._days_on = np.array([model.groups[g].rule.days_on for g in model.crew_group])

    def gains(self, worth: NDArray[np.float64]) -> NDArray[np.float64]:
        """What one more person on each shift is worth, less its cost, breaks where missed least.

        Parameters
        ----------
        worth : ndarray, shape (T,)
            Of one more head at work in each interval.
        """
        model, size = self._model, len(worth)
        until = np.concatenate([[0.0], np.cumsum(np.tile(worth, 2))])
        start = model.shift_start
        gains = until[start + model.shift_length] - until[start] - self._cost
        for window in self._windows:
            missed = until[window.lasts : window.lasts + size] - until[:size]
            least = missed
            for k in range(1, window.positions):
                least = np.minimum(least, np.roll(missed, -k))
            gains[window.shifts] -= least[window.opens]
        return np.asarray(gains, dtype=float)

    def day_gains(self, gains: NDArray[np.float64]) -> NDArray[np.float64]:
        """Best gain of a shift of each group on each day, shape (G, 7)."""
        best = np.full(7 * len(self._model.groups), NEVER)
        best[self._cells] = np.maximum.reduceat(gains, self._cell_start)
        return best.reshape(-1, 7)

    def best_tour(self, gains: NDArray[np.float64], allowed: NDArray[np.bool_]) -> Tour:
        """Find the person to add whose shifts gain most together.

        Parameters
        ----------
        gains : ndarray
            By shift, :data:`NEVER` where nobody may be added.
        allowed : ndarray of bool
            By crew.
        """
        by_day = self.day_gains(gains)[self._model.crew_group]
        descending = np.cumsum(-np.sort(-by_day, axis=1), axis=1)
        most = descending[np.arange(len(by_day)), self._days_on - 1]
        total = np.where(self._free, most, (by_day * self._pattern).sum(axis=1))
        crew = int(np.argmax(np.where(allowed, total, -np.inf)))
        days = np.flatnonzero(self._pattern[crew])
        if self._free[crew]:
            days = np.argsort(-by_day[crew], kind="stable")[: self._days_on[crew]]
        shifts = [self.best_shift(gains, int(self._model.crew_group[crew]), int(d)) for d in days]
        return Tour(crew, np.array(sorted(shifts), dtype=np.int64), float(total[crew]))

    def best_shift(self, gains: NDArray[np.float64], group: int, day: int) -> int:
        """Shift of a group on a day that gains most; -1 where it has none."""
        at = int(np.searchsorted(self._cells, 7 * group + day))
        if at == len(self._cells) or self._cells[at] != 7 * group + day:
            return -1
        start, end = self._cell_start[at], self._cell_end[at]
        return int(start + np.argmax(gains[start:end]))
