"""Draws of the factors to outcomes of the term, for both offers, without a solve.

Solving (`SolvedRisk`) needs the plan and the factors; reading it off needs neither a solver nor the
engagement. Prices are no part of it: the same solved points serve every price.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pricing.risk.corrections import OfferTeams
from pricing.risk.months import MonthsAlongFactors
from pricing.risk.outcomes import Outcomes
from pricing.risk.people import absence_load, line_of, work_coordinates
from pricing.risk.rates import KINDS
from pricing.risk.solved import SolvedCost, solve_cost
from pricing.risk.teams import ordered_team

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from pricing.risk.present import PresentWorth
    from pricing.risk.teams import RiskTeam

    Array = NDArray[np.float64]

_ORDER_TOLERANCE = 1e-6
_BLOCK = 4096


@dataclass(frozen=True)
class Quantities:
    """What clients order and are served, along the work coordinates.

    Parameters
    ----------
    planned_orders : ndarray, shape (months, teams)
        FTE ordered as planned, rounded to the step.
    order_need, order_moves : ndarray, shape (months, teams) and (3, months, teams)
        FTE needed where every coordinate is 0, and what one unit of each adds.
    fixed_months : int
        First months whose orders are as planned.
    step : float
        Smallest step of an order.
    units : ndarray, shape (3, services)
        Units over the term by one unit of each coordinate of volume.
    units_by_month : ndarray, shape (3, months, services)
        The same by contract month.
    """

    planned_orders: Array
    order_need: Array
    order_moves: Array
    fixed_months: int
    step: float
    units: Array
    units_by_month: Array

    def ordered(self, work: Array) -> Array:
        """FTE-months ordered over the term, shape (draws, teams)."""
        free = slice(self.fixed_months, None)
        found = np.empty((len(work), self.order_need.shape[1]))
        for k in range(found.shape[1]):
            moves = self.order_moves[:, free, k] / self.step
            start = self.order_need[free, k] / self.step - _ORDER_TOLERANCE
            for first in range(0, len(work), _BLOCK):
                steps = work[first : first + _BLOCK] @ moves
                steps += start
                np.maximum(np.ceil(steps, out=steps), 0.0, out=steps)
                found[first : first + _BLOCK, k] = steps.sum(axis=1)
        return found * self.step + self.planned_orders[: self.fixed_months].sum(axis=0)


@dataclass(frozen=True)
class SolvedRisk:
    """All that was solved for the risk of one plan: costs of both offers along the factors.

    Parameters
    ----------
    teams, services : tuple of str
        Names.
    planned : ndarray, shape (parts,)
        Cost of the plan by part: of each service other, then at home and abroad by year.
    years : int
        Contract years.
    out_of_office : float
        Share of paid time away, over all teams.
    quantities : Quantities
        What is ordered and served.
    input_based, output_based : SolvedCost
        Cost under each offer.
    present : PresentWorth, optional
        What money of each part is worth at the start, where prices recover discounted cost.
    """

    teams: tuple[str, ...]
    services: tuple[str, ...]
    planned: Array
    years: int
    out_of_office: float
    quantities: Quantities
    input_based: SolvedCost
    output_based: SolvedCost
    present: PresentWorth | None = None

    @property
    def solves(self) -> int:
        """Futures that were solved."""
        return self.input_based.solves + self.output_based.solves

    def outcomes(self, factors: Mapping[str, Array], draws: int) -> Outcomes:
        """Outcomes of draws of the factors; a factor left out is as planned."""
        work, volume, loaded = coordinates(factors, draws, self.out_of_office)
        cost_input, present_input = self._costs(self.input_based, loaded, factors)
        cost_output, present_output = self._costs(self.output_based, loaded, factors)
        return Outcomes(
            teams=self.teams,
            services=self.services,
            factors=factors,
            ordered=self.quantities.ordered(work),
            units=volume @ self.quantities.units,
            cost_input=cost_input,
            cost_output=cost_output,
            error_input=self.input_based.error,
            error_output=self.output_based.error,
            months=MonthsAlongFactors(self.quantities, work, volume),
            present_input=present_input,
            present_output=present_output,
        )

    def output_quantities(self, factors: Mapping[str, Array], draws: int) -> tuple[Array, Array]:
        """Units and cost of the output-based offer alone, each of shape (draws, services)."""
        _, volume, loaded = coordinates(factors, draws, self.out_of_office)
        cost, _ = self._costs(self.output_based, loaded, factors)
        return volume @ self.quantities.units, cost

    def _costs(
        self, solved: SolvedCost, points: Array, factors: Mapping[str, Array]
    ) -> tuple[Array, Array | None]:
        """Delivery cost by service, and what it is worth at the start where that is asked for."""
        parts = solved.change(points, factors)
        parts += self.planned
        parts = parts.reshape(len(points), len(self.services), 1 + 2 * self.years)
        present = None if self.present is None else self._cost(self.present.of(parts), factors)
        return self._cost(parts, factors), present

    def _cost(self, parts: Array, factors: Mapping[str, Array]) -> Array:
        """Delivery cost by service: quantities at the wages and exchange rates drawn."""
        wages = factors.get("wage_inflation")
        home, abroad = parts[:, :, 1 : 1 + self.years], parts[:, :, 1 + self.years :]
        fx = factors.get("fx")
        paid = home + (abroad if fx is None else fx[:, None, None] * abroad)
        cost, growth = parts[:, :, 0] + paid[:, :, 0], None
        for year in range(1, self.years):
            if wages is None:
                cost += paid[:, :, year]
            else:
                growth = wages if growth is None else growth * wages
                cost += growth[:, None] * paid[:, :, year]
        return np.asarray(cost, dtype=float)


def coordinates(
    factors: Mapping[str, Array], draws: int, out_of_office: float
) -> tuple[Array, Array, Array]:
    """Coordinates of the client's work, its volume and the vendor's work, each (draws, 3)."""
    volume = work_coordinates({k: v for k, v in factors.items() if k != "complexity"}, draws)
    work = volume
    if "complexity" in factors:
        work = volume * factors["complexity"][:, None]
    loaded = work
    if "absence" in factors:
        loaded = work * absence_load(out_of_office, factors["absence"])[:, None]
    return work, volume, loaded


def solve_risk(
    teams: tuple[RiskTeam, ...],
    services: tuple[str, ...],
    quantities: Quantities,
    factors: Mapping[str, Array],
    notice_weeks: int,
    *,
    draws: int,
    max_solves: int,
    present: PresentWorth | None = None,
) -> SolvedRisk:
    """Solve what the risk of a plan needs.

    Parameters
    ----------
    teams : tuple of RiskTeam
        Teams of the plan.
    services : tuple of str
        In the order of the plan's volumes.
    quantities : Quantities
        What is ordered and served.
    factors : mapping of str to ndarray, shape (draws,)
        What may come: the points are placed where these draws fall.
    notice_weeks : int
        Weeks until the client's orders follow its work.
    draws : int
        Futures.
    max_solves : int
        Points of the work coordinates to solve, for each offer.
    present : PresentWorth, optional
        What money of each part is worth at the start.
    """
    out_of_office = _out_of_office(teams)
    _, _, loaded = coordinates(factors, draws, out_of_office)
    fold, years = _fold(teams, services), len(teams[0].year_share)
    committed = tuple(team.committed for team in teams)
    output = OfferTeams(teams, committed, 0, fold, out_of_office)
    ordered = tuple(ordered_team(team) for team in committed)
    held = OfferTeams(teams, ordered, notice_weeks, fold, out_of_office)
    planned = np.ravel([team.rates.planned for team in teams]) @ fold
    # The offers know nothing of each other, and HiGHS lets go of the interpreter while it solves.
    with ThreadPoolExecutor(max_workers=1) as beside:
        other = beside.submit(solve_cost, output, loaded, factors, max_solves=max_solves)
        input_based = solve_cost(held, loaded, factors, max_solves=max_solves)
        output_based = other.result()
    return SolvedRisk(
        teams=tuple(team.name for team in teams),
        services=services,
        planned=planned,
        years=years,
        out_of_office=out_of_office,
        quantities=quantities,
        input_based=input_based,
        output_based=output_based,
        present=present,
    )


def _fold(teams: tuple[RiskTeam, ...], services: tuple[str, ...]) -> Array:
    """Which part of which service the money of a team, kind and year belongs to."""
    years = len(teams[0].year_share)
    fold = np.zeros((len(teams), len(KINDS), years, len(services), 1 + 2 * years))
    for k, team in enumerate(teams):
        s = services.index(team.service)
        for year in range(years):
            abroad = 1 + years if team.foreign_pay else 1
            fold[k, KINDS.index("pay"), year, s, abroad + year] = 1.0
            fold[k, KINDS.index("support"), year, s, 1 + year] = 1.0
            fold[k, KINDS.index("other"), year, s, 0] = 1.0
    return fold.reshape(len(teams) * len(KINDS) * years, -1)


def _out_of_office(teams: tuple[RiskTeam, ...]) -> float:
    """Share of paid time away, by people planned."""
    people = [float(team.people.planned.sum()) for team in teams]
    shares = [team.brief.workforce.out_of_office for team in teams]
    return float(np.average(shares, weights=people) if sum(people) else np.mean(shares))


def order_quantities(
    teams: tuple[RiskTeam, ...],
    weeks_in_month: Array,
    planned_orders: Array,
    units_by_week: Mapping[str, Array],
    *,
    step: float,
    notice_weeks: int,
) -> Quantities:
    """Read off what clients order and are served along the factors.

    Parameters
    ----------
    teams : tuple of RiskTeam
        Teams of the plan.
    weeks_in_month : ndarray, shape (months, weeks)
        Part of each week in each contract month.
    planned_orders : ndarray, shape (months, teams)
        FTE ordered as planned.
    units_by_week : mapping
        Planned units of every service inside the term, in the order of the plan.
    step : float
        Smallest step of an order.
    notice_weeks : int
        Weeks until orders follow the work; a month counts where most of it lies behind them.
    """
    line = line_of(tuple(team.people for team in teams), 0)
    by_month = weeks_in_month / weeks_in_month.sum(axis=1, keepdims=True)
    ends = weeks_in_month.sum(axis=1).cumsum()
    moves = teams[0].people.moves
    month_share = weeks_in_month / weeks_in_month.sum(axis=0)
    return Quantities(
        planned_orders=planned_orders,
        order_need=by_month @ line.demand,
        order_moves=np.einsum("mt,ctk->cmk", by_month, line.demand_moves),
        fixed_months=int((ends - weeks_in_month.sum(axis=1) / 2 < notice_weeks).sum()),
        step=step,
        units=np.stack([moves @ units for units in units_by_week.values()], axis=1),
        units_by_month=np.stack(
            [(moves * units) @ month_share.T for units in units_by_week.values()], axis=2
        ),
    )
