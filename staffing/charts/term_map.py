"""Heat maps of the term, team by week: the need, the cover, and their difference."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from staffing.charts.heat_map import difference_scale, level_scale
from staffing.charts.parts import SCHEMA, calendar_axis, name, tooltips
from staffing.charts.plan_weeks import plan_weeks, team_weeks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from staffing.charts.plan_weeks import PlanTerms

    Json = Mapping[str, Any]
    Rows = list[dict[str, Any]]
    Spec = dict[str, Any]

_ROW_PX = 30
_LEGEND_PX = 90
_FIELDS = [
    ("text", "Team"),
    ("needed", "Needed, FTE"),
    ("covered", "Cover, FTE"),
    ("difference", "Over, or short if negative, FTE"),
]


def need_by_week(plan: Json, terms: PlanTerms) -> Spec:
    """Full-time equivalents the work needs, by team and week of the term.

    Parameters
    ----------
    plan : mapping
        StaffingPlan as JSON.
    terms : PlanTerms
        Beside it.

    Returns
    -------
    dict
        Vega-Lite specification: a row per team and, where a site has several, one for their sum;
        a cell per week, coloured by its share of the row's own highest need or cover: a small team
        shows its peaks as a large one does. Need and cover have the same scale.
    """
    return _levels(plan, terms, "needed", "Need by week, each row against its own busiest week")


def cover_by_week(plan: Json, terms: PlanTerms) -> Spec:
    """Productive people, overtime and the work of surge people, on the scale of `need_by_week`."""
    return _levels(plan, terms, "covered", "Cover by week: productive people, overtime and surge")


def difference_by_week(plan: Json, terms: PlanTerms) -> Spec:
    """Cover less need, by team and week: what is short is red, what is over blue."""
    rows = list(_rows(plan, terms))
    scale = difference_scale([row["difference"] for row in rows])
    title = "Over (blue) or short (red) by week"
    return _map(rows, "difference", title, scale, {"title": "FTE", "format": ",.3~f"})


def _levels(plan: Json, terms: PlanTerms, field: str, title: str) -> Spec:
    rows = list(_rows(plan, terms))
    for row in rows:
        row["share"] = round(row[field] / row["most"], 6) if row["most"] else 0.0
    return _map(rows, "share", title, level_scale([1.0]), {"title": "of most", "format": ".0%"})


def _map(rows: Rows, field: str, title: str, scale: Spec, legend: Spec) -> Spec:
    x = calendar_axis("day")
    return {
        "$schema": SCHEMA,
        "title": title,
        "height": {"step": _ROW_PX},
        "data": {"values": rows},
        "mark": {"type": "rect"},
        "encoding": {
            "y": {
                "field": "text",
                "type": "nominal",
                "sort": list(dict.fromkeys(row["text"] for row in rows)),
                "title": None,
                "axis": {"labelLimit": 190},
            },
            "x": x | {"axis": x["axis"] | {"grid": False}},
            "x2": {"field": "next"},
            "color": {
                "field": field,
                "type": "quantitative",
                "scale": scale,
                "legend": {"orient": "right", "gradientLength": _LEGEND_PX, **legend},
            },
            "tooltip": tooltips([("day", "Week of"), *_FIELDS]),
        },
    }


def _rows(plan: Json, terms: PlanTerms) -> Iterator[dict[str, Any]]:
    """Rows of every team, those of a site together, and of sites with several."""
    teams_at = Counter(team["site"] for team in plan["teams"])
    for site, num_teams in teams_at.items():
        parts = [
            (name(team), team_weeks(team, terms)) for team in plan["teams"] if team["site"] == site
        ]
        if num_teams > 1:
            parts.append((f"all teams @ {site}", plan_weeks(plan, terms, site)))
        for text, weeks in parts:
            most = max(row[key] for row in weeks for key in ("needed", "covered"))
            for row in weeks:
                yield {"text": text, "most": most} | row
