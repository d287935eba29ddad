"""Follow-the-sun services: from a brief without to one with a routing of their contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from staffing.brief import LiveTarget
from staffing.errors import BadInputError
from staffing.grid import zone_offset_min
from staffing.live import live_heads
from staffing.optimize.routing import RoutedTeam, route
from staffing.optimize.shift_model import CoverageProblem
from staffing.plan import Routing, tidy
from staffing.requirement import FixedHeads
from staffing.shifts import shift_catalogue

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.brief import ServiceBrief, StaffingBrief, TeamBrief
    from staffing.demand import Demand
    from staffing.optimize.routing import RoutingResult
    from staffing.optimize.solver import SolveLog
    from staffing.plan import TeamPlan

_LAST_DIGITS = 1e-7


def choose_routings(
    brief: StaffingBrief, demands: dict[str, Demand], log: SolveLog
) -> tuple[StaffingBrief, dict[str, RoutingResult]]:
    """Let the optimizer route every follow-the-sun service.

    Returns
    -------
    brief : StaffingBrief
        With a routing on the teams of these services.
    results : dict
        What is proven of each routing, by service.

    Raises
    ------
    InfeasibleError, SolverStoppedError
    """
    results = {}
    for service in brief.services:
        if service.follow_the_sun:
            results[service.name] = _route(brief, service, demands[service.name], log)
    routings = {
        team.name: result.shares[k]
        for service, result in results.items()
        for k, team in enumerate(brief.teams_of(service))
    }
    return brief.with_routings(routings), results


def _route(
    brief: StaffingBrief, service: ServiceBrief, demand: Demand, log: SolveLog
) -> RoutingResult:
    teams, week = brief.teams_of(service.name), demand.base_week * demand.week_shape
    routed = tuple(_routed_team(brief, service, team, week) for team in teams)
    result = route(service.name, routed, service.open_mask, brief.grid, log)
    for team, shares in zip(teams, result.shares, strict=True):
        if not (shares * week).any():
            raise BadInputError.at(
                service.field("delivery"),
                team.site,
                "sites that take part: at least cost this one takes no contact; leave it out, or "
                "narrow the opening hours of the others",
            )
    return result


def routing_proofs(
    results: dict[str, RoutingResult], teams: dict[str, TeamPlan]
) -> tuple[Routing, ...]:
    """State what is proven of each routing, with the rosters its teams got."""
    proofs = []
    for service, result in results.items():
        objective = tidy(
            sum(t.roster.proof.objective for t in teams.values() if t.service == service)
        )
        # The solver's last digits only: a bound truly above its plan must not pass unseen.
        last_digits = result.bound <= objective * (1 + _LAST_DIGITS)
        bound = tidy(min(result.bound, objective) if last_digits else result.bound)
        proofs.append(
            Routing(
                service=service,
                objective=objective,
                bound=bound,
                gap=tidy((objective - bound) / objective) if objective else 0.0,
                stop_reason=result.stop_reason,
            )
        )
    return tuple(proofs)


def _routed_team(
    brief: StaffingBrief, service: ServiceBrief, team: TeamBrief, week: NDArray[np.float64]
) -> RoutedTeam:
    """Pose one team as if it took the whole queue."""
    grid, site = brief.grid, brief.site(team.site)
    assert isinstance(service.target, LiveTarget)  # noqa: S101 (only live queues are routed)
    ahead_min = zone_offset_min(service.time_zone, site.time_zone, brief.start)
    here = grid.shift_to_zone(week, ahead_min).astype(float)
    opened = grid.shift_to_zone(service.open_mask, ahead_min).astype(bool)
    crew = np.where(opened, float(service.min_heads), 0.0)
    heads = live_heads(here, service.target, grid) / team.available_share(grid)
    catalogue = shift_catalogue(team.labour, grid, site.open_mask, opened & site.open_mask)
    return RoutedTeam(
        problem=CoverageProblem(
            name=team.name,
            grid=grid,
            catalogue=catalogue,
            paid_shares=np.array(
                [team.labour.paid_share(shift.length * grid.interval_h) for shift in catalogue]
            ),
            cost_by_interval=team.cost_by_interval(grid),
            seat_price=team.seat_cost_per_week,
            seats_left=None if site.seats is None else np.full(grid.size, float(site.seats)),
            target=FixedHeads(heads),
        ),
        agents=np.maximum(heads, crew),
        site_open=site.open_mask,
        steps_ahead=ahead_min // grid.interval_min,
    )
