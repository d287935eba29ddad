"""Staffing curve: scheduled hours and seats of a team as a function of its weekly volume.

Coverage is solved at a few multiples of the base week; between them the curve is linear. Small
teams cost more per unit than large ones, and a minimum crew costs the same for little work as for
none: both show here and nowhere else has to model them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

CURVE_SCALES = (0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
COARSE_SCALES = (0.0, 0.5, 1.0, 1.5, 2.0)  # where each point takes seconds: tours and breaks


@dataclass(frozen=True)
class StaffingCurve:
    """Solved points of a curve.

    Parameters
    ----------
    scales : ndarray, shape (K,)
        Multiples of the base week, increasing from 0.
    hours_by_class : ndarray, shape (K, C)
        Scheduled paid hours per week by premium class; totals never fall with volume.
    peak_heads : ndarray, shape (K,)
        Most people on duty at once; never falls with volume.
    """

    scales: NDArray[np.float64]
    hours_by_class: NDArray[np.float64]
    peak_heads: NDArray[np.float64]

    def hours_at(self, scale: NDArray[np.float64]) -> NDArray[np.float64]:
        """Scheduled hours per week by class, shape (len(scale), C)."""
        columns = [self._at(scale, column) for column in self.hours_by_class.T]
        return np.stack(columns, axis=1)

    def total_hours_at(self, scale: NDArray[np.float64]) -> NDArray[np.float64]:
        """Scheduled hours per week, shape of `scale`."""
        return self._at(scale, self.hours_by_class.sum(axis=1))

    def peak_at(self, scale: NDArray[np.float64]) -> NDArray[np.float64]:
        """Most people on duty at once, shape of `scale`."""
        return self._at(scale, self.peak_heads)

    def _at(self, scale: NDArray[np.float64], values: NDArray[np.float64]) -> NDArray[np.float64]:
        return scaled(scale, self.scales, values)


def scaled(
    scale: NDArray[np.float64], scales: NDArray[np.float64], values: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Read a curve: linear between its points; beyond the last one proportional to volume."""
    inside = np.interp(scale, scales, values)
    beyond = np.maximum(1.0, np.asarray(scale) / scales[-1])
    return np.asarray(inside * beyond, dtype=float)


def curve_scales(weekly_scale: NDArray[np.float64], *, coarse: bool = False) -> tuple[float, ...]:
    """Multiples of the base week to solve, so that the busiest week lies on the curve."""
    scales = COARSE_SCALES if coarse else CURVE_SCALES
    busiest = float(weekly_scale.max())
    return scales if busiest <= scales[-1] else (*scales, round(busiest, 6))


def monotone_curve(
    scales: tuple[float, ...],
    hours_by_class: list[NDArray[np.float64]],
    peak_heads: list[float],
) -> StaffingCurve:
    """Build a curve in which more volume never takes fewer hours or seats.

    A solved point may come out below a smaller one by its optimality gap; it is then replaced by
    the smaller point's hours, the safe side.
    """
    rows = [hours_by_class[0]]
    for row in hours_by_class[1:]:
        rows.append(row if row.sum() >= rows[-1].sum() else rows[-1])
    return StaffingCurve(
        np.array(scales), np.array(rows), np.maximum.accumulate(np.array(peak_heads))
    )
