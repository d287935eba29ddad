"""Cost of the term under one offer, from few solved futures: certified where that can be.

What people do is solved at points of the work coordinates (`pricing.risk.people`), where cost is
convex: tangents bound it from below, interpolation from above. Between points every part of the
money is interpolated, so wages and exchange rates are put on afterwards, for the quantities there
are. Attrition, ramp and the bend of the staffing curve are solved one at a time, and what that
misses is measured on futures that were solved and not fitted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from pricing.risk.corrections import (
    AS_PLANNED,
    RATES,
    Correction,
    OfferTeams,
    SolvedFuture,
    curve_demand,
    rate_corrections,
)
from pricing.risk.outcomes import CostError
from pricing.risk.people import absence_load, line_of
from staffing.optimize.workforce.committed import CommittedProgram
from staffing.optimize.workforce.value.certify import Branch, certify

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from staffing.hiring.factors import FactorSpace
    from staffing.optimize.workforce.value.function import ValueFunction

    Array = NDArray[np.float64]

MAX_SOLVES = 160
HELD_OUT = 24
_BENT = 1e-3
_GUIDES = 5_000


@dataclass(frozen=True)
class Located:
    """Where draws lie among the points solved.

    Parameters
    ----------
    points : ndarray, shape (draws, axes)
        The draws, in the coordinates that vary.
    simplex : ndarray of int, shape (draws,)
        Simplex of each.
    weights : ndarray, shape (draws, axes + 1)
        On the corners of it.
    """

    points: Array
    simplex: NDArray[np.int64]
    weights: Array


@dataclass(frozen=True)
class SolvedCost:
    """Cost under one offer as a function of the factors; no solver is needed to read it.

    Parameters
    ----------
    axes : tuple of int
        Coordinates that vary.
    function : ValueFunction or None
        Where a point lies among those solved; None where no coordinate varies.
    money : ndarray, shape (solved points, parts)
        At the solved points, less the plan by the same model.
    corrections : tuple of Correction
        Of what is no coordinate.
    error : CostError
        Of the mean, before wages and exchange rates.
    located : Located, optional
        Where the draws lie that the points were placed for; found anew for any others.
    """

    axes: tuple[int, ...]
    function: ValueFunction | None
    money: Array
    corrections: tuple[Correction, ...]
    error: CostError
    solves: int
    bend: float
    located: Located | None = None

    def change(self, points: Array, factors: Mapping[str, Array]) -> Array:
        """Money against the plan's, shape (draws, parts).

        Parameters
        ----------
        points : ndarray, shape (draws, 3)
            Work coordinates.
        factors : mapping
            Draws of the factors.
        """
        total = np.zeros((len(points), self.money.shape[1]))
        if self.function is not None and (points != AS_PLANNED).any():
            along = points[:, self.axes]
            found = self.located
            if found is None or not np.array_equal(found.points, along):
                found = _locate(self.function, along)
            corners = self.function.tree.corners[found.simplex]
            for slot in range(corners.shape[1]):
                total += found.weights[:, slot, None] * self.money[corners[:, slot]]
        for one in self.corrections:
            if one.factor == "level":
                total += one.at_values(points[:, 0])
            elif one.factor in factors:
                total += points[:, :1] * one.at_values(factors[one.factor])
        return total


def _locate(function: ValueFunction, along: Array) -> Located:
    """Find draws among the points solved; those beyond the box lie on its rim."""
    return Located(along, *function.locate(np.clip(function.unit(along), 0.0, 1.0)))


def solve_cost(
    offer: OfferTeams,
    points: Array,
    factors: Mapping[str, Array],
    *,
    max_solves: int = MAX_SOLVES,
    held_out: int = HELD_OUT,
) -> SolvedCost:
    """Solve as few futures as are needed to cost all draws.

    Parameters
    ----------
    offer : OfferTeams
        Under which offer.
    points : ndarray, shape (draws, 3)
        Work coordinates, in which the points are placed where draws fall.
    factors : mapping
        Draws of the factors.
    max_solves : int
        Points of the work coordinates to solve at most.
    held_out : int
        Futures solved exactly to measure what interpolation and single factors miss.
    """
    people = tuple(team.people for team in offer.teams)
    line = line_of(people, offer.fixed_weeks)
    programs = [CommittedProgram(team) for team in offer.committed]
    work = _WorkCost(offer, line, programs, _varying(points, line))
    planned = offer.money([work.along_line(AS_PLANNED)])[0]
    function, located, below = None, None, 0.0
    if work.axes:
        along = points[:, work.axes]
        branch = Branch(work, _guides(along))
        function = certify([branch], max_solves, draws=len(along)).functions[0]
        located = _locate(function, along)
        upper = function.interpolate(located.simplex, located.weights)
        below = float((upper - function.solved.cuts(0, function.unit(along))).mean())
    corrections = list(rate_corrections(offer, programs, line, factors))
    bend = max((one.bend() for one in people), default=0.0)
    if bend > _BENT and 0 in work.axes:
        corrections.append(_bend_correction(work, points[:, 0]))
    found = SolvedCost(
        axes=work.axes,
        function=function,
        money=offer.money(work.futures) - planned if work.futures else np.zeros((1, len(planned))),
        corrections=tuple(corrections),
        error=CostError(below=max(below, 0.0)),
        solves=len(work.futures) + 1,
        bend=bend,
        located=located,
    )
    return _with_estimate(found, work, planned, (points, factors), held_out)


def _guides(points: Array) -> Array:
    """Draws that say where to solve: evenly spaced ones, and those at the rims of the box.

    All draws are bounded by what was solved; a twentieth of them finds the places as well.
    """
    step, columns = max(1, len(points) // _GUIDES), np.ascontiguousarray(points.T)
    rims = np.concatenate([columns.argmin(axis=1), columns.argmax(axis=1)])
    return np.asarray(points[np.union1d(np.arange(0, len(points), step), rims)])


def _varying(points: Array, line: FactorSpace) -> tuple[int, ...]:
    """Coordinates that vary over the draws and move somebody."""
    moves = np.abs(line.demand_moves).sum(axis=(1, 2)) > 0
    varies = np.ptp(np.ascontiguousarray(points.T), axis=1) > 0
    return tuple(int(i) for i in np.flatnonzero(varies & moves))


class _WorkCost:
    """Exact cost and slope at a point of the varying coordinates; keeps what is done at each."""

    def __init__(
        self,
        offer: OfferTeams,
        line: FactorSpace,
        programs: list[CommittedProgram],
        axes: tuple[int, ...],
    ) -> None:
        self.offer, self.line, self.programs, self.axes = offer, line, programs, axes
        self.futures: list[SolvedFuture] = []

    def __call__(self, point: Array) -> tuple[float, Array]:
        whole = AS_PLANNED.copy()
        whole[list(self.axes)] = point
        line = self.line.demand_at(whole)
        # Need held at 0 stays convex: cost never falls when there is more to do.
        demand = np.maximum(line, 0.0)
        cost, slope, parts = 0.0, np.zeros_like(demand), []
        for k, program in enumerate(self.programs):
            answer = program.solve(demand[:, k])
            cost += answer.cost
            slope[:, k] = np.where(line[:, k] > 0, answer.slope, 0.0)
            parts.append(answer.parts)
        self.futures.append(SolvedFuture(whole, tuple(parts)))
        return cost, self.line.slope(slope, np.zeros_like(slope))[list(self.axes)]

    def along_line(self, whole: Array) -> SolvedFuture:
        """Solve a point along the line."""
        line = self.line.demand_at(whole)
        return self.offer.solve(self.programs, np.maximum(line, 0.0), whole)


def _bend_correction(work: _WorkCost, level: Array) -> Correction:
    knots = np.quantile(level, (0.0, 0.02, 0.2, 0.5, 0.8, 0.98, 1.0))
    at = np.unique(np.append(knots, 1.0))
    offer, bent, straight = work.offer, [], []
    for value in at:
        point = np.array([value, 0.0, 0.0])
        bent.append(offer.solve(work.programs, curve_demand(offer, point, 1.0), point))
        straight.append(work.along_line(point))
    return Correction("level", at, offer.money(bent) - offer.money(straight))


def _with_estimate(
    found: SolvedCost,
    work: _WorkCost,
    planned: Array,
    drawn: tuple[Array, Mapping[str, Array]],
    held_out: int,
) -> SolvedCost:
    """Measure what is missed on evenly spaced draws, solved with all their factors at once."""
    points, factors = drawn
    offer, programs = work.offer, work.programs
    if not factors or not held_out:
        return found
    chosen = np.linspace(0, len(points) - 1, held_out).astype(np.int64)
    some = {name: values[chosen] for name, values in factors.items()}
    model = found.change(points[chosen], some).sum(axis=1)
    futures = []
    for i, draw in enumerate(chosen):
        rates = {name: float(some[name][i]) for name in RATES if name in some}
        off = (
            float(absence_load(offer.out_of_office, some["absence"][i]))
            if "absence" in some
            else 1.0
        )
        point = points[draw] / off
        demand = curve_demand(offer, point, off)
        futures.append(offer.solve(programs, demand, points[draw], rates))
    missed = (offer.money(futures) - planned).sum(axis=1) - model
    estimate = float(abs(missed.mean()) + missed.std(ddof=1) / np.sqrt(len(missed)))
    error = CostError(found.error.below, found.error.above, estimate)
    return replace(found, error=error, solves=found.solves + held_out)
