"""How the teams of an offer work in one future, and what factors that multiply decisions add.

Attrition and ramp are coefficients of the program, so cost is not convex in them: they are solved
one at a time, at a few of their values, everything else as planned.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from pricing.risk.teams import RiskTeam
    from staffing.hiring.committed import CommittedTeam
    from staffing.hiring.factors import FactorSpace
    from staffing.optimize.workforce.committed import CommittedProgram

    Array = NDArray[np.float64]

AS_PLANNED = np.array([1.0, 0.0, 0.0])
RATES = ("attrition", "ramp")
"""Factors that multiply decisions: one at a time, each solved at a few of its values."""
_KNOTS = (0.0, 0.1, 0.5, 0.9, 1.0)


@dataclass(frozen=True)
class Correction:
    """What one factor adds to the money, solved at some of its values, linear between them.

    Parameters
    ----------
    factor : str
        Of `RATES`, or ``level`` for the bend of the staffing curve.
    at : ndarray, shape (knots,)
        Values of the factor, rising.
    money : ndarray, shape (knots, parts)
        Change against the factor as planned.
    """

    factor: str
    at: Array
    money: Array

    def at_values(self, values: Array) -> Array:
        """Read it, linear between the knots and level beyond them, shape (draws, parts)."""
        cell = np.clip(np.searchsorted(self.at, values, side="right") - 1, 0, len(self.at) - 2)
        share = np.clip((values - self.at[cell]) / np.diff(self.at)[cell], 0.0, 1.0)[:, None]
        return np.asarray(self.money[cell] * (1 - share) + self.money[cell + 1] * share)


@dataclass(frozen=True)
class SolvedFuture:
    """What the teams of an offer do at a point of the coordinates, by part and week."""

    point: Array
    parts: tuple[Mapping[str, Array], ...]


@dataclass(frozen=True)
class OfferTeams:
    """How the teams of one offer are asked to work.

    Parameters
    ----------
    teams : tuple of RiskTeam
        People and money.
    committed : tuple of CommittedTeam
        Who is fixed for how long under this offer.
    fixed_weeks : int
        First weeks whose work is as planned, whatever comes: the notice of an order.
    fold : ndarray, shape (teams x kinds x years, parts)
        How the money of teams adds up to the parts that are kept.
    out_of_office : float
        Share of paid time away, over all teams.
    """

    teams: tuple[RiskTeam, ...]
    committed: tuple[CommittedTeam, ...]
    fixed_weeks: int
    fold: Array
    out_of_office: float

    def solve(
        self,
        programs: Sequence[CommittedProgram],
        demand: Array,
        point: Array,
        rates: Mapping[str, float] | None = None,
    ) -> SolvedFuture:
        """Meet a demand, shape (weeks, teams), at least cost, at other `RATES` where given."""
        parts = []
        for k, (team, program) in enumerate(zip(self.committed, programs, strict=True)):
            at = team.at_rates(**rates) if rates else None
            parts.append(program.meet(demand[:, k], at)[1])
        return SolvedFuture(point, tuple(parts))

    def money(self, futures: Sequence[SolvedFuture]) -> Array:
        """Money of solved futures, shape (futures, parts)."""
        points = np.stack([one.point for one in futures])
        cost = [
            team.money(_stacked([one.parts[k] for one in futures]), points)
            for k, team in enumerate(self.teams)
        ]
        flat = np.stack(cost, axis=1).reshape(len(futures), 1, -1)
        return np.asarray((flat @ self.fold)[:, 0], dtype=float)


def _stacked(parts: Sequence[Mapping[str, Array]]) -> dict[str, Array]:
    """Join parts of futures, each of shape (futures, weeks)."""
    return {name: np.stack([one[name] for one in parts]) for name in parts[0]}


def rate_corrections(
    offer: OfferTeams,
    programs: list[CommittedProgram],
    line: FactorSpace,
    factors: Mapping[str, Array],
) -> list[Correction]:
    """Solve attrition and ramp at a few of their values, everything else as planned."""
    demand = line.demand_at(AS_PLANNED)
    found = []
    for name in RATES:
        if name not in factors:
            continue
        at = np.unique(np.append(np.quantile(factors[name], _KNOTS), 1.0))
        money = offer.money(
            [offer.solve(programs, demand, AS_PLANNED, {name: float(value)}) for value in at]
        )
        found.append(Correction(name, at, money - money[np.flatnonzero(at == 1.0)[0]]))
    return found


def curve_demand(offer: OfferTeams, point: Array, absence: float) -> Array:
    """Need off the staffing curves, as planned in the first weeks of an order's notice."""
    demand = np.stack([team.people.needed(point) * absence for team in offer.teams], axis=1)
    for k, team in enumerate(offer.teams):
        demand[: offer.fixed_weeks, k] = team.people.planned[: offer.fixed_weeks]
    return demand
