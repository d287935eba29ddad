"""Parts of a week to plan anew while the rest stays: days, groups, groups that start together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.optimize.tours.engine import Point
    from staffing.optimize.tours.model import TourModel

    Columns = NDArray[np.int64]

KINDS = ("groups", "together", "days")
_ODDS = (0.4, 0.4, 0.2)
_FIRST_SIZE = {"groups": 3.0, "together": 3.0, "days": 2.0}
_SIZE_STEP = 0.5
_QUICK, _SLOW = 0.3, 0.8  # of the time limit
_NEAR_END_S = 1.5
_MEMORY = 0.7  # of the longest time, kept from one part to the next
_WORTH_A_TRY = 2.0  # paid hours of reduced cost up to which a shift may come in
_GROUP_WORTH_A_TRY = 1.0


class Neighbourhoods:
    """Draws parts of the week, larger ones where they are planned in no time.

    Parameters
    ----------
    model : TourModel
        The columns.
    relaxed : Point
        Solution in fractions of people; its reduced costs say what is worth a try.
    seed : int
        Of the draws.
    """

    def __init__(self, model: TourModel, relaxed: Point, seed: int) -> None:
        self._model = model
        self._rng = np.random.default_rng(seed)
        self._size = dict(_FIRST_SIZE)
        self._longest_s = dict.fromkeys(KINDS, 0.0)
        cost = model.matrix.cost[model.x]
        hour = float(cost.sum() / max(1.0, _paid_hours(model).sum())) or 1.0
        reduced = relaxed.reduced_costs[model.x]
        self._tempting = reduced <= _WORTH_A_TRY * hour
        best = np.full(len(model.groups), np.inf)
        np.minimum.at(best, model.shift_group, reduced)
        self._tempting_group = best <= _GROUP_WORTH_A_TRY * hour
        self._band = np.array([group.band_start for group in model.groups])

    def draw(self, values: NDArray[np.float64], left_s: float) -> tuple[str, Columns] | None:
        """Kind of a part and its columns, given the plan's values and the seconds left.

        The solver does not look at the clock often, so near the end only kinds that were soon done
        lately are drawn; None when there is no such kind.
        """
        soon = [self._longest_s[kind] <= left_s or left_s > _NEAR_END_S for kind in KINDS]
        odds = np.where(soon, _ODDS, 0.0)
        if not odds.any():
            return None
        kind = str(self._rng.choice(KINDS, p=odds / odds.sum()))
        size = int(self._size[kind] + self._rng.random())
        if kind == "days":
            days = self._rng.choice(7, size=max(1, min(7, size)), replace=False)
            return kind, self.days(values, days)
        return kind, self._groups(values, self._chosen(kind, values, max(1, size)))

    def days(self, values: NDArray[np.float64], days: NDArray[np.int64]) -> Columns:
        """All shifts on some days, crews as they are."""
        model = self._model
        shifts = np.isin(model.shift_day, days) & self._usable(values)
        return np.concatenate([model.x[shifts], model.day_heads[:, days].ravel()])

    def learn(self, kind: str, took_s: float, limit_s: float) -> None:
        """Draw larger parts of a kind that was soon done, smaller ones of one that was not."""
        self._longest_s[kind] = max(took_s, _MEMORY * self._longest_s[kind])
        share = took_s / limit_s
        if share < _QUICK:
            self._size[kind] += _SIZE_STEP
        elif share > _SLOW:
            self._size[kind] = max(1.0, self._size[kind] - _SIZE_STEP * max(1.0, share))

    def _chosen(self, kind: str, values: NDArray[np.float64], size: int) -> NDArray[np.int64]:
        model, rng = self._model, self._rng
        people = np.zeros(len(model.groups))
        np.add.at(people, model.crew_group, values[model.crew])
        active = np.flatnonzero(people > 0)
        worth = np.flatnonzero((people > 0) | self._tempting_group)
        if kind == "together" and len(active):
            centre = self._band[rng.choice(active)]
            day = model.problem.grid.per_day
            apart = np.abs(self._band[worth] - centre)
            apart = np.minimum(apart, day - apart)
            nearest = np.argsort(apart + rng.random(len(worth)), kind="stable")
            return worth[nearest[: size + 1]]
        chosen = rng.choice(active, size=min(size, len(active)), replace=False)
        if len(worth):
            chosen = np.append(chosen, rng.choice(worth))
        return np.unique(chosen)

    def _groups(self, values: NDArray[np.float64], groups: NDArray[np.int64]) -> Columns:
        model = self._model
        shifts = np.isin(model.shift_group, groups) & self._usable(values)
        crews = np.isin(model.crew_group, groups)
        return np.concatenate([model.x[shifts], model.crew[crews], model.day_heads[groups].ravel()])

    def _usable(self, values: NDArray[np.float64]) -> NDArray[np.bool_]:
        return self._tempting | (values[self._model.x] > 0)


def _paid_hours(model: TourModel) -> NDArray[np.float64]:
    lengths = np.unique(model.shift_length)
    paid = np.zeros(int(lengths.max()) + 1)
    paid[lengths] = [model.problem.paid_h(int(length)) for length in lengths]
    return paid[model.shift_length]
