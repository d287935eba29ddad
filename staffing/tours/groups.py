"""Groups of shifts that a person on one tour rule may combine: one band, one length."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from staffing.errors import BadInputError
from staffing.tours.rules import DAYS_PER_WEEK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from staffing.tours.problem import TourProblem
    from staffing.tours.rules import TourRule


@dataclass(frozen=True)
class TourGroup:
    """Shifts of one length in one band of starts, on every day the site is open for them.

    Parameters
    ----------
    rule : TourRule
        Kind of working week.
    band_start : int
        Interval of the day at which the band starts.
    length : int
        Intervals of a shift.
    starts : ndarray of int
        Intervals of the week in which its shifts may start, ascending.
    day : ndarray of int, same shape
        Day each of them starts on, 0 is Monday.
    """

    rule: TourRule
    band_start: int
    length: int
    starts: NDArray[np.int64]
    day: NDArray[np.int64]


def spread_min(rule: TourRule, start_minutes: Sequence[int]) -> int:
    """Minutes between the first and the last start of the widest band."""
    bands: dict[int, list[int]] = {}
    for minute in start_minutes:
        bands.setdefault(minute // rule.start_band_min, []).append(minute)
    return max((max(inside) - min(inside) for inside in bands.values()), default=0)


def offered_groups(problem: TourProblem) -> tuple[TourGroup, ...]:
    """List the groups that daily rest, weekly hours and site hours leave.

    Any two shifts of a group on consecutive days leave ``24 h - length - spread`` of rest, the
    spread being that of its starts.

    Raises
    ------
    BadInputError
        When rest and weekly hours leave no group of any rule (contradicting labour rules), or
        when no shift lies inside the hours of the site.
    """
    groups = []
    refused = []
    for index, rule in enumerate(problem.tours):
        for hours in sorted(set(rule.shift_lengths_h)):
            why = _refusal(problem, rule, hours)
            if why:
                refused.append(f"tours[{index}] {rule.name!r} at {hours:g} h {why}")
            else:
                groups += list(_bands(problem, rule, problem.intervals(hours * 60)))
    total = sum(len(set(rule.shift_lengths_h)) for rule in problem.tours)
    if len(refused) == total:
        raise BadInputError.at(
            "tours",
            f"daily_rest_h={problem.daily_rest_h:g}, weekly_hours_max={problem.weekly_hours_max:g}",
            "contradicting labour rules: " + "; ".join(refused),
        )
    if not groups:
        raise BadInputError.at(
            "open_mask", problem.name, "hours of the site that hold at least one shift of a tour"
        )
    return tuple(groups)


def _refusal(problem: TourProblem, rule: TourRule, hours: float) -> str:
    """Say which limit a length breaks; empty when it is offered."""
    weekly_h = rule.days_on * problem.paid_h(problem.intervals(hours * 60))
    if weekly_h > problem.weekly_hours_max:
        return f"needs {weekly_h:g} paid hours a week (weekly_hours)"
    rest_h = 24 - hours - spread_min(rule, problem.start_minutes) / 60
    if rule.days_on > 1 and rest_h < problem.daily_rest_h:
        return f"leaves {rest_h:g} h of rest (daily_rest)"
    return ""


def _bands(problem: TourProblem, rule: TourRule, length: int) -> list[TourGroup]:
    grid = problem.grid
    minutes = np.array(problem.start_minutes)
    band_of = minutes // rule.start_band_min
    groups = []
    for band in np.unique(band_of):
        in_day = minutes[band_of == band] // grid.interval_min
        week = np.arange(DAYS_PER_WEEK)[:, None] * grid.per_day + in_day
        starts = week.ravel()
        covered = (starts[:, None] + np.arange(length)) % grid.size
        starts = starts[problem.open_mask[covered].all(axis=1)]
        first = int(band * rule.start_band_min // grid.interval_min)
        if len(starts):
            groups.append(TourGroup(rule, first, length, starts, starts // grid.per_day))
    return groups
