"""Many factors: tangents at sampled draws and a control variate. An estimate, not a certificate.

From about four factors on, upper bounds need too many solves. Tangents need no box: with ``LB``
their maximum and ``e = C - LB >= 0`` measured on further draws, ``mean C = mean LB + mean e``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from staffing.errors import BadInputError
from staffing.optimize.workforce.value.solved import SolvedPoints

if TYPE_CHECKING:
    from staffing.hiring.factors import Array
    from staffing.optimize.workforce.value.solved import Solve

_TAIL_SHARE = 0.2
_LEAST = 2  # of a sample with a variance


@dataclass(frozen=True)
class MeanEstimate:
    """A statistical estimate of the mean cost of the draws.

    Parameters
    ----------
    mean : float
        The estimate.
    standard_error : float
        Of the mean: Monte Carlo error of the draws and of the correction together.
    correction_error : float
        The correction's part of it.
    lower : ndarray, shape (draws,)
        Certified lower bound of the cost of each draw; single draws can be far above it.
    num_solves : int
        Exact solves used.
    """

    mean: float
    standard_error: float
    correction_error: float
    lower: Array
    num_solves: int


def estimate_mean(
    solve: Solve, draws: Array, *, num_cuts: int, num_exact: int, seed: int
) -> MeanEstimate:
    """Estimate the mean cost of draws, shape (draws, factors), from few exact solves.

    Parameters
    ----------
    solve : callable
        From a point to the exact cost and one of its subgradients.
    num_cuts : int
        Solves for tangents: half at random, half among the dearest fifth by what is known then.
    num_exact : int
        Further random draws solved exactly to measure what the tangents miss, 2 or more.
    seed : int
        Of the choice of draws.
    """
    if not (_LEAST <= num_cuts <= len(draws) // 2 and _LEAST <= num_exact <= len(draws)):
        raise BadInputError.at(
            "num_cuts, num_exact", (num_cuts, num_exact), f"2 or more, well below {len(draws)}"
        )
    choose = np.random.default_rng(seed)
    low = draws.min(axis=0)
    solved = SolvedPoints(solve, low, np.maximum(draws.max(axis=0), low + 1e-9))
    unit = (draws - low) / solved.span
    solved.at(unit[choose.choice(len(draws), num_cuts // 2, replace=False)])
    dearest = np.argsort(-solved.cuts(0, unit), kind="stable")
    tail = dearest[: max(num_cuts, int(_TAIL_SHARE * len(draws)))]
    solved.at(unit[choose.choice(tail, num_cuts - num_cuts // 2, replace=False)])
    lower = solved.cuts(0, unit)
    exact = choose.choice(len(draws), num_exact, replace=False)
    points = solved.at(unit[exact])  # before the cost is read: these are solved now
    missed = solved.cost[points] - lower[exact]
    correction_error = float(missed.std(ddof=1)) / np.sqrt(num_exact)
    monte_carlo = float(lower.std(ddof=1)) / np.sqrt(len(draws))
    return MeanEstimate(
        mean=float(lower.mean() + missed.mean()),
        standard_error=float(np.hypot(monte_carlo, correction_error)),
        correction_error=correction_error,
        lower=lower,
        num_solves=len(solved),
    )
