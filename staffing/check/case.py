"""What every rule looks at: one team's brief and plan, and figures re-derived from the brief."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from staffing.blending import idle_week, lent_share
from staffing.requirement import FixedHeads, team_requirement, team_week
from staffing.week_cover import heads_over_week, paid_heads

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from staffing.brief import ServiceBrief, SiteBrief, StaffingBrief, TeamBrief
    from staffing.calendar import ContractCalendar
    from staffing.demand import Demand
    from staffing.grid import WeekGrid
    from staffing.plan import TeamPlan
    from staffing.requirement import TeamWeek, TurnaroundWork

HEADS_TOLERANCE = 1e-4
RELATIVE_TOLERANCE = 1e-6


@dataclass(frozen=True)
class TeamCase:
    """A team's brief and plan, with what the rules re-derive from the brief."""

    brief: StaffingBrief
    team: TeamBrief
    plan: TeamPlan
    demand: Demand
    calendar: ContractCalendar
    lender: TeamCase | None = None

    @property
    def grid(self) -> WeekGrid:
        """The standard week."""
        return self.brief.grid

    @property
    def service(self) -> ServiceBrief:
        """The team's service."""
        return self.brief.service(self.team.service)

    @property
    def site(self) -> SiteBrief:
        """The team's site."""
        return self.brief.site(self.team.site)

    @cached_property
    def week(self) -> TeamWeek:
        """Arrivals and workable hours, site-local."""
        units = self.demand.base_week * self.demand.week_shape
        return team_week(self.service, self.team, self.site, units, self.grid, self.brief.start)

    @cached_property
    def requirement(self) -> FixedHeads | TurnaroundWork:
        """What the roster must cover at plan volume."""
        return team_requirement(self.service, self.team, self.week, self.grid, idle=self.idle)

    @cached_property
    def idle(self) -> NDArray[np.float64] | None:
        """Idle people of a live team this one may use, with the lender as planned."""
        if self.lender is None:
            return None
        lender = self.lender
        idle = idle_week(lender.service, lender.team, lender.week, self.grid, lender.at_work)
        return lent_share(self.brief, self.team) * idle

    @property
    def _shifts(self) -> list[tuple[int, int, float]]:
        """Start, length and heads of every shift, in intervals."""
        return [
            (line.start_interval, round(line.length_h / self.grid.interval_h), float(line.heads))
            for line in self.plan.roster.shifts
        ]

    @cached_property
    def presence(self) -> NDArray[np.float64]:
        """People on duty by interval, added up from the shifts, shape (T,)."""
        return heads_over_week(self._shifts, self.grid)

    @cached_property
    def at_work(self) -> NDArray[np.float64]:
        """People on duty who are not on a break, shape (T,)."""
        breaks = [
            (line.start_interval, line.length_intervals, float(line.heads))
            for line in self.plan.roster.breaks
        ]
        return self.presence - heads_over_week(breaks, self.grid)

    @cached_property
    def paid(self) -> NDArray[np.float64]:
        """People on duty by the paid share of their shifts, shape (T,)."""
        return paid_heads(self._shifts, self.team.labour, self.grid)

    def at(self, interval: int) -> str:
        """Name an interval of this team."""
        return f"{self.team.name}, {self.grid.label(interval)}"


def close(stated: float, expected: float) -> bool:
    """Whether a stated quantity equals a re-derived one up to rounding."""
    return abs(stated - expected) <= HEADS_TOLERANCE + RELATIVE_TOLERANCE * abs(expected)
