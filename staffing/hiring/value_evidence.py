"""What the bounds of a value function rest on: plain numbers that a check can follow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class ValueEvidence:
    """Solved points, draws, and the bounds claimed for each.

    Parameters
    ----------
    points : ndarray, shape (points, factors)
        Where the cost was solved.
    cost : ndarray, shape (points,)
        The cost there.
    slope : ndarray, shape (points, factors)
        A subgradient there.
    draws : ndarray, shape (draws, factors)
        Futures.
    corners : ndarray of int, shape (draws, factors + 1)
        Solved points around each draw.
    lower, upper : ndarray, shape (draws,)
        Bounds claimed for the cost of each draw.
    """

    points: Array
    cost: Array
    slope: Array
    draws: Array
    corners: NDArray[np.int64]
    lower: Array
    upper: Array
