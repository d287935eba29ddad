"""Random draws by factor: common to both offers, and independent of what else is drawn.

Each factor has a counter-based generator (Philox; Salmon et al. 2011) seeded by its own name, so a
factor that is added or left out moves no other. Same numpy, same draws: on every machine and in
every process.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np

from pricing.risk.correlation import triangle
from pricing.risk.distributions import REACH

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from pricing.risk.distributions import Distribution

    Array = NDArray[np.float64]


def factor_stream(seed: int, name: str) -> np.random.Generator:
    """Generator of one factor: its seed is the study's and the factor's name."""
    words = np.frombuffer(sha256(name.encode()).digest()[:16], dtype="<u4")
    sequence = np.random.SeedSequence(seed, spawn_key=tuple(int(word) for word in words))
    return np.random.Generator(np.random.Philox(sequence))


def normal_draws(names: Sequence[str], matrix: Array, draws: int, seed: int) -> Array:
    """Correlated standard normals, shape (factors, draws), held within `REACH`.

    Parameters
    ----------
    names : sequence of str
        Factors, in the order of the matrix.
    matrix : ndarray, shape (factors, factors)
        Their correlations, positive semidefinite.
    draws : int
        Futures.
    seed : int
        Of the study, 0 or more.
    """
    own = np.stack([factor_stream(seed, name).standard_normal(draws) for name in names])
    if not np.array_equal(matrix, np.eye(len(names))):
        own = triangle(matrix) @ own
    return np.clip(own, -REACH, REACH, out=own)


def factor_draws(
    distributions: Mapping[str, Distribution], matrix: Array, draws: int, seed: int
) -> dict[str, Array]:
    """Draws of every factor, each of shape (draws,)."""
    if not distributions:
        return {}
    normals = normal_draws(tuple(distributions), matrix, draws, seed)
    return {
        name: distribution.values(normal)
        for (name, distribution), normal in zip(distributions.items(), normals, strict=True)
    }
