"""From a covered week to the roster of the plan, in clock times and whole people."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from staffing.plan import (
    BreakLine,
    PersonLine,
    PersonShift,
    Proof,
    ShiftLine,
    TourLine,
    WeekRoster,
    rounded,
    tidy,
)
from staffing.premiums import PREMIUM_CLASSES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.brief import ServiceBrief, TeamBrief
    from staffing.grid import WeekGrid
    from staffing.week_cover import WeekCover

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def paid_hours_by_class(
    paid: NDArray[np.float64], classes: NDArray[np.int64], grid: WeekGrid
) -> NDArray[np.float64]:
    """Scheduled paid hours of a week by premium class, shape (C,)."""
    return np.bincount(classes, paid * grid.interval_h, minlength=len(PREMIUM_CLASSES))


def by_class(hours: NDArray[np.float64]) -> dict[str, float]:
    """Name hours by premium class."""
    return dict(zip(PREMIUM_CLASSES, rounded(hours), strict=True))


def week_roster(
    cover: WeekCover, service: ServiceBrief, team: TeamBrief, grid: WeekGrid
) -> WeekRoster:
    """Write a covered week down."""
    classes = team.labour.premiums.class_by_interval(grid)
    hourly = team.cost_by_interval(grid)
    price = service.shortfall_price or 0.0
    return WeekRoster(
        shifts=_shifts(cover, grid),
        breaks=_breaks(cover, team, grid),
        tours=_tours(cover, grid),
        people=_people(cover, team, grid),
        required_heads=rounded(cover.required),
        on_duty=tuple(round(heads) for heads in cover.on_duty),
        at_work=tuple(round(heads) for heads in cover.at_work),
        shortfall=rounded(cover.shortfall),
        paid_hours=tidy(cover.paid.sum() * grid.interval_h),
        paid_hours_by_class=by_class(paid_hours_by_class(cover.paid, classes, grid)),
        labour_cost=tidy(float(hourly @ cover.paid) * grid.interval_h),
        shortfall_cost=tidy(price * float(cover.shortfall.sum()) * grid.interval_h),
        peak_heads=round(cover.on_duty.max(initial=0)),
        proof=Proof(
            objective=tidy(cover.objective),
            bound=tidy(cover.bound),
            gap=tidy(cover.gap),
            stop_reason=cover.stop_reason,
        ),
    )


def _shifts(cover: WeekCover, grid: WeekGrid) -> tuple[ShiftLine, ...]:
    lines = []
    for shift in cover.shifts:
        day, start = grid.label(shift.start).split()
        lines.append(
            ShiftLine(
                day=day,
                start=start,
                length_h=shift.length * grid.interval_h,
                heads=shift.count,
                start_interval=shift.start,
            )
        )
    return tuple(lines)


def _breaks(cover: WeekCover, team: TeamBrief, grid: WeekGrid) -> tuple[BreakLine, ...]:
    length = {rule.name: rule.length_min // grid.interval_min for rule in team.labour.breaks}
    return tuple(
        BreakLine(
            rule=taken.rule,
            start_interval=taken.start,
            length_intervals=length[taken.rule],
            heads=taken.count,
        )
        for taken in cover.breaks
    )


def _tours(cover: WeekCover, grid: WeekGrid) -> tuple[TourLine, ...]:
    return tuple(
        TourLine(
            tour=tour.rule,
            band_start=grid.label(tour.band_start).split()[1],
            length_h=tour.length * grid.interval_h,
            days=tuple(DAYS[day] for day in tour.days),
            people=tour.count,
        )
        for tour in cover.tours
    )


def _people(cover: WeekCover, team: TeamBrief, grid: WeekGrid) -> tuple[PersonLine, ...]:
    """Join people whose weeks are the same in every shift and break.

    Breaks of a shift stand in the order of their rules; those for longer shifts are left out.
    """
    rules = {
        length: tuple(
            rule.name for rule in team.labour.breaks if rule.applies_to(length * grid.interval_h)
        )
        for length in {person.length for person in cover.people}
    }
    return tuple(
        PersonLine(
            tour=person.rule,
            people=count,
            shifts=tuple(
                PersonShift(
                    start_interval=start,
                    length_h=person.length * grid.interval_h,
                    breaks=breaks,
                    break_rules=rules[person.length],
                )
                for start, breaks in zip(person.starts, person.breaks, strict=True)
            ),
        )
        for person, count in Counter(cover.people).items()
    )
