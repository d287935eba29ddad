"""What is wrong with a brief as far as it can be told before anything is planned."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from staffing.brief import TurnaroundTarget
from staffing.calendar import ContractCalendar
from staffing.demand import demand_over_term
from staffing.errors import BadInputError, together
from staffing.requirement import check_size, due_intervals, team_week
from staffing.tour_week import tour_problem
from staffing.tours import offered_groups

if TYPE_CHECKING:
    from staffing.brief import StaffingBrief, TeamBrief
    from staffing.demand import Demand


def check_brief(brief: StaffingBrief) -> None:
    """Raise what planning would raise of volumes, clocks, hours, turnaround times and sizes.

    No solver runs. The sites of a follow-the-sun service are checked as if each took all of it;
    their hours are left to the routing.

    Raises
    ------
    BadInputError
        Everything found, service by service, then team by team.
    InfeasibleError
        When a live queue cannot be open as asked.
    """
    calendar = ContractCalendar(brief.start, brief.term_months)
    together(partial(_check_turnaround, brief, number) for number in range(len(brief.services)))
    demands = together(
        partial(demand_over_term, service, calendar, brief.grid) for service in brief.services
    )
    by_service = dict(zip((service.name for service in brief.services), demands, strict=True))
    together(partial(_check_team, brief, team, by_service[team.service]) for team in brief.teams)
    at_site = {team.site: team for team in brief.teams}
    together(partial(_check_tours, brief, team) for team in at_site.values())


def _check_turnaround(brief: StaffingBrief, number: int) -> None:
    service = brief.services[number]
    if isinstance(service.target, TurnaroundTarget):
        due_intervals(service.target, service.field("turnaround_h"), brief.grid)


def _check_team(brief: StaffingBrief, team: TeamBrief, demand: Demand) -> None:
    service, site = brief.service(team.service), brief.site(team.site)
    units = demand.base_week * demand.week_shape
    week = team_week(service, team, site, units, brief.grid, brief.start)
    check_size(service, week, team.available_share(brief.grid), brief.grid)


def _check_tours(brief: StaffingBrief, team: TeamBrief) -> None:
    """Breaks and tours fit the grid, the site's hours and each other, whatever the volume."""
    if not team.labour.has_inner_shape:
        return
    service, site = brief.service(team.service), brief.site(team.site)
    nobody = np.zeros(brief.grid.size)
    try:
        offered_groups(tour_problem(service, team, site, nobody, None, brief.grid))
    except BadInputError as error:
        raise BadInputError(
            *(replace(issue, path=_place(team, issue.path)) for issue in error.issues)
        ) from None


def _place(team: TeamBrief, field: str) -> str:
    """Where the author wrote what a problem of tours calls `field`."""
    if field.startswith("open_mask"):
        return f"{team.labour.path.removesuffix('.labour')}.opening_hours"
    return f"{team.labour.path}.{field}"
