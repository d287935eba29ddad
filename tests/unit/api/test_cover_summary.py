"""What the command line says of cover and clocks."""

from datetime import date

import pytest

from api.cli.cover_summary import clock_lines, cover_rows
from pricing.quoting import plan_of
from pricing.reading import read_engagement
from staffing.plan import ClockWeeks
from tests.builders.pricing import engagement_data

STILL = {
    "first_monday": date(2027, 3, 8),
    "num_weeks": 2,
    "hours": 167.0,
    "distance_change_min": 60,
    "paid_hours": 100.0,
    "short_head_hours": 0.0,
    "worst_short_heads": 0.0,
    "worst_at": None,
    "late_units": 0.0,
    "short_head_hours_if_moved": 0.0,
    "late_units_if_moved": 0.0,
}
SHORT = {"short_head_hours": 12.0, "worst_short_heads": 3.0, "worst_at": "Mon 08:00"}
WORSE = {"short_head_hours": 20.0, "worst_short_heads": 4.5, "worst_at": "Tue 09:30"}


@pytest.fixture(scope="module")
def team():
    planned = plan_of(read_engagement(engagement_data(term_months=1))).plan
    return planned.teams[0]


def said(team, *periods):
    weeks = tuple(ClockWeeks.model_validate(STILL | period) for period in periods)
    return " ".join(" ".join(clock_lines(team.model_copy(update={"clock_weeks": weeks}))).split())


def test_usual_weeks_only(team):
    assert "every week of the term" in said(team)


def test_weeks_that_lie_otherwise_but_fit(team):
    assert "2 weeks of the term lie otherwise in time; the roster fits" in said(team, {})


def test_weeks_in_which_people_are_missing_are_counted_with_the_worst_of_them(team):
    text = said(team, {}, SHORT, WORSE | {"num_weeks": 1})
    assert "in 3 weeks of the term the roster does not fit" in text
    assert "4.5 heads short, Tue 09:30, week of 2027-03-08; 20.0 head-hours" in text
    assert "nothing is short or late" in text


def test_what_is_left_when_shifts_move_is_said(team):
    left = {"short_head_hours_if_moved": 1.5, "late_units_if_moved": 7.0}
    assert "up to 1.5 head-hours short and 7 units late" in said(team, SHORT | left)


def test_late_units_alone_are_told(team):
    text = said(team, {"late_units": 25.0})
    assert "up to 25 units a week" in text
    assert "heads short" not in text


def test_requirement_and_cover_add_up_day_by_day(team):
    roster = team.roster
    rows = cover_rows(roster)
    assert [row[0] for row in rows] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert sum(row[1] for row in rows) == pytest.approx(sum(roster.required_heads))
    assert sum(row[2] for row in rows) == sum(roster.on_duty)
    assert sum(row[4] for row in rows) == 0
    missing = list(roster.on_duty)
    missing[30] -= 3
    short = cover_rows(roster.model_copy(update={"on_duty": tuple(missing)}))
    expected = roster.required_heads[30] - missing[30]
    assert short[1][4] == short[1][5] == pytest.approx(expected)
    assert sum(row[4] for row in short) == pytest.approx(expected)
