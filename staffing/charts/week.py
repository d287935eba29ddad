"""Step chart of the standard week: heads needed against people on duty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from staffing.charts.parts import (
    BLUE,
    ORANGE,
    RED,
    SCHEMA,
    WEEK_H,
    colour,
    heads_axis,
    hover,
    intervals,
    name,
    step_area,
    step_line,
    week_axis,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]
    Rows = list[dict[str, Any]]
    Spec = dict[str, Any]

NEEDED, ON_DUTY, SHORT = "needed", "on duty", "short"


def heads_over_week(team_plan: Json) -> Spec:
    """Heads the work needs against people on duty, by interval of the standard week.

    Parameters
    ----------
    team_plan : mapping
        A team of the staffing plan as JSON; its roster's ``required_heads`` and ``on_duty`` hold
        one entry per interval from Monday 00:00, site-local time, heads.

    Returns
    -------
    dict
        Vega-Lite specification; what is short, if anything, is a red area of its own.
    """
    rows = _rows(team_plan["roster"])
    names, colours = [NEEDED, ON_DUTY], [BLUE, ORANGE]
    layers = [step_area("needed", NEEDED), step_line("on_duty", ON_DUTY, "heads")]
    if any(row["short"] for row in rows):
        names, colours = [*names, SHORT], [*colours, RED]
        layers.append(_shortfall())
    layers.append(
        hover(
            "next_hour",
            [("day", "Day"), ("time", "From"), ("needed", "Heads needed")],
            [("on_duty", "People on duty"), ("short", "Heads short")],
        )
    )
    return {
        "$schema": SCHEMA,
        "title": f"Heads over the week: {name(team_plan)}",
        "height": 360,
        "data": {"values": rows},
        "encoding": {"x": week_axis("hour"), "color": colour(names, colours)},
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
            "short": one.short,
        }
        for one in intervals(roster)
    ]
    return [*rows, {**rows[-1], "hour": WEEK_H, "next_hour": WEEK_H}]


def _shortfall() -> Spec:
    """Mark what is short in red, from the people on duty up to the need."""
    return {
        "transform": [{"filter": "datum.short > 0"}],
        "mark": {"type": "rect", "opacity": 0.9},
        "encoding": {
            "x2": {"field": "next_hour"},
            "y": heads_axis("on_duty", "heads"),
            "y2": {"field": "needed"},
            "color": {"datum": SHORT},
        },
    }
