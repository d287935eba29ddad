"""Weeks with other clocks, on days known from the calendar."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from staffing.brief import LiveTarget
from staffing.clock import _indices, unusual_weeks
from staffing.clock_cover import RosterInTime, clock_weeks
from staffing.grid import WeekGrid
from tests.builders.staffing import (
    ALWAYS,
    HOURLY,
    HOURS,
    by_hour,
    deferrable_service,
    live_service,
    live_target,
    site_brief,
    team_brief,
    turnaround_target,
    workforce_terms,
)

CHICAGO, MANILA, LONDON = "America/Chicago", "Asia/Manila", "Europe/London"
YEAR = (date(2027, 1, 4), date(2028, 1, 3))
FULLY_PRESENT = workforce_terms(in_office=0.0)


def found(service_zone, site_zone, grid=HOURLY, term=YEAR):
    return [
        (str(p.week.monday), p.num_weeks, p.week.hours(grid), p.week.distance_min)
        for p in unusual_weeks(service_zone, site_zone, term[0], term[1], grid)
    ]


def test_one_zone_has_a_short_and_a_long_week():
    """Clocks in the United States change on 14 March and 7 November 2027, both Sundays."""
    assert found(CHICAGO, CHICAGO) == [("2027-03-08", 1, 167.0, 0), ("2027-11-01", 1, 169.0, 0)]


def test_a_week_in_which_the_term_begins_or_ends_counts_from_its_monday():
    term = (date(2027, 3, 12), date(2027, 11, 2))  # a Friday to a Tuesday
    assert [week[0] for week in found(CHICAGO, CHICAGO, term=term)] == ["2027-03-08", "2027-11-01"]


def test_zones_without_changes_have_no_unusual_week():
    assert found(MANILA, MANILA) == []
    assert found(MANILA, "Asia/Kolkata") == []


def test_a_site_without_summer_time_lies_an_hour_nearer_all_summer():
    """Manila is 14 hours ahead of Chicago in winter, 13 in summer; its own weeks have 168 hours."""
    assert found(CHICAGO, MANILA) == [
        ("2027-03-08", 1, 168.0, 14 * 60),
        ("2027-03-15", 33, 168.0, 13 * 60),
        ("2027-11-01", 1, 168.0, 13 * 60),
    ]


def test_continents_that_change_on_different_sundays_are_apart_for_some_weeks():
    """London changes on 28 March and 31 October, two weeks after and one before Chicago."""
    assert found(CHICAGO, LONDON) == [
        ("2027-03-08", 1, 168.0, 6 * 60),
        ("2027-03-15", 1, 168.0, 5 * 60),
        ("2027-03-22", 1, 167.0, 5 * 60),
        ("2027-10-25", 1, 169.0, 6 * 60),
        ("2027-11-01", 1, 168.0, 5 * 60),
    ]


@pytest.mark.parametrize("minutes", [15, 30, 60])
def test_a_spring_night_skips_an_hour_and_an_autumn_night_repeats_one(minutes):
    grid = WeekGrid(minutes)
    spring, autumn = (p.week for p in unusual_weeks(CHICAGO, CHICAGO, *YEAR, grid))
    seen = [grid.label(int(t)) for t in spring.site_index]
    assert "Sun 01:00" in seen
    assert "Sun 02:00" not in seen
    assert "Sun 03:00" in seen
    assert [grid.label(int(t)) for t in autumn.site_index].count("Sun 01:00") == 2


def roster(on_duty, arrivals, service, site_zone=MANILA, spare=None):
    return RosterInTime(
        service=service,
        site=site_brief(time_zone=site_zone),
        team=team_brief(service.name, workforce=FULLY_PRESENT),
        grid=HOURLY,
        arrivals=arrivals,
        at_work=on_duty,
        paid=on_duty,
        spare_units=np.zeros(HOURS) if spare is None else spare,
    )


ONE_AGENT = LiveTarget(handle_time_s=60.0, service_level=0.5, threshold_s=3600.0, max_occupancy=1.0)


def test_a_roster_that_fits_in_winter_misses_the_first_hour_all_summer():
    """Calls come Monday 12:00 to 20:00 Chicago; Manila covers just that, Tuesday 02:00 to 10:00."""
    service = live_service(
        time_zone=CHICAGO,
        open_mask=by_hour({(12, 20): 1.0}).astype(bool),
        target=ONE_AGENT,
        min_heads=0,
    )
    calls, on_duty = by_hour({(12, 20): 20.0}), by_hour({(26, 34): 1.0})
    before, summer, after = clock_weeks(roster(on_duty, calls, service), *YEAR)
    assert (before.short_head_hours, before.distance_change_min) == (0.0, 0)
    assert (summer.short_head_hours, summer.worst_short_heads) == (1.0, 1.0)
    assert (summer.worst_at, summer.distance_change_min) == ("Tue 01:00", -60)
    assert (summer.short_head_hours_if_moved, summer.paid_hours) == (0.0, 8.0)
    assert after.num_weeks == 1


def test_a_night_shift_is_an_hour_shorter_in_spring_and_longer_in_autumn():
    service = live_service(time_zone=CHICAGO, open_mask=ALWAYS, target=live_target(), min_heads=0)
    on_duty = by_hour({(166, 174): 3.0})  # Sunday 22:00 to Monday 06:00
    on_duty += by_hour({(142, 150): 3.0})  # Saturday 22:00 to Sunday 06:00
    spring, autumn = clock_weeks(
        roster(on_duty, np.zeros(HOURS), service, site_zone=CHICAGO), *YEAR
    )
    assert (spring.hours, spring.paid_hours) == (167.0, 45.0)
    assert (autumn.hours, autumn.paid_hours) == (169.0, 51.0)


def test_deferrable_work_counts_what_is_late_and_idle_people_help():
    """Work due within the hour comes Monday 12:00 Chicago; in summer nobody is there in time."""
    service = deferrable_service(
        time_zone=CHICAGO,
        open_mask=ALWAYS,
        target=turnaround_target(turnaround_h=1.0, units_per_head_hour=5.0),
    )
    work, on_duty = by_hour({(12, 13): 10.0}), by_hour({(26, 27): 2.0})
    _, summer, _ = clock_weeks(roster(on_duty, work, service), *YEAR)
    assert (summer.late_units, summer.late_units_if_moved) == (10.0, 0.0)
    assert summer.short_head_hours == 0.0
    idle = by_hour({(25, 26): 10.0})
    _, summer, _ = clock_weeks(roster(on_duty, work, service, spare=idle), *YEAR)
    assert summer.late_units == 0.0


def test_a_week_laid_out_at_once_is_the_week_read_moment_by_moment():
    """Two zones, a year of Mondays: most weeks have one offset and are laid out in one go."""
    for zone in ("Asia/Kolkata", "America/New_York"):
        clock, monday = ZoneInfo(zone), date(2027, 1, 4)
        for week in range(52):
            first = datetime.combine(monday + timedelta(weeks=week), time(0), tzinfo=UTC)
            moments = [first + timedelta(minutes=30 * step) for step in range(336)]
            local = [moment.astimezone(clock) for moment in moments]
            expected = [at.weekday() * 48 + (60 * at.hour + at.minute) // 30 for at in local]
            assert _indices(zone, moments, 30).tolist() == expected
