"""Measures of a cost over scenarios: mean, quantile, conditional value at risk (CVaR).

CVaR at level beta is the mean of the worst ``1 - beta`` of the probability, the atom at its edge
split: ``min_eta eta + E[(cost - eta)+] / (1 - beta)`` (Rockafellar and Uryasev 2000).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from staffing.hiring.two_stage import Array


def quantile(values: Array, probability: Array, level: float) -> float:
    """Smallest value that is not exceeded with probability `level`."""
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(probability[order])
    at = np.searchsorted(reached, level * reached[-1] - 1e-12)
    return float(values[order[min(at, len(order) - 1)]])


def tail_weights(values: Array, probability: Array, tail: float) -> Array:
    """Weight of every scenario in the CVaR: the worst ``1 - tail`` of the mass, sum 1."""
    order = np.argsort(-values, kind="stable")
    before = np.cumsum(probability[order]) - probability[order]
    weights = np.zeros_like(probability)
    weights[order] = np.clip(1 - tail - before, 0.0, probability[order])
    return weights / weights.sum()


def conditional_value_at_risk(values: Array, probability: Array, tail: float) -> float:
    """Mean of the worst ``1 - tail`` of the scenarios; the mean at tail 0."""
    return float(tail_weights(values, probability, tail) @ values)


def mean_risk(values: Array, probability: Array, risk_aversion: float, tail: float) -> float:
    """``(1 - lambda) mean + lambda CVaR``: what a plan of hiring makes as small as it can."""
    mean = float(probability @ values)
    at_risk = conditional_value_at_risk(values, probability, tail)
    return (1 - risk_aversion) * mean + risk_aversion * at_risk
