"""The hours of the day at which each site works, all on one clock."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from staffing.charts.heat_map import day_axis, level_scale
from staffing.charts.palette import ORANGE
from staffing.charts.parts import DAY_H, SCHEMA, clock, intervals, tooltips
from staffing.charts.site_week import site_week, sites_of_plan

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]
    Rows = list[dict[str, Any]]
    Spec = dict[str, Any]

ALL_SITES = "all sites"
_ROW_PX = 34
_DAYS = 7
_HOUR_MIN = 60


@dataclass(frozen=True)
class SiteHours:
    """What the standard week of a site's teams adds up to.

    Parameters
    ----------
    hours_covered : float
        Hours of the week in which anybody is at work, 0 to 168.
    paid_hours : float
        Of the week, unpaid breaks left out.
    night_share : float
        Of the paid hours those at night, by the site's rules, 0 to 1.
    """

    hours_covered: float
    paid_hours: float
    night_share: float


def site_hours(plan: Json, site: str) -> SiteHours:
    """Add up the standard week of all teams of a site."""
    week = intervals(site_week(plan, site)["roster"])
    rosters = [team["roster"] for team in plan["teams"] if team["site"] == site]
    paid = sum(roster["paid_hours"] for roster in rosters)
    night = sum(
        hours
        for roster in rosters
        for calendar_class, hours in roster["paid_hours_by_class"].items()
        if calendar_class.startswith("night")
    )
    return SiteHours(
        hours_covered=sum(one.next_hour - one.hour for one in week if one.at_work),
        paid_hours=paid,
        night_share=night / paid if paid else 0.0,
    )


def hours_on_one_clock(plan: Json, ahead_min_by_site: Mapping[str, int], clock_name: str) -> Spec:
    """People at work over the day at each site, as bars on one clock.

    Parameters
    ----------
    plan : mapping
        StaffingPlan as JSON.
    ahead_min_by_site : mapping
        Minutes each site's clock is ahead of the one clock.
    clock_name : str
        Of the one clock, as a person says it.

    Returns
    -------
    dict
        Vega-Lite specification: a row per site and, where there are several, one for all; a cell
        per interval of the day, coloured by the people at work in the mean of the seven days,
        nobody being neutral. A tick marks each site's midnight.
    """
    sites = sites_of_plan(plan)
    rows = [row for site in sites for row in _rows(plan, site, ahead_min_by_site[site])]
    names = sites
    if len(sites) > 1:
        names = [*sites, ALL_SITES]
        rows += _together(rows)
    midnights = [
        {"site": site, "from_hour": -ahead_min_by_site[site] / _HOUR_MIN % DAY_H} for site in sites
    ]
    return {
        "$schema": SCHEMA,
        "title": f"Hours of the day at which each site works, {clock_name}",
        "height": {"step": _ROW_PX},
        "encoding": {
            "y": {"field": "site", "type": "nominal", "sort": names, "title": None},
            "x": day_axis(clock_name),
        },
        "layer": [
            _cells(rows),
            {
                "data": {"values": midnights},
                "mark": {"type": "tick", "color": ORANGE, "thickness": 3, "height": _ROW_PX - 6},
                "encoding": {
                    "tooltip": [{"field": "site", "type": "nominal", "title": "Midnight"}]
                },
            },
        ],
    }


def _cells(rows: Rows) -> Spec:
    fields = [("time", "From"), ("until", "To"), ("people", "People at work, mean of the days")]
    return {
        "data": {"values": rows},
        "mark": {"type": "rect", "height": {"band": 0.8}},
        "encoding": {
            "x2": {"field": "to_hour"},
            "color": {
                "field": "people",
                "type": "quantitative",
                "scale": level_scale([row["people"] for row in rows]),
                "legend": {"title": "people", "orient": "right", "gradientLength": 80},
            },
            "tooltip": [
                {"field": "site", "type": "nominal", "title": "Site"},
                *tooltips(fields),
                {"field": "local", "type": "nominal", "title": "There it is"},
            ],
        },
    }


def _rows(plan: Json, site: str, ahead_min: int) -> Rows:
    """One row per interval of the day on the one clock."""
    week = intervals(site_week(plan, site, ahead_min)["roster"])
    per_day = len(week) // _DAYS
    rows = []
    for at, first in enumerate(week[:per_day]):
        days = [week[day * per_day + at].at_work for day in range(_DAYS)]
        rows.append(
            {
                "site": site,
                "from_hour": first.hour,
                "to_hour": first.next_hour,
                "time": clock(first.hour),
                "until": clock(first.next_hour),
                "local": clock((first.hour + ahead_min / _HOUR_MIN) % DAY_H),
                "people": round(sum(days) / _DAYS, 6),
            }
        )
    return rows


def _together(rows: Rows) -> Rows:
    """Add sites up, whose intervals may be cut at other times."""
    edges = sorted({row["from_hour"] for row in rows} | {float(DAY_H)})
    found = []
    for start, end in pairwise(edges):
        there = [row for row in rows if row["from_hour"] <= start < row["to_hour"]]
        found.append(
            {
                "site": ALL_SITES,
                "from_hour": start,
                "to_hour": end,
                "time": clock(start),
                "until": clock(end),
                "local": "",
                "people": round(sum(row["people"] for row in there), 6),
            }
        )
    return found
