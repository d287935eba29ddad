"""Stacked chart of a site's standard week: people of one service, flexible people, people apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from staffing.charts.palette import (
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    PURPLE,
    SLATE,
)
from staffing.charts.parts import (
    DAY_H,
    DAYS,
    SCHEMA,
    WEEK_H,
    clock,
    colour,
    heads_axis,
    hover,
    step_line,
    week_axis,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Json = Mapping[str, Any]
    Rows = list[dict[str, Any]]
    Spec = dict[str, Any]

FLEXIBLE, APART = "flexible", "people apart"
_SERVICES = (BLUE, GREEN, PURPLE, GREY)


def skills_over_week(skill_week: Json) -> Spec:
    """People on duty of the best mix, stacked, against people apart.

    Parameters
    ----------
    skill_week : mapping
        A site of a skill study as JSON; heads hold one entry per interval from Monday 00:00,
        site-local time, and are divided by the available share.

    Returns
    -------
    dict
        Vega-Lite specification: one area per service, one for flexible people on top, and people
        on duty when every service has its own as a line.
    """
    services = [one["service"] for one in skill_week["services"]]
    names = [*(f"only {name}" for name in services), FLEXIBLE, APART]
    colours = [*(_SERVICES[k % len(_SERVICES)] for k in range(len(services))), ORANGE, SLATE]
    rows = _rows(skill_week)
    areas = range(len(services) + 1)
    titles = [(f"people_{k}", names[k].capitalize()) for k in areas]
    return {
        "$schema": SCHEMA,
        "title": f"People of one service and of all: {skill_week['site']}",
        "height": 360,
        "data": {"values": rows},
        "encoding": {"x": week_axis("hour"), "color": colour(names, colours)},
        "layer": [
            *(_stacked(k, names[k]) for k in areas),
            step_line("apart", APART, "on duty", dash=(5, 3)),
            hover(
                "next_hour",
                [("day", "Day"), ("time", "From")],
                titles,
                [("apart", "People apart")],
            ),
        ],
    }


def _rows(skill_week: Json) -> Rows:
    """One row per interval with the offsets of the stack, and one more to the end of the week."""
    services = skill_week["services"]
    stack = [_on_duty(one["own"], one["available_share"]) for one in services]
    stack.append(_on_duty(skill_week["flexible"], skill_week["available_share"]))
    apart = [_on_duty(one["apart"], one["available_share"]) for one in services]
    length = WEEK_H / len(skill_week["flexible"])
    rows: Rows = []
    for t, people in enumerate(zip(*stack, strict=True)):
        hour = t * length
        row: dict[str, Any] = {
            "hour": hour,
            "next_hour": hour + length,
            "day": DAYS[int(hour // DAY_H)],
            "time": clock(hour % DAY_H),
            "apart": round(sum(own[t] for own in apart), 6),
        }
        height = 0.0
        for k, count in enumerate(people):
            row[f"people_{k}"] = round(count, 6)
            row[f"from_{k}"], height = round(height, 6), height + count
            row[f"to_{k}"] = round(height, 6)
        rows.append(row)
    return [*rows, {**rows[-1], "hour": WEEK_H, "next_hour": WEEK_H}]


def _on_duty(heads: Sequence[int], share: Sequence[float]) -> list[float]:
    return [head / available for head, available in zip(heads, share, strict=True)]


def _stacked(k: int, label: str) -> Spec:
    """One layer of the stack; its offsets lie in the rows."""
    return {
        "mark": {"type": "area", "interpolate": "step-after", "opacity": 0.7},
        "encoding": {
            "y": heads_axis(f"from_{k}", "on duty"),
            "y2": {"field": f"to_{k}"},
            "color": {"datum": label},
        },
    }
