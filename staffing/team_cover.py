"""One team's shifts at one volume, beside the teams that share its site."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from staffing.blending import idle_week, lender_of, lent_share
from staffing.brief import LiveTarget
from staffing.errors import InfeasibleError
from staffing.optimize.coverage import cover_week
from staffing.optimize.shift_model import CoverageProblem
from staffing.requirement import team_requirement
from staffing.shifts import shift_catalogue
from staffing.tour_cover import cover_by_tours
from staffing.tours import ShiftCount
from staffing.week_cover import WeekCover, heads_over_week, paid_heads

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import numpy as np
    from numpy.typing import NDArray

    from staffing.brief import StaffingBrief, TeamBrief
    from staffing.optimize.shift_model import CoverageResult
    from staffing.optimize.solver import SolveLimits, SolveLog
    from staffing.optimize.tours import Effort
    from staffing.requirement import TeamWeek

    Progress = Callable[[str], None]


@dataclass(frozen=True)
class PlanRun:
    """Limits and listeners of one planning run.

    Parameters
    ----------
    limits : SolveLimits
        What ends each solve.
    log : SolveLog
        Collects solver seconds.
    progress : callable
        Called with a short text before each step.
    effort : {"quick", "thorough"}
        How hard to search for tours and breaks at plan volume; other volumes are searched quickly.
    """

    limits: SolveLimits
    log: SolveLog
    progress: Progress
    effort: Effort = "quick"


@dataclass(frozen=True)
class Committed:
    """What teams planned so far have taken and left; `commit` adds to it.

    Parameters
    ----------
    on_duty : dict of ndarray, shape (T,)
        People on duty by site.
    idle : dict of dict of ndarray, shape (T,)
        Idle people of live teams, by team and multiple of its volume.
    """

    on_duty: dict[str, NDArray[np.float64]]
    idle: dict[str, dict[float, NDArray[np.float64]]]


@dataclass(frozen=True)
class TeamCover:
    """A team's week, the problem posed for one volume, and the shifts found."""

    week: TeamWeek
    problem: CoverageProblem
    cover: WeekCover


def cover_team(
    brief: StaffingBrief,
    team: TeamBrief,
    week: TeamWeek,
    committed: Committed,
    run: PlanRun,
    scale: float = 1.0,
) -> TeamCover:
    """Cover a multiple of a team's base week with the seats and idle people others leave.

    Raises
    ------
    BadInputError, InfeasibleError, SolverStoppedError
    """
    run.progress(f"{team.name}: shifts at {scale:.0%} of plan volume")
    problem = _coverage_problem(brief, team, week, committed, scale)
    return TeamCover(week, problem, _cover_at(brief, team, problem, scale, run))


def commit(
    brief: StaffingBrief,
    team: TeamBrief,
    week: TeamWeek,
    covers: Mapping[float, TeamCover],
    committed: Committed,
) -> None:
    """Take a team's seats at plan volume, and offer the idle time of a live one."""
    service = brief.service(team.service)
    committed.on_duty[team.site] += covers[1.0].cover.on_duty
    if isinstance(service.target, LiveTarget):
        committed.idle[team.name] = {
            scale: idle_week(service, team, week, brief.grid, planned.cover.at_work, scale)
            for scale, planned in covers.items()
        }


def _cover_at(
    brief: StaffingBrief, team: TeamBrief, problem: CoverageProblem, scale: float, run: PlanRun
) -> WeekCover:
    """Cover one volume; above plan volume seats in proportion may be too few, being whole."""
    effort = run.effort if scale == 1 else "quick"
    try:
        return _cover(brief, team, problem, run, effort)
    except InfeasibleError as error:
        if scale <= 1 or error.rule != "seats":
            raise
        return _cover(brief, team, replace(problem, seats_left=None), run, effort)


def _cover(
    brief: StaffingBrief, team: TeamBrief, problem: CoverageProblem, run: PlanRun, effort: Effort
) -> WeekCover:
    if team.labour.has_inner_shape:
        service, site = brief.service(team.service), brief.site(team.site)
        return cover_by_tours(service, team, site, problem, run.limits, run.log, effort)
    return shift_cover(problem, cover_week(problem, run.limits, run.log), team)


def shift_cover(problem: CoverageProblem, result: CoverageResult, team: TeamBrief) -> WeekCover:
    """Read whole shifts, which stand for themselves and have no breaks, as a covered week."""
    shifts = tuple(
        ShiftCount(shift.start, shift.length, int(heads))
        for shift, heads in zip(problem.catalogue, result.counts, strict=True)
        if heads
    )
    spans = [(shift.start, shift.length, float(shift.count)) for shift in shifts]
    on_duty = heads_over_week(spans, problem.grid)
    return WeekCover(
        shifts=shifts,
        required=result.required,
        on_duty=on_duty,
        at_work=on_duty,
        paid=paid_heads(spans, team.labour, problem.grid),
        objective=result.objective,
        bound=result.bound,
        gap=result.gap,
        stop_reason=result.stop_reason,
    )


def _coverage_problem(
    brief: StaffingBrief,
    team: TeamBrief,
    week: TeamWeek,
    committed: Committed,
    scale: float,
) -> CoverageProblem:
    """Pose the team's week; above plan volume the site is taken to add seats in proportion."""
    service, site = brief.service(team.service), brief.site(team.site)
    seats_left = None
    if site.seats is not None:
        seats_left = (site.seats - committed.on_duty[site.name]) * max(1.0, scale)
    idle = _borrowed(brief, team, committed, scale)
    return CoverageProblem(
        name=team.name,
        grid=brief.grid,
        catalogue=shift_catalogue(team.labour, brief.grid, site.open_mask, week.workable),
        cost_by_interval=team.cost_by_interval(brief.grid),
        seat_price=team.seat_cost_per_week,
        seats_left=seats_left,
        target=team_requirement(service, team, week, brief.grid, scale, idle),
        shortfall_price=service.shortfall_price,
        max_short_heads=_cap(service.max_short_heads, scale),
    )


def _cap(heads: float | None, scale: float) -> float | None:
    """Heads that may be short, in proportion above plan volume."""
    return None if heads is None else heads * max(1.0, scale)


def _borrowed(
    brief: StaffingBrief, team: TeamBrief, committed: Committed, scale: float
) -> NDArray[np.float64] | None:
    """Idle people this team may use, read at the lender's nearest volume that is no larger."""
    lender = lender_of(brief, team)
    if lender is None:
        return None
    idle = committed.idle[lender.name]
    return lent_share(brief, team) * idle[max(known for known in idle if known <= scale)]
