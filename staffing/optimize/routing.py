"""Follow the sun: which site takes a live queue in which interval, at least cost.

Sets: intervals s of the service's week, teams k, candidate shifts j of team k. Variables:
``y_ks`` 1 where team k takes interval s, ``x_kj`` people (in fractions) on shift j, ``H_k`` seats.

``routing``   sum over k of y_ks = 1 where the service is open; y_ks = 0 where the site is closed
``cover``     presence_k at s x available share >= agents_s x y_ks
``seats``     presence_k <= seats left at the site; presence_k <= H_k

Each interval goes to one team as a whole, so the queue stays pooled. The bound is the linear
relaxation: splitting a queue never takes fewer agents than keeping it whole, so no split over the
sites beats it either.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from staffing.errors import InfeasibleError, Shortage
from staffing.optimize.program import Program
from staffing.optimize.shift_model import ShiftModel
from staffing.optimize.solver import SolveLimits, SolveLog

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.grid import WeekGrid
    from staffing.optimize.shift_model import CoverageProblem

ROUTING_LIMITS = SolveLimits(relative_gap=0.01, max_nodes=200)


@dataclass(frozen=True)
class RoutedTeam:
    """One team that may take the queue.

    Parameters
    ----------
    problem : CoverageProblem
        Its site's shifts, costs and seats; its target is not read.
    agents : ndarray, shape (T,)
        Heads on duty that serve the whole queue, by interval of the site's week.
    site_open : ndarray of bool, shape (T,)
        Intervals of the site's week in which people may be on duty.
    steps_ahead : int
        Intervals the site's clock is ahead of the service's.
    """

    problem: CoverageProblem
    agents: NDArray[np.float64]
    site_open: NDArray[np.bool_]
    steps_ahead: int


@dataclass(frozen=True)
class RoutingResult:
    """Shares of each team by interval of the service's week, shape (K, T), and the proven bound."""

    shares: NDArray[np.float64]
    bound: float
    stop_reason: str


def route(
    name: str,
    teams: tuple[RoutedTeam, ...],
    service_open: NDArray[np.bool_],
    grid: WeekGrid,
    log: SolveLog,
) -> RoutingResult:
    """Choose the team that takes each interval of a live queue.

    Parameters
    ----------
    name : str
        Service, for messages.
    teams : tuple of RoutedTeam
        One per site.
    service_open : ndarray of bool, shape (T,)
        Opening hours, service-local.

    Raises
    ------
    InfeasibleError
        ``site_hours`` where no site is open; ``seats`` where all of them together are too small.
    SolverStoppedError
        When a limit ended the search before any routing was found.
    """
    opened = np.array([np.roll(team.site_open, -team.steps_ahead) for team in teams])
    unserved = service_open & ~opened.any(axis=0)
    if unserved.any():
        raise InfeasibleError(
            "site_hours",
            f"{name}: no site is open {grid.label(int(unserved.argmax()))} (service time); widen "
            "the hours of a site or add one",
            tuple(Shortage(grid.label(int(s)), 0.0) for s in np.flatnonzero(unserved)),
        )
    program, _ = _program(teams, service_open, opened, integer=False)
    relaxed = program.solve(SolveLimits(), log).outcome
    if relaxed.infeasible:
        raise InfeasibleError(
            "seats", f"{name}: the seats of all its sites together are too few at the peak"
        )
    program, takes = _program(teams, service_open, opened, integer=True)
    found = program.solve(ROUTING_LIMITS, log)
    return RoutingResult(found.values[takes].round(), relaxed.bound, found.outcome.stop_reason)


def _program(
    teams: tuple[RoutedTeam, ...],
    service_open: NDArray[np.bool_],
    opened: NDArray[np.bool_],
    *,
    integer: bool,
) -> tuple[Program, NDArray[np.int64]]:
    program, size = Program("routing"), len(service_open)
    takes = np.array(
        [program.columns(size, upper=row.astype(float), whole=integer) for row in opened]
    )
    costs = []
    for team, taken in zip(teams, takes, strict=True):
        model = ShiftModel(team.problem, integer=False, program=program)
        costs.append(model.cost)
        at_site = (np.arange(size) + team.steps_ahead) % size
        model.take(taken[service_open], at_site[service_open], team.agents)
    whole = program.block(size, lower=service_open, upper=service_open)
    program.put(whole, takes)
    program.minimise(*costs)
    return program, takes
