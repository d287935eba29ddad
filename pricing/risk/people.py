"""People a team needs as the work moves: off its staffing curve, and along a straight line.

The work of week t, as a multiple of what is planned for it, is linear in three coordinates that the
factors are mapped to, so products of factors stay exact:

    x_t = level + growth x years_t + shock x window_t
    level = V K r,  growth = V K r (T - 1),  shock = V K r (S - 1)

with V volume, K complexity, T trend, S shock; r is what absence takes: people absent more often are
fewer on site, as if there were more work for each.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from staffing.curve import scaled
from staffing.hiring.factors import FactorSpace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

COORDINATES = ("level", "growth", "shock")
_AS_PLANNED = np.array([1.0, 0.0, 0.0])


def window_of(num_weeks: int) -> Array:
    """Weeks of the middle quarter of the term, in which a shock would be: 1 there, 0 elsewhere."""
    weeks = np.arange(num_weeks)
    first, last = 3 * num_weeks // 8, max(3 * num_weeks // 8 + 1, 5 * num_weeks // 8)
    return np.asarray((weeks >= first) & (weeks < last), dtype=float)


def work_coordinates(factors: Mapping[str, Array], draws: int) -> Array:
    """Coordinates of the client's work, before absence, shape (draws, 3)."""
    one = np.ones(draws)
    work = factors.get("volume", one) * factors.get("complexity", one)
    trend, shock = factors.get("trend"), factors.get("shock")
    nothing = np.zeros(draws)
    return np.stack(
        [
            work,
            nothing if trend is None else work * (trend - 1),
            nothing if shock is None else work * (shock - 1),
        ],
        axis=1,
    )


def absence_load(out_of_office: float, factor: Array | float) -> Array:
    """Work for each person on site where absence is `factor` times as high, over the planned.

    ``(1 - s) / (1 - s f)`` with s the share of paid time away; never more than half of the rest.
    """
    away = np.minimum(out_of_office * np.asarray(factor), (1 + out_of_office) / 2)
    return np.asarray((1 - out_of_office) / (1 - away), dtype=float)


@dataclass(frozen=True)
class TeamPeople:
    """People of one team along the coordinates.

    Parameters
    ----------
    scales : ndarray, shape (points,)
        Volumes of the staffing curve over the base week, rising from 0.
    hours : ndarray, shape (points, classes)
        Scheduled hours a week there, by premium class.
    peaks : ndarray, shape (points,)
        Most people on duty there.
    fte_hours : float
        Hours a week one full-time person is on site.
    planned_scale : ndarray, shape (weeks,)
        Volume of each week as planned, over the base week.
    years : ndarray, shape (weeks,)
        Years from the start of the term to the middle of each week.
    reach : float
        How far the work may be off, as a share: the line is the chord over it, either way.
    """

    scales: Array
    hours: Array
    peaks: Array
    fte_hours: float
    planned_scale: Array
    years: Array
    reach: float

    @cached_property
    def moves(self) -> Array:
        """What one unit of each coordinate adds to the work of a week, shape (3, weeks)."""
        weeks = len(self.years)
        return np.stack([np.ones(weeks), self.years, window_of(weeks)])

    @cached_property
    def planned(self) -> Array:
        """People needed as planned, FTE by week."""
        return self.needed(_AS_PLANNED)

    @cached_property
    def slope(self) -> Array:
        """People one more unit of a week's work takes: the curve's chord, shape (weeks,)."""
        more, less = (self._people(self.planned_scale * (1 + s)) for s in (self.reach, -self.reach))
        return np.asarray((more - less) / (2 * self.reach), dtype=float)

    def work(self, points: Array) -> Array:
        """Work of each week over the planned one, never below 0, shape (..., weeks).

        Points are of shape (..., 3), here and below.
        """
        # Point by point: what one future costs does not hang on which others are asked with it.
        return np.asarray(np.maximum((points[..., None, :] @ self.moves)[..., 0, :], 0.0))

    def needed(self, points: Array) -> Array:
        """People needed, off the staffing curve, FTE, shape (..., weeks)."""
        return self._people(self.planned_scale * self.work(points))

    def hours_by_class(self, points: Array) -> Array:
        """Scheduled hours by premium class, shape (..., weeks, classes)."""
        scale = self.planned_scale * self.work(points)
        return np.stack([scaled(scale, self.scales, one) for one in self.hours.T], axis=-1)

    def peak_heads(self, points: Array) -> Array:
        """Most people on duty at once, shape (..., weeks)."""
        return scaled(self.planned_scale * self.work(points), self.scales, self.peaks)

    def bend(self) -> float:
        """How far the curve is from its line over the reach, as a share of the people planned."""
        off = [
            self._people(self.planned_scale * (1 + s)) - self.planned - s * self.slope
            for s in (-self.reach, -self.reach / 2, self.reach / 2, self.reach)
        ]
        return float(np.abs(off).max() / max(float(self.planned.max()), 1e-12))

    def _people(self, scale: Array) -> Array:
        return scaled(scale, self.scales, self.hours.sum(axis=1)) / self.fte_hours


def line_of(people: tuple[TeamPeople, ...], fixed_weeks: int) -> FactorSpace:
    """People of all teams along the coordinates, as planned in the first `fixed_weeks`.

    Returns
    -------
    FactorSpace
        Demand of shape (weeks, teams); nobody is hired in it.
    """
    planned = np.stack([one.planned for one in people], axis=1)
    slope = np.stack([one.slope for one in people], axis=1)
    slope[:fixed_weeks] = 0.0
    moves = people[0].moves[:, :, None] * slope
    nobody = np.zeros_like(planned)
    return FactorSpace(planned - slope, nobody, moves, np.zeros_like(moves))
