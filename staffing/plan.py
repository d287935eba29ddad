"""StaffingPlan: the frozen document the planner returns and the checker re-derives.

Quantities are rounded to six places when the plan is made; everything after that is exact, so
the same plan always gives the same money.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from staffing.roster_plan import (
    BreakLine,
    Document,
    PersonLine,
    PersonShift,
    Proof,
    ShiftLine,
    TourLine,
    WeekRoster,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "BreakLine",
    "ClockWeeks",
    "CurvePoint",
    "DeferrableWorkload",
    "Document",
    "LiveWorkload",
    "PersonLine",
    "PersonShift",
    "Proof",
    "Routing",
    "ServiceVolume",
    "ShiftLine",
    "SitePlan",
    "StaffingPlan",
    "TeamPlan",
    "TourLine",
    "WeekRoster",
    "WorkforceWeeks",
    "Workload",
    "YearQuantities",
    "rounded",
    "tidy",
]

PLAN_PLACES = 6


class CurvePoint(Document):
    """Hours and seats of one weekly volume."""

    scale: float
    units_per_week: float
    paid_hours_by_class: dict[str, float]
    peak_heads: float


class WorkforceWeeks(Document):
    """Full-time equivalents by planning week; see ``staffing.optimize.workforce``."""

    needed: tuple[float, ...]
    productive: tuple[float, ...]
    payroll: tuple[float, ...]
    hires: tuple[float, ...]
    overtime: tuple[float, ...]
    surge_starts: tuple[float, ...]
    surge: tuple[float, ...]
    stop_reason: str


class YearQuantities(Document):
    """What one contract year takes, the quantities cost is computed from.

    Weeks are full-time-equivalent weeks inside the term. `started_hires` includes people lost
    before production; `go_live_team` is not in it.
    """

    year: int
    payroll_weeks: float
    trainee_weeks: float
    ramp_loss_weeks: float
    idle_weeks: float
    overtime_weeks: float
    surge_weeks: float
    started_hires: float
    scheduled_hours_by_class: dict[str, float]
    seats: float
    support_weeks: dict[str, float]


class ClockWeeks(Document):
    """Consecutive weeks that do not lie in time as the standard week does, and its roster there.

    `hours` is their real length (167 to 169); `distance_change_min` how much further the site's
    clock is ahead of the service's. What is short or late holds per week; `..._if_moved` when
    every shift moves by the change.
    """

    first_monday: date
    num_weeks: int
    hours: float
    distance_change_min: int
    paid_hours: float
    short_head_hours: float
    worst_short_heads: float
    worst_at: str | None
    late_units: float
    short_head_hours_if_moved: float
    late_units_if_moved: float


class LiveWorkload(Document):
    """A live queue of the standard week and who answers it, by interval, site-local time.

    `slots` is how many contacts those on duty can handle at once: people times the share of their
    time available for work, fractions kept. The target is `service_level` of all contacts
    answered within `threshold_s`; callers wait `patience_s` on average, null for ever. Calls of
    people who try again are among the arrivals.
    """

    channel: Literal["live"] = "live"
    arrivals: tuple[float, ...]
    slots: tuple[float, ...]
    handle_time_s: float
    service_level: float
    threshold_s: float
    patience_s: float | None


class DeferrableWorkload(Document):
    """Deferrable work of the standard week, by interval, site-local time.

    `capacity` is how many units those on duty can finish. A unit that arrives in interval t is
    finished by the end of ``t + due_intervals - 1``.
    """

    channel: Literal["deferrable"] = "deferrable"
    arrivals: tuple[float, ...]
    capacity: tuple[float, ...]
    due_intervals: int


Workload = LiveWorkload | DeferrableWorkload


class TeamPlan(Document):
    """People of one service at one site.

    `routing` is the share of the service's contacts taken by interval of the service's week, where
    the planner chose it (follow-the-sun), else empty.
    """

    service: str
    site: str
    units_per_week: float
    routing: tuple[float, ...]
    hours_per_fte_week: float
    workload: Annotated[Workload, Field(discriminator="channel")]
    roster: WeekRoster
    curve: tuple[CurvePoint, ...]
    workforce: WorkforceWeeks
    years: tuple[YearQuantities, ...]
    needed_fte_by_month: tuple[float, ...]
    clock_weeks: tuple[ClockWeeks, ...] = ()

    @property
    def name(self) -> str:
        """``service @ site``."""
        return f"{self.service} @ {self.site}"


class ServiceVolume(Document):
    """Units of one service over the term."""

    service: str
    base_week_units: float
    units_by_week: tuple[float, ...]
    units_by_month: tuple[float, ...]


class SitePlan(Document):
    """Seats of one site: most people on duty at once in the standard week, and available."""

    site: str
    peak_heads: int
    seats: int | None


class Routing(Document):
    """Who takes a follow-the-sun service when, and what is proven of that choice.

    `objective` is the cost of its teams' standard weeks, `bound` what no split over the sites and
    no shifts can beat.
    """

    service: str
    objective: float
    bound: float
    gap: float
    stop_reason: str


class StaffingPlan(Document):
    """Who works when, and how many join, over the term."""

    schema_version: int = 1
    interval_minutes: int
    volumes: tuple[ServiceVolume, ...]
    teams: tuple[TeamPlan, ...]
    sites: tuple[SitePlan, ...]
    routings: tuple[Routing, ...]
    warnings: tuple[str, ...]
    reproducible: bool


def rounded(values: Iterable[float]) -> tuple[float, ...]:
    """Round quantities to the plan's places, the one place where a plan is rounded."""
    return tuple(tidy(value) for value in values)


def tidy(value: float) -> float:
    """Round one quantity to the plan's places; minus zero becomes zero."""
    return round(float(value), PLAN_PLACES) + 0.0
