"""What a peak of one team stands on: its ordinary week, the seats and people others leave it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from staffing.base_weeks import base_weeks, empty_sites
from staffing.calendar import ContractCalendar
from staffing.demand import demand_over_term
from staffing.errors import BadInputError
from staffing.follow_the_sun import choose_routings
from staffing.surge import check_peak
from staffing.surge.need import extra_week, full_time_people, surge_problem
from staffing.surge.promise import asked_heads
from staffing.team_cover import Committed, commit, cover_team

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from staffing.brief import StaffingBrief, TeamBrief
    from staffing.demand import Demand
    from staffing.surge import Peak, SurgeLadder, SurgeProblem
    from staffing.team_cover import PlanRun, TeamCover

_WEEKDAYS = 7
_CLOSE = 0.005
_MOST_TRIES = 8


@dataclass(frozen=True)
class TeamPeak:
    """A team's peak laid out on days.

    Parameters
    ----------
    problem : SurgeProblem
        Extra work by day since the call, and who could come.
    team_heads : float
        Full-time people of the team's ordinary week.
    extra_units : float
        Units that arrive in the peak beyond those of ordinary weeks.
    """

    problem: SurgeProblem
    team_heads: float
    extra_units: float


@dataclass(frozen=True)
class TeamGround:
    """A team beside the others at its site, ready for peaks of any size.

    Parameters
    ----------
    brief : StaffingBrief
        With routings chosen.
    team : TeamBrief
        Whose peaks they are.
    base : TeamCover
        Its ordinary week: that of the day the peak begins, where one is named.
    scale : float
        Volume of that week over plan volume, above 0.
    before : Committed
        What teams that plan before it take and leave.
    seats_left : float or None
        Seats the site has left at its busiest; None for no limit.
    run : PlanRun
        Limits and listeners.
    """

    brief: StaffingBrief
    team: TeamBrief
    base: TeamCover
    scale: float
    before: Committed
    seats_left: float | None
    run: PlanRun

    @property
    def team_heads(self) -> float:
        """Full-time people of the ordinary week."""
        paid = float(self.base.cover.paid.sum()) * self.brief.grid.interval_h
        return full_time_people(paid, self.team)

    @property
    def open_days(self) -> NDArray[np.bool_]:
        """Weekdays on which the team may work, shape (7,)."""
        return self.base.week.workable.reshape(7, self.brief.grid.per_day).any(axis=1)

    def at(self, peak: Peak, ladder: SurgeLadder, start_weekday: int = 0) -> TeamPeak:
        """Lay a peak out on the days since the call.

        Raises
        ------
        BadInputError
            When peak or weekday mean nothing, or no work is added on any open day.
        InfeasibleError, SolverStoppedError
        """
        check_peak(peak)
        if not 0 <= start_weekday < _WEEKDAYS:
            raise BadInputError.at("start_weekday", start_weekday, "0 for Monday to 6 for Sunday")
        brief, team, base, grid = self.brief, self.team, self.base, self.brief.grid
        volume = self.scale * (1 + peak.size)
        full = cover_team(brief, team, base.week, self.before, self.run, volume)
        open_days = self.open_days
        problem = surge_problem(
            brief.service(team.service),
            team,
            extra_week(base.problem.target, full.problem.target, full.cover, open_days, grid),
            peak,
            ladder.for_team(self.team_heads),
            open_days=open_days,
            start_weekday=start_weekday,
            seats_left=self.seats_left,
        )
        if not problem.need_h.any():
            accepted = "extra work on a day on which the service is open: a larger or longer peak"
            raise BadInputError.at("peak", f"{peak.size:+.0%} for {peak.days} days", accepted)
        units = self.scale * base.week.arrivals.reshape(7, grid.per_day).sum(axis=1)
        days = (start_weekday + np.arange(peak.days)) % _WEEKDAYS
        return TeamPeak(problem, self.team_heads, peak.size * float(units[days].sum()))

    def peak_for(
        self, people: float, peak: Peak, ladder: SurgeLadder, start_weekday: int = 0
    ) -> Peak:
        """Find the size at which a peak asks for that many ordinary people by the promised hour.

        Need grows with size nearly in proportion, so few tries come within half a per cent; of a
        need in whole heads the nearest is taken.

        Raises
        ------
        BadInputError, InfeasibleError, SolverStoppedError
        """
        if not 0 < people < np.inf:
            raise BadInputError.at("people", people, "a number above 0")
        sized = replace(peak, size=people / self.team_heads)
        nearest, off = sized, np.inf
        for _ in range(_MOST_TRIES):
            asked = asked_heads(self.at(sized, ladder, start_weekday).problem)
            if asked == 0:
                accepted = "a peak that begins on a day on which the service is open"
                raise BadInputError.at("start_weekday", start_weekday, accepted)
            if abs(asked - people) < off:
                nearest, off = sized, abs(asked - people)
            if off <= _CLOSE * people:
                break
            sized = replace(sized, size=sized.size * people / asked)
        return nearest


def team_ground(
    brief: StaffingBrief, name: str, run: PlanRun, starts_on: date | None = None
) -> TeamGround:
    """Cover the ordinary weeks of all teams, and take one of them for a peak.

    Parameters
    ----------
    brief : StaffingBrief
        The engagement as the planner reads it.
    name : str
        Of the team.
    run : PlanRun
        Limits and listeners.
    starts_on : date, optional
        Day of the term on which the peak begins: the ordinary week is that of its season. Without
        one it is the week at plan volume.

    Raises
    ------
    BadInputError, InfeasibleError, SolverStoppedError
    """
    if name not in [team.name for team in brief.teams]:
        known = ", ".join(team.name for team in brief.teams)
        raise BadInputError.at("team", name, f"one of {known}")
    calendar = ContractCalendar(brief.start, brief.term_months)
    demands = {s.name: demand_over_term(s, calendar, brief.grid) for s in brief.services}
    brief, _ = choose_routings(brief, demands, run.log)
    by_name = {team.name: team for team in brief.teams}
    team, scale = by_name[name], 1.0
    if starts_on is not None:
        scale = _scale_on(starts_on, calendar, demands[team.service])
    committed, bases = empty_sites(brief), base_weeks(brief, demands, run)
    before = committed
    for other, cover in bases.items():
        if other == name:
            before = _left_so_far(committed, min(1.0, scale))
        commit(brief, by_name[other], cover.week, {1.0: cover}, committed)
    site, seats_left = brief.site(team.site), None
    if site.seats is not None:
        seats_left = max(0.0, site.seats - float(committed.on_duty[site.name].max()))
    base = bases[name]
    if starts_on is not None:
        base = cover_team(brief, team, base.week, before, run, scale)
    return TeamGround(brief, team, base, scale, before, seats_left, run)


def _left_so_far(committed: Committed, least: float) -> Committed:
    """Keep what others have taken and left by now; of idle people no more at smaller volumes."""
    return Committed(
        {site: heads.copy() for site, heads in committed.on_duty.items()},
        {lender: {least: weeks[1.0], **weeks} for lender, weeks in committed.idle.items()},
    )


def _scale_on(day: date, calendar: ContractCalendar, demand: Demand) -> float:
    """Volume of the week a day lies in, over that of the base week."""
    week = (day - calendar.start).days // _WEEKDAYS
    if not 0 <= week < calendar.num_weeks:
        accepted = f"a day of the term, {calendar.start} to before {calendar.end}"
        raise BadInputError.at("starts_on", day.isoformat(), accepted)
    scale = float(demand.weekly_scale[week])
    if scale <= 0:
        raise BadInputError.at("starts_on", day.isoformat(), "a week in which there is work")
    return scale
