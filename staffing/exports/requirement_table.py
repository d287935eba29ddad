"""What the work of every team asks for, as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from staffing.charts.parts import DAYS, clock
from staffing.exports.tables import csv_text, harmless

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Json = Mapping[str, Any]

_MINUTES_PER_DAY = 24 * 60
_HEAD = ("service", "site", "day", "start", "arrivals", "busy_heads", "heads")


def requirement_table(requirement: Json) -> str:
    """Write one row per team and interval, times local to the site.

    Parameters
    ----------
    requirement : mapping
        Requirement as JSON.
    """
    return csv_text(_HEAD, _rows(requirement))


def _rows(requirement: Json) -> Iterator[tuple[object, ...]]:
    minutes = requirement["interval_minutes"]
    for team in requirement["teams"]:
        names = (harmless(team["service"]), harmless(team["site"]))
        series = zip(team["arrivals"], team["busy_heads"], team["heads"], strict=True)
        for at, values in enumerate(series):
            day, minute = divmod(at * minutes, _MINUTES_PER_DAY)
            yield (*names, DAYS[day], clock(minute / 60), *values)
