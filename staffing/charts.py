"""Charts of a team's plan: pure functions from its JSON to a Vega-Lite specification.

A specification is a plain dictionary with its data inside, so that a page, a document or a test
can use it without any drawing library. Text takes its colour from whatever draws the chart; the
colours of marks are told apart by colour-blind readers and stand out on light and dark.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Json = Mapping[str, Any]
    Rows = list[dict[str, Any]]
    Spec = dict[str, Any]

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
BLUE, ORANGE, GREEN, PURPLE = "#2B83C6", "#D9730D", "#1B9E77", "#B565A7"
RED, GREY, SLATE = "#E0263C", "#8A93A3", "#66748A"

NEEDED, ON_DUTY, SHORT, NONE_SHORT = "needed", "on duty", "short", "short (nowhere)"
PEOPLE = {"productive": "productive", "overtime": "overtime", "surge": "surge people"}
LINES = {"needed": "needed", "payroll": "on payroll"}
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_DAY_H = 24
_WEEK_H = len(_DAYS) * _DAY_H
_MINUTES = 60


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
    rows = _week_rows(team_plan["roster"])
    short = SHORT if any(row["short"] for row in rows) else NONE_SHORT
    hours = {
        "field": "hour",
        "type": "quantitative",
        "title": "Time of the standard week, local time of the site",
        "scale": {"domain": [0, _WEEK_H], "nice": False},
        "axis": {
            "values": list(range(0, _WEEK_H, _DAY_H)),
            "labelExpr": f"{list(_DAYS)!r}[datum.value / {_DAY_H}]",
            "labelAlign": "left",
            "grid": True,
        },
    }
    return {
        "$schema": SCHEMA,
        "title": f"Heads over the week: {_name(team_plan)}",
        "height": 360,
        "data": {"values": rows},
        "encoding": {"x": hours, "color": _colour([NEEDED, ON_DUTY, short], [BLUE, ORANGE, RED])},
        "layer": [
            _step_area("needed", NEEDED),
            _step_line("on_duty", ON_DUTY, "heads"),
            _shortfall(short),
            _hover(
                "next_hour",
                [("day", "Day"), ("time", "From"), ("needed", "Heads needed")],
                [("on_duty", "People on duty"), ("short", "Heads short")],
            ),
        ],
    }


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
    weeks = _term_rows(team_plan["workforce"])
    axis = {
        "field": "week",
        "type": "quantitative",
        "title": "Week of the term",
        "axis": {"tickMinStep": 1, "format": "d"},
        "scale": {"domain": [1, len(weeks)], "nice": False},
    }
    names, colours = [*PEOPLE.values(), *LINES.values()], [BLUE, GREEN, PURPLE, ORANGE, GREY]
    both = [*PEOPLE.items(), *LINES.items()]
    return {
        "$schema": SCHEMA,
        "title": f"People over the term: {_name(team_plan)}",
        "height": 360,
        "data": {"values": weeks},
        "encoding": {"x": axis, "color": _colour(names, colours)},
        "layer": [
            *(_stacked(key) for key in PEOPLE),
            _step_line("needed", LINES["needed"], "FTE"),
            _step_line("payroll", LINES["payroll"], "FTE", dash=(5, 3)),
            _hover("next_week", [("week", "Week")], [(k, f"{n}, FTE") for k, n in both]),
        ],
    }


def _name(team_plan: Json) -> str:
    return f"{team_plan['service']} @ {team_plan['site']}"


def _week_rows(roster: Json) -> Rows:
    """One row per interval, and one more that carries the last step to the end of the week."""
    needed, on_duty = roster["required_heads"], roster["on_duty"]
    length = _WEEK_H / len(needed)
    rows = [
        {
            "hour": i * length,
            "next_hour": (i + 1) * length,
            "day": _DAYS[int(i * length // _DAY_H)],
            "time": _clock(i * length % _DAY_H),
            "needed": needed[i],
            "on_duty": on_duty[i],
            "short": max(0.0, needed[i] - on_duty[i]),
        }
        for i in range(len(needed))
    ]
    return [*rows, {**rows[-1], "hour": _WEEK_H, "next_hour": _WEEK_H}]


def _clock(hour: float) -> str:
    minutes = round(hour * _MINUTES)
    return f"{minutes // _MINUTES:02d}:{minutes % _MINUTES:02d}"


def _term_rows(workforce: Json) -> Rows:
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


def _colour(names: list[str], colours: list[str]) -> Spec:
    return {
        "type": "nominal",
        "scale": {"domain": names, "range": colours},
        "legend": {"title": None, "orient": "top", "symbolOpacity": 1},
    }


def _y(field: str, unit: str) -> Spec:
    return {"field": field, "type": "quantitative", "title": f"People ({unit})"}


def _step_area(field: str, name: str) -> Spec:
    return {
        "mark": {"type": "area", "interpolate": "step-after", "opacity": 0.45},
        "encoding": {"y": _y(field, "heads"), "color": {"datum": name}},
    }


def _step_line(field: str, name: str, unit: str, dash: tuple[int, ...] = ()) -> Spec:
    mark = {
        "type": "line",
        "interpolate": "step-after",
        "strokeWidth": 2,
        "strokeDash": list(dash),
    }
    return {"mark": mark, "encoding": {"y": _y(field, unit), "color": {"datum": name}}}


def _shortfall(name: str) -> Spec:
    """Mark what is short in red, from the people on duty up to the need."""
    return {
        "transform": [{"filter": "datum.short > 0"}],
        "mark": {"type": "rect", "opacity": 0.9},
        "encoding": {
            "x2": {"field": "next_hour"},
            "y": _y("on_duty", "heads"),
            "y2": {"field": "needed"},
            "color": {"datum": name},
        },
    }


def _stacked(key: str) -> Spec:
    """One layer of the stack; its offsets lie in the rows, as ``KEY_from`` and ``KEY_to``."""
    return {
        "mark": {"type": "area", "interpolate": "step-after", "opacity": 0.7},
        "encoding": {
            "y": _y(f"{key}_from", "FTE"),
            "y2": {"field": f"{key}_to"},
            "color": {"datum": PEOPLE[key]},
        },
    }


def _hover(end: str, *columns: list[tuple[str, str]]) -> Spec:
    """Invisible bands over the whole height that carry the tooltip."""
    fields = [pair for group in columns for pair in group]
    return {
        "mark": {"type": "rect", "opacity": 0},
        "encoding": {
            "x2": {"field": end},
            "color": {"value": GREY},
            "tooltip": [_tooltip(field, title) for field, title in fields],
        },
    }


def _tooltip(field: str, title: str) -> Spec:
    if field in {"day", "time"}:
        return {"field": field, "type": "nominal", "title": title}
    return {"field": field, "type": "quantitative", "title": title, "format": ",.3~f"}
