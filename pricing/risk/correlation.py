"""Correlation of factors by a Gaussian copula: normals are correlated, then take their shapes.

The stated figure is the correlation of the normals; rank correlation is ``6/pi asin(r/2)``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from staffing.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

PATH = "commercial.uncertainty.correlations"
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Correlation:
    """How two factors go together, from -1 to 1."""

    first: str
    second: str
    value: float


def correlation_matrix(
    names: Sequence[str], stated: Sequence[Correlation], path: str = PATH
) -> Array:
    """Matrix of all factors, uncorrelated where nothing is stated, shape (factors, factors).

    Raises
    ------
    BadInputError
        For a factor with itself, an unknown or repeated pair, and for correlations that no factors
        can have together: names the pair that is the least change away from possible, and its
        range, or how far all must come down.
    """
    matrix = np.eye(len(names))
    seen: set[frozenset[str]] = set()
    for place, one in enumerate(stated):
        pair = frozenset((one.first, one.second))
        if len(pair) == 1 or pair in seen or not pair <= set(names):
            found = f"{one.first} and {one.second}"
            accepted = f"each pair once, two different factors of {', '.join(names)}"
            raise BadInputError.at(f"{path}[{place}]", found, accepted)
        seen.add(pair)
        i, j = names.index(one.first), names.index(one.second)
        matrix[i, j] = matrix[j, i] = one.value
    if stated and np.linalg.eigvalsh(matrix)[0] < -_ROUNDING:
        raise _impossible(names, stated, matrix, path)
    return matrix


def triangle(matrix: Array) -> Array:
    """Lower triangle L with ``L L' = matrix``, also of a singular one (Cholesky).

    A factor rests on itself and those before it, so one that is added moves none of them.
    """
    size = len(matrix)
    lower = np.zeros_like(matrix)
    for j in range(size):
        left = matrix[j, j] - lower[j, :j] @ lower[j, :j]
        lower[j, j] = np.sqrt(max(left, 0.0))
        if lower[j, j] > np.sqrt(_ROUNDING):
            below = matrix[j + 1 :, j] - lower[j + 1 :, :j] @ lower[j, :j]
            lower[j + 1 :, j] = below / lower[j, j]
    return lower


def _impossible(
    names: Sequence[str], stated: Sequence[Correlation], matrix: Array, path: str
) -> BadInputError:
    """Word the nearest remedy: one pair brought into its range, else all brought down."""
    options = []
    for place, one in enumerate(stated):
        ends = possible_range(matrix, names.index(one.first), names.index(one.second))
        if ends is not None:
            nearest = min(max(one.value, ends[0]), ends[1])
            options.append((abs(nearest - one.value), place, one, ends))
    if options:
        _, place, one, (low, high) = min(options, key=lambda option: option[:2])
        # Rounded inwards, so that what is named is accepted.
        low, high = np.ceil(low * 1e4) / 1e4 + 0.0, np.floor(high * 1e4) / 1e4 + 0.0
        return BadInputError.at(
            f"{path}[{place}]",
            f"{one.value:g} between {one.first} and {one.second}",
            f"from {low:g} to {high:g}: with the other correlations as stated no factors can be "
            "further (the matrix is not positive semidefinite)",
        )
    values, vectors = np.linalg.eigh(matrix)
    worst = min(
        range(len(stated)),
        key=lambda place: (
            vectors[names.index(stated[place].first), 0]
            * vectors[names.index(stated[place].second), 0]
            * stated[place].value
        ),
    )
    one, scale = stated[worst], np.floor(1e4 / (1 - values[0])) / 1e4
    return BadInputError.at(
        f"{path}[{worst}]",
        f"{one.value:g} between {one.first} and {one.second}",
        f"correlations that factors can have together: all of them times {scale:g} would be "
        "(the matrix is not positive semidefinite, and no single one explains it)",
    )


def possible_range(matrix: Array, i: int, j: int) -> tuple[float, float] | None:
    """Range of one correlation in which the matrix is possible, the others as they are.

    ``b_i' A^-1 b_j +- sqrt((1 - b_i' A^-1 b_i)(1 - b_j' A^-1 b_j))`` with A the other factors; None
    where they are impossible without it.
    """
    others = [k for k in range(len(matrix)) if k not in {i, j}]
    rest = matrix[np.ix_(others, others)]
    if others and np.linalg.eigvalsh(rest)[0] < -_ROUNDING:
        return None
    inverse = np.linalg.pinv(rest) if others else rest
    first, second = matrix[others, i], matrix[others, j]
    left = np.array([1 - first @ inverse @ first, 1 - second @ inverse @ second])
    # Of factors that are one and the same, each must go with the others alike.
    astray = max(np.abs(rest @ inverse @ side - side).max(initial=0) for side in (first, second))
    if left.min() < -_ROUNDING or astray > np.sqrt(_ROUNDING):
        return None
    middle = float(first @ inverse @ second)
    reach = float(np.sqrt(np.maximum(left, 0.0).prod()))
    return middle - reach, middle + reach
