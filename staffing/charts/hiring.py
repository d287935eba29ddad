"""Charts of a plan of hiring: who is there against the need, and who comes and goes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from staffing.charts.hiring_periods import STATUSES, hiring_weeks
from staffing.charts.palette import (
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    PURPLE,
    RED,
    SKY,
    SLATE,
)
from staffing.charts.parts import (
    SCHEMA,
    calendar_axis,
    colour,
    heads_axis,
    hover,
    step_line,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]
    Rows = list[dict[str, Any]]
    Spec = dict[str, Any]

NEED = "needed"
_COLOURS = {
    "productive": BLUE,
    "ramping": GREEN,
    "overtime": ORANGE,
    "temporary": PURPLE,
    "helping": SKY,
    "short": RED,
    "training": GREY,
}
# Sign, name and colour of whoever comes or goes; people on temporary contracts are not among them.
_MOVES = {
    "hires": (1, "hires", BLUE),
    "upskilled_in": (1, "from another team", GREEN),
    "leavers": (-1, "leave", ORANGE),
    "released": (-1, "released", PURPLE),
    "upskilled_out": (-1, "to another team", SLATE),
}
_NOISE = 1e-6


def headcount_by_status(study: Json, pool: str | None = None) -> Spec:
    """People by status, stacked week by week, against the people needed.

    Parameters
    ----------
    study : mapping
        HiringStudy as JSON.
    pool : str, optional
        Name of one pool; None for the sum of all.

    Returns
    -------
    dict
        Vega-Lite specification: productive people at the ground, those who help out on them, then
        what is short; people in training on top, who do not work yet. The need is a line, in
        experienced people; who ramps up does less than one, so the stack may stand above it.
    """
    rows = _with_ends(hiring_weeks(study, pool))
    shown = [key for key in STATUSES if any(row[key] > _NOISE for row in rows)]
    for row in rows:
        height = 0.0
        for key in shown:
            row[f"{key}_from"], height = round(height, 6), height + row[key]
            row[f"{key}_to"] = round(height, 6)
    names = [*(STATUSES[key] for key in shown), NEED]
    titles = [("need", "Needed"), *((key, STATUSES[key].capitalize()) for key in shown)]
    return {
        "$schema": SCHEMA,
        "title": f"People by status: {_title(study, pool)}",
        "height": 360,
        "data": {"values": rows},
        "encoding": {
            "x": calendar_axis("date"),
            "color": colour(names, [*(_COLOURS[key] for key in shown), SLATE]),
        },
        "layer": [
            *(_stacked(key) for key in shown),
            step_line("need", NEED, "heads", width=2.5),
            hover("next", [("day", "Week of")], titles),
        ],
    }


def hires_and_leavers(study: Json, pool: str | None = None) -> Spec:
    """People who come, above the line, and who go, below it, week by week.

    Parameters
    ----------
    study : mapping
        HiringStudy as JSON.
    pool : str, optional
        Name of one pool; None for the sum of all. Moves between pools then cancel out of sight.

    Returns
    -------
    dict
        Vega-Lite specification. The team of the first day is not among those who come.
    """
    weeks = _with_ends(hiring_weeks(study, pool))[:-1]
    shown = [key for key in _MOVES if any(row[key] > _NOISE for row in weeks)] or ["hires"]
    rows = []
    for row in weeks:
        heights = {1: 0.0, -1: 0.0}
        for key in shown:
            sign, name, _ = _MOVES[key]
            bottom, heights[sign] = heights[sign], heights[sign] + sign * row[key]
            rows.append(
                {"date": row["date"], "next": row["next"], "day": row["day"], "text": name}
                | {"people": round(row[key], 6), "from": bottom, "to": heights[sign]}
            )
    tooltip = [
        {"field": "day", "type": "nominal", "title": "Week of"},
        {"field": "text", "type": "nominal", "title": "Who"},
        {"field": "people", "type": "quantitative", "title": "People", "format": ",.3~f"},
    ]
    return {
        "$schema": SCHEMA,
        "title": f"Who comes and goes: {_title(study, pool)}",
        "height": 200,
        "data": {"values": rows},
        "mark": {"type": "rect", "opacity": 0.85},
        "encoding": {
            "x": calendar_axis("date"),
            "x2": {"field": "next"},
            "y": {"field": "from", "type": "quantitative", "title": "People a week"},
            "y2": {"field": "to"},
            "color": {
                "field": "text",
                **colour([_MOVES[k][1] for k in shown], [_MOVES[k][2] for k in shown]),
            },
            "tooltip": tooltip,
        },
    }


def _title(study: Json, pool: str | None) -> str:
    if pool is not None:
        return pool
    pools = study["pools"]
    return str(pools[0]["name"]) if len(pools) == 1 else "all teams"


def _with_ends(weeks: Rows) -> Rows:
    """Weeks from where they begin to where the next does, and a row that carries the last step."""
    rows = [row | {"date": row["day"], "next": _next(row["day"])} for row in weeks]
    return [*rows, {**rows[-1], "date": rows[-1]["next"]}]


def _next(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(weeks=1)).isoformat()


def _stacked(key: str) -> Spec:
    """One layer of the stack; its offsets lie in the rows."""
    return {
        "mark": {"type": "area", "interpolate": "step-after", "opacity": 0.7},
        "encoding": {
            "y": heads_axis(f"{key}_from", "heads"),
            "y2": {"field": f"{key}_to"},
            "color": {"datum": STATUSES[key]},
        },
    }
