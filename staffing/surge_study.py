"""One team's peak: who comes for it, and the frontier around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from staffing.check.surge import check_surge_plan
from staffing.errors import PlanCheckError
from staffing.optimize.solver import SolveLimits, SolveLog
from staffing.optimize.surge import surge_frontier, surge_plan
from staffing.plan import tidy
from staffing.surge.plan import SurgeStudy
from staffing.surge_ground import team_ground
from staffing.team_cover import PlanRun

if TYPE_CHECKING:
    from datetime import date

    from staffing.brief import StaffingBrief
    from staffing.surge import Peak, SurgeLadder
    from staffing.team_cover import Progress


def surge_study(  # noqa: PLR0913 (one figure each)
    brief: StaffingBrief,
    team: str,
    peak: Peak,
    ladder: SurgeLadder,
    *,
    people: float | None = None,
    start_weekday: int = 0,
    starts_on: date | None = None,
    frontier: bool = True,
    limits: SolveLimits | None = None,
    log: SolveLog | None = None,
    progress: Progress | None = None,
) -> SurgeStudy:
    """Plan how a team meets a peak, and what other strategies would cost.

    Parameters
    ----------
    brief : StaffingBrief
        The engagement as the planner reads it.
    team : str
        Name of the team, ``service @ site``.
    peak : Peak
        Extra work, its notice and its length.
    ladder : SurgeLadder
        Who could come.
    people : float, optional
        Ordinary people the extra work is to ask for by the promised hour, above 0; the size of the
        peak is then found, and that of `peak` is not read.
    start_weekday : int
        Weekday on which the extra work begins at 00:00, site-local; 0 is Monday.
    starts_on : date, optional
        Day of the term on which it does, of that weekday: its season is the ordinary volume.
    frontier : bool
        Whether to work out cost against service and notice by strategy.
    limits : SolveLimits, optional
        What ends each solve.
    log : SolveLog, optional
        Collects solver seconds.
    progress : callable, optional
        Called with a short text before each step.

    Raises
    ------
    BadInputError
        When peak, ladder or team mean nothing.
    InfeasibleError
        ``surge_work``: shortfall is forbidden and the ladder cannot meet the peak.
    SolverStoppedError
    PlanCheckError
        When our own plan fails its independent check.
    """
    run = PlanRun(limits or SolveLimits(), log or SolveLog(), progress or (lambda _: None))
    ground = team_ground(brief, team, run, starts_on)
    if people is not None:
        peak = ground.peak_for(people, peak, ladder, start_weekday)
    seen = ground.at(peak, ladder, start_weekday)
    problem = seen.problem
    run.progress(f"{team}: who comes for a peak of {peak.size:.0%}")
    plan = surge_plan(problem, peak_size=peak.size, limits=run.limits, log=run.log)
    violations = check_surge_plan(problem, plan)
    if violations:
        raise PlanCheckError(violations)
    curves = None
    if frontier:
        run.progress(f"{team}: cost against service and notice")
        curves = surge_frontier(problem, limits=run.limits, log=run.log)
    return SurgeStudy(
        team=team,
        team_heads=tidy(seen.team_heads),
        extra_units=tidy(seen.extra_units),
        plan=plan,
        frontier=curves,
    )
