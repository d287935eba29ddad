"""Bounds of a value function, derived again from its solved points without a solver."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from staffing.errors import Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from staffing.hiring.value_evidence import Array, ValueEvidence

_RELATIVE = 1e-6
_SAMPLE = 400


def check_value(evidence: ValueEvidence) -> list[Violation]:
    """Check tangents at the solved points, and both bounds on a sample of the draws."""
    size = max(1.0, float(np.abs(evidence.cost).max()))
    points = _every(len(evidence.cost))
    draws = _every(len(evidence.draws))
    return [
        *value_cut(evidence, points, _RELATIVE * size),
        *value_order(evidence, _RELATIVE * size),
        *value_lower(evidence, draws, _RELATIVE * size),
        *value_upper(evidence, draws, _RELATIVE * size),
    ]


def value_cut(evidence: ValueEvidence, points: Array, tolerance: float) -> Iterator[Violation]:
    """No tangent lies above the cost at another solved point: else it is not convex there."""
    for i in points:
        excess = _tangents(evidence, evidence.points[i]).max() - evidence.cost[i]
        if excess > tolerance:
            yield Violation("value_cut", f"point {i}", f"a tangent is {excess:g} above the cost")


def value_order(evidence: ValueEvidence, tolerance: float) -> Iterator[Violation]:
    """No lower bound is above its upper bound."""
    for i in np.flatnonzero(evidence.lower > evidence.upper + tolerance)[:10]:
        detail = f"{evidence.lower[i]:g} is above {evidence.upper[i]:g}"
        yield Violation("value_order", f"draw {i}", detail)


def value_lower(evidence: ValueEvidence, draws: Array, tolerance: float) -> Iterator[Violation]:
    """The lower bound is no higher than the highest tangent."""
    for i in draws:
        excess = evidence.lower[i] - _tangents(evidence, evidence.draws[i]).max()
        if excess > tolerance:
            yield Violation("value_lower", f"draw {i}", f"{excess:g} above every tangent")


def value_upper(evidence: ValueEvidence, draws: Array, tolerance: float) -> Iterator[Violation]:
    """The draw lies between its corners, and the upper bound is no lower than their mean."""
    for i in draws:
        corners = evidence.corners[i]
        sides = np.vstack([evidence.points[corners].T, np.ones(len(corners))])
        weights = np.linalg.solve(sides, np.append(evidence.draws[i], 1.0))
        if weights.min() < -_RELATIVE:
            yield Violation("value_hull", f"draw {i}", f"weight {weights.min():g} of a corner")
        excess = float(weights @ evidence.cost[corners]) - evidence.upper[i]
        if excess > tolerance:
            yield Violation("value_upper", f"draw {i}", f"{excess:g} below its corners' mean")


def _tangents(evidence: ValueEvidence, at: Array) -> Array:
    rise = ((at - evidence.points) * evidence.slope).sum(axis=1)
    return np.asarray(evidence.cost + rise, dtype=float)


def _every(count: int) -> Array:
    """Some numbers below `count`, evenly spread."""
    return np.unique(np.linspace(0, count - 1, min(count, _SAMPLE)).astype(np.int64))
