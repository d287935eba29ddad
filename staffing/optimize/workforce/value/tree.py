"""A box cut into simplices, and those in two again and again: where a point lies, and its weights.

The box is cut along its diagonal (Kuhn 1960); a simplex is halved at the midpoint m of one edge
(a, b). A point with weights la, lb on the ends of that edge goes to the half that keeps the
heavier end, with weights ``la - lb`` there and ``2 lb`` on m, so weights stay 0 or more and sum 1.
Nothing is searched for. A simplex is valid by itself: corners hanging on its sides do no harm.
"""

from __future__ import annotations

from itertools import permutations
from math import factorial
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.hiring.value_evidence import Array

    Numbers = NDArray[np.int64]


def kuhn_corners(factors: int) -> Array:
    """Corners of the simplices of the unit box, shape (factors!, factors + 1, factors)."""
    orders = np.array(list(permutations(range(factors))))
    steps = np.eye(factors)[orders].cumsum(axis=1)
    return np.concatenate([np.zeros((len(orders), 1, factors)), steps], axis=1)


def kuhn_weights(unit: Array) -> tuple[Numbers, Array]:
    """Simplex of the unit box and weights on its corners, for points (points, factors)."""
    factors = unit.shape[1]
    order = np.argsort(-unit, axis=1, kind="stable")
    digits = factors ** np.arange(factors)
    number = np.zeros(factors**factors, dtype=np.int64)
    number[np.array(list(permutations(range(factors)))) @ digits] = np.arange(factorial(factors))
    simplex = number[order @ digits]
    ranked = np.take_along_axis(unit, order, axis=1)
    ends = np.ones((len(unit), 1)), np.zeros((len(unit), 1))
    return simplex, -np.diff(np.concatenate([ends[0], ranked, ends[1]], axis=1), axis=1)


class SimplexTree:
    """Simplices by number; the first are those of the box, and halves come after their whole.

    Parameters
    ----------
    corners : ndarray of int, shape (simplices, factors + 1)
        Numbers of the corners of the first simplices.
    """

    def __init__(self, corners: Numbers) -> None:
        self.corners = corners
        self._halved = np.zeros(len(corners), dtype=bool)
        self._edge = np.zeros((len(corners), 2), dtype=np.int64)
        self._half = np.zeros((len(corners), 2), dtype=np.int64)

    def halve(self, simplices: Numbers, edges: Numbers, midpoints: Numbers) -> None:
        """Halve simplices, each at a corner numbered `midpoints` on its edge of two slots."""
        rows, count = np.arange(len(simplices)), len(self.corners)
        first, second = self.corners[simplices], self.corners[simplices]
        first[rows, edges[:, 1]] = midpoints
        second[rows, edges[:, 0]] = midpoints
        self._halved[simplices] = True
        self._edge[simplices] = edges
        self._half[simplices] = count + np.stack([rows, len(rows) + rows], axis=1)
        more = 2 * len(rows)
        self.corners = np.vstack([self.corners, first, second])
        self._halved = np.append(self._halved, np.zeros(more, dtype=bool))
        self._edge = np.vstack([self._edge, np.zeros((more, 2), dtype=np.int64)])
        self._half = np.vstack([self._half, np.zeros((more, 2), dtype=np.int64)])

    def descend(self, simplex: Numbers, weights: Array) -> None:
        """Move points down to the smallest simplex they lie in; both arrays change in place."""
        # Looked up in flat tables: which end is heavier is a toss-up, and branches on it are slow.
        edges, halves = self._edge.ravel(), self._half.ravel()
        flat, width = weights.reshape(-1), weights.shape[1]
        moving = np.flatnonzero(self._halved[simplex])
        at = simplex[moving]
        while len(moving):
            start, at = width * moving, 2 * at
            weight_a, weight_b = flat[start + edges[at]], flat[start + edges[at + 1]]
            lighter_a = weight_a < weight_b
            flat[start + edges[at + lighter_a]] = np.abs(weight_a - weight_b)
            flat[start + edges[at + ~lighter_a]] = 2 * np.minimum(weight_a, weight_b)
            at = halves[at + lighter_a]
            simplex[moving] = at
            going_on = np.flatnonzero(self._halved[at])
            moving, at = moving[going_on], at[going_on]
