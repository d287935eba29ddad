"""Step chart of the standard week: heads needed against people at work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from staffing.charts.palette import (
    BLUE,
    GREY,
    ORANGE,
    RED,
)
from staffing.charts.parts import (
    LOCAL_CLOCK,
    SCHEMA,
    WEEK_H,
    colour,
    has_breaks,
    heads_axis,
    hover,
    intervals,
    name,
    people_fields,
    step_area,
    step_line,
    week_axis,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]
    Rows = list[dict[str, Any]]
    Spec = dict[str, Any]

NEEDED, AT_WORK, ON_DUTY, SHORT = "needed", "at work", "on duty", "short"


def heads_over_week(team_plan: Json, clock_name: str = LOCAL_CLOCK) -> Spec:
    """Heads the work needs against people at work, by interval of the standard week.

    Parameters
    ----------
    team_plan : mapping
        A team of the staffing plan as JSON; its roster's ``required_heads``, ``on_duty`` and
        ``at_work`` hold one entry per interval from Monday 00:00, site-local time, heads.
    clock_name : str
        Whose clock its week is told by.

    Returns
    -------
    dict
        Vega-Lite specification; what is short, if anything, is a red area of its own.
        Where there are breaks, people on duty are a thin dashed line.
    """
    roster = team_plan["roster"]
    rows = _rows(roster)
    present = AT_WORK if has_breaks(roster) else ON_DUTY
    names, colours = [NEEDED, present], [BLUE, ORANGE]
    layers = [step_area("needed", NEEDED), step_line("at_work", present, "heads")]
    if present == AT_WORK:
        names, colours = [*names, ON_DUTY], [*colours, GREY]
        layers.append(step_line("on_duty", ON_DUTY, "heads", dash=(3, 2), width=1))
    if any(row["short"] for row in rows):
        names, colours = [*names, SHORT], [*colours, RED]
        layers.append(_shortfall())
    layers.append(
        hover(
            "next_hour",
            [("day", "Day"), ("time", "From"), ("needed", "Heads needed")],
            [*people_fields(roster), ("short", "Heads short")],
        )
    )
    return {
        "$schema": SCHEMA,
        "title": f"Heads over the week: {name(team_plan)}",
        "height": 360,
        "data": {"values": rows},
        "encoding": {"x": week_axis("hour", clock_name), "color": colour(names, colours)},
        "layer": layers,
    }


def _rows(roster: Json) -> Rows:
    """One row per interval, and one more that carries the last step to the end of the week."""
    rows = [
        {
            "hour": one.hour,
            "next_hour": one.next_hour,
            "day": one.day,
            "time": one.time,
            "needed": one.needed,
            "on_duty": one.on_duty,
            "at_work": one.at_work,
            "short": one.short,
        }
        for one in intervals(roster)
    ]
    return [*rows, {**rows[-1], "hour": WEEK_H, "next_hour": WEEK_H}]


def _shortfall() -> Spec:
    """Mark what is short in red, from the people at work up to the need."""
    return {
        "transform": [{"filter": "datum.short > 0"}],
        "mark": {"type": "rect", "opacity": 0.9},
        "encoding": {
            "x2": {"field": "next_hour"},
            "y": heads_axis("at_work", "heads"),
            "y2": {"field": "needed"},
            "color": {"datum": SHORT},
        },
    }
