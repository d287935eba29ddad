"""Distributions of a factor: what is stated, its mean and standard deviation, and its draws.

Every distribution takes standard normal draws and turns them into its own: the normal's probability
is the distribution's. So factors of any shape can be correlated by correlating normals.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import erf, exp, log1p, pi, sqrt
from typing import TYPE_CHECKING, Protocol

import numpy as np

from staffing.errors import BadInputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

REACH = 4.0
"""Standard normal draws are held within this many standard deviations: 6 in 100,000 lie beyond."""
_GRID = np.linspace(-REACH, REACH, 8193)
_PHI = np.array([0.5 * (1 + erf(z / sqrt(2))) for z in _GRID])
_PER_SIGMA = (len(_GRID) - 1) / (2 * REACH)
_PERT_WEIGHT = 4.0
_CELLS = 4096


class Distribution(Protocol):
    """A distribution of one factor."""

    @property
    def mean(self) -> float:
        """Expected value, in closed form."""
        ...

    @property
    def sd(self) -> float:
        """Standard deviation, in closed form."""
        ...

    @property
    def least(self) -> float:
        """Smallest value that can be drawn."""
        ...

    def values(self, normal: Array) -> Array:
        """Draws at standard normals, same shape; a higher normal never gives a lower value."""
        ...


@dataclass(frozen=True)
class Normal:
    """Symmetric around its mean, ``mean + sd z``."""

    mean: float
    sd: float

    @property
    def least(self) -> float:
        """Smallest value that can be drawn."""
        return self.mean - REACH * self.sd

    def values(self, normal: Array) -> Array:
        """Draws at standard normals."""
        return np.asarray(self.mean + self.sd * normal, dtype=float)


@dataclass(frozen=True)
class HeldNormal:
    """Normal around `centre`, held at `floor` where it would fall below: ``max(X, c)``.

    With a = (c - m) / s: mean ``c Phi(a) + m (1 - Phi(a)) + s phi(a)``, mean square
    ``c^2 Phi(a) + (m^2 + s^2)(1 - Phi(a)) + s (m + c) phi(a)``.
    """

    centre: float
    width: float
    floor: float

    @property
    def mean(self) -> float:
        """Expected value."""
        below, height = self._at_floor()
        return self.floor * below + self.centre * (1 - below) + self.width * height

    @property
    def sd(self) -> float:
        """Standard deviation."""
        below, height = self._at_floor()
        m, s, c = self.centre, self.width, self.floor
        square = c * c * below + (m * m + s * s) * (1 - below) + s * (m + c) * height
        return sqrt(max(square - self.mean**2, 0.0))

    @property
    def least(self) -> float:
        """Smallest value that can be drawn."""
        return max(self.floor, self.centre - REACH * self.width)

    def values(self, normal: Array) -> Array:
        """Draws at standard normals."""
        return np.asarray(np.maximum(self.centre + self.width * normal, self.floor), dtype=float)

    def _at_floor(self) -> tuple[float, float]:
        """Probability below the floor, and the normal density there."""
        at = (self.floor - self.centre) / self.width
        return 0.5 * (1 + erf(at / sqrt(2))), exp(-at * at / 2) / sqrt(2 * pi)


@dataclass(frozen=True)
class Lognormal:
    """Above 0 and skewed to the right: the logarithm is normal with variance ``ln(1 + cv^2)``."""

    mean: float
    cv: float

    @property
    def sd(self) -> float:
        """Standard deviation."""
        return self.mean * self.cv

    @property
    def least(self) -> float:
        """Smallest value that can be drawn."""
        return float(self.values(np.array([-REACH]))[0])

    def values(self, normal: Array) -> Array:
        """Draws at standard normals."""
        variance = log1p(self.cv**2)
        scale = self.mean * exp(-variance / 2)
        return np.asarray(scale * np.exp(sqrt(variance) * normal), dtype=float)


@dataclass(frozen=True)
class Triangular:
    """From `low` to `high`, most likely `mode`: straight lines between.

    mean ``(a + b + c) / 3``; variance ``(a^2 + b^2 + c^2 - ab - ac - bc) / 18``.
    """

    low: float
    mode: float
    high: float

    @property
    def mean(self) -> float:
        """Expected value."""
        return (self.low + self.mode + self.high) / 3

    @property
    def sd(self) -> float:
        """Standard deviation."""
        a, c, b = self.low, self.mode, self.high
        return sqrt((a * a + b * b + c * c - a * b - a * c - b * c) / 18)

    @property
    def least(self) -> float:
        """Smallest value that can be drawn."""
        return self.low

    def values(self, normal: Array) -> Array:
        """Draws at standard normals."""
        return _along(normal, self._quantiles(_PHI))

    def _quantiles(self, share: Array) -> Array:
        width = self.high - self.low
        below = (self.mode - self.low) / width
        rising = self.low + np.sqrt(share * width * (self.mode - self.low))
        falling = self.high - np.sqrt((1 - share) * width * (self.high - self.mode))
        return np.where(share <= below, rising, falling)


@dataclass(frozen=True)
class Pert:
    """From `low` to `high`, most likely `mode`, smoother than a triangle: a beta distribution.

    mean ``(a + 4 c + b) / 6``; variance ``(mean - a)(b - mean) / 7`` (Malcolm et al. 1959, with
    the shape 4 of Vose).
    """

    low: float
    mode: float
    high: float

    @property
    def mean(self) -> float:
        """Expected value."""
        return (self.low + _PERT_WEIGHT * self.mode + self.high) / (2 + _PERT_WEIGHT)

    @property
    def sd(self) -> float:
        """Standard deviation."""
        return sqrt((self.mean - self.low) * (self.high - self.mean) / (3 + _PERT_WEIGHT))

    @property
    def least(self) -> float:
        """Smallest value that can be drawn."""
        return self.low

    def values(self, normal: Array) -> Array:
        """Draws at standard normals."""
        return _along(normal, _pert_quantiles(self.low, self.mode, self.high))


def _along(normal: Array, table: Array) -> Array:
    """Read a table over the even grid of normals, linear between its points."""
    place = np.clip((normal + REACH) * _PER_SIGMA, 0.0, len(table) - 1.0)
    cell = np.minimum(place.astype(np.int64), len(table) - 2)
    return np.asarray(table[cell] + (place - cell) * np.diff(table)[cell], dtype=float)


@lru_cache(maxsize=64)
def _pert_quantiles(low: float, mode: float, high: float) -> Array:
    """Quantiles at the normal grid: the beta density summed by Simpson's rule, and inverted."""
    width = high - low
    first = _PERT_WEIGHT * (mode - low) / width
    second = _PERT_WEIGHT * (high - mode) / width
    at = np.linspace(0.0, 1.0, 2 * _CELLS + 1)
    density = at**first * (1 - at) ** second
    cells = (density[:-2:2] + 4 * density[1::2] + density[2::2]) / 6
    share = np.concatenate([[0.0], np.cumsum(cells)])
    quantiles = np.interp(_PHI, share / share[-1], low + width * at[::2])
    return np.asarray(quantiles, dtype=float)


@dataclass(frozen=True)
class Empirical:
    """One of the values of a history, each as likely as any other.

    Raises
    ------
    BadInputError
        Without a value there is nothing to draw from.
    """

    history: tuple[float, ...]
    path: str = "history"

    def __post_init__(self) -> None:
        """Refuse an empty history."""
        if not self.history:
            raise BadInputError.at(self.path, "an empty list", "one value or more")

    @property
    def mean(self) -> float:
        """Expected value: the mean of the history."""
        return float(np.mean(self.history))

    @property
    def sd(self) -> float:
        """Standard deviation of the history itself."""
        return float(np.std(self.history))

    @property
    def least(self) -> float:
        """Smallest value that can be drawn."""
        return min(self.history)

    def values(self, normal: Array) -> Array:
        """Draws at standard normals."""
        ranked, count = np.sort(self.history), len(self.history)
        share = _along(normal, _PHI)
        return np.asarray(ranked[np.minimum((share * count).astype(np.int64), count - 1)])
