"""`crewquote staff`: the plan on the terminal, as JSON and as files, which tell the same."""

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import icalendar
import openpyxl
import pytest

from staffing.plan import StaffingPlan
from tests.builders.command_line import EXAMPLES, crewquote, engagement_file
from tests.builders.pricing import engagement_data

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """One run on the claims example that writes every kind of file, and its folder."""
    folder = tmp_path_factory.mktemp("staff")
    done = crewquote(
        "staff",
        EXAMPLES / "claims.yaml",
        *("--plot", "plan.html", "--csv", "tables", "--xlsx", "plan.xlsx", "--ical", "plan.ics"),
        "--json",
        cwd=folder,
    )
    assert done.returncode == 0, done.stderr
    return done, folder


@pytest.fixture(scope="module")
def plan(run):
    return StaffingPlan.model_validate_json(run[0].stdout)


def test_json_is_the_plan_of_the_quote(plan, tmp_path: Path):
    quoted = crewquote("quote", EXAMPLES / "claims.yaml", "--json", "--quiet")
    assert plan == StaffingPlan.model_validate(json.loads(quoted.stdout)["staffing"])


def test_progress_is_on_stderr_and_every_file_is_there_alone(run):
    done, folder = run
    assert "hiring over 157 weeks" in done.stderr
    assert "pricing" not in done.stderr
    names = sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())
    assert names == [
        "plan.html",
        "plan.ics",
        "plan.xlsx",
        "tables/calendar.csv",
        "tables/intervals.csv",
        "tables/shifts.csv",
    ]


def test_the_workbook_adds_up_to_the_plan(run, plan):
    book: Any = openpyxl.load_workbook(run[1] / "plan.xlsx", data_only=True)
    assert len(book.sheetnames) == 3 * len(plan.teams)
    for number, team in enumerate(plan.teams, start=1):
        rows = book[f"{number} claims summary"].iter_rows(values_only=True)
        totals = {row[0]: row[1] for row in rows if row[0]}
        assert totals["Site"] == team.site
        assert totals["Hours of all shifts"] == pytest.approx(team.roster.paid_hours)
        assert totals["Most people on duty"] == team.roster.peak_heads
        assert totals["Head-hours short"] == 0
        shifts = list(book[f"{number} claims shifts"].iter_rows(min_row=2, values_only=True))
        assert sum(row[2] * row[3] for row in shifts) == pytest.approx(team.roster.paid_hours)


def test_the_calendar_table_has_the_holidays_of_the_whole_term(run):
    text = (run[1] / "tables" / "calendar.csv").read_text(encoding="utf-8")
    christmas = [row for row in csv.DictReader(io.StringIO(text)) if row["day"].endswith("-12-25")]
    years = [(row["day"][:4], row["site"]) for row in christmas]
    assert years == [(year, at) for year in ("2027", "2028", "2029") for at in ("Manila", "Omaha")]
    assert (christmas[0]["premium"], christmas[0]["change"]) == ("1.0", "")


def test_the_tables_hold_every_head_hour(run, plan):
    text = (run[1] / "tables" / "intervals.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    for team in plan.teams:
        own = [int(row["on_duty"]) for row in rows if row["site"] == team.site]
        assert tuple(own) == team.roster.on_duty


def test_the_calendar_has_every_shift_and_ends_with_the_term(run, plan):
    calendar = icalendar.Calendar.from_ical((run[1] / "plan.ics").read_bytes())
    events: list[Any] = calendar.walk("VEVENT")
    assert len(events) == sum(len(team.roster.shifts) for team in plan.teams)
    assert {zone["TZID"] for zone in calendar.walk("VTIMEZONE")} == {
        "Asia/Manila",
        "America/Chicago",
    }
    for event in events:
        assert event["DTSTART"].dt.date() >= date(2027, 1, 4)
        (until,) = event["RRULE"]["UNTIL"]
        assert date(2030, 1, 3) <= until.date() <= date(2030, 1, 4)


def test_the_summary_shows_people_cover_by_day_and_clocks(tmp_path):
    file = engagement_file(tmp_path, engagement_data(term_months=1))
    done = crewquote("staff", file, "--quiet")
    assert done.returncode == 0
    assert done.stderr == ""
    for words in ("paid hours in the week", "most short, heads", "Mon", "week", "Clocks:"):
        assert words in done.stdout


def test_what_no_plan_can_meet_leaves_old_files_untouched(tmp_path):
    changes = {"sites[0].seats": 1, "services[0].volume.units_per_year": 2_000_000}
    file = engagement_file(tmp_path, engagement_data(changes))
    old = tmp_path / "plan.html"
    old.write_text("old")
    done = crewquote("staff", file, "--plot", old, "--csv", tmp_path / "tables")
    assert done.returncode == 4
    assert "Traceback" not in done.stderr
    assert old.read_text() == "old"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["case.json", "plan.html"]


@pytest.mark.parametrize("option", ["--plot", "--xlsx", "--ical", "--csv"])
def test_a_place_that_cannot_be_written_is_an_error_before_any_work(tmp_path, option):
    file = engagement_file(tmp_path, engagement_data())
    done = crewquote("staff", file, option, tmp_path / "missing" / "folder" / "file")
    assert done.returncode == 3
    assert option in done.stderr
    assert done.stdout == ""
    assert [entry.name for entry in tmp_path.iterdir()] == ["case.json"]
