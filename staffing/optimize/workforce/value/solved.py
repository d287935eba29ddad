"""Points at which a convex cost was solved exactly: its value and one slope at each.

Points are in unit coordinates: 0 to 1 along each side of the box. Corners and midpoints of
midpoints are then exact in binary, so a point reached along two edges is recognised.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from staffing.hiring.value_evidence import Array

    Solve = Callable[[Array], tuple[float, Array]]

_BLOCK = 2048


class SolvedPoints:
    """Exact solutions of a convex cost in a box, solved on demand and never twice.

    Parameters
    ----------
    solve : callable
        From a point, shape (factors,), to the exact cost and one of its subgradients; raises when
        it has no proven optimum.
    lower, upper : ndarray, shape (factors,)
        The box.
    """

    def __init__(self, solve: Solve, lower: Array, upper: Array) -> None:
        self._solve = solve
        self.lower, self.span = lower, upper - lower
        self._index: dict[bytes, int] = {}
        self.unit = np.zeros((0, len(lower)))
        self.cost = np.zeros(0)
        self.slope = np.zeros((0, len(lower)))

    def __len__(self) -> int:
        """Return the number of points solved."""
        return len(self.cost)

    def at(self, unit: Array) -> NDArray[np.int64]:
        """Numbers of points, shape (points, factors), which are solved where they are new."""
        keys = [point.tobytes() for point in unit]
        unknown = {key: point for key, point in zip(keys, unit, strict=True) if self._is_new(key)}
        if unknown:
            self._add(np.array(list(unknown.values())))
        return np.array([self._index[key] for key in keys], dtype=np.int64)

    def cuts(self, first: int, unit: Array) -> Array:
        """Highest tangent from point number `first` on, at points (points, factors)."""
        at_zero = self.cost[first:] - (self.slope[first:] * self.unit[first:]).sum(axis=1)
        highest = np.empty(len(unit))
        slope, level = self.slope[first:], at_zero[:, None]
        for start in range(0, len(unit), _BLOCK):
            tangents = slope @ unit[start : start + _BLOCK].T
            tangents += level
            tangents.max(axis=0, out=highest[start : start + _BLOCK])
        return highest

    def _is_new(self, key: bytes) -> bool:
        return key not in self._index

    def _add(self, unit: Array) -> None:
        """Solve new points, each next to the last: a near basis needs few pivots."""
        costs: list[float] = []
        slopes: list[Array] = []
        order = _neighbours(unit, self.unit[-1:])
        for i in order:
            cost, slope = self._solve(self.lower + self.span * unit[i])
            self._index[unit[i].tobytes()] = len(self) + len(costs)
            costs.append(cost)
            slopes.append(np.asarray(slope) * self.span)
        self.unit = np.vstack([self.unit, unit[order]])
        self.cost = np.append(self.cost, costs)
        self.slope = np.vstack([self.slope, slopes])


def _neighbours(points: Array, last: Array) -> list[int]:
    """Order in which each point is the nearest one left, from the last one solved."""
    here = last[0] if len(last) else points[0]
    left, order = np.arange(len(points)), []
    while len(left):
        nearest = int(((points[left] - here) ** 2).sum(axis=1).argmin())
        order.append(int(left[nearest]))
        here = points[order[-1]]
        left = np.delete(left, nearest)
    return order
