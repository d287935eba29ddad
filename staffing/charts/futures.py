"""Charts of hiring under uncertain demand: need against staff, cost of the futures, the margin."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from staffing.charts.palette import (
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    PURPLE,
    RED,
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
    from collections.abc import Mapping, Sequence

    Json = Mapping[str, Any]
    Rows = list[dict[str, Any]]
    Spec = dict[str, Any]

BAND, MEDIAN, PATH, STAFF = "eight futures of ten", "middle future", "some futures", "hired staff"
_POOLS = (BLUE, ORANGE, GREEN, PURPLE, RED, SLATE, GREY)
_MOST_PATHS = 7
_MARKS = {"expected": "mean", "p90": "nine of ten stay below", "at_risk": "mean of the worst"}


def demand_fan(report: Json, pool: str) -> Spec:
    """People that demand may take, as a fan of futures, against the staff hired for all of them.

    Parameters
    ----------
    report : mapping
        FuturesStudy as JSON.
    pool : str
        Name of a pool.

    Returns
    -------
    dict
        Vega-Lite specification: the band from P10 to P90 of each week, its middle, some whole
        futures as thin lines, the hired staff as a thick one. Surge and overtime fill what is
        above the staff.
    """
    number = [one["name"] for one in report["plan"]["pools"]].index(pool)
    own, days = report["plan"]["pools"][number], _days(report)
    names = ("demand_p10", "demand_p50", "demand_p90", "staff")
    rows: Rows = [
        {"date": day, "next": days[week + 1], "day": day}
        | {name: round(own[name][week], 4) for name in names}
        for week, day in enumerate(days[:-1])
    ]
    rows.append({**rows[-1], "date": days[-1]})
    titles = [
        ("staff", "Hired staff, FTE"),
        ("demand_p10", "Need, one future of ten is below"),
        ("demand_p50", "Need, middle"),
        ("demand_p90", "Need, nine futures of ten are below"),
    ]
    colours = [BLUE, GREEN, GREY, ORANGE]
    return {
        "$schema": SCHEMA,
        "title": f"Need in many futures, and hired staff: {pool}",
        "height": 360,
        "data": {"values": rows},
        "encoding": {
            "x": calendar_axis("date"),
            "color": colour([BAND, MEDIAN, PATH, STAFF], colours),
        },
        "layer": [
            {
                "mark": {"type": "area", "interpolate": "step-after", "opacity": 0.3},
                "encoding": {
                    "y": heads_axis("demand_p10", "FTE"),
                    "y2": {"field": "demand_p90"},
                    "color": {"datum": BAND},
                },
            },
            _some_futures(report, number, days),
            step_line("demand_p50", MEDIAN, "FTE", dash=(5, 3)),
            step_line("staff", STAFF, "FTE", width=3),
            hover("next", [("day", "Week of")], titles),
        ],
    }


def cost_of_futures(report: Json) -> Spec:
    """Chance that the term costs more than an amount, with marks at mean, P90 and the worst.

    Parameters
    ----------
    report : mapping
        FuturesReport as JSON.

    Returns
    -------
    dict
        Vega-Lite specification. Where many futures were priced, the curve has the width of its
        proven bounds; else it is that of the scenarios.
    """
    rows = exceedance(report)
    marks = [{"cost": report["plan"]["cost"][key], "text": text} for key, text in _MARKS.items()]
    if report["cost"]:
        own = {one["name"]: one for one in report["cost"]["certified"]["statistics"]}
        values = (own["mean"]["lower"], own["P90"]["lower"], own["CVaR95"]["lower"])
        marks = [{**mark, "cost": value} for mark, value in zip(marks, values, strict=True)]
    names = [str(mark["text"]) for mark in marks]
    money = {"type": "quantitative", "scale": {"zero": False, "nice": False}}
    title = f"Cost of the term, {report['currency']}"
    tooltip = [
        {"field": "lower", "type": "quantitative", "title": title, "format": ",.0f"},
        {"field": "upper", "type": "quantitative", "title": "at most", "format": ",.0f"},
        {"field": "chance", "type": "quantitative", "title": "Chance of more", "format": ".0%"},
    ]
    chance = {
        "field": "chance",
        "type": "quantitative",
        "title": "Chance to cost more",
        "axis": {"format": "%"},
        "scale": {"domain": [0, 1]},
    }
    return {
        "$schema": SCHEMA,
        "title": f"What the term may cost with this plan of hiring, {report['currency']}",
        "height": 320,
        "layer": [
            {
                "data": {"values": rows},
                "mark": {"type": "line", "strokeWidth": 2.5, "color": BLUE, "point": True},
                "encoding": {
                    "x": {"field": "lower", "title": title, **money, "axis": {"format": ",.0f"}},
                    "y": chance,
                    "order": {"field": "chance"},
                    "tooltip": tooltip,
                },
            },
            {
                "data": {"values": rows},
                "mark": {"type": "rule", "strokeWidth": 2, "color": BLUE, "opacity": 0.5},
                "encoding": {
                    "x": {"field": "lower", **money},
                    "x2": {"field": "upper"},
                    "y": chance,
                },
            },
            {
                "data": {"values": marks},
                "mark": {"type": "rule", "strokeWidth": 2, "strokeDash": [5, 3]},
                "encoding": {
                    "x": {"field": "cost", **money},
                    "color": {"field": "text", **colour(names, [SLATE, ORANGE, RED])},
                    "tooltip": [
                        {"field": "text", "type": "nominal", "title": "Mark"},
                        {"field": "cost", "type": "quantitative", "title": title, "format": ",.0f"},
                    ],
                },
            },
        ],
    }


def exceedance(report: Json) -> Rows:
    """Rows of cost bounds and the chance to exceed them, from the priced futures or scenarios."""
    if report["cost"]:
        return [
            {"lower": one["lower"], "upper": one["upper"], "chance": round(1 - one["share"], 4)}
            for one in report["cost"]["percentiles"]
        ]
    left, rows = 1.0, []
    for one in sorted(report["plan"]["scenarios"], key=lambda one: one["cost"]):
        left -= one["probability"]
        rows.append({"lower": one["cost"], "upper": one["cost"], "chance": round(max(left, 0), 6)})
    return rows


def marginal_steps(report: Json) -> Spec:
    """What a full-time week costs at each step of work up, or saves at each step down.

    Parameters
    ----------
    report : mapping
        FuturesReport as JSON.
    """
    rows = [
        {"text": step_name(one["share"]), "pool": one["pool"], "cost": one["cost_per_week"]}
        for one in report["marginal"]["steps"]
    ]
    order = list(dict.fromkeys(str(row["text"]) for row in rows))
    title = "More or less work over the term, the same people hired"
    return _bars(report, rows, order, ("Cost of a little more or less work", title))


def marginal_spikes(report: Json) -> Spec:
    """What a full-time week of a one-week spike costs, by how long ahead it is known.

    Parameters
    ----------
    report : mapping
        FuturesReport as JSON.
    """
    spikes = report["marginal"]["spikes"]
    rows = [
        {
            "text": notice_name(one["notice_weeks"]),
            "pool": one["pool"],
            "cost": one["cost_per_week"],
        }
        for one in spikes
    ]
    order = list(dict.fromkeys(str(row["text"]) for row in rows))
    size = f"Cost of {100 * spikes[0]['share']:g} % more work in the busiest week"
    return _bars(report, rows, order, (size, "Known ahead"))


def step_name(share: float) -> str:
    """``+5 %`` or ``−5 %``."""
    return f"{'+' if share > 0 else '−'}{abs(100 * share):g} %"


def notice_name(weeks: int) -> str:
    """``not at all``, ``1 week``, ``4 weeks``."""
    return "not at all" if not weeks else f"{weeks} week{'s' if weeks > 1 else ''}"


def _bars(report: Json, rows: Rows, order: Sequence[str], words: tuple[str, str]) -> Spec:
    title, axis = words
    pools = [one["name"] for one in report["plan"]["pools"]]
    colours = [_POOLS[k % len(_POOLS)] for k in range(len(pools))]
    return {
        "$schema": SCHEMA,
        "title": title,
        "height": 260,
        "data": {"values": rows},
        "mark": {"type": "bar"},
        "encoding": {
            "x": {
                "field": "text",
                "type": "nominal",
                "sort": list(order),
                "title": axis,
                "axis": {"labelAngle": 0},
            },
            "xOffset": {"field": "pool", "sort": pools},
            "y": {
                "field": "cost",
                "type": "quantitative",
                "title": f"{report['currency']} per full-time week",
            },
            "color": {"field": "pool", **colour(pools, colours)},
            "tooltip": [
                {"field": "pool", "type": "nominal", "title": "Team"},
                {"field": "text", "type": "nominal", "title": axis},
                {"field": "cost", "type": "quantitative", "title": "Cost", "format": ",.0f"},
            ],
        },
    }


def _some_futures(report: Json, number: int, days: Sequence[str]) -> Spec:
    paths = report["plan"]["paths"]
    chosen = paths[:: max(1, -(-len(paths) // _MOST_PATHS))]
    rows = [
        {"date": day, "path": path["number"], "need": round(path["demand"][number][week], 4)}
        for path in chosen
        for week, day in enumerate(days[:-1])
    ]
    return {
        "data": {"values": rows},
        "mark": {"type": "line", "strokeWidth": 0.8, "opacity": 0.7},
        "encoding": {
            "x": calendar_axis("date"),
            "y": heads_axis("need", "FTE"),
            "detail": {"field": "path"},
            "color": {"datum": PATH},
        },
    }


def _days(report: Json) -> list[str]:
    """First days of the weeks, and the day after the last week."""
    start = date.fromisoformat(report["start"])
    weeks = len(report["plan"]["week_weights"])
    return [(start + timedelta(weeks=week)).isoformat() for week in range(weeks + 1)]
