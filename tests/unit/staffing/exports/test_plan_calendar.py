"""A plan as iCalendar: every shift every week of the term, on the clock of its site."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest

from staffing.exports.calendar_file import plan_calendar
from tests.builders.plans import line, plan, team, touring_team

START, END = date(2027, 1, 4), date(2027, 4, 5)  # Mondays, thirteen weeks apart


def parsed(document, zone="America/Chicago", start=START, end=END):
    text = plan_calendar(document, {"Manila": zone, "Cebu": "UTC"}, start, end)
    return icalendar.Calendar.from_ical(text)


def events(*arguments, **more):
    return list(parsed(*arguments, **more).walk("VEVENT"))


def test_a_shift_is_one_weekly_event_on_the_clock_of_its_site():
    first, night = events(plan())
    chicago = ZoneInfo("America/Chicago")
    assert first["SUMMARY"] == "5 x claims @ Manila 8 h"
    assert first["DTSTART"].dt == datetime(2027, 1, 4, 6, tzinfo=chicago)
    assert first["DTEND"].dt == datetime(2027, 1, 4, 14, tzinfo=chicago)
    assert first["DTSTART"].params["TZID"] == "America/Chicago"
    assert night["DTSTART"].dt == datetime(2027, 1, 10, 22, tzinfo=chicago)
    assert night["DTEND"].dt == datetime(2027, 1, 11, 8, tzinfo=chicago)


def test_it_recurs_until_the_last_moment_of_the_term():
    (rule,) = {event["RRULE"].to_ical() for event in events(plan())}
    assert rule == b"FREQ=WEEKLY;UNTIL=20270405T045959Z"  # midnight in Chicago, daylight time
    last = datetime(2027, 3, 29, 6, tzinfo=ZoneInfo("America/Chicago"))
    (until,) = events(plan())[0]["RRULE"]["UNTIL"]
    assert last < until < last + timedelta(weeks=1)


@pytest.mark.parametrize("weekday", range(7))
def test_the_first_event_is_the_first_one_inside_the_term(weekday):
    start = START + timedelta(days=weekday)
    for event in events(plan(), start=start):
        assert start <= event["DTSTART"].dt.date() < start + timedelta(weeks=1)
    first, night = events(plan(), start=start)
    assert (first["DTSTART"].dt.weekday(), night["DTSTART"].dt.weekday()) == (0, 6)


def test_a_shift_that_never_begins_inside_the_term_is_left_out():
    assert [event["SUMMARY"] for event in events(plan(), end=START + timedelta(days=6))] == [
        "5 x claims @ Manila 8 h"
    ]


def test_the_zone_is_described_with_its_changes_of_clock():
    (zone,) = parsed(plan()).walk("VTIMEZONE")
    assert zone["TZID"] == "America/Chicago"
    offsets = {part["TZOFFSETTO"].td for part in zone.subcomponents}
    assert offsets == {timedelta(hours=-6), timedelta(hours=-5)}


def test_utc_needs_no_description():
    calendar = parsed(plan(team(site="Cebu")))
    assert calendar.walk("VTIMEZONE") == []
    assert calendar.walk("VEVENT")[0]["DTSTART"].dt == datetime(2027, 1, 4, 6, tzinfo=UTC)


def test_breaks_are_in_the_description_of_the_shift_they_lie_in():
    first, night = events(plan(touring_team()))
    assert first["DESCRIPTION"].splitlines() == [
        "meal: 10:00 to 11:00, 2 people",
        "meal: 11:00 to 12:00, 1 person",
    ]
    assert night["DESCRIPTION"] == "meal: 02:00 to 03:00, 2 people"
    assert all("DESCRIPTION" not in event for event in events(plan()))


def test_events_are_told_apart_and_keep_their_names():
    document = plan(
        team(lines=[line(6, 8.0, 5), line(6, 8.0, 1), line(6, 9.0, 1)]), team(site="Cebu")
    )
    names = [event["UID"] for event in events(document)]
    assert len(set(names)) == 5
    document["teams"][0]["roster"]["shifts"][0]["heads"] = 6
    assert [event["UID"] for event in events(document)] == names


def test_text_is_escaped_and_the_same_plan_gives_the_same_file():
    document = plan(team(service="a;b,c\\d"))
    assert events(document)[0]["SUMMARY"] == "5 x a;b,c\\d @ Manila 8 h"
    once, again = (plan_calendar(document, {"Manila": "UTC"}, START, END) for _ in range(2))
    assert once == again
