"""Teams at sites, and the whole brief."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    import numpy as np
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

    @property
    def name(self) -> str:
        """``service @ site``."""
        return f"{self.service} @ {self.site}"

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

    def service(self, name: str) -> ServiceBrief:
        """Return the service of that name."""
        return next(service for service in self.services if service.name == name)

    def site(self, name: str) -> SiteBrief:
        """Return the site of that name."""
        return next(site for site in self.sites if site.name == name)
