"""A convex cost between two bounds: tangents below, interpolation on simplices above."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING

import numpy as np

from staffing.errors import BadInputError
from staffing.optimize.workforce.value.solved import SolvedPoints
from staffing.optimize.workforce.value.tree import SimplexTree, kuhn_corners, kuhn_weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.hiring.value_evidence import Array
    from staffing.optimize.workforce.value.solved import Solve

_ROUNDING = 1e-9


@dataclass(frozen=True)
class ValueBounds:
    """Bounds of the cost of each point.

    Parameters
    ----------
    lower : ndarray, shape (points,)
        No point costs less; holds everywhere.
    upper : ndarray, shape (points,)
        No point costs more; infinite outside the box, where nothing is certified.
    inside : ndarray of bool, shape (points,)
        Whether the point lies in the box.
    """

    lower: Array
    upper: Array
    inside: NDArray[np.bool_]


class ValueFunction:
    """Bounds of a convex cost in a box, tighter wherever more points were solved.

    Parameters
    ----------
    solve : callable
        From a point, shape (factors,), to the exact cost and one of its subgradients.
    lower, upper : ndarray, shape (factors,)
        The box, ``lower < upper`` in every factor.

    Raises
    ------
    BadInputError
        When a factor does not vary.
    """

    def __init__(self, solve: Solve, lower: Array, upper: Array) -> None:
        for i, width in enumerate(upper - lower):
            if not width > 0:
                raise BadInputError.at(
                    f"factors[{i}]", float(width), "a factor that varies; leave it out otherwise"
                )
        self.solved = SolvedPoints(solve, lower, upper)
        factors = len(lower)
        self.solved.at(np.array(list(product((0.0, 1.0), repeat=factors))))
        roots = kuhn_corners(factors)
        numbers = self.solved.at(roots.reshape(-1, factors))
        self.tree = SimplexTree(numbers.reshape(roots.shape[:2]))
        self._edges = np.array(list(combinations(range(factors + 1), 2)))

    def unit(self, points: Array) -> Array:
        """Coordinates in the box, 0 to 1 inside."""
        return np.asarray((points - self.solved.lower) / self.solved.span, dtype=float)

    def refine(self, simplices: NDArray[np.int64]) -> None:
        """Halve simplices at the edge on which the bounds are farthest apart."""
        corners = self.tree.corners[simplices]
        edges = self._edges[self._gap_at_midpoints(corners).argmax(axis=1)]
        ends = np.take_along_axis(corners, edges, axis=1)
        midpoints = self.solved.at(self.solved.unit[ends].mean(axis=1))
        self.tree.halve(simplices, edges, midpoints)

    def evaluate(self, points: Array) -> ValueBounds:
        """Bound the cost of points, shape (points, factors), without a solve.

        Notes
        -----
        A tangent of a convex function lies below it, a chord above it (Jensen's inequality).
        """
        unit = self.unit(points)
        inside = ((unit >= -_ROUNDING) & (unit <= 1 + _ROUNDING)).all(axis=1)
        upper = np.full(len(unit), np.inf)
        simplex, weights = self.locate(np.clip(unit[inside], 0.0, 1.0))
        upper[inside] = self.interpolate(simplex, weights)
        return ValueBounds(self.solved.cuts(0, unit), upper, inside)

    def locate(self, unit: Array) -> tuple[NDArray[np.int64], Array]:
        """Simplex of points in the unit box, and their weights on its corners."""
        simplex, weights = kuhn_weights(unit)
        self.tree.descend(simplex, weights)
        return simplex, weights

    def interpolate(self, simplex: NDArray[np.int64], weights: Array) -> Array:
        """Weighted mean of the cost at the corners: an upper bound."""
        costs = self.solved.cost[self.tree.corners[simplex]]
        costs *= weights
        total = costs[:, 0].copy()
        for slot in range(1, costs.shape[1]):
            total += costs[:, slot]
        return total

    def _gap_at_midpoints(self, corners: NDArray[np.int64]) -> Array:
        """Chord over the highest tangent of the simplex itself, shape (simplices, edges)."""
        unit, cost, slope = (values[corners] for values in self._exact())
        ends = self._edges
        middle = (unit[:, ends[:, 0]] + unit[:, ends[:, 1]]) / 2
        chord = (cost[:, ends[:, 0]] + cost[:, ends[:, 1]]) / 2
        at_zero = cost - (slope * unit).sum(axis=2)
        tangents = middle @ slope.transpose(0, 2, 1) + at_zero[:, None, :]
        return np.asarray(chord - tangents.max(axis=2), dtype=float)

    def _exact(self) -> tuple[Array, Array, Array]:
        return self.solved.unit, self.solved.cost, self.solved.slope
