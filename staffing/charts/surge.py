"""Charts of a surge study: who is there by hour since the call, and what strategies cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from staffing.charts.palette import (
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    PURPLE,
    SKY,
    SLATE,
)
from staffing.charts.parts import (
    DAY_H,
    DAYS,
    SCHEMA,
    WEEK_H,
    colour,
    heads_axis,
    hover,
    step_line,
    tooltips,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Json = Mapping[str, Any]
    Rows = list[dict[str, Any]]
    Spec = dict[str, Any]

ASKED, WORTH, THERE = "asked for", "worth, in ordinary people", "people"
_SOURCES = (BLUE, GREEN, PURPLE, SKY, SLATE, GREY)
_STRATEGIES = {
    "bench": GREY,
    "overtime": PURPLE,
    "pool": BLUE,
    "backlog": GREEN,
    "mix": ORANGE,
}
_UNIT = "there or asked for"
_FEW_DAYS = 10


def surge_by_hour(plan: Json, until_h: float | None = None) -> Spec:
    """People there by hour since the call, stacked by source, against people asked for.

    Parameters
    ----------
    plan : mapping
        SurgePlan as JSON; its figures by hour hold one entry for each of its ``hours``.
    until_h : float, optional
        Where it ends, above 0; a week after the peak begins unless told.

    Returns
    -------
    dict
        Vega-Lite specification: one area per source that is called, what they are worth in
        ordinary people as a dashed line, people the extra work asks for as a line.
    """
    called = [source for source in plan["sources"] if source["called"] > 0]
    names = [source["name"] for source in called]
    by_source = [source["there_by_hour"] for source in called]
    title = f"People since the call: {plan['name']}"
    return _staircase(plan, title, names, by_source, until_h)


def people_by_hour(ready: Json, title: str, until_h: float | None = None) -> Spec:
    """People there by hour since the call, all together, against people asked for.

    Parameters
    ----------
    ready : mapping
        ``hours`` since the call and, for each, ``people`` there, what they are ``worth`` and people
        asked for (``need``); ``notice_h`` and ``day_names`` as in a plan.
    title : str
        Of the chart.
    until_h : float, optional
        Where it ends, above 0; a week after the peak begins unless told.
    """
    plan = {
        "hours": ready["hours"],
        "worth_heads": ready["worth"],
        "need_heads": ready["need"],
        "notice_h": ready["notice_h"],
        "day_names": ready["day_names"],
    }
    return _staircase(plan, title, [THERE], [ready["people"]], until_h)


def cost_by_service(frontier: Json, currency: str) -> Spec:
    """Least cost of every strategy by share of the extra work done in time.

    Parameters
    ----------
    frontier : mapping
        SurgeFrontier as JSON.
    currency : str
        Of the cost.

    Returns
    -------
    dict
        Vega-Lite specification: one line per strategy, up to the most it can do.
    """
    x = {
        "field": "service",
        "type": "quantitative",
        "title": "Extra work done in time",
        "axis": {"format": ".0%"},
        "scale": {"domain": [0, 1]},
    }
    title = "Cost against service, by strategy"
    return _curves(frontier, title, x, _points_by_service, currency)


def cost_by_notice(frontier: Json, currency: str) -> Spec:
    """Least cost of every strategy by hours of notice, at the frontier's service.

    Parameters
    ----------
    frontier : mapping
        SurgeFrontier as JSON.
    currency : str
        Of the cost.
    """
    x = {
        "field": "notice",
        "type": "ordinal",
        "title": "Notice of the peak",
        "sort": None,
        "axis": {"labelAngle": 0},
        "scale": {"domain": [_notice(hours) for hours in frontier["notices_h"]]},
    }
    title = f"Cost against notice, {frontier['notice_service']:.0%} of the work in time"
    return _curves(frontier, title, x, lambda curve: curve["by_notice"], currency)


def _staircase(
    plan: Json,
    title: str,
    names: list[str],
    by_source: Sequence[Sequence[float]],
    until_h: float | None,
) -> Spec:
    last = plan["notice_h"] + WEEK_H if until_h is None else until_h
    rows = _hour_rows(plan, by_source, last)
    colours = [_SOURCES[k % len(_SOURCES)] for k in range(len(names))]
    titles = [(f"people_{k}", name) for k, name in enumerate(names)]
    totals = [("there", "People there"), ("worth", "Worth"), ("asked", "Asked for")]
    return {
        "$schema": SCHEMA,
        "title": title,
        "height": 360,
        "data": {"values": rows},
        "encoding": {
            "x": _hour_axis(plan, rows),
            "color": colour([*names, WORTH, ASKED], [*colours, ORANGE, SLATE]),
        },
        "layer": [
            *(_stacked(k, name) for k, name in enumerate(names)),
            step_line("worth", WORTH, _UNIT, dash=(5, 3)),
            step_line("asked", ASKED, _UNIT),
            hover("next_hour", [("text", "Hours since the call")], titles, totals),
        ],
    }


def _hour_rows(plan: Json, by_source: Sequence[Sequence[float]], last: float) -> Rows:
    """One row per hour with the offsets of the stack, and one more to carry the last step."""
    hours = [hour for hour in plan["hours"] if hour < last]
    rows: Rows = []
    step = 1.0
    for number, hour in enumerate(hours):
        if number + 1 < len(hours):
            step = hours[number + 1] - hour
        row: dict[str, Any] = {
            "hour": hour,
            "next_hour": hour + step,
            "text": f"{hour:g}",
            "worth": plan["worth_heads"][number],
            "asked": plan["need_heads"][number],
        }
        height = 0.0
        for k, people in enumerate(by_source):
            row[f"people_{k}"] = people[number]
            row[f"from_{k}"], height = round(height, 6), height + people[number]
            row[f"to_{k}"] = round(height, 6)
        row["there"] = round(height, 6)
        rows.append(row)
    return [*rows, {**rows[-1], "hour": rows[-1]["next_hour"]}]


def _hour_axis(plan: Json, rows: Rows) -> Spec:
    """Hours since the call, a tick at each midnight with its weekday; weeks where days are many."""
    last = rows[-1]["hour"]
    first = plan["notice_h"] % DAY_H
    step = DAY_H if last <= DAY_H * _FEW_DAYS + first else WEEK_H
    start = first if step == DAY_H else plan["notice_h"] % WEEK_H
    day = DAYS.index(plan["day_names"][0]) if plan["day_names"] else 0
    label = f"{list(DAYS)!r}[({day} + floor((datum.value - {first}) / {DAY_H}) + 7) % 7]"
    return {
        "field": "hour",
        "type": "quantitative",
        "title": "Hours since the call, weekday from midnight on",
        "scale": {"domain": [0, last], "nice": False},
        "axis": {
            "values": [start + step * k for k in range(int((last - start) // step) + 1)],
            "labelExpr": f"datum.value + ' h ' + {label}",
            "labelAlign": "left",
            "grid": True,
        },
    }


def _stacked(k: int, label: str) -> Spec:
    """One layer of the stack; its offsets lie in the rows."""
    return {
        "mark": {"type": "area", "interpolate": "step-after", "opacity": 0.7},
        "encoding": {
            "y": heads_axis(f"from_{k}", _UNIT),
            "y2": {"field": f"to_{k}"},
            "color": {"datum": label},
        },
    }


def _curves(
    frontier: Json, title: str, x: Spec, points: Callable[[Json], Sequence[Json]], currency: str
) -> Spec:
    """One line per strategy through the points it can reach."""
    rows = [
        {
            "strategy": curve["label"],
            "service": point["service"],
            "notice": _notice(point["notice_h"]),
            "cost": point["cost"],
            "per_hour": point["cost_per_productive_hour"],
            "text": f"{point['service']:.1%}",
        }
        for curve in frontier["curves"]
        for point in points(curve)
        if point["cost"] is not None
    ]
    names = [curve["label"] for curve in frontier["curves"]]
    colours = [_STRATEGIES[curve["strategy"]] for curve in frontier["curves"]]
    fields = [("text", "Done in time"), ("cost", "Cost"), ("per_hour", "Cost of an hour's work")]
    return {
        "$schema": SCHEMA,
        "title": title,
        "height": 300,
        "data": {"values": rows},
        "mark": {"type": "line", "point": {"size": 60}, "interpolate": "linear"},
        "encoding": {
            "x": x,
            "y": {"field": "cost", "type": "quantitative", "title": f"Least cost, {currency}"},
            "color": {
                "field": "strategy",
                **colour(names, colours),
            },
            "tooltip": [
                {"field": "strategy", "type": "nominal", "title": "Strategy"},
                {"field": "notice", "type": "nominal", "title": "Notice"},
                *tooltips(fields),
            ],
        },
    }


def _points_by_service(curve: Json) -> list[Json]:
    """Points by share, and the most the strategy can do."""
    reached = [point for point in curve["by_service"] if point["cost"] is not None]
    best = curve["best"]
    if not reached or best["service"] > reached[-1]["service"]:
        reached.append(best)
    return reached


def _notice(hours: float) -> str:
    """``48 h`` for hours up to three days, ``7 d`` for whole days beyond."""
    if hours > 3 * DAY_H and hours % DAY_H == 0:
        return f"{hours / DAY_H:g} d"
    return f"{hours:g} h"
