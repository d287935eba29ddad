"""Every team's week at plan volume: who plans first where teams share the seats of a site."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from staffing.brief import LiveTarget
from staffing.errors import InfeasibleError
from staffing.requirement import team_week
from staffing.team_cover import Committed, commit, cover_team

if TYPE_CHECKING:
    from staffing.brief import StaffingBrief, TeamBrief
    from staffing.demand import Demand
    from staffing.team_cover import PlanRun, TeamCover


def empty_sites(brief: StaffingBrief) -> Committed:
    """Sites at which nobody works yet."""
    return Committed({site.name: np.zeros(brief.grid.size) for site in brief.sites}, {})


def base_weeks(
    brief: StaffingBrief, demands: dict[str, Demand], run: PlanRun
) -> dict[str, TeamCover]:
    """Cover plan volume for every team, in the order in which teams take their seats.

    Live queues go first: deferrable work can move out of their way, and use their idle time. Then
    the shorter turnaround, whatever the order in the document. A team that finds too few seats
    left goes before the others of its kind at its site, once, and all is tried again.

    Returns
    -------
    dict
        Cover by team name, in planning order.

    Raises
    ------
    BadInputError, InfeasibleError, SolverStoppedError
    """
    order = sorted(brief.teams, key=lambda team: _urgency(brief, team))
    moved: set[str] = set()
    while True:
        covers: dict[str, TeamCover] = {}
        committed = empty_sites(brief)
        for team in order:
            try:
                covers[team.name] = _cover(brief, team, demands[team.service], committed, run)
            except InfeasibleError as error:
                if error.rule != "seats" or team.name in moved or _goes_first(brief, team, order):
                    raise
                moved.add(team.name)
                order = _moved_forward(brief, team, order)
                break
            commit(brief, team, covers[team.name].week, {1.0: covers[team.name]}, committed)
        else:
            return covers


def _cover(
    brief: StaffingBrief, team: TeamBrief, demand: Demand, committed: Committed, run: PlanRun
) -> TeamCover:
    service, site = brief.service(team.service), brief.site(team.site)
    units = demand.base_week * demand.week_shape
    week = team_week(service, team, site, units, brief.grid, brief.start)
    return cover_team(brief, team, week, committed, run)


def _urgency(brief: StaffingBrief, team: TeamBrief) -> tuple[float, str]:
    target = brief.service(team.service).target
    hours = 0.0 if isinstance(target, LiveTarget) else target.turnaround_h
    return hours, team.name


def _rivals(brief: StaffingBrief, team: TeamBrief, order: list[TeamBrief]) -> list[TeamBrief]:
    """Teams of the same kind that take their seats before this one at its site."""
    live = isinstance(brief.service(team.service).target, LiveTarget)
    return [
        other
        for other in order[: order.index(team)]
        if other.site == team.site
        and isinstance(brief.service(other.service).target, LiveTarget) == live
    ]


def _goes_first(brief: StaffingBrief, team: TeamBrief, order: list[TeamBrief]) -> bool:
    return not _rivals(brief, team, order)


def _moved_forward(
    brief: StaffingBrief, team: TeamBrief, order: list[TeamBrief]
) -> list[TeamBrief]:
    first = order.index(_rivals(brief, team, order)[0])
    rest = [other for other in order if other is not team]
    return [*rest[:first], team, *rest[first:]]
