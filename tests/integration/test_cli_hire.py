"""`crewquote hire`: a plan of hiring on the terminal, as JSON, as files; refusals."""

import csv
import io
import json
import re

import openpyxl
import pytest

from pricing.hiring_study import HiringStudy
from tests.builders.command_line import crewquote, engagement_file
from tests.builders.hiring_studies import two_kinds_data
from tests.builders.pricing import put

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return engagement_file(tmp_path_factory.mktemp("hire"), two_kinds_data())


def test_the_terminal_tells_people_cost_and_what_holds_the_plan_back(file):
    done = crewquote("hire", file)
    assert done.returncode == 0, done.stderr
    assert "hiring for 2 teams over 26 weeks" in done.stderr
    assert (
        "claims @ Manila: claims_processor, en; 10.0 people there on the first day" in done.stdout
    )
    assert "What holds the plan back" in done.stdout
    assert "Proven: no plan on these terms is cheaper by more than" in done.stdout
    assert max(len(line.rstrip()) for line in done.stdout.splitlines()) <= 100


def test_json_and_files_hold_the_same_plan(file, tmp_path):
    out, page = tmp_path / "out", tmp_path / "page.html"
    done = crewquote("hire", file, "--json", "-q", "--out", out, "--plot", page)
    assert (done.returncode, done.stderr) == (0, "")
    study = HiringStudy.model_validate_json(done.stdout)
    cost = study.plan.totals.cost
    assert (out / "hiring.json").read_text() == done.stdout
    rows = list(csv.DictReader(io.StringIO((out / "hiring.csv").read_text())))
    assert sum(float(row["cost"]) for row in rows) == pytest.approx(cost)
    summary = openpyxl.load_workbook(out / "hiring.xlsx", data_only=True)["summary"]
    (total,) = [row[3].value for row in summary.iter_rows() if row[0].value == "Cost"]
    assert total == pytest.approx(cost)
    assert f"{cost:,.0f} USD" in page.read_text(encoding="utf-8")
    assert str(study.week_starts[0]) == "2027-01-04"
    again = crewquote("hire", file, "--json", "-q")
    assert again.stdout == done.stdout


def test_a_single_service_leaves_the_others_their_seats_and_says_so(file):
    done = crewquote("hire", file, "--service", "letters", "--site", "Manila", "--json", "-q")
    assert done.returncode == 0, done.stderr
    study = json.loads(done.stdout)
    assert [pool["name"] for pool in study["pools"]] == ["letters @ Manila"]
    assert "left out are claims @ Manila" in study["warnings"][0]
    seats = next(limit for limit in study["limits"] if limit["kind"] == "seats")
    assert len(set(seats["most"])) == 26  # claims grow, and what they leave shrinks


def test_whole_people_are_whole_and_their_price_is_told(file):
    done = crewquote("hire", file, "--service", "letters", "--whole-people", "-q", "--json")
    plan = json.loads(done.stdout)["plan"]
    assert all(hires == round(hires) for hires in plan["pools"][0]["hires"])
    assert plan["relaxed_cost"] <= plan["totals"]["cost"]
    said = crewquote("hire", file, "--service", "letters", "--whole-people", "-q")
    assert "Whole people cost" in said.stdout


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--site", "Omaha"), 3, "site: one of Manila (found 'Omaha')"),
        (("--service", "letters,calls"), 3, "services: some of claims, letters (found 'calls')"),
        (("--plot", "missing/page.html"), 3, "--plot"),
        (("--out", "missing/folder"), 3, "--out"),
        (("--whole-people", "--sites", "Manila"), 2, "--sites"),
    ],
)
def test_what_cannot_be_planned_is_refused_without_a_traceback(file, options, code, said):
    done = crewquote("hire", file, *options)
    assert done.returncode == code
    assert said in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"services[0].ramp": [0.8, 0.5]}, "services[0].ramp: shares that never fall"),
        ({"services[0].ramp": [0.8, 1.2]}, "services[0].ramp[1]: should be 1 at most (found 1.2)"),
        (
            {"sites[0].hiring.attrition_by_tenure": [{"from_week": 0, "leaving_per_week": 1.0}]},
            "sites[0].hiring.attrition_by_tenure[0].leaving_per_week: should be below 1",
        ),
        (
            {"sites[0].hiring.release": {"notice_weeks": -1}},
            "sites[0].hiring.release.notice_weeks: should be 0 or more (found -1)",
        ),
        (
            {"sites[0].hiring.staff": [{"service": "calls", "heads": 3, "tenure_weeks": 9}]},
            "sites[0].hiring.staff[0].service: the name of a service delivered at Manila: claims",
        ),
        (
            {"services[0].role": "wizard"},
            "sites[0].wages.wizard: no reference wage for role wizard in PH; state one here",
        ),
    ],
)
def test_terms_that_mean_nothing_are_refused_with_field_and_remedy(tmp_path, changes, said):
    data = two_kinds_data()
    for path, value in changes.items():
        put(data, path, value)
    done = crewquote("hire", engagement_file(tmp_path, data), "-q")
    assert (done.returncode, done.stdout) == (3, "")
    assert said in done.stderr


def test_no_plan_names_week_people_and_what_would_do_at_what_cost(tmp_path):
    """Nobody may be short, yet only half of those who process claims are there at the start."""
    staff = [
        {"service": "claims", "heads": 5, "tenure_weeks": 60},
        {"service": "letters", "heads": 3, "tenure_weeks": 60},
    ]
    data = two_kinds_data(shortfall_price=None, staff=staff)
    done = crewquote("hire", engagement_file(tmp_path, data), "-q")
    assert (done.returncode, done.stdout) == (4, "")
    assert "workload: claims @ Manila:" in done.stderr
    assert re.search(r"people short in week \d \(from 2027-01-\d\d\)", done.stderr)
    assert "Any one of these would do, cost in USD:" in done.stderr
    assert "hours of work given up (the plan then costs" in done.stderr
    assert re.search(r"claims @ Manila, week \d \(from 2027-01-\d\d\): \d", done.stderr)
