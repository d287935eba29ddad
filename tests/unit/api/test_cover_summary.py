"""What the command line says of cover and clocks."""

import re
from datetime import date
from io import StringIO

import pytest
from rich.console import Console

from api.cli.cover_summary import clock_lines, cover_rows, print_plan
from api.cli.staffing_summary import staffing_table
from pricing.quoting import plan_of
from pricing.reading import read_engagement
from staffing.plan import BreakLine, ClockWeeks, TourLine
from tests.builders.plans import touring_team
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
def plan():
    return plan_of(read_engagement(engagement_data(term_months=1))).plan


@pytest.fixture(scope="module")
def team(plan):
    return plan.teams[0]


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
    assert len(rows) == 7
    assert sum(row["needed"] for row in rows) == pytest.approx(sum(roster.required_heads))
    assert sum(row["on duty"] for row in rows) == sum(roster.on_duty)
    assert sum(row["short"] for row in rows) == 0


def test_who_is_on_a_break_is_on_duty_and_may_be_missing(team):
    roster = team.roster
    at_work = list(roster.at_work)
    at_work[30] -= 3
    rows = cover_rows(roster.model_copy(update={"at_work": tuple(at_work)}))
    expected = roster.required_heads[30] - at_work[30]
    assert rows[1]["short"] == rows[1]["most short, heads"] == pytest.approx(expected)
    assert sum(row["short"] for row in rows) == pytest.approx(expected)
    assert [row["on duty"] - row["at work"] for row in rows] == [0, 3, 0, 0, 0, 0, 0]


def with_team(plan, team):
    return plan.model_copy(update={"teams": (team,)})


def printed(plan, team):
    """Cells by label of the table of people, for one team of a plan."""
    text = StringIO()
    Console(file=text, width=100).print(staffing_table(with_team(plan, team)))
    cells = [re.split(" {2,}", line.strip()) for line in text.getvalue().splitlines()]
    return {pair[0]: pair[1] for pair in cells if len(pair) > 1}


def test_breaks_tours_and_a_priced_shortfall_are_told_where_there_are_any(plan, team):
    shape = touring_team()["roster"]
    roster = team.roster.model_copy(
        update={
            "breaks": tuple(BreakLine.model_validate(one) for one in shape["breaks"]),
            "tours": tuple(TourLine.model_validate(one) for one in shape["tours"]),
            "on_duty": tuple(shape["on_duty"]),
            "at_work": tuple(shape["at_work"]),
            "shortfall": (0.5, *[0.0] * 167),
            "shortfall_cost": 7.6,
        }
    )
    told = printed(plan, team.model_copy(update={"roster": roster}))
    assert told["break hours in the week"] == "5.0"
    assert told["people on tour two days"] == "2"
    assert told["people on tour one day"] == "1"
    assert told["head-hours short / their price"] == "0.5 / 8"
    usual = printed(plan, team)
    assert told.keys() - usual.keys() == {
        "break hours in the week",
        "people on tour two days",
        "people on tour one day",
        "head-hours short / their price",
    }


def test_people_at_work_have_a_column_where_breaks_make_them_fewer(plan, team, capsys):
    print_plan("usual", plan)
    assert "at work" not in capsys.readouterr().out
    at_work = (*team.roster.at_work[:-1], team.roster.at_work[-1] - 1)
    on_break = team.roster.model_copy(update={"at_work": at_work})
    print_plan("breaks", with_team(plan, team.model_copy(update={"roster": on_break})))
    assert "needed   on duty   at work   over" in capsys.readouterr().out
