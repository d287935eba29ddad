"""Refine a value function where draws fall, until its own error is below that of the draws."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from staffing.hiring.value_evidence import ValueEvidence
from staffing.optimize.workforce.value.function import ValueFunction
from staffing.optimize.workforce.value.statistics import BoundedStatistic, bounded_statistics

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from staffing.hiring.value_evidence import Array
    from staffing.optimize.workforce.value.solved import Solve

_SHARE_PER_ROUND = 0.4


@dataclass(frozen=True)
class Branch:
    """Draws that share one convex cost; one branch for each value of what is not convex.

    Parameters
    ----------
    solve : callable
        From a point, shape (factors,), to the exact cost and one of its subgradients.
    draws : ndarray, shape (draws, factors)
        Futures, each as likely as any other of any branch: a value of probability p gets a share p
        of all draws.
    """

    solve: Solve
    draws: Array


@dataclass(frozen=True)
class CertifiedValue:
    """Bounds of all draws, what they enclose, and the functions for further draws.

    Parameters
    ----------
    functions : tuple of ValueFunction
        By branch.
    evidence : tuple of ValueEvidence
        By branch: what an independent check needs.
    statistics : tuple of BoundedStatistic
        Over the draws of all branches.
    """

    functions: tuple[ValueFunction, ...]
    evidence: tuple[ValueEvidence, ...]
    statistics: tuple[BoundedStatistic, ...]

    @property
    def num_solves(self) -> int:
        """Exact solves used."""
        return sum(len(function.solved) for function in self.functions)

    @property
    def certified(self) -> bool:
        """Whether every statistic is known to its Monte Carlo error."""
        return all(statistic.certified for statistic in self.statistics)

    @property
    def lower(self) -> Array:
        """Lower bound of every draw, branch after branch."""
        return np.concatenate([evidence.lower for evidence in self.evidence])

    @property
    def upper(self) -> Array:
        """Upper bound of every draw, branch after branch."""
        return np.concatenate([evidence.upper for evidence in self.evidence])


def certify(
    branches: Sequence[Branch], max_solves: int, *, draws: int | None = None
) -> CertifiedValue:
    """Bound the cost of every draw, tighter where it shows in a statistic that is still open.

    Parameters
    ----------
    branches : sequence of Branch
        At least one, each with two draws or more.
    max_solves : int
        Solves after which the search ends, closed or not; the corners are solved in any case.
    draws : int, optional
        Futures the statistics are wanted for, where branches hold only some of them: bounds are
        brought as close as the Monte Carlo error of that many.
    """
    followed = [_Followed(branch) for branch in branches]
    while True:
        lower = np.concatenate([branch.lower for branch in followed])
        upper = np.concatenate([branch.upper for branch in followed])
        statistics = bounded_statistics(lower, upper)
        if draws is not None:
            closer = np.sqrt(len(lower) / draws)
            statistics = tuple(
                replace(one, standard_error=one.standard_error * closer) for one in statistics
            )
        solves = sum(len(branch.function.solved) for branch in followed)
        still_open = [statistic for statistic in statistics if not statistic.certified]
        if not still_open or solves >= max_solves:
            return CertifiedValue(
                tuple(branch.function for branch in followed),
                tuple(branch.evidence() for branch in followed),
                statistics,
            )
        count = min(int(np.ceil(_SHARE_PER_ROUND * solves)), max_solves - solves)
        _refine(followed, (upper - lower) * _urgency(still_open), count)


def _urgency(still_open: Sequence[BoundedStatistic]) -> Array:
    """Weight of each draw in the open statistics, in units of their standard errors."""
    terms = [one.weight / one.tolerance for one in still_open]
    return np.asarray(np.sum(terms, axis=0), dtype=float)


def _refine(followed: Sequence[_Followed], score: Array, count: int) -> None:
    """Halve the `count` simplices of all branches whose draws matter most."""
    ends = np.cumsum([len(branch.lower) for branch in followed])
    totals = [
        np.bincount(branch.simplex, part, minlength=len(branch.function.tree.corners))
        for branch, part in zip(followed, np.split(score, ends[:-1]), strict=True)
    ]
    together = np.concatenate(totals)
    chosen = np.zeros(len(together), dtype=bool)
    chosen[np.argsort(-together, kind="stable")[:count]] = True
    chosen &= together > 0
    parts = np.split(chosen, np.cumsum([len(total) for total in totals])[:-1])
    for branch, part in zip(followed, parts, strict=True):
        if part.any():
            branch.refine(np.flatnonzero(part))


class _Followed:
    """A branch, and where its draws are in the tree of its value function."""

    def __init__(self, branch: Branch) -> None:
        self._draws = branch.draws
        self.function = ValueFunction(
            branch.solve, branch.draws.min(axis=0), branch.draws.max(axis=0)
        )
        self._unit = np.clip(self.function.unit(branch.draws), 0.0, 1.0)
        self.simplex, self._weights = self.function.locate(self._unit)
        self.lower = self.function.solved.cuts(0, self._unit)
        self.upper = self.function.interpolate(self.simplex, self._weights)

    def refine(self, simplices: NDArray[np.int64]) -> None:
        """Halve simplices and bring the bounds up to date; tangents already seen stay counted."""
        function, known = self.function, len(self.function.solved)
        function.refine(simplices)
        function.tree.descend(self.simplex, self._weights)
        if len(function.solved) > known:
            self.lower = np.maximum(self.lower, function.solved.cuts(known, self._unit))
        self.upper = function.interpolate(self.simplex, self._weights)

    def evidence(self) -> ValueEvidence:
        """Return the bounds and what they rest on."""
        solved = self.function.solved
        return ValueEvidence(
            points=solved.lower + solved.span * solved.unit,
            cost=solved.cost,
            slope=solved.slope / solved.span,
            draws=self._draws,
            corners=self.function.tree.corners[self.simplex],
            lower=self.lower,
            upper=self.upper,
        )
