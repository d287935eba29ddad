"""Heat maps of the standard week, day by time: the need, the cover, and their difference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from staffing.charts.palette import (
    BLUE,
    GREY,
    RED,
)
from staffing.charts.parts import (
    DAY_H,
    DAYS,
    LOCAL_CLOCK,
    SCHEMA,
    clock,
    has_breaks,
    intervals,
    name,
    people_fields,
    tooltips,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Json = Mapping[str, Any]
    Rows = list[dict[str, Any]]
    Spec = dict[str, Any]

_ROW_PX = 24
_TICK_H = 3
_NOTHING = f"{GREY}26"  # a seventh opaque: neutral on light and dark
_JUST_SHORT = f"{RED}99"
_JUST_BELOW_ZERO = -1e-6


def required_heat_map(team_plan: Json, clock_name: str = LOCAL_CLOCK) -> Spec:
    """Heads the work needs, by weekday and time.

    Parameters
    ----------
    team_plan : mapping
        A team of the staffing plan as JSON; see `heads_over_week`.
    clock_name : str
        Whose clock its week is told by.

    Returns
    -------
    dict
        Vega-Lite specification: a row per day, a cell per interval (15, 30 or 60 minutes). Need
        and cover have the same scale, so that their maps compare.
    """
    return _map(team_plan, "needed", "Heads needed", _levels(team_plan), clock_name)


def cover_heat_map(team_plan: Json, clock_name: str = LOCAL_CLOCK) -> Spec:
    """People at work, by weekday and time, on the scale of `required_heat_map`."""
    title = "People at work" if has_breaks(team_plan["roster"]) else "People on duty"
    return _map(team_plan, "at_work", title, _levels(team_plan), clock_name)


def difference_heat_map(team_plan: Json, clock_name: str = LOCAL_CLOCK) -> Spec:
    """People at work less heads needed, by weekday and time.

    Returns
    -------
    dict
        Vega-Lite specification: what is short is red, and visible however little it is; nothing
        over or short is neutral, what is over blue.
    """
    scale = difference_scale([row["difference"] for row in _rows(team_plan["roster"])])
    return _map(team_plan, "difference", "Over (blue) or short (red)", scale, clock_name)


def level_scale(levels: Sequence[float]) -> Spec:
    """Colour levels from 0 to the highest, nothing being neutral."""
    return {"domain": [0, max(*levels, 1)], "range": [_NOTHING, BLUE], "interpolate": "rgb"}


def difference_scale(differences: Sequence[float]) -> Spec:
    """Colour what is short red, however little it is, and what is over blue."""
    return {
        "domain": [min(*differences, -1.0), _JUST_BELOW_ZERO, 0, max(*differences, 1.0)],
        "range": [RED, _JUST_SHORT, _NOTHING, BLUE],
        "interpolate": "rgb",
    }


def _levels(team_plan: Json) -> Spec:
    roster = team_plan["roster"]
    return level_scale([*roster["required_heads"], *roster["at_work"]])


def _map(team_plan: Json, field: str, title: str, scale: Spec, clock_name: str) -> Spec:
    return {
        "$schema": SCHEMA,
        "title": f"{title}: {name(team_plan)}",
        "height": {"step": _ROW_PX},
        "data": {"values": _rows(team_plan["roster"])},
        "mark": {"type": "rect"},
        "encoding": {
            "y": {"field": "day", "type": "ordinal", "sort": list(DAYS), "title": None},
            "x": day_axis(clock_name),
            "x2": {"field": "to_hour"},
            "color": {
                "field": field,
                "type": "quantitative",
                "scale": scale,
                "legend": {"title": "heads", "orient": "right", "gradientLength": 7 * _ROW_PX},
            },
            "tooltip": tooltips(
                [
                    ("day", "Day"),
                    ("time", "From"),
                    ("until", "To"),
                    ("needed", "Heads needed"),
                    *people_fields(team_plan["roster"]),
                    ("difference", "Over, or short if negative"),
                ]
            ),
        },
    }


def day_axis(clock_name: str) -> Spec:
    """Lay hours since midnight along the day, from ``from_hour`` on."""
    ticks = list(range(0, DAY_H + 1, _TICK_H))
    return {
        "field": "from_hour",
        "type": "quantitative",
        "title": clock_name[:1].upper() + clock_name[1:],
        "scale": {"domain": [0, DAY_H], "nice": False},
        "axis": {
            "values": ticks,
            "labelExpr": f"{[clock(hour) for hour in ticks]!r}[datum.value / {_TICK_H}]",
            "grid": False,
        },
    }


def _rows(roster: Json) -> Rows:
    """One row per interval."""
    rows = []
    for one in intervals(roster):
        start = one.hour % DAY_H
        end = start + one.next_hour - one.hour
        rows.append(
            {
                "day": one.day,
                "time": one.time,
                "until": clock(end),
                "from_hour": start,
                "to_hour": end,
                "needed": one.needed,
                "on_duty": one.on_duty,
                "at_work": one.at_work,
                "difference": one.difference,
            }
        )
    return rows
