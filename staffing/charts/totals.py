"""What the standard week of a team adds up to: for tables and sentences beside its charts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from staffing.charts.parts import WEEK_H, intervals

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]


@dataclass(frozen=True)
class WeekTotals:
    """Sums over the intervals of a standard week.

    Parameters
    ----------
    num_intervals, num_short : int
        Intervals of the week, and those of them in which heads are short.
    most_short : float
        Most heads short in an interval.
    short_head_hours, break_hours : float
        Hours of heads short, and of people on a break, paid or not.
    people_on_tours : int
        People who work tours.
    """

    num_intervals: int
    num_short: int
    most_short: float
    short_head_hours: float
    break_hours: float
    people_on_tours: int


def week_totals(roster: Json) -> WeekTotals:
    """Add up a roster, given as JSON."""
    week = intervals(roster)
    short = [one.short for one in week if one.short]
    hours = WEEK_H / len(week)
    return WeekTotals(
        num_intervals=len(week),
        num_short=len(short),
        most_short=max(short, default=0.0),
        short_head_hours=hours * sum(short),
        break_hours=hours * sum(one.on_duty - one.at_work for one in week),
        people_on_tours=sum(line["people"] for line in roster["tours"]),
    )
