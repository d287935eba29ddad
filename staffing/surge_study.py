"""One team's peak: extra hours by day, who comes for them, and the frontier around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from staffing.brief import StaffingBrief
    from staffing.optimize.solver import SolveLimits, SolveLog
    from staffing.surge import Peak, SurgeLadder
    from staffing.surge.plan import SurgeStudy
    from staffing.team_cover import Progress


def surge_study(
    brief: StaffingBrief,
    team: str,
    peak: Peak,
    ladder: SurgeLadder,
    *,
    start_weekday: int = 0,
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
    start_weekday : int
        Weekday on which the extra work begins at 00:00, site-local; 0 is Monday.
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
    """
    raise NotImplementedError
