"""Blending: deferrable work done in the idle time of live queues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from staffing.brief import LiveTarget, TurnaroundTarget
from staffing.live import idle_heads, offered_load

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from staffing.brief import ServiceBrief, StaffingBrief, TeamBrief
    from staffing.grid import WeekGrid
    from staffing.requirement import TeamWeek


def lender_of(brief: StaffingBrief, team: TeamBrief) -> TeamBrief | None:
    """Team whose idle time a deferrable team may use: the blended service's, at the same site."""
    target = brief.service(team.service).target
    if not isinstance(target, TurnaroundTarget) or target.blend is None:
        return None
    wanted = target.blend.service
    return next(t for t in brief.teams if (t.service, t.site) == (wanted, team.site))


def idle_week(
    service: ServiceBrief,
    team: TeamBrief,
    week: TeamWeek,
    grid: WeekGrid,
    at_work: NDArray[np.float64],
    scale: float = 1.0,
) -> NDArray[np.float64]:
    """Idle people of a live team in the standard week at a multiple of its volume, shape (T,)."""
    assert isinstance(service.target, LiveTarget)  # noqa: S101 (only live teams are lenders)
    load = offered_load(week.arrivals * scale, service.target, grid)
    return idle_heads(at_work, team.available_share(grid), load, service.target)


def lent_share(brief: StaffingBrief, team: TeamBrief) -> float:
    """Share of the lender's idle time the team may use."""
    target = brief.service(team.service).target
    assert isinstance(target, TurnaroundTarget)  # noqa: S101 (only deferrable teams borrow)
    return target.blend.share if target.blend else 0.0
