"""What the client expects to pay, under its own knowledge of volume and of complexity.

Each factor f has a normal score u (by rank). The client sees ``z = q u + sqrt(1 - q^2) e`` with
noise e of its own; q is its knowledge of the factor, 0 to 1. A bill is expanded in Hermite
polynomials of the scores, and ``E[He_n(u) | z] = q^n He_n(z)`` (Mehler 1866) gives what the client
expects, and with the square of the bill how far it may be off. What of complexity goes with volume
is known as far as volume is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from math import erfc, factorial, sqrt
from typing import TYPE_CHECKING

import numpy as np

from staffing.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

KNOWABLE = ("volume", "complexity")
_DEGREE = 6
_GRID = np.linspace(-6.0, 6.0, 4001)
_NORMS = np.sqrt([float(factorial(n)) for n in range(_DEGREE + 1)])
_CDF = np.array([erfc(-z / sqrt(2)) / 2 for z in _GRID])
_SIGNAL_STREAM = 6_060
_PAIRS = (_DEGREE + 1) * (_DEGREE + 2) // 2
_BLOCK = 8192


@dataclass(frozen=True)
class Knowledge:
    """Share of the standard deviation of each factor that the client knows, 0 to 1."""

    volume: float = 0.0
    complexity: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what is no share."""
        for name in KNOWABLE:
            value = getattr(self, name)
            if not 0 <= value <= 1:
                raise BadInputError.at(f"knowledge.{name}", value, "a number from 0 to 1")


@dataclass(frozen=True)
class Basis:
    """Products of orthonormal Hermite polynomials up to the degree, each times ``q^n``.

    They are worked out some futures at a time and never kept: all of them would fill the memory.

    Parameters
    ----------
    scores : tuple of ndarray, shape (draws,)
        At most two.
    shares : tuple of float
        q of each.
    draws : int
        Futures.
    """

    scores: tuple[Array, ...]
    shares: tuple[float, ...]
    draws: int

    def fit(self, bills: Array) -> Array:
        """Weights of the products that come nearest to bills, shape as of `at`."""
        gram: Array | float = 0.0
        against: Array | float = 0.0
        for some, values in self._blocks():
            gram = gram + values @ values.T
            against = against + values @ bills[some]
        return np.asarray(np.linalg.solve(gram, against))

    def at(self, weights: Array) -> Array:
        """Products in each future, weighed by (products,) or (products, bills)."""
        return np.concatenate([values.T @ weights for _, values in self._blocks()])

    def _blocks(self) -> Iterator[tuple[slice, Array]]:
        """Some of the futures at a time, and the products there, shape (products, futures)."""
        for first in range(0, self.draws, _BLOCK):
            some = slice(first, min(first + _BLOCK, self.draws))
            yield some, self._products(some)

    def _products(self, some: slice) -> Array:
        single = [
            _hermite(score[some], q) for score, q in zip(self.scores, self.shares, strict=True)
        ]
        if not single:
            return np.ones((1, some.stop - some.start))
        if len(single) == 1:
            return single[0]
        first, second = single
        values, row = np.empty((_PAIRS, first.shape[1])), 0
        for i, rest in enumerate(range(_DEGREE + 1, 0, -1)):
            np.multiply(first[i], second[:rest], out=values[row : row + rest])
            row += rest
        return values


@dataclass(frozen=True)
class Beliefs:
    """How bills look to the client: what it knows as it is, and as it is seen."""

    known: Basis
    signals: Basis

    @property
    def scores(self) -> tuple[Array, ...]:
        """Scores of what the client knows."""
        return self.known.scores

    def expected(self, bills: Array) -> Array:
        """Bill the client expects in each future.

        Parameters
        ----------
        bills : ndarray, shape (draws,) or (draws, bills)
            Of the term.

        Returns
        -------
        ndarray
            Of the same shape; its mean is that of the bills.
        """
        return self.signals.at(self.known.fit(bills))

    def moved(self, bills: Array, scales: tuple[float, ...]) -> Array:
        """Bills if each score were multiplied by its scale; what scores do not tell stays.

        Parameters
        ----------
        bills : ndarray, shape (draws, bills)
            Above 0; each keeps its mean.
        scales : tuple of float
            One per score: 0 takes a factor out, 1 leaves it.
        """
        weights = self.known.fit(bills)
        scores = tuple(scale * score for scale, score in zip(scales, self.scores, strict=True))
        there = np.maximum(replace(self.known, scores=scores).at(weights), 1e-9)
        found = bills * there / np.maximum(self.known.at(weights), 1e-9)
        return np.asarray(found * bills.mean(axis=0) / found.mean(axis=0))

    def spread(self, bills: Array) -> Array:
        """Standard deviation of the bill, to the client, in each future; shape of `bills`."""
        scale = np.abs(bills).mean(axis=0)
        relative = bills / scale
        both = self.expected(np.column_stack([relative**2, relative]))
        square, mean = np.split(both, 2, axis=1)
        deviation = np.sqrt(np.maximum(square - mean**2, 0.0)).reshape(bills.shape)
        return np.asarray(deviation * scale)


def beliefs(
    factors: Mapping[str, Array],
    knowledge: Knowledge,
    seed: int = 0,
    scores_of: Mapping[str, Array] | None = None,
) -> Beliefs:
    """Set up what the client sees of each future.

    Parameters
    ----------
    factors : mapping of str to ndarray, shape (draws,)
        Drawn factors; of these `KNOWABLE` are read, and those without spread left out.
    knowledge : Knowledge
        The client's.
    seed : int
        Root of the client's noise.
    scores_of : mapping, optional
        `knowable_scores` of the factors, where they are there already.
    """
    draws = len(next(iter(factors.values())))
    if scores_of is None:
        scores_of = knowable_scores(factors)
    known = [
        (scores_of[name], getattr(knowledge, name), stream)
        for stream, name in enumerate(KNOWABLE)
        if name in scores_of and getattr(knowledge, name) > 0
    ]
    scores = _independent([score for score, _, _ in known])
    signals = []
    for score, (_, q, stream) in zip(scores, known, strict=True):
        noise = np.random.default_rng((seed, _SIGNAL_STREAM, stream)).standard_normal(draws)
        signals.append(q * score + sqrt(1 - q**2) * noise)
    shares = tuple(q for _, q, _ in known)
    return Beliefs(
        Basis(tuple(scores), (1.0,) * len(scores), draws), Basis(tuple(signals), shares, draws)
    )


def knowable_scores(factors: Mapping[str, Array]) -> dict[str, Array]:
    """Normal scores of the factors a client may know, those without spread left out."""
    return {
        name: normal_scores(factors[name])
        for name in KNOWABLE
        if name in factors and np.ptp(factors[name]) > 0
    }


def normal_scores(values: Array) -> Array:
    """Standard normal scores of the ranks of `values`, shape (draws,); of a constant, zeros."""
    scores = np.zeros(len(values))
    if np.ptp(values):
        scores[_ranked(values)] = _scores_by_rank(len(values))
    return scores


def _ranked(values: Array) -> NDArray[np.int64]:
    """Order of values, the first of equal ones first; sorting only these stably is faster."""
    order = np.argsort(values)
    ranked = values[order]
    equal = np.append(ranked[1:] == ranked[:-1], [False])
    equal[1:] |= equal[:-1]
    among = np.flatnonzero(equal)
    order[among] = order[among][np.lexsort((order[among], ranked[among]))]
    return order


@lru_cache(maxsize=4)
def _scores_by_rank(draws: int) -> Array:
    """Normal score of each rank, the lowest first."""
    return np.asarray(np.interp((np.arange(draws) + 0.5) / draws, _CDF, _GRID))


def _independent(scores: list[Array]) -> list[Array]:
    """Leave of each score what the ones before do not tell."""
    free: list[Array] = []
    for score in scores:
        rest = score
        for before in free:
            rest = rest - (rest @ before) / (before @ before) * before
        deviation = rest.std()
        if deviation > 1e-6:  # noqa: PLR2004 (a factor that follows from another tells nothing new)
            free.append(rest / deviation)
        else:
            free.append(np.zeros(len(score)))
    return free


def _hermite(score: Array, share: float) -> Array:
    """Probabilists' Hermite polynomials times ``q^n / sqrt(n!)``, shape (degree + 1, draws)."""
    values = np.empty((_DEGREE + 1, len(score)))
    values[0], values[1] = 1.0, score
    before = np.empty(len(score))
    for n in range(1, _DEGREE):
        np.multiply(score, values[n], out=values[n + 1])
        values[n + 1] -= np.multiply(n, values[n - 1], out=before)
    values *= (share ** np.arange(_DEGREE + 1) / _NORMS)[:, None]
    return values
