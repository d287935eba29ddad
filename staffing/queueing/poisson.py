"""Poisson weight of a real number of events, and the share of the gamma law below a point.

Weights are taken at the saddle point (Loader 2000), so that they neither overflow nor lose
digits where ``e^-y``, ``y^x`` and ``x!`` would cancel.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from staffing.queueing.erlang import DAMPED, DEVIATIONS, inverse_blocking
from staffing.queueing.recursion import staircases

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.queueing.inputs import Floats

# Stirling's series has all its digits from here on.
_STIRLING_FROM = 16
_STIRLING = (1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360)
_NEAR = 0.1
# From this mean on, the law below it is exhausted to the last digit: see `inverse_blocking`.
HEAVY_FROM = 45.0


def poisson_weight(events: Floats, mean: Floats) -> Floats:
    """``e^-y y^x / x!`` for real x of 0 or more and y above 0.

    Parameters
    ----------
    events, mean : ndarray, shape (N,)
        x and y.
    """
    few = events < _STIRLING_FROM
    x = np.where(few, events + _STIRLING_FROM, events)
    tail = sum(term / x ** (2 * k + 1) for k, term in enumerate(_STIRLING))
    exponent = -tail - _deviance(x, mean) - np.log(2 * np.pi * x) / 2
    if few.any():
        back = np.prod(events[few, None] + np.arange(1, _STIRLING_FROM + 1), axis=1)
        exponent[few] += np.log(back) - _STIRLING_FROM * np.log(mean[few])
    return np.exp(exponent)


def _deviance(x: Floats, y: Floats) -> Floats:
    """``x ln(x / y) + y - x``, by its series where x is close to y."""
    v = (x - y) / (x + y)
    near = np.abs(v) < _NEAR
    small = np.where(near, v, 0.0)
    power = 2 * x * small
    series = (x - y) * small
    for k in range(1, 9):
        power = power * small**2
        series = series + power / (2 * k + 1)
    with np.errstate(over="ignore"):
        far = x * np.log(x / y) + y - x
    return np.where(near, series, far)


def queue_sums(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """``A = 1 + sum t_j`` and ``sum j t_j`` with ``t_j = y^j / ((x+1) ... (x+j))``, j from 1.

    Added from the far end, all terms positive, beginning with the values of a constant ratio, whose
    error is damped like that of the inverse recursion.

    Parameters
    ----------
    x, y : ndarray, shape (N,)
        0 or more, and above 0; y at most x, or at most 45.
    """
    sums, moments = np.empty(x.shape), np.empty(x.shape)
    steps = _terms(x, y)
    for rows, stairs in staircases(steps):
        mean, at = y[rows], x[rows] + steps[rows]
        ratio = mean / (at + 1)
        value = 1 / (1 - ratio)
        moment = ratio * value**2
        for leading, repeats in stairs:
            part = slice(leading)
            _descend(mean[part], at[part], value[part], moment[part], repeats)
        sums[rows], moments[rows] = value, moment
    return sums, moments


def _descend(mean: Floats, at: Floats, value: Floats, moment: Floats, repeats: int) -> None:
    """Put terms in front one by one, in place."""
    ratio = np.empty_like(mean)
    for _ in range(repeats):
        np.divide(mean, at, out=ratio)
        moment += value
        moment *= ratio
        value *= ratio
        value += 1
        at -= 1


def _terms(x: Floats, y: Floats) -> NDArray[np.int64]:
    """Terms after which the value the sum begins with no longer matters."""
    with np.errstate(divide="ignore", over="ignore"):
        # Every term is smaller than the one before by at least y / x.
        geometric = np.where(x > y, DAMPED / np.log(np.maximum(x, y) / y), np.inf)
    normal = np.maximum(y - x, 0) + DEVIATIONS * np.sqrt(y) + 12
    return np.ceil(np.minimum(normal, geometric)).astype(np.int64) + 1


def gamma_share(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """``P(x, y)``, the gamma law of shape x below y, and the Poisson weight ``w(x, y)``.

    ``P = A w`` in the lower part, ``1 - (I - 1) w`` above, where I is the inverse recursion: of
    two complementary sums the one that is no larger than the square root of its mean.

    Parameters
    ----------
    x, y : ndarray, shape (N,)
        0 or more; above 0.
    """
    weight = poisson_weight(x, y)
    share = np.empty(x.shape)
    above = (y > x) & (y >= HEAVY_FROM)
    share[above] = 1 - (inverse_blocking(y[above], x[above]) - 1) * weight[above]
    share[~above] = queue_sums(x[~above], y[~above])[0] * weight[~above]
    return share, weight
