"""Charts of a proposal: people at work over the week, people in place over the term."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from staffing.charts import SCHEMA, SERIES

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]
    Spec = dict[str, Any]

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_HOURS = 24
_ROW_PX = 16
_TERM_PX = 190
_TITLE_PX = 280
_TEAMS = SERIES


def people_at_work(team: Json) -> Spec:
    """People at work in each hour of the standard week, as a heat map of days by hours.

    Parameters
    ----------
    team : mapping
        TeamView as JSON; `at_work` holds 168 hours from Monday 00:00.
    """
    rows = [
        {"day": DAYS[hour // _HOURS], "hour": hour % _HOURS, "people": people}
        for hour, people in enumerate(team["at_work"])
    ]
    return {
        "$schema": SCHEMA,
        "title": {
            "text": f"{team['service']} @ {team['site']}, up to {team['most_at_work']} at work",
            "subtitle": f"by hour of the week, {team['clock']}",
            "limit": _TITLE_PX,
        },
        "height": len(DAYS) * _ROW_PX,
        "data": {"values": rows},
        "mark": {"type": "rect"},
        "encoding": {
            "x": {
                "field": "hour",
                "type": "ordinal",
                "title": None,
                "axis": {"labelAngle": 0, "labelExpr": "datum.value % 3 == 0 ? datum.label : ''"},
            },
            "y": {"field": "day", "type": "ordinal", "sort": list(DAYS), "title": None},
            "color": {
                "field": "people",
                "type": "quantitative",
                "title": None,
                "scale": {"scheme": "blues", "domainMin": 0},
                "legend": None,
            },
            "tooltip": [{"field": "people", "type": "quantitative", "format": ".1f"}],
        },
    }


def people_by_month(proposal: Json) -> Spec:
    """People in place in each contract month, stacked by team.

    Parameters
    ----------
    proposal : mapping
        Proposal as JSON; `ramp` holds the months.
    """
    teams = [f"{team['service']} @ {team['site']}" for team in proposal["teams"]]
    rows = [
        {"month": month["first_day"], "team": team, "people": month["people"][team]}
        for month in proposal["ramp"]
        for team in teams
    ]
    return {
        "$schema": SCHEMA,
        "title": "People in place, those in training included",
        "height": _TERM_PX,
        "data": {"values": rows},
        "mark": {"type": "bar", "binSpacing": 0},
        "encoding": {
            "x": {
                "field": "month",
                "type": "temporal",
                "timeUnit": "yearmonth",
                "title": None,
                "axis": {"format": "%b %Y", "labelOverlap": True},
            },
            "y": {"field": "people", "type": "quantitative", "title": "people"},
            "color": {
                "field": "team",
                "type": "nominal",
                "sort": teams,
                "title": None,
                "scale": {
                    "domain": teams,
                    "range": [_TEAMS[k % len(_TEAMS)] for k in range(len(teams))],
                },
                "legend": {"orient": "top", "columns": 3, "labelLimit": 260},
            },
        },
    }
