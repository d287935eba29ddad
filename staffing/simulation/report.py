"""What a simulation found, as a document."""

from __future__ import annotations

from typing import Literal

from staffing.plan import Document
from staffing.simulation.estimates import Estimate, Verdict


class HourResult(Document):
    """One clock hour of the week: units that arrive in it, and the share of them in time."""

    hour: str
    units_per_week: float
    in_time: float


class TeamResult(Document):
    """What one team's week looks like when it is played.

    `in_time` is the share of all units answered within the threshold, or finished within the
    turnaround; `by_replication` its value in each replication, null in one without work. Speed of
    answer counts all contacts, those who hang up until they do. `occupancy` is handling time over
    available time, or units worked over units that could be. `unanswered` contacts per week still
    wait a day after it. `worst_hours` have the lowest share among hours with at least one unit a
    week.
    """

    service: str
    site: str
    channel: Literal["live", "deferrable"]
    promise: str
    target: float
    verdict: Verdict
    units_per_week: float
    in_time: Estimate | None
    by_replication: tuple[float | None, ...]
    asa_s: Estimate | None
    abandonment: Estimate | None
    occupancy: Estimate | None
    unanswered: float
    worst_hours: tuple[HourResult, ...]

    @property
    def name(self) -> str:
        """``service @ site``."""
        return f"{self.service} @ {self.site}"


class ServiceResult(Document):
    """A service at all its sites: the share of its units in time, whichever team they went to."""

    service: str
    promise: str
    target: float
    verdict: Verdict
    units_per_week: float
    in_time: Estimate | None
    by_replication: tuple[float | None, ...]


class SimulationReport(Document):
    """All teams and services of a plan, played with the same settings.

    `handle_time_cv` is that of a lognormal handling time, null for exponential.
    """

    replications: int
    seed: int
    handle_time_cv: float | None
    teams: tuple[TeamResult, ...]
    services: tuple[ServiceResult, ...]
