"""What the client expects to pay, under its own knowledge of volume and of complexity.

Each factor f has a normal score u (by rank). The client sees ``z = q u + sqrt(1 - q^2) e`` with
noise e of its own; q is its knowledge of the factor, 0 to 1. A bill is expanded in Hermite
polynomials of the scores, and ``E[He_n(u) | z] = q^n He_n(z)`` (Mehler 1866) gives what the client
expects, and with the square of the bill how far it may be off. What of complexity goes with volume
is known as far as volume is.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, factorial, sqrt
from typing import TYPE_CHECKING

import numpy as np

from staffing.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

KNOWABLE = ("volume", "complexity")
_DEGREE = 6
_GRID = np.linspace(-6.0, 6.0, 4001)
_CDF = np.array([erfc(-z / sqrt(2)) / 2 for z in _GRID])
_SIGNAL_STREAM = 6_060


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
class Beliefs:
    """How bills look to the client: scores of what it knows, and expansions there and as seen."""

    scores: tuple[Array, ...]
    at_scores: Array
    at_signals: Array

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
        return np.asarray(self.at_signals @ self._weights(bills))

    def moved(self, bills: Array, scales: tuple[float, ...]) -> Array:
        """Bills if each score were multiplied by its scale; what scores do not tell stays.

        Parameters
        ----------
        bills : ndarray, shape (draws, bills)
            Above 0; each keeps its mean.
        scales : tuple of float
            One per score: 0 takes a factor out, 1 leaves it.
        """
        weights = self._weights(bills)
        scores = [scale * score for scale, score in zip(scales, self.scores, strict=True)]
        there = np.maximum(_basis(scores, [1.0] * len(scores), len(bills)) @ weights, 1e-9)
        found = bills * there / np.maximum(self.at_scores @ weights, 1e-9)
        return np.asarray(found * bills.mean(axis=0) / found.mean(axis=0))

    def _weights(self, bills: Array) -> Array:
        gram = self.at_scores.T @ self.at_scores
        return np.asarray(np.linalg.solve(gram, self.at_scores.T @ bills))

    def spread(self, bills: Array) -> Array:
        """Standard deviation of the bill, to the client, in each future; shape of `bills`."""
        scale = np.abs(bills).mean(axis=0)
        relative = bills / scale
        variance = self.expected(relative**2) - self.expected(relative) ** 2
        return np.asarray(np.sqrt(np.maximum(variance, 0.0)) * scale)


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
    shares = [q for _, q, _ in known]
    return Beliefs(
        scores=tuple(scores),
        at_scores=_basis(scores, [1.0] * len(scores), draws),
        at_signals=_basis(signals, shares, draws),
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
    order = np.argsort(values, kind="stable")
    ranks = np.empty(len(values))
    ranks[order] = (np.arange(len(values)) + 0.5) / len(values)
    return np.asarray(np.interp(ranks, _CDF, _GRID)) if np.ptp(values) else np.zeros(len(values))


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


def _basis(scores: list[Array], shares: list[float], draws: int) -> Array:
    """Products of orthonormal Hermite polynomials up to the degree, each times ``q^n``."""
    live = [(score, q) for score, q in zip(scores, shares, strict=True)]
    single = [_hermite(score) * q ** np.arange(_DEGREE + 1) for score, q in live]
    if not single:
        return np.ones((draws, 1))
    if len(single) == 1:
        return single[0]
    first, second = single
    pairs = [(i, j) for i in range(_DEGREE + 1) for j in range(_DEGREE + 1 - i)]
    columns = np.empty((draws, len(pairs)), order="F")
    for column, (i, j) in enumerate(pairs):
        columns[:, column] = first[:, i] * second[:, j]
    return columns


def _hermite(score: Array) -> Array:
    """Probabilists' Hermite polynomials over ``sqrt(n!)``, shape (draws, degree + 1)."""
    values = np.empty((len(score), _DEGREE + 1), order="F")
    values[:, 0], values[:, 1] = 1.0, score
    for n in range(1, _DEGREE):
        values[:, n + 1] = score * values[:, n] - n * values[:, n - 1]
    return values / np.sqrt([float(factorial(n)) for n in range(_DEGREE + 1)])
