"""What a simulation plays: the work of a team's standard week and what those on duty can do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from staffing.brief import LiveTarget
from staffing.live import arrivals_with_retries
from staffing.plan import DeferrableWorkload, LiveWorkload, rounded, tidy
from staffing.requirement import TurnaroundWork

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from staffing.brief import ServiceBrief, TeamBrief
    from staffing.grid import WeekGrid
    from staffing.plan import Workload
    from staffing.requirement import FixedHeads, TeamWeek


def team_workload(
    service: ServiceBrief,
    team: TeamBrief,
    week: TeamWeek,
    requirement: FixedHeads | TurnaroundWork,
    at_work: NDArray[np.float64],
    grid: WeekGrid,
) -> Workload:
    """Write down a team's work at plan volume, and what the people of its roster can do.

    Parameters
    ----------
    service, team : ServiceBrief, TeamBrief
        The work and its people.
    week : TeamWeek
        Arrivals of the base week, site-local.
    requirement : FixedHeads or TurnaroundWork
        What the roster covers.
    at_work : ndarray, shape (T,)
        People at work by interval.
    grid : WeekGrid
        Standard week.
    """
    if isinstance(requirement, TurnaroundWork):
        return DeferrableWorkload(
            arrivals=rounded(week.arrivals),
            capacity=rounded(requirement.capacity(at_work)),
            due_intervals=requirement.due_intervals,
        )
    target = service.target
    assert isinstance(target, LiveTarget)  # noqa: S101 (fixed heads are asked for by live queues)
    slots = at_work * team.available_share(grid) * target.concurrency
    return LiveWorkload(
        arrivals=rounded(arrivals_with_retries(week.arrivals, slots, target, grid)),
        slots=rounded(slots),
        handle_time_s=tidy(target.handle_time_s),
        service_level=tidy(target.service_level),
        threshold_s=tidy(target.threshold_s),
        patience_s=None if target.patience_s is None else tidy(target.patience_s),
    )
