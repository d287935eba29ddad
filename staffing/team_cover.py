"""One team's shifts at one volume, beside the teams that share its site."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from staffing.blending import idle_week, lender_of, lent_share
from staffing.brief import LiveTarget
from staffing.errors import InfeasibleError
from staffing.optimize.coverage import cover_week
from staffing.optimize.shift_model import CoverageProblem
from staffing.requirement import team_requirement
from staffing.shifts import shift_catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import numpy as np
    from numpy.typing import NDArray

    from staffing.brief import StaffingBrief, TeamBrief
    from staffing.optimize.shift_model import CoverageResult
    from staffing.optimize.solver import SolveLimits, SolveLog
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
    """

    limits: SolveLimits
    log: SolveLog
    progress: Progress


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
    result: CoverageResult

    @cached_property
    def on_duty(self) -> NDArray[np.float64]:
        """People on duty by interval, shape (T,)."""
        return self.problem.presence_matrix() @ self.result.counts


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
    return TeamCover(week, problem, _cover_at(problem, scale, run))


def commit(
    brief: StaffingBrief,
    team: TeamBrief,
    week: TeamWeek,
    covers: Mapping[float, TeamCover],
    committed: Committed,
) -> None:
    """Take a team's seats at plan volume, and offer the idle time of a live one."""
    service = brief.service(team.service)
    committed.on_duty[team.site] += covers[1.0].on_duty
    if isinstance(service.target, LiveTarget):
        committed.idle[team.name] = {
            scale: idle_week(service, team, week, brief.grid, cover.on_duty, scale)
            for scale, cover in covers.items()
        }


def _cover_at(problem: CoverageProblem, scale: float, run: PlanRun) -> CoverageResult:
    """Cover one volume; above plan volume seats in proportion may be too few, being whole."""
    try:
        return cover_week(problem, run.limits, run.log)
    except InfeasibleError as error:
        if scale <= 1 or error.rule != "seats":
            raise
        return cover_week(replace(problem, seats_left=None), run.limits, run.log)


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
    )


def _borrowed(
    brief: StaffingBrief, team: TeamBrief, committed: Committed, scale: float
) -> NDArray[np.float64] | None:
    """Idle people this team may use, read at the lender's nearest volume that is no larger."""
    lender = lender_of(brief, team)
    if lender is None:
        return None
    idle = committed.idle[lender.name]
    return lent_share(brief, team) * idle[max(known for known in idle if known <= scale)]
