"""A plan as an iCalendar file: every shift, every week of the term."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone

from staffing.charts.breaks import pauses_by_shift
from staffing.exports.rows import break_times, interval_h, start_h

if TYPE_CHECKING:
    from collections.abc import Mapping

    from staffing.charts.breaks import Pause

    Json = Mapping[str, Any]

_UTC = "UTC"


def plan_calendar(plan: Json, zone_by_site: Mapping[str, str], start: date, end: date) -> str:
    """Write a plan's shifts as events that recur every week of the term (RFC 5545).

    Parameters
    ----------
    plan : mapping
        StaffingPlan as JSON.
    zone_by_site : mapping
        IANA time zone of every site; a shift keeps to its site's clock when clocks change.
    start, end : date
        First day of the term, and the day after its last.

    Returns
    -------
    str
        The calendar; the same plan always gives the same text.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//crewquote//staffing plan//EN")
    calendar.add("version", "2.0")
    zones = {zone_by_site[team["site"]] for team in plan["teams"]} - {_UTC}
    for zone in sorted(zones):
        margin = timedelta(days=1)
        calendar.add_component(
            Timezone.from_tzid(zone, first_date=start - margin, last_date=end + margin)
        )
    for team in plan["teams"]:
        for event in _events(team, ZoneInfo(zone_by_site[team["site"]]), start, end):
            calendar.add_component(event)
    text: bytes = calendar.to_ical()
    return text.decode()


def _events(team: Json, zone: ZoneInfo, start: date, end: date) -> list[Event]:
    """Shifts of a team that begin inside the term."""
    roster = team["roster"]
    events: list[Event] = []
    seen: Counter[tuple[int, float]] = Counter()
    pauses = pauses_by_shift(roster)
    for line in roster["shifts"]:
        begins = _first_start(start_h(line), start)
        kind = (line["start_interval"], line["length_h"])
        if begins.date() < end:
            event = _event(team, line, pauses.get(kind, []), begins, zone)
            event.add("uid", _uid(team, *kind, seen[kind]))
            event.add("dtstamp", datetime.combine(start, time(0), UTC))
            event.add("rrule", {"freq": "weekly", "until": _last_moment(end, zone)})
            events.append(event)
        seen[kind] += 1
    return events


def _first_start(hours: float, start: date) -> datetime:
    """First day of the term on which a shift begins, on the clock of the site."""
    day, hour = divmod(hours, 24)
    first = start + timedelta(days=(int(day) - start.weekday()) % 7)
    return datetime.combine(first, time(0)) + timedelta(hours=hour)


def _last_moment(end: date, zone: ZoneInfo) -> datetime:
    """Last second of the term at a site."""
    return (datetime.combine(end, time(0), zone) - timedelta(seconds=1)).astimezone(UTC)


def _event(team: Json, line: Json, pauses: list[Pause], begins: datetime, zone: ZoneInfo) -> Event:
    """Write the first of a shift's events."""
    event = Event()
    event.add(
        "summary",
        f"{line['heads']} x {team['service']} @ {team['site']} {line['length_h']:g} h",
    )
    event.add("location", team["site"])
    event.add("dtstart", begins.replace(tzinfo=zone))
    event.add("dtend", (begins + timedelta(hours=line["length_h"])).replace(tzinfo=zone))
    if pauses:
        hours = interval_h(team["roster"])
        event.add("description", "\n".join(_break_text(pause, hours) for pause in pauses))
    return event


def _break_text(pause: Pause, hours: float) -> str:
    times = break_times(pause.start_interval, pause.length_intervals, hours)
    people = "1 person" if pause.heads == 1 else f"{pause.heads} people"
    return f"{pause.rule}: {times}, {people}"


def _uid(team: Json, start_interval: int, length_h: float, alike: int) -> str:
    """Name an event so that a calendar recognises it in the file's next version."""
    parts = (team["service"], team["site"], start_interval, length_h, alike)
    return f"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}@crewquote"
