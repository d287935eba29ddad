"""What must be done, where, and under which labour rules: the solver-free problem data.

Cost rates are plain numbers in one unnamed unit; currency, margin and offers are not known here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    import numpy as np
    from numpy.typing import NDArray

    from staffing.grid import WeekGrid
    from staffing.premiums import PremiumRules

HistoryStep = Literal["hour", "day", "week", "month"]


@dataclass(frozen=True)
class VolumeHistory:
    """Observed or forecast volumes at equal steps.

    Parameters
    ----------
    starts_on : date
        Local date on which the first step begins.
    step : {"hour", "day", "week", "month"}
        Length of one step; months are calendar months.
    values : ndarray, shape (n,)
        Units per step, 0 or more.
    """

    starts_on: date
    step: HistoryStep
    values: NDArray[np.float64]


@dataclass(frozen=True)
class VolumeBrief:
    """How much work arrives: a yearly level or a history, and its shape in the week.

    Parameters
    ----------
    units_per_year : float or None
        Level of the first contract year; None when `history` gives it.
    history : VolumeHistory or None
        Series from which level, season and (if fine enough) the shape of the week are read.
    seasonality : ndarray, shape (12,), or None
        Relative level by calendar month, mean 1 (with `units_per_year` only).
    profile : ndarray or None
        Weights over the week, shape (grid.size,), any positive sum; None for flat in opening
        hours, or the history's own shape.
    growth_per_year : float
        Yearly growth from the contract's start, above -1.
    scale : float
        Factor on every volume, positive.
    """

    units_per_year: float | None
    history: VolumeHistory | None
    seasonality: NDArray[np.float64] | None
    profile: NDArray[np.float64] | None
    growth_per_year: float
    scale: float


@dataclass(frozen=True)
class LiveTarget:
    """Answer `service_level` of the contacts within `threshold_s` seconds.

    `max_occupancy` caps handling time over available time, in (0, 1].
    """

    handle_time_s: float
    service_level: float
    threshold_s: float
    max_occupancy: float


@dataclass(frozen=True)
class TurnaroundTarget:
    """Finish every unit within `turnaround_h` hours of its arrival.

    `units_per_head_hour` is good units per scheduled productive hour: gross rate x utilisation
    x rework factor.
    """

    turnaround_h: float
    units_per_head_hour: float


@dataclass(frozen=True)
class ServiceBrief:
    """One stream of work in its own local time.

    Parameters
    ----------
    name : str
        Name of the service, unique in the brief.
    time_zone : str
        IANA name; volumes and opening hours are in this clock.
    open_mask : ndarray of bool, shape (grid.size,)
        Intervals in which work may be done.
    volume : VolumeBrief
        How much work arrives.
    target : LiveTarget or TurnaroundTarget
        What must be met.
    min_heads : int
        Fewest people on duty while open, breaks included, 0 or more.
    path : str
        Where the service stands in the author's document, for messages.
    """

    name: str
    time_zone: str
    open_mask: NDArray[np.bool_]
    volume: VolumeBrief
    target: LiveTarget | TurnaroundTarget
    min_heads: int
    path: str = ""

    def field(self, name: str) -> str:
        """Path of one of its fields, for messages."""
        return f"{self.path or f'services[{self.name}]'}.{name}"


@dataclass(frozen=True)
class LabourRules:
    """Shapes of a working day at a site.

    Parameters
    ----------
    contract_hours_per_week : float
        Paid hours of one full-time person.
    shift_lengths_h : tuple of float
        Allowed paid lengths of one shift.
    shift_start_step_min : int
        Shifts start at multiples of this after midnight.
    premiums : PremiumRules
        Pay on top, by class of hour.
    overtime_premium, overtime_share_max : float
        Pay on top of an overtime hour; overtime as a share of the productive team, at most.
    """

    contract_hours_per_week: float
    shift_lengths_h: tuple[float, ...]
    shift_start_step_min: int
    premiums: PremiumRules
    overtime_premium: float
    overtime_share_max: float


@dataclass(frozen=True)
class SurgeTerms:
    """Pre-vetted people on call for peaks.

    Parameters
    ----------
    pool_heads : float
        Most people that can be called at once for this team, 0 for none.
    premium : float
        Pay on top of an ordinary paid hour.
    effectiveness : float
        Productivity of a surge hour against a ramped one, in (0, 1].
    min_weeks : int
        Shortest engagement, weeks, 1 or more.
    """

    pool_heads: float
    premium: float
    effectiveness: float
    min_weeks: int


@dataclass(frozen=True)
class WorkforceTerms:
    """How people join, learn and leave.

    Parameters
    ----------
    out_of_office, in_office : float
        Shrinkage shares in [0, 1): paid time away; scheduled time not available for work.
    annual_attrition : float
        Leavers per year over average headcount, 0 or more.
    early_loss : float
        Share of a class lost before production, [0, 1).
    training_weeks : int
        Paid weeks before the first productive week.
    ramp : tuple of float
        Productivity in the weeks after training, each in (0, 1]; full afterwards.
    hire_cost : float
        Recruiting and training cost per started hire, wages of training included.
    surge : SurgeTerms
        The call-off pool.
    """

    out_of_office: float
    in_office: float
    annual_attrition: float
    early_loss: float
    training_weeks: int
    ramp: tuple[float, ...]
    hire_cost: float
    surge: SurgeTerms


@dataclass(frozen=True)
class SupportRole:
    """A supporting role staffed by span of control.

    Parameters
    ----------
    name : str
        Role, e.g. ``team_leader``.
    span : float
        Agents per person, above 0.
    min_on_duty : float
        Fewest on duty whenever the team works, 0 or more.
    """

    name: str
    span: float
    min_on_duty: float


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
