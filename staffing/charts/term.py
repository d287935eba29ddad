"""People week by week over the term."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from staffing.charts.palette import (
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    PURPLE,
)
from staffing.charts.parts import (
    SCHEMA,
    colour,
    heads_axis,
    hover,
    name,
    step_line,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Json = Mapping[str, Any]
    Rows = list[dict[str, Any]]
    Spec = dict[str, Any]

PEOPLE = {"productive": "productive", "overtime": "overtime", "surge": "surge people"}
LINES = {"needed": "needed", "payroll": "on payroll"}
_QUARTER = 13
_MOST_LABELS = 14


def people_over_term(team_plan: Json) -> Spec:
    """People week by week over the term: who covers the need, and who is on payroll.

    Parameters
    ----------
    team_plan : mapping
        A team of the staffing plan as JSON; its workforce's ``needed``, ``productive``,
        ``overtime``, ``surge`` and ``payroll`` hold one entry per planning week, full-time
        equivalents.

    Returns
    -------
    dict
        Vega-Lite specification: productive people, overtime and surge people stacked; need and
        payroll as lines. Surge people are counted as heads, before their effectiveness.
    """
    rows = _rows(team_plan["workforce"])
    num_weeks = len(rows) - 1
    names, colours = [*PEOPLE.values(), *LINES.values()], [BLUE, GREEN, PURPLE, ORANGE, GREY]
    both = [*PEOPLE.items(), *LINES.items()]
    return {
        "$schema": SCHEMA,
        "title": f"People over the term: {name(team_plan)}",
        "height": 360,
        "data": {"values": rows},
        "encoding": {"x": _week_axis(num_weeks), "color": colour(names, colours)},
        "layer": [
            *(_stacked(key) for key in PEOPLE),
            step_line("needed", LINES["needed"], "FTE"),
            step_line("payroll", LINES["payroll"], "FTE", dash=(5, 3)),
            hover("next_week", [("week", "Week")], [(k, f"{n}, FTE") for k, n in both]),
        ],
    }


def _week_axis(num_weeks: int) -> Spec:
    """Number the weeks there are, each where it begins, a quarter apart where they are many."""
    step = 1 if num_weeks <= _MOST_LABELS else _QUARTER
    while num_weeks > _MOST_LABELS * step:
        step *= 2
    return {
        "field": "week",
        "type": "quantitative",
        "title": f"Week of the term, 1 to {num_weeks}, each from where it begins",
        "axis": {"values": list(range(1, num_weeks + 1, step)), "format": "d"},
        "scale": {"domain": [1, num_weeks + 1], "nice": False},
    }


def _rows(workforce: Json) -> Rows:
    """One row per week with the offsets of the stack, and one more that carries the last step."""
    keys = [*PEOPLE, *LINES]
    series: list[Sequence[float]] = [workforce[key] for key in keys]
    rows: Rows = []
    for week, values in enumerate(zip(*series, strict=True), start=1):
        row = {"week": week, "next_week": week + 1, **dict(zip(keys, values, strict=True))}
        height = 0.0
        for key in PEOPLE:
            row[f"{key}_from"], height = height, height + row[key]
            row[f"{key}_to"] = height
        rows.append(row)
    return [*rows, {**rows[-1], "week": len(rows) + 1}]


def _stacked(key: str) -> Spec:
    """One layer of the stack; its offsets lie in the rows, as ``KEY_from`` and ``KEY_to``."""
    return {
        "mark": {"type": "area", "interpolate": "step-after", "opacity": 0.7},
        "encoding": {
            "y": heads_axis(f"{key}_from", "FTE"),
            "y2": {"field": f"{key}_to"},
            "color": {"datum": PEOPLE[key]},
        },
    }
