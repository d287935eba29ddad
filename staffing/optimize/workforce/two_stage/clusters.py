"""Demand paths grouped by likeness: the few scenarios a decomposition starts from.

With each group replaced by its mean, the optimum is a lower bound of the true one: the objective
is convex in demand and coherent (Jensen's inequality; Artzner et al. 1999 for coherence).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.hiring.two_stage import Array, TwoStageProblem

_ROUNDS = 25


def cluster_means(problem: TwoStageProblem, count: int, seed: int) -> TwoStageProblem:
    """Return the problem over at most `count` group means, each with its group's probability."""
    paths = problem.demand.reshape(problem.num_scenarios, -1)
    group = k_means(paths, problem.probability, count, seed)
    weights = np.bincount(group, problem.probability)
    sums = np.zeros((len(weights), paths.shape[1]))
    np.add.at(sums, group, problem.probability[:, None] * paths)
    means = (sums / weights[:, None]).reshape(-1, *problem.demand.shape[1:])
    return problem.with_demand(means, weights / weights.sum())


def k_means(points: Array, weights: Array, count: int, seed: int) -> NDArray[np.int64]:
    """Group points by Lloyd's rounds from a k-means++ start; numbers run from 0 without holes.

    Parameters
    ----------
    points : ndarray, shape (points, dimensions)
        Where they lie.
    weights : ndarray, shape (points,)
        What they weigh, above 0.
    count : int
        Groups at most, 1 or more; fewer when there are fewer distinct points.
    seed : int
        Of the start.
    """
    draw = np.random.default_rng(seed)
    centres = points[[draw.choice(len(points), p=weights / weights.sum())]]
    nearest = _squared(points, centres)[:, 0]
    while len(centres) < count and nearest.max() > 1e-9 * max(1.0, float((points**2).max())):
        chance = weights * nearest
        chosen = points[draw.choice(len(points), p=chance / chance.sum())]
        centres = np.vstack([centres, chosen])
        nearest = np.minimum(nearest, _squared(points, chosen[None])[:, 0])
    group = np.zeros(len(points), dtype=np.int64)
    for _ in range(_ROUNDS):
        last, group = group, _squared(points, centres).argmin(axis=1)
        group = np.unique(group, return_inverse=True)[1]
        if np.array_equal(last, group):
            break
        mass = np.bincount(group, weights)
        sums = np.zeros((len(mass), points.shape[1]))
        np.add.at(sums, group, weights[:, None] * points)
        centres = sums / mass[:, None]
    return group


def _squared(points: Array, centres: Array) -> Array:
    """Squared distances, shape (points, centres)."""
    cross = points @ centres.T
    squares = (points**2).sum(axis=1)[:, None] - 2 * cross + (centres**2).sum(axis=1)
    return np.maximum(squares, 0.0)
