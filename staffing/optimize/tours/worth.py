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

    shifts: NDArray[np.int64] | slice
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
        self._ends = model.shift_start + model.shift_length
        self._windows = [
            _Window(
                # Taking all of them by a slice copies nothing.
                shifts=slice(None) if (opens >= 0).all() else np.flatnonzero(opens >= 0),
                opens=opens[opens >= 0],
                positions=model.problem.break_starts(rule),
                lasts=model.problem.intervals(rule.length_min),
            )
            for rule, opens in zip(model.problem.breaks, model.window_opens, strict=True)
        ]
        cell = model.shift_group * 7 + model.shift_day
        self._cells, self._cell_start = np.unique(cell, return_index=True)
        ends = np.append(self._cell_start[1:], len(cell))
        self._shifts_of: dict[int, tuple[int, int]] = dict(
            zip(
                self._cells.tolist(),
                zip(self._cell_start.tolist(), ends.tolist(), strict=True),
                strict=True,
            )
        )
        self._pattern = np.zeros((len(model.crew), 7), dtype=bool)
        for crew, days in enumerate(days for of in model.patterns for days in of):
            self._pattern[crew, list(days or ())] = True
        self._free = np.array([model.groups[g].rule.any_days for g in model.crew_group])
        self._days_on = np.array([model.groups[g].rule.days_on for g in model.crew_group])
        self._order = np.arange(len(model.crew))
        sizes = ends - self._cell_start
        self._even = int(sizes[0]) if (sizes == sizes[0]).all() else 0

    def gains(self, worth: NDArray[np.float64]) -> NDArray[np.float64]:
        """What one more person on each shift is worth, less its cost, breaks where missed least.

        Parameters
        ----------
        worth : ndarray, shape (T,)
            Of one more head at work in each interval.
        """
        size = len(worth)
        until = np.empty(2 * size + 1)
        until[0] = 0.0
        np.cumsum(np.concatenate([worth, worth]), out=until[1:])
        gains = until.take(self._ends)
        gains -= until.take(self._model.shift_start)
        gains -= self._cost
        for window in self._windows:
            missed = until[window.lasts : window.lasts + size] - until[:size]
            missed = np.concatenate([missed, missed[: window.positions - 1]])
            least = missed[:size].copy()
            for k in range(1, window.positions):
                np.minimum(least, missed[k : k + size], out=least)
            gains[window.shifts] -= least.take(window.opens)
        return gains

    def day_gains(self, gains: NDArray[np.float64]) -> NDArray[np.float64]:
        """Best gain of a shift of each group on each day, shape (G, 7)."""
        if self._even:  # as many starts in every cell: much faster in columns
            found = gains[:: self._even].copy()
            for k in range(1, self._even):
                np.maximum(found, gains[k :: self._even], out=found)
        else:
            found = np.maximum.reduceat(gains, self._cell_start)
        best = found
        if len(found) < 7 * len(self._model.groups):
            best = np.full(7 * len(self._model.groups), NEVER)
            best[self._cells] = found
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
        if self._free.all():
            total = self._best_days(by_day)
        else:
            on_pattern = (by_day * self._pattern).sum(axis=1)
            total = np.where(self._free, self._best_days(by_day), on_pattern)
        crew = int(np.argmax(np.where(allowed, total, -np.inf)))
        days = np.flatnonzero(self._pattern[crew])
        if self._free[crew]:
            days = np.argsort(-by_day[crew], kind="stable")[: self._days_on[crew]]
        group = int(self._model.crew_group[crew])
        shifts = sorted(self.best_shift(gains, group, day) for day in days.tolist())
        return Tour(crew, np.array(shifts, dtype=np.int64), float(total[crew]))

    def _best_days(self, by_day: NDArray[np.float64]) -> NDArray[np.float64]:
        """Sum of as many of the best days as a crew works, by crew."""
        descending = np.cumsum(-np.sort(-by_day, axis=1), axis=1)
        return np.asarray(descending[self._order, self._days_on - 1], dtype=float)

    def best_shift(self, gains: NDArray[np.float64], group: int, day: int) -> int:
        """Shift of a group on a day that gains most; -1 where it has none."""
        if 7 * group + day not in self._shifts_of:
            return -1
        start, end = self._shifts_of[7 * group + day]
        return int(start + gains[start:end].argmax())
