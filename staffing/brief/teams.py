"""Teams at sites, and the whole brief."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from staffing.brief.people import LabourRules, SupportRole, WorkforceTerms
    from staffing.brief.work import ServiceBrief
    from staffing.grid import WeekGrid


@dataclass(frozen=True)
class TeamBrief:
    """The people of one service at one site.

    Parameters
    ----------
    service, site : str
        Names; together they name the team.
    share : float
        Share of the service's volume this team handles, (0, 1].
    labour : LabourRules
        Shapes of a working day.
    workforce : WorkforceTerms
        How people join, learn and leave.
    support : tuple of SupportRole
        Supporting roles.
    hourly_cost : float
        Labour cost of one ordinary paid hour, on-costs included.
    hourly_premium_base : float
        Base wage per hour, to which premium multipliers apply.
    seat_cost_per_week : float
        Cost of one seat for a week.
    routing : ndarray, shape (grid.size,), or None
        Share of the service's contacts this team takes by interval of the service's week; None
        for `share` at all times.
    in_office_by_interval : ndarray, shape (grid.size,), or None
        In-office shrinkage by interval of the site's week, each in [0, 1); None for the same
        share at all times.
    """

    service: str
    site: str
    share: float
    labour: LabourRules
    workforce: WorkforceTerms
    support: tuple[SupportRole, ...]
    hourly_cost: float
    hourly_premium_base: float
    seat_cost_per_week: float
    routing: NDArray[np.float64] | None = None
    in_office_by_interval: NDArray[np.float64] | None = None

    @property
    def name(self) -> str:
        """``service @ site``."""
        return f"{self.service} @ {self.site}"

    def routed(self, week_units: NDArray[np.float64]) -> NDArray[np.float64]:
        """The team's part of a service's units by interval, service-local, shape (grid.size,)."""
        return week_units * (self.share if self.routing is None else self.routing)

    def available_share(self, grid: WeekGrid) -> NDArray[np.float64]:
        """Share of scheduled time available for work by interval, shape (grid.size,)."""
        if self.in_office_by_interval is not None:
            return 1 - self.in_office_by_interval
        return np.full(grid.size, 1 - self.workforce.in_office)

    def cost_by_interval(self, grid: WeekGrid) -> NDArray[np.float64]:
        """Labour cost of one paid hour by interval, premiums included, shape (grid.size,)."""
        premium = self.labour.premiums.multiplier_by_interval(grid) - 1
        return self.hourly_cost + self.hourly_premium_base * premium


@dataclass(frozen=True)
class SiteBrief:
    """A delivery site.

    Parameters
    ----------
    name : str
        Unique name.
    time_zone : str
        IANA name; shifts and premiums are in this clock.
    seats : int or None
        Seats available at any moment; None for no limit.
    open_mask : ndarray of bool, shape (grid.size,)
        Local intervals in which people may be on site.
    """

    name: str
    time_zone: str
    seats: int | None
    open_mask: NDArray[np.bool_]


@dataclass(frozen=True)
class StaffingBrief:
    """Everything the planner needs.

    Parameters
    ----------
    grid : WeekGrid
        Intervals of the standard week.
    start : date
        First day of the contract.
    term_months : int
        Length of the contract.
    services, sites, teams : tuple
        The work, the places, and who does what where.
    """

    grid: WeekGrid
    start: date
    term_months: int
    services: tuple[ServiceBrief, ...]
    sites: tuple[SiteBrief, ...]
    teams: tuple[TeamBrief, ...]

    def with_routings(self, routings: dict[str, NDArray[np.float64]]) -> StaffingBrief:
        """Give teams a routing by name; teams without one keep their share."""
        teams = (
            replace(team, routing=routings[team.name]) if team.name in routings else team
            for team in self.teams
        )
        return replace(self, teams=tuple(teams))

    def teams_of(self, service: str) -> tuple[TeamBrief, ...]:
        """Teams of a service, in document order."""
        return tuple(team for team in self.teams if team.service == service)

    def service(self, name: str) -> ServiceBrief:
        """Return the service of that name."""
        return next(service for service in self.services if service.name == name)

    def site(self, name: str) -> SiteBrief:
        """Return the site of that name."""
        return next(site for site in self.sites if site.name == name)
