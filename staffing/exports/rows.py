"""Rows of a plan, the same for every kind of file: shifts, intervals, people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from staffing.charts.breaks import breaks_of
from staffing.charts.parts import DAYS, clock, intervals

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]

_WEEK_H = 168


class ShiftRow(NamedTuple):
    """People who work the same shift, local time of the site."""

    starts: str
    ends: str
    length_h: float
    heads: int


class IntervalRow(NamedTuple):
    """One interval of the standard week, local time of the site, heads."""

    day: str
    start: str
    required: float
    on_duty: float
    at_work: float
    short: float


class PersonRow(NamedTuple):
    """One shift of one person, local time of the site; an end before the start is the next day."""

    person: int
    tour: str
    day: str
    start: str
    end: str
    length_h: float
    breaks: str


def shift_rows(roster: Json) -> list[ShiftRow]:
    """Shifts of a roster in order of their start."""
    lines = sorted(roster["shifts"], key=lambda s: (s["start_interval"], s["length_h"]))
    return [
        ShiftRow(f"{line['day']} {line['start']}", _end(line), line["length_h"], line["heads"])
        for line in lines
    ]


def interval_rows(roster: Json) -> list[IntervalRow]:
    """Intervals of a roster from Monday 00:00."""
    return [
        IntervalRow(one.day, one.time, one.needed, one.on_duty, one.at_work, one.short)
        for one in intervals(roster)
    ]


def person_rows(roster: Json) -> list[PersonRow]:
    """Shifts of every person, numbered from 1; none where the plan does not list people."""
    hours = interval_h(roster)
    alike = (line for line in roster["people"] for _ in range(line["people"]))
    rows = []
    for person, line in enumerate(alike, start=1):
        for shift in line["shifts"]:
            day, start = divmod(shift["start_interval"] * hours, 24)
            rows.append(
                PersonRow(
                    person,
                    line["tour"],
                    DAYS[int(day)],
                    clock(start),
                    clock((start + shift["length_h"]) % 24),
                    shift["length_h"],
                    _breaks(roster, shift),
                )
            )
    return rows


def break_times(start_interval: int, length_intervals: int, hours: float) -> str:
    """``10:00 to 10:30`` of a break, of intervals of so many hours."""
    start, length = start_interval * hours, length_intervals * hours
    return f"{clock(start % 24)} to {clock((start + length) % 24)}"


def _breaks(roster: Json, shift: Json) -> str:
    """Breaks of a shift in order of time, ``meal 10:00 to 10:30; rest 12:00 to 12:15``."""
    size, hours = len(roster["required_heads"]), interval_h(roster)
    found = sorted(
        breaks_of(roster, shift), key=lambda one: (one[1] - shift["start_interval"]) % size
    )
    return "; ".join(f"{rule} {break_times(start, length, hours)}" for rule, start, length in found)


def interval_h(roster: Json) -> float:
    """Length of one interval, hours."""
    return _WEEK_H / len(roster["required_heads"])


def start_h(line: Json) -> float:
    """Start of a shift, hours since Monday 00:00."""
    hours, minutes = line["start"].split(":")
    return 24 * DAYS.index(line["day"]) + int(hours) + int(minutes) / 60


def _end(line: Json) -> str:
    end = (start_h(line) + line["length_h"]) % _WEEK_H
    return f"{DAYS[int(end // 24)]} {clock(end % 24)}"
