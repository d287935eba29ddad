"""Rows of a surge study, the same for every kind of file: hours, days, sources, strategies."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING, Any, NamedTuple

from staffing.charts.parts import DAY_H, DAYS, WEEK_H, clock

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Json = Mapping[str, Any]


class HourRow(NamedTuple):
    """People at an hour since the call, by source in the order of the plan; ramped people."""

    hour: float
    day: str
    time: str
    people: tuple[float, ...]
    worth: float
    asked: float

    @property
    def there(self) -> float:
        """People of all sources."""
        return sum(self.people)


class DayRow(NamedTuple):
    """One day since the call: hours of work asked for, done by source, waiting, late, spare."""

    day: int
    name: str
    starts_h: float
    need_h: float
    productive_h: tuple[float, ...]
    done_h: float
    waiting_h: float
    late_h: float
    spare_h: float


class PointRow(NamedTuple):
    """Least cost of a strategy for a share of the work done in time at some hours of notice."""

    strategy: str
    notice_h: float
    service: float
    cost: float | None
    per_hour: float | None
    reserved: float | None


def hour_rows(plan: Json) -> list[HourRow]:
    """Every hour of the first week since the call, then every day."""
    by_source = [source["there_by_hour"] for source in plan["sources"]]
    columns = zip(plan["hours"], plan["worth_heads"], plan["need_heads"], strict=True)
    return [
        HourRow(
            hour,
            *moment(plan["day_names"], plan["day_start_h"][0], hour),
            tuple(people[number] for people in by_source),
            worth,
            asked,
        )
        for number, (hour, worth, asked) in enumerate(columns)
    ]


def moment(day_names: Sequence[str], first_day_h: float, hour: float) -> tuple[str, str]:
    """Weekday and clock time at an hour since the call; days of the plan start at midnight."""
    day = floor((hour - first_day_h) / DAY_H)
    first = DAYS.index(day_names[0]) if day_names else 0
    return DAYS[(first + day) % len(DAYS)], clock((hour - first_day_h) % DAY_H)


def day_rows(plan: Json) -> list[DayRow]:
    """Every day of the plan."""
    made = [source["productive_h"] for source in plan["sources"]]
    return [
        DayRow(
            day + 1,
            plan["day_names"][day] if plan["day_names"] else "",
            plan["day_start_h"][day],
            plan["need_h"][day],
            tuple(hours[day] for hours in made),
            plan["done_h"][day],
            plan["waiting_h"][day],
            plan["uncovered_h"][day],
            plan["spare_h"][day],
        )
        for day in range(len(plan["need_h"]))
    ]


def point_rows(frontier: Json, way: str) -> list[PointRow]:
    """Points of all strategies; `way` is ``by_service`` or ``by_notice``."""
    return [
        PointRow(
            curve["label"],
            point["notice_h"],
            point["service"],
            point["cost"],
            point["cost_per_productive_hour"],
            point["reserved"],
        )
        for curve in frontier["curves"]
        for point in curve[way]
    ]


def shown_hours(rows: list[HourRow], notice_h: float) -> list[HourRow]:
    """Rows where anything changes until the peak is a week old, then one for each week."""
    kept = rows[:1]
    for row in rows[1:]:
        weeks = (row.hour - notice_h) / WEEK_H
        early = weeks <= 1 and row[3:] != kept[-1][3:]
        if early or (weeks > 1 and weeks % 1 == 0):
            kept.append(row)
    return kept
