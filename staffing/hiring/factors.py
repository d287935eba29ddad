"""Factors of the future that move demand and staff along straight lines.

Recourse cost is convex in demand and hired staff together, so it is convex in every factor that
moves them linearly. Factors that do not are refused by name, with what to do instead.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from staffing.errors import BadInputError

Array = NDArray[np.float64]

TRUNCATION_SIGMA = 3.5
REMEDIES = {
    "peak_week": "one branch per peak week, each with its probability's share of the draws",
    "growth_times_level": "a growth in people, added to the level instead of multiplied with it",
    "workload_over_productivity": "the coordinates of staffing.hiring.factors.over_productivity",
    "attrition": "one plan and one value function per rate: attrition multiplies variables",
    "ramp": "one plan and one value function per ramp: it multiplies variables",
    "absence": "one value function per rate: absence multiplies variables",
    "wage": "the same quantities costed again: cost is linear in wages while quantities are fixed",
    "exchange_rate": "the same quantities costed again at each rate",
    "live_queue_load": "heads from the staffing curve as the factor: heads are not convex in load",
}


@dataclass(frozen=True)
class FactorSpace:
    """Demand and hired staff as straight lines in the factors.

    Parameters
    ----------
    demand, staff : ndarray, shape (weeks, pools)
        Productive FTE needed and hired where every factor is 0.
    demand_moves, staff_moves : ndarray, shape (factors, weeks, pools)
        What one unit of each factor adds.
    """

    demand: Array
    staff: Array
    demand_moves: Array
    staff_moves: Array

    def at(self, point: Array) -> tuple[Array, Array]:
        """Demand and staff at a point, shape (factors,)."""
        return self.demand_at(point), self.staff + np.tensordot(point, self.staff_moves, 1)

    def demand_at(self, point: Array) -> Array:
        """Demand alone at a point, shape (factors,)."""
        return np.asarray(self.demand + np.tensordot(point, self.demand_moves, 1), dtype=float)

    def slope(self, demand_slope: Array, staff_slope: Array) -> Array:
        """Slope in the factors from slopes in demand and staff (chain rule), shape (factors,)."""
        cells = demand_slope.size
        in_demand = self.demand_moves.reshape(-1, cells) @ demand_slope.ravel()
        in_staff = self.staff_moves.reshape(-1, cells) @ staff_slope.ravel()
        return np.asarray(in_demand + in_staff, dtype=float)

    def require_box(self, lower: Array, upper: Array) -> None:
        """Refuse a box in which demand or staff falls below 0 somewhere.

        Raises
        ------
        BadInputError
            Naming what falls below 0; clipping it would bend the line.
        """
        for name, base, moves in (
            ("demand", self.demand, self.demand_moves),
            ("staff", self.staff, self.staff_moves),
        ):
            ends = np.stack([np.tensordot(np.diag(end), moves, 1) for end in (lower, upper)])
            least = float((base + ends.min(axis=0).sum(axis=0)).min())
            if least < 0:
                raise BadInputError.at(
                    f"factors.{name}",
                    f"{least:.2f} FTE",
                    "0 FTE or more at every corner of the box; scale the factors down, or "
                    f"truncate them below {TRUNCATION_SIGMA:g} standard deviations",
                )


def additive(
    demand: Array, staff: Array, demand_moves: Array, staff_productivity: float = 0.0
) -> FactorSpace:
    """Build factors that add to demand and, where asked, one for the productivity of the staff.

    Parameters
    ----------
    demand, staff : ndarray, shape (weeks, pools)
        Productive FTE needed and hired.
    demand_moves : ndarray, shape (factors, weeks, pools)
        What one unit of each factor adds to demand.
    staff_productivity : float
        Share of the staff's work that one unit of a last factor adds; 0 for no such factor.
    """
    still = np.zeros_like(demand_moves)
    if not staff_productivity:
        return FactorSpace(demand, staff, demand_moves, still)
    return FactorSpace(
        demand,
        staff,
        np.concatenate([demand_moves, np.zeros((1, *demand.shape))]),
        np.concatenate([still, staff_productivity * staff[None]]),
    )


def over_productivity(
    demand: Array, staff: Array, shifts: Array, draws: Array
) -> tuple[FactorSpace, Array]:
    """Workload over productivity in coordinates in which it is linear.

    ``(1 + l) D / p + sum f_i S_i / p`` is not convex in (l, f, p), but linear in
    ``(u (1 + l), u f)`` with ``u = 1 / p``, which is one factor fewer.

    Parameters
    ----------
    demand, staff : ndarray, shape (weeks, pools)
        Productive FTE needed at productivity 1, and hired.
    shifts : ndarray, shape (shifts, weeks, pools)
        S: what one unit of each further factor adds to demand.
    draws : ndarray, shape (draws, 2 + shifts)
        Level l, productivity p above 0, then f.

    Returns
    -------
    FactorSpace, ndarray of shape (draws, 1 + shifts)
        The space, and the draws in its coordinates.
    """
    productivity = draws[:, 1]
    if not (productivity > 0).all():
        raise BadInputError.at("productivity", float(productivity.min()), "above 0")
    moves = np.concatenate([demand[None], shifts])
    space = FactorSpace(np.zeros_like(demand), staff, moves, np.zeros_like(moves))
    factors = np.hstack([1 + draws[:, :1], draws[:, 2:]]) / productivity[:, None]
    return space, factors


def require_convex(kinds: tuple[str, ...]) -> None:
    """Refuse kinds of factors in which cost is not convex, each with its remedy."""
    for i, kind in enumerate(kinds):
        if kind in REMEDIES:
            raise BadInputError.at(f"factors[{i}]", kind, f"not convex; use {REMEDIES[kind]}")


def standard_draws(
    count: int, factors: int, seed: int, truncation: float = TRUNCATION_SIGMA
) -> Array:
    """Independent standard normal draws, truncated at some sigma, shape (count, factors)."""
    generator = np.random.default_rng(seed)
    draws = generator.standard_normal((count, factors))
    while (beyond := np.abs(draws) > truncation).any():
        draws[beyond] = generator.standard_normal(int(beyond.sum()))
    return draws
