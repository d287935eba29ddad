"""Rows of a plan, the same for every kind of file: its shifts, and its intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

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
    short: float


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
        IntervalRow(one.day, one.time, one.needed, one.on_duty, one.short)
        for one in intervals(roster)
    ]


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
