"""A surge study as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from staffing.exports.surge_rows import day_rows, hour_rows, point_rows
from staffing.exports.tables import csv_text, harmless

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]

_POINT = ("strategy", "notice_h", "service", "cost", "cost_per_hour", "reserved")
_SOURCE = (
    *("source", "kind", "notice_h", "reserved", "called", "come", "paid_h", "productive_h"),
    *("standby", "wages", "premium", "onboarding", "cost", "cost_per_productive_hour"),
)


def surge_tables(study: Json) -> dict[str, str]:
    """Write a surge study as CSV.

    Parameters
    ----------
    study : mapping
        SurgeStudy as JSON.

    Returns
    -------
    dict
        Text by file name: ``hours.csv`` (people by hour since the call), ``days.csv`` (hours of
        work by day), ``sources.csv`` and, with a frontier, ``strategies.csv``.
    """
    plan, frontier = study["plan"], study["frontier"]
    names = [harmless(source["name"]) for source in plan["sources"]]
    hours = [
        [row.hour, row.day, row.time, *row.people, round(row.there, 6), row.worth, row.asked]
        for row in hour_rows(plan)
    ]
    days = [
        [*row[:4], *row.productive_h, row.done_h, row.waiting_h, row.late_h, row.spare_h]
        for row in day_rows(plan)
    ]
    hour_head = ("hours_since_call", "day", "time", *names, "there", "worth", "asked")
    work = ("done_h", "waiting_h", "late_h", "spare_h")
    day_head = ("day", "weekday", "hours_since_call", "need_h", *names, *work)
    tables = {
        "hours.csv": csv_text(hour_head, hours),
        "days.csv": csv_text(day_head, days),
        "sources.csv": csv_text(_SOURCE, [_source(one) for one in plan["sources"]]),
    }
    if frontier is not None:
        points = [*point_rows(frontier, "by_service"), *point_rows(frontier, "by_notice")]
        tables["strategies.csv"] = csv_text(_POINT, points)
    return tables


def _source(source: Json) -> list[object]:
    cost = source["cost"]
    return [
        harmless(source["name"]),
        source["kind"],
        source["notice_h"],
        source["reserved"] if cost["standby"] else 0.0,
        source["called"],
        max(source["on_engagement"]),
        round(sum(source["paid_h"]) + source["paid_after_h"], 6),
        round(sum(source["productive_h"]), 6),
        *(cost[part] for part in ("standby", "wages", "premium", "onboarding", "total")),
        source["cost_per_productive_hour"],
    ]
