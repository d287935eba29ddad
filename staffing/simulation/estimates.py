"""Means over independent replications, with their confidence interval, and verdicts on targets."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist, covariance, fmean, stdev
from typing import TYPE_CHECKING, Literal

from staffing.plan import Document, tidy

if TYPE_CHECKING:
    from collections.abc import Sequence

CONFIDENCE = 0.95
FEWEST_REPLICATIONS = 5

Verdict = Literal["met", "missed", "within noise", "nothing to judge"]


class Estimate(Document):
    """A mean over replications and its 95 % confidence interval."""

    mean: float
    low: float
    high: float


def estimate(values: Sequence[float], *, share: bool = False) -> Estimate | None:
    """Estimate a mean from independent replications (Student's t).

    Parameters
    ----------
    values : sequence of float
        One figure per replication.
    share : bool
        Whether the figure is a share; its interval then stays within 0 and 1.

    Returns
    -------
    Estimate or None
        None when fewer replications than `FEWEST_REPLICATIONS` have a figure.
    """
    if len(values) < FEWEST_REPLICATIONS:
        return None
    mean = fmean(values)
    half = student_quantile(len(values) - 1) * stdev(values) / sqrt(len(values))
    low, high = mean - half, mean + half
    if share:
        low, high = max(low, 0.0), min(high, 1.0)
    return Estimate(mean=tidy(mean), low=tidy(low), high=tidy(high))


def controlled_estimate(
    values: Sequence[float], controls: Sequence[float], expected: float
) -> Estimate | None:
    """Estimate the mean of a share with a control variate.

    A figure that moves with the share and whose mean is known, such as the work that came, takes
    out of the share what was luck of that kind (regression; Lavenberg and Welch 1981).

    Parameters
    ----------
    values, controls : sequence of float
        The share and the control of every replication.
    expected : float
        True mean of the control.
    """
    if len(values) <= FEWEST_REPLICATIONS:
        return estimate(values, share=True)
    count, shift = len(values), fmean(controls) - expected
    spread = sum((control - fmean(controls)) ** 2 for control in controls)
    if spread == 0:
        return estimate(values, share=True)
    slope = covariance(values, controls) * (count - 1) / spread
    mean = fmean(values) - slope * shift
    residuals = [
        value - mean - slope * (control - expected)
        for value, control in zip(values, controls, strict=True)
    ]
    variance = sum(residual**2 for residual in residuals) / (count - 2)
    half = student_quantile(count - 2) * sqrt(variance * (1 / count + shift**2 / spread))
    mean = min(max(mean, 0.0), 1.0)
    return Estimate(
        mean=tidy(mean), low=tidy(max(mean - half, 0.0)), high=tidy(min(mean + half, 1.0))
    )


def student_quantile(degrees: int) -> float:
    """Two-sided 95 % quantile of Student's t, within 0.0005 from 4 degrees of freedom on.

    Expansion in the normal quantile, Abramowitz and Stegun 1964, 26.7.5.
    """
    z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
    return (
        z
        + (z**3 + z) / 4 / degrees
        + (5 * z**5 + 16 * z**3 + 3 * z) / 96 / degrees**2
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384 / degrees**3
        + (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160 / degrees**4
    )


def verdict(target: float, found: Estimate | None) -> Verdict:
    """Compare an estimate with a target: the whole interval above it, below it, or around it."""
    if found is None:
        return "nothing to judge"
    if found.low >= target:
        return "met"
    return "missed" if found.high < target else "within noise"
