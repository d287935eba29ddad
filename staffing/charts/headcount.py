"""People of a whole plan over the term: who is there against the need, who comes and goes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from staffing.charts.palette import BLUE, GREEN, GREY, ORANGE, PURPLE, SERIES, SKY
from staffing.charts.parts import SCHEMA, calendar_axis, colour, heads_axis, hover, step_line
from staffing.charts.plan_weeks import plan_weeks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from staffing.charts.plan_weeks import PlanTerms

    Json = Mapping[str, Any]
    Rows = list[dict[str, Any]]
    Spec = dict[str, Any]

# From the ground up: who works, then who is paid and does not.
PEOPLE = {
    "present": "at work",
    "absent": "on leave or absent",
    "overtime": "overtime",
    "surge": "surge people",
    "learning": "in training and ramp-up",
}
NEED = "needed"
HIRES, LEAVERS = "hires", "leave"
_COLOURS = {"present": BLUE, "absent": SKY, "overtime": GREEN, "surge": PURPLE, "learning": GREY}
_NOISE = 1e-6


def headcount_over_term(plan: Json, terms: PlanTerms, site: str | None = None) -> Spec:
    """People of all teams stacked week by week, against the people needed.

    Parameters
    ----------
    plan : mapping
        StaffingPlan as JSON.
    terms : PlanTerms
        Beside it.
    site : str, optional
        Name of one site; None for all.

    Returns
    -------
    dict
        Vega-Lite specification: productive people, at work and absent, at the ground, then overtime
        and surge people; those in training and what the ramp leaves undone on top. The need, a
        line, counts absence in. Surge people are heads, who do less than an ordinary person.
    """
    rows = _with_end(plan_weeks(plan, terms, site))
    shown = [key for key in PEOPLE if any(row[key] > _NOISE for row in rows)]
    for row in rows:
        height = 0.0
        for key in shown:
            row[f"{key}_from"], height = round(height, 6), height + row[key]
            row[f"{key}_to"] = round(height, 6)
    names = [*(PEOPLE[key] for key in shown), NEED]
    titles = [("needed", "Needed, FTE"), *((key, f"{PEOPLE[key]}, FTE") for key in shown)]
    return {
        "$schema": SCHEMA,
        "title": f"People over the term: {_title(plan, site)}",
        "height": 340,
        "data": {"values": rows},
        "encoding": {
            "x": calendar_axis("day"),
            "color": colour(names, [*(_COLOURS[key] for key in shown), ORANGE]),
        },
        "layer": [
            *(_stacked(key) for key in shown),
            step_line("needed", NEED, "FTE", width=2.5),
            hover("next", [("day", "Week of")], titles),
        ],
    }


def comings_and_goings(plan: Json, terms: PlanTerms, site: str | None = None) -> Spec:
    """Hires above the line and leavers below it, week by week."""
    rows: Rows = []
    for row in plan_weeks(plan, terms, site):
        dates = {"day": row["day"], "next": row["next"]}
        rows.append(dates | {"text": HIRES, "people": row["hires"], "height": row["hires"]})
        rows.append(dates | {"text": LEAVERS, "people": row["leavers"], "height": -row["leavers"]})
    return {
        "$schema": SCHEMA,
        "title": f"Who comes and who goes, by week: {_title(plan, site)}",
        "height": 180,
        "data": {"values": rows},
        "mark": {"type": "rect", "opacity": 0.85},
        "encoding": {
            "x": calendar_axis("day"),
            "x2": {"field": "next"},
            "y": {"field": "height", "type": "quantitative", "title": "People a week (FTE)"},
            "y2": {"datum": 0},
            "color": {"field": "text", **colour([HIRES, LEAVERS], [BLUE, ORANGE])},
            "tooltip": [
                {"field": "day", "type": "nominal", "title": "Week of"},
                {"field": "text", "type": "nominal", "title": "Who"},
                {"field": "people", "type": "quantitative", "title": "FTE", "format": ",.2~f"},
            ],
        },
    }


def hires_by_month(plan: Json, terms: PlanTerms) -> Spec:
    """Hires who stay past training by calendar month in which their week begins, by site."""
    rows = month_rows(plan, terms)
    sites = list(dict.fromkeys(row["site"] for row in rows))
    colours = [SERIES[k % len(SERIES)] for k in range(len(sites))]
    return {
        "$schema": SCHEMA,
        "title": "Hires by month, by site",
        "height": 180,
        "data": {"values": rows},
        "mark": {"type": "bar"},
        "encoding": {
            "x": {
                "field": "month",
                "type": "temporal",
                "timeUnit": "utcyearmonth",
                "title": "Month in which training starts",
                "axis": {"format": "%b %Y", "labelOverlap": True, "grid": False},
            },
            "y": {"field": "hires", "type": "quantitative", "title": "People (FTE)"},
            "color": {"field": "site", **colour(sites, colours)},
            "tooltip": [
                {"field": "month", "type": "nominal", "title": "Month"},
                {"field": "site", "type": "nominal", "title": "Site"},
                {"field": "hires", "type": "quantitative", "title": "Hires", "format": ",.2~f"},
            ],
        },
    }


def month_rows(plan: Json, terms: PlanTerms) -> Rows:
    """Hires of every site by calendar month, ``2027-03``: the month in which their week begins."""
    rows: Rows = []
    for site in dict.fromkeys(team["site"] for team in plan["teams"]):
        hires: dict[str, float] = {}
        for row in plan_weeks(plan, terms, site):
            month = f"{date.fromisoformat(row['day']):%Y-%m}"
            hires[month] = hires.get(month, 0.0) + row["hires"]
        rows += [
            {"month": month, "site": site, "hires": round(people, 6)}
            for month, people in hires.items()
        ]
    return rows


def _title(plan: Json, site: str | None) -> str:
    if site is not None:
        return site
    sites = {team["site"] for team in plan["teams"]}
    return "all sites" if len(sites) > 1 else next(iter(sites))


def _with_end(weeks: Rows) -> Rows:
    """Weeks, and a row that carries the last step to where the term ends."""
    return [*weeks, {**weeks[-1], "day": weeks[-1]["next"]}]


def _stacked(key: str) -> Spec:
    """One layer of the stack; its offsets lie in the rows."""
    return {
        "mark": {"type": "area", "interpolate": "step-after", "opacity": 0.7},
        "encoding": {
            "y": heads_axis(f"{key}_from", "FTE"),
            "y2": {"field": f"{key}_to"},
            "color": {"datum": PEOPLE[key]},
        },
    }
