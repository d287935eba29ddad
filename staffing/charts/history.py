"""Line of the volumes a forecast is read from."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from staffing.calendar import add_months
from staffing.charts.palette import BLUE
from staffing.charts.parts import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]
    Spec = dict[str, Any]

_DATES = {"format": "%b %Y", "labelOverlap": True}
_STEPS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(weeks=1)}


def history_line(history: Json) -> Spec:
    """Units of each step of a history, over time.

    Parameters
    ----------
    history : mapping
        ``starts_on`` (ISO date), ``step`` (hour, day, week or month) and ``values``, units per
        step. Where the first two cannot be read, steps are numbered from 1.
    """
    step, values = history.get("step"), [float(value) for value in history["values"]]
    try:
        first = date.fromisoformat(str(history.get("starts_on")))
        moments = [_moment(first, str(step), at).isoformat() for at in range(len(values))]
        over: Json = {"field": "at", "type": "temporal", "title": None, "axis": _DATES}
    except (ValueError, KeyError, OverflowError):
        moments = [str(at + 1) for at in range(len(values))]
        over = {"field": "at", "type": "quantitative", "title": "step"}
    rows = [{"at": at, "units": units} for at, units in zip(moments, values, strict=True)]
    return {
        "$schema": SCHEMA,
        "title": f"Units per {step or 'step'}, as they came",
        "height": 180,
        "data": {"values": rows},
        "mark": {"type": "line", "color": BLUE, "point": len(rows) == 1, "tooltip": True},
        "encoding": {
            "x": over,
            "y": {"field": "units", "type": "quantitative", "title": f"units per {step or 'step'}"},
        },
    }


def _moment(first: date, step: str, at: int) -> datetime:
    if step == "month":
        return datetime.combine(add_months(first, at), time(0))
    return datetime.combine(first, time(0)) + at * _STEPS[step]
