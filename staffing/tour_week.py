"""A team's week as a problem of tours and breaks, and a plan of it as a covered week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from staffing.grid import HOURS_PER_WEEK
from staffing.tours import TourProblem, TourRule
from staffing.week_cover import WeekCover, heads_over_week, paid_heads

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from staffing.brief import ServiceBrief, SiteBrief, TeamBrief
    from staffing.grid import WeekGrid
    from staffing.tours import TourPlan

SINGLE_SHIFTS = ""  # name of the tour of people whose shift stands for itself
_MINUTES_PER_DAY = 1440


def tour_problem(
    service: ServiceBrief,
    team: TeamBrief,
    site: SiteBrief,
    heads: NDArray[np.float64],
    seats_left: NDArray[np.float64] | None,
    grid: WeekGrid,
) -> TourProblem:
    """Pose one team's week; without tours every shift is a tour of one day, free of weekly limits.

    Parameters
    ----------
    heads : ndarray, shape (T,)
        People needed at work.
    seats_left : ndarray, shape (T,), or None
        Seats other teams leave.

    Raises
    ------
    BadInputError
        When breaks or tours do not fit the grid or contradict each other.
    """
    labour = team.labour
    single = TourRule(
        name=SINGLE_SHIFTS,
        days_on=1,
        shift_lengths_h=labour.shift_lengths_h,
        consecutive_days_off=False,
        start_band_min=_MINUTES_PER_DAY,
    )
    return TourProblem(
        name=team.name,
        grid=grid,
        requirement=heads,
        start_step_min=labour.shift_start_step_min,
        starts_min=labour.shift_starts_min,
        breaks=labour.breaks,
        tours=labour.tours or (single,),
        daily_rest_h=labour.daily_rest_h if labour.tours else 0.0,
        weekly_hours_max=labour.weekly_hours_max if labour.tours else HOURS_PER_WEEK,
        open_mask=site.open_mask,
        cost_by_interval=team.cost_by_interval(grid),
        shortfall_price=service.shortfall_price,
        worst_interval_cap=service.max_short_heads,
        seat_price=team.seat_cost_per_week,
        seats_left=seats_left,
    )


def covered_week(problem: TourProblem, plan: TourPlan, team: TeamBrief) -> WeekCover:
    """Read a plan of tours as a covered week."""
    grid = problem.grid
    spans = [(shift.start, shift.length, float(shift.count)) for shift in plan.shifts]
    return WeekCover(
        shifts=plan.shifts,
        required=problem.requirement,
        on_duty=heads_over_week(spans, grid),
        at_work=plan.presence,
        paid=paid_heads(spans, team.labour, grid),
        objective=plan.objective,
        bound=plan.bound,
        gap=plan.gap,
        stop_reason=plan.stop_reason,
        breaks=plan.breaks,
        tours=plan.tours if team.labour.tours else (),
        people=plan.people,
    )
