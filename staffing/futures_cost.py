"""Cost of many futures under a fixed plan of hiring, certified, without a solve for each.

The factors of the scenarios, as straight lines in the people needed: the cost is convex in them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from staffing.errors import BadInputError
from staffing.futures_study import CertifiedCost, CostPercentile
from staffing.hiring.factors import TRUNCATION_SIGMA, additive, require_convex, standard_draws
from staffing.optimize.workforce.value.futures import cost_of_futures
from staffing.scenarios import FACTORS

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from staffing.hiring.factors import FactorSpace
    from staffing.hiring.two_stage import TwoStageProblem
    from staffing.scenarios import DemandSpread, Forecast

    Array = NDArray[np.float64]

_TRUNCATIONS = (TRUNCATION_SIGMA, 3.0, 2.5, 2.0)
_SHARES = tuple(percent / 100 for percent in range(1, 100))


def certified_cost(
    problem: TwoStageProblem,
    plan: tuple[float, Array],
    factors: DemandFactors,
    draws: int,
    seed: int,
) -> CertifiedCost | None:
    """Price futures under a plan of hiring, each between proven bounds.

    None where demand would fall below 0 within two standard deviations: no straight line then says
    what people it takes.

    Parameters
    ----------
    problem : TwoStageProblem
        Whose pools, costs and limits hold; its scenarios are not read.
    plan : float, ndarray of shape (weeks, pools)
        Cost of hiring and wages, and the staff hired.
    factors : DemandFactors
        What moves demand, at least one of them.
    draws : int
        Futures.
    seed : int
        Of the draws.
    """
    require_convex(factors.names)
    plan_cost, staff = plan
    space = factors.space(staff)
    truncation = factors.truncation(space)
    if truncation is None:
        return None
    points = factors.points(standard_draws(draws, len(factors.names), seed, truncation))
    certified, value = cost_of_futures(problem, plan_cost, [(space, points)])
    low, high = np.sort(value.lower), np.sort(value.upper)
    at = [int(np.ceil(share * draws)) - 1 for share in _SHARES]
    return CertifiedCost(
        factors=factors.names,
        truncation_sigma=truncation,
        certified=certified,
        percentiles=tuple(
            CostPercentile(
                share=share, lower=plan_cost + float(low[i]), upper=plan_cost + float(high[i])
            )
            for share, i in zip(_SHARES, at, strict=True)
        ),
    )


class DemandFactors:
    """Level, growth and season of a forecast as factors of the people needed.

    A unit of each is a unit of workload, of yearly growth, of the season's strength; the people it
    takes are the slope of the staffing curve over one standard deviation either way.

    Parameters
    ----------
    forecast : Forecast
        What is expected.
    spread : DemandSpread
        How far off it may be; what has no spread is no factor.
    needed : callable
        From volumes, shape (paths, services, weeks), to people, shape (paths, weeks, teams).
    """

    def __init__(
        self, forecast: Forecast, spread: DemandSpread, needed: Callable[[Array], Array]
    ) -> None:
        self._forecast, self._spread, self._needed = forecast, spread, needed
        sizes = (
            float(np.sqrt(np.expm1(spread.log_variance))),
            spread.growth_sd,
            spread.season_cv if (forecast.scale != forecast.trend).any() else 0.0,
        )
        kept = [i for i, size in enumerate(sizes) if size > 0]
        self._kept, self._sizes = kept, np.array([sizes[i] for i in kept])
        self.names = tuple(FACTORS[i] for i in kept)

    def space(self, staff: Array) -> FactorSpace:
        """Demand along the factors beside a staff, shape (weeks, pools)."""
        plan = self._people(np.zeros((1, len(FACTORS))))[0]
        moves = np.zeros((2, len(self._kept), len(FACTORS)))
        for row, (i, size) in enumerate(zip(self._kept, self._sizes, strict=True)):
            moves[0, row, i], moves[1, row, i] = size, -size
        up, down = (self._people(points) for points in moves)
        return additive(plan, staff, (up - down) / (2 * self._sizes[:, None, None]))

    def points(self, normal: Array) -> Array:
        """Draws of the factors from standard normals, both of shape (draws, factors)."""
        points = np.asarray(normal * self._sizes, dtype=float)
        if self._kept[:1] == [0]:
            points[:, 0] = self._spread.level(normal[:, 0]) - 1
        return points

    def truncation(self, space: FactorSpace) -> float | None:
        """Standard deviations, 3.5 at most and 2 at least, up to which demand stays 0 or above."""
        for sigma in _TRUNCATIONS:
            corner = np.full((1, len(self._kept)), sigma)
            try:
                space.require_box(self.points(-corner)[0], self.points(corner)[0])
            except BadInputError:
                continue
            return sigma
        return None

    def _people(self, points: Array) -> Array:
        level, growth, season = points.T
        return self._needed(self._forecast.paths(1 + level, growth, season))
