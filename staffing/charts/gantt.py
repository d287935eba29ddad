"""Shift Gantt of the standard week: who works from when to when, breaks, and what is short."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from staffing.charts.breaks import Pause, pauses_by_shift
from staffing.charts.palette import (
    BLUE,
    RED,
)
from staffing.charts.parts import (
    DAY_H,
    DAYS,
    LOCAL_CLOCK,
    SCHEMA,
    WEEK_H,
    clock,
    intervals,
    name,
    tooltips,
    week_axis,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Json = Mapping[str, Any]
    Rows = list[dict[str, Any]]
    Spec = dict[str, Any]

_ROW_PX, _TIGHT_ROW_PX = 20, 14
_MANY_ROWS = 60
_SHORT_ROW = 0
_TICK_H = 3
_BAR = {"band": 0.78}


def shift_gantt(team_plan: Json, day: str | None = None) -> Spec:
    """Every shift of the standard week as a bar, in order of its start.

    Parameters
    ----------
    team_plan : mapping
        A team of the staffing plan as JSON; its roster's ``shifts`` hold ``start_interval``,
        ``length_h`` and ``heads``, its ``people`` the breaks each takes.
    day : str, optional
        ``Mon`` to ``Sun``: only this day, and the shifts of which a part lies in it.

    Returns
    -------
    dict
        Vega-Lite specification: one row per shift, named with its heads, breaks as gaps, the
        whiter the more of its people take them; a shift that runs past Sunday midnight goes on at
        the left. The strip on top is red where heads are short.
    """
    roster = team_plan["roster"]
    lines = sorted(roster["shifts"], key=lambda s: (s["start_interval"], s["length_h"]))
    short = _short_rows(roster)
    if day is not None:
        lines = [line for line in lines if _lies_in(day, *_spans(line))]
        short = [row for row in short if _lies_in(day, (row["from_hour"], row["to_hour"]))]
    what = "Shifts of the standard week" if day is None else f"Shifts of {day}, standard week"
    labels = ["short" if short else "short: none", *(_label(line) for line in lines)]
    return {
        "$schema": SCHEMA,
        "title": f"{what}: {name(team_plan)}",
        "height": {"step": _ROW_PX if len(labels) <= _MANY_ROWS else _TIGHT_ROW_PX},
        "encoding": {
            "x": week_axis("from_hour") if day is None else _hours_of(day),
            "y": {
                "field": "row",
                "type": "ordinal",
                "title": None,
                "scale": {"domain": list(range(len(labels)))},
                "axis": {"labelExpr": f"{labels!r}[datum.value]", "labelLimit": 160},
            },
        },
        "layer": [
            _bars(_bar_rows(lines), BLUE, [("text", "Shift"), ("heads", "Heads")]),
            _gaps(_gap_rows(roster, lines)),
            _bars(short, RED, [("day", "Day"), ("time", "From"), ("heads", "Heads short")]),
        ],
    }


def _lies_in(day: str, *spans: tuple[float, float]) -> bool:
    """Whether a part of any span of the week lies in a day."""
    midnight = DAYS.index(day) * DAY_H
    return any(left < midnight + DAY_H and right > midnight for left, right in spans)


def _spans(line: Json) -> Iterator[tuple[float, float]]:
    """Lay a shift on the week."""
    return _on_the_week(_start_h(line), line["length_h"])


def _hours_of(day: str) -> Spec:
    """Lay the hours of one day along the axis; what is before and after is cut off."""
    midnight = DAYS.index(day) * DAY_H
    hours = range(0, DAY_H + 1, _TICK_H)
    labels = [clock(hour) for hour in hours]
    axis = week_axis("from_hour")
    return axis | {
        "title": f"{day}, {LOCAL_CLOCK}",
        "scale": {"domain": [midnight, midnight + DAY_H], "nice": False},
        "axis": {
            "values": [midnight + hour for hour in hours],
            "labelExpr": f"{labels!r}[(datum.value - {midnight}) / {_TICK_H}]",
            "grid": True,
        },
    }


def _label(line: Json) -> str:
    """Name a shift with its heads: beside the bar, where no break hides them."""
    return f"{line['heads']:,} x {line['day']} {line['start']}, {line['length_h']:g} h"


def _on_the_week(start_h: float, length_h: float) -> Iterator[tuple[float, float]]:
    """Lay a span of time on the week; what runs past its end goes on at its beginning."""
    end = start_h + length_h
    yield start_h, min(end, WEEK_H)
    if end > WEEK_H:
        yield 0.0, end - WEEK_H


def _bar_rows(lines: list[Json]) -> Rows:
    rows = []
    for row, line in enumerate(lines, start=1):
        start = _start_h(line)
        for left, right in _on_the_week(start, line["length_h"]):
            rows.append(
                {
                    "row": row,
                    "from_hour": left,
                    "to_hour": right,
                    "heads": line["heads"],
                    "text": f"{line['day']} {line['start']} to {_end(start, line['length_h'])}",
                }
            )
    return rows


def _start_h(line: Json) -> float:
    """Start of a shift, hours since Monday 00:00."""
    hours, minutes = line["start"].split(":")
    return DAYS.index(line["day"]) * DAY_H + int(hours) + int(minutes) / 60


def _end(start_h: float, length_h: float) -> str:
    end = (start_h + length_h) % WEEK_H
    return f"{DAYS[int(end // 24)]} {clock(end % 24)}"


def _gap_rows(roster: Json, lines: list[Json]) -> Rows:
    """Breaks on the bars of the people who take them."""
    interval_h = WEEK_H / len(roster["required_heads"])
    pauses = pauses_by_shift(roster)
    rows = []
    for row, line in enumerate(lines, start=1):
        for pause in pauses.get((line["start_interval"], line["length_h"]), ()):
            rows += _gap(pause, row, interval_h, pause.heads / line["heads"])
    return rows


def _gap(pause: Pause, row: int, interval_h: float, share: float) -> Rows:
    start, length = pause.start_interval * interval_h, pause.length_intervals * interval_h
    return [
        {
            "row": row,
            "from_hour": left,
            "to_hour": right,
            "heads": pause.heads,
            "share": share,
            "text": pause.rule,
            "time": clock(start % 24),
            "until": clock((start + length) % 24),
        }
        for left, right in _on_the_week(start, length)
    ]


def _short_rows(roster: Json) -> Rows:
    """Runs of intervals in which equally many heads are short."""
    rows = []
    for heads, run in groupby(intervals(roster), key=lambda one: round(one.short, 2)):
        members = list(run)
        if heads:
            rows.append(
                {
                    "row": _SHORT_ROW,
                    "from_hour": members[0].hour,
                    "to_hour": members[-1].next_hour,
                    "heads": heads,
                    "day": members[0].day,
                    "time": members[0].time,
                }
            )
    return rows


def _bars(rows: Rows, bar_colour: str, fields: list[tuple[str, str]]) -> Spec:
    return {
        "data": {"values": rows},
        "mark": {"type": "bar", "height": _BAR, "color": bar_colour, "clip": True},
        "encoding": {"x2": {"field": "to_hour"}, "tooltip": tooltips(fields)},
    }


def _gaps(rows: Rows) -> Spec:
    """Draw breaks over their bars, the whiter the larger the share of people who take them."""
    fields = [("text", "Break"), ("time", "From"), ("until", "To"), ("heads", "Heads")]
    return {
        "data": {"values": rows},
        "mark": {"type": "bar", "height": _BAR, "color": "white", "clip": True},
        "encoding": {
            "x2": {"field": "to_hour"},
            "opacity": {
                "field": "share",
                "type": "quantitative",
                "scale": {"domain": [0, 1], "range": [0, 1]},
                "legend": None,
            },
            "tooltip": tooltips(fields),
        },
    }
