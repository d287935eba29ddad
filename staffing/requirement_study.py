"""What the work of a brief asks for in its standard week, before any shift is planned.

Nobody's shifts, seats or cost take part. ``docs/models/requirement.md`` says how heads follow from
volumes; deferrable work, whose heads are the plan's to time, is told as the fewest people who
stay the same in all hours of work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from staffing.blending import lender_of
from staffing.brief import LiveTarget
from staffing.calendar import ContractCalendar
from staffing.demand import demand_over_term
from staffing.errors import InfeasibleError, Shortage
from staffing.follow_the_sun import choose_routings
from staffing.live import offered_load
from staffing.optimize.solver import SolveLog
from staffing.plan import Document, rounded, tidy
from staffing.requirement import FixedHeads, team_requirement, team_week
from staffing.turnaround import window_sums

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from staffing.brief import ServiceBrief, StaffingBrief, TeamBrief
    from staffing.demand import Demand
    from staffing.grid import WeekGrid
    from staffing.requirement import TurnaroundWork

    Array = NDArray[np.float64]

_NOISE = 1e-9


class TeamRequirement(Document):
    """Work of one service at one site, and the people at work it asks for.

    Tuples have one entry per interval from Monday 00:00 on the clock of the site. `busy_heads` is
    how many people the work alone would keep busy as it comes: nobody waits for work, is absent,
    or has to be there in time. `heads` are people at work who meet the promise, in-office
    shrinkage included, fractions kept: of live work the fewest in each interval, of deferrable
    work the fewest who stay the same in all hours of work (`timing`).
    """

    service: str
    site: str
    time_zone: str
    channel: Literal["live", "deferrable"]
    timing: Literal["by_interval", "steady"]
    units_per_week: float
    arrivals: tuple[float, ...]
    busy_heads: tuple[float, ...]
    heads: tuple[float, ...]
    peak_heads: float
    peak_at: str
    head_hours: float
    routing: tuple[float, ...]
    notes: tuple[str, ...]


class Requirement(Document):
    """What all teams need in the standard week at a multiple of plan volume."""

    schema_version: int = 1
    interval_minutes: int
    scale: float
    teams: tuple[TeamRequirement, ...]


def requirement_study(
    brief: StaffingBrief,
    scale: float = 1.0,
    progress: Callable[[str], None] | None = None,
    log: SolveLog | None = None,
) -> Requirement:
    """Tell the heads that each team's work asks for; only follow-the-sun services are solved for.

    Parameters
    ----------
    brief : StaffingBrief
        Work, places and teams, as for a plan.
    scale : float
        Multiple of plan volume, above 0.
    progress : callable, optional
        Called with a short text before each step.
    log : SolveLog, optional
        Collects solver seconds of the routing.

    Raises
    ------
    BadInputError, InfeasibleError, SolverStoppedError
    """
    tell = progress or (lambda _: None)
    calendar = ContractCalendar(brief.start, brief.term_months)
    demands = {s.name: demand_over_term(s, calendar, brief.grid) for s in brief.services}
    if any(service.follow_the_sun for service in brief.services):
        tell("routing")
    brief, _ = choose_routings(brief, demands, log or SolveLog())
    teams = []
    for team in brief.teams:
        tell(f"{team.name}: heads by interval")
        teams.append(_team(brief, team, demands[team.service], scale))
    return Requirement(interval_minutes=brief.grid.interval_min, scale=scale, teams=tuple(teams))


def steady_heads(work: TurnaroundWork) -> float:
    """Fewest people who, the same number in all hours of work, finish every unit in time.

    Work done in the order of its due times is in time when no stretch of the cyclic week holds
    more units that both arrive and are due within it than can be finished in it. So the answer is
    the largest quotient of the two over all stretches that begin in the week and take in arrivals
    of up to a week; the quotient of a longer one lies between that of one of these and that of
    whole weeks. Idle people of other queues are left out of account; infinite where units arrive
    and are due while no work may be done.
    """
    total = work.arrivals.sum()
    if total == 0:
        return 0.0
    if never_in_time(work).any():
        return float("inf")
    starts = np.arange(len(work.arrivals))[:, np.newaxis]
    ends = starts + np.arange(len(work.arrivals))
    coming = _between(work.arrivals, starts, ends + 1)
    per_head = _between(work.units_per_head, starts, ends + work.due_intervals)
    told = coming > _NOISE * total
    quotients = np.divide(coming, per_head, out=np.zeros_like(coming), where=told)
    return max(float(quotients.max()), float(total / work.units_per_head.sum()))


def never_in_time(work: TurnaroundWork) -> NDArray[np.bool_]:
    """Intervals whose arrivals are due before any work may be done on them, shape (T,)."""
    open_now = (work.units_per_head > 0).astype(float)
    in_time = open_now + window_sums(open_now, work.due_intervals - 1)
    return np.asarray((work.arrivals > 0) & (np.rint(in_time) == 0))


def _between(values: Array, first: NDArray[np.int64], end: NDArray[np.int64]) -> Array:
    """Sum from interval `first` to before `end` of a week that goes on for ever."""
    sums = np.concatenate([[0.0], np.cumsum(values)])
    weeks, rest = np.divmod(end, len(values))
    return np.asarray(weeks * sums[-1] + sums[rest] - sums[first], dtype=float)


def _team(brief: StaffingBrief, team: TeamBrief, demand: Demand, scale: float) -> TeamRequirement:
    service, site, grid = brief.service(team.service), brief.site(team.site), brief.grid
    units = demand.base_week * demand.week_shape
    week = team_week(service, team, site, units, grid, brief.start)
    asked = team_requirement(service, team, week, grid, scale)
    arrivals = week.arrivals * scale
    heads = asked.heads if isinstance(asked, FixedHeads) else _steady(team, asked, grid)
    most = int(heads.argmax())
    return TeamRequirement(
        service=service.name,
        site=site.name,
        time_zone=site.time_zone,
        channel="live" if isinstance(asked, FixedHeads) else "deferrable",
        timing="by_interval" if isinstance(asked, FixedHeads) else "steady",
        units_per_week=tidy(arrivals.sum()),
        arrivals=rounded(arrivals),
        busy_heads=rounded(_busy_heads(service, arrivals, grid)),
        heads=rounded(heads),
        peak_heads=tidy(heads[most]),
        peak_at=grid.label(most),
        head_hours=tidy(heads.sum() * grid.interval_h),
        routing=() if team.routing is None else rounded(team.routing),
        notes=_notes(brief, team),
    )


def _steady(team: TeamBrief, work: TurnaroundWork, grid: WeekGrid) -> Array:
    stuck = np.flatnonzero(never_in_time(work))
    if len(stuck):
        raise InfeasibleError(
            "turnaround",
            f"{team.name}: work that arrives {grid.label(int(stuck[0]))} is due before the next "
            "hours of work; allow more time or open longer",
            tuple(Shortage(grid.label(int(t)), 0.0) for t in stuck),
        )
    heads = np.where(work.units_per_head > 0, steady_heads(work), 0.0)
    return np.maximum(heads, work.floor_heads)


def _busy_heads(service: ServiceBrief, arrivals: Array, grid: WeekGrid) -> Array:
    target = service.target
    if isinstance(target, LiveTarget):
        return offered_load(arrivals, target, grid) / target.concurrency
    return arrivals / (target.units_per_head_hour * grid.interval_h)


def _notes(brief: StaffingBrief, team: TeamBrief) -> tuple[str, ...]:
    lender = lender_of(brief, team)
    if lender is None:
        return ()
    return (f"without the idle time of {lender.name}, which the plan uses",)
