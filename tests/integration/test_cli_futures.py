"""`crewquote futures`: hiring for many futures on the terminal, as JSON, as files; refusals."""

import json
from datetime import date, timedelta

import pytest

from pricing.futures import FuturesReport
from tests.builders.command_line import EXAMPLES, crewquote, engagement_file
from tests.builders.futures import SEASON
from tests.builders.pricing import SITE, engagement_data

pytestmark = pytest.mark.integration
FEW = ("--scenarios", "8", "--draws", "1000")
WEEKS = 13


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    changes = {"services[0].volume.seasonality": SEASON}
    data = engagement_data(changes, sites=[SITE | {"surge": {"pool_heads": 3}}])
    return engagement_file(tmp_path_factory.mktemp("futures"), data)


def table(folder, **scenarios):
    """Write scenarios of a constant volume as a wide table."""
    days = [date(2027, 1, 4) + timedelta(weeks=week) for week in range(WEEKS)]
    rows = [",".join(["date", *scenarios])]
    rows += [",".join([str(day), *map(str, scenarios.values())]) for day in days]
    path = folder / "demand.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def test_a_study_is_told_and_its_progress_goes_to_stderr(file):
    done = crewquote("futures", file, *FEW)
    assert done.returncode == 0, done.stderr
    assert "planning for each future as if it were known" in done.stderr
    assert "Hired for all futures at once" in done.stdout
    assert "Planning for many futures is worth" in done.stdout
    assert "1,000 further futures" in done.stdout


def test_json_page_and_folder_tell_the_same(file, tmp_path):
    page, folder = tmp_path / "futures.html", tmp_path / "study"
    done = crewquote("futures", file, *FEW, "--json", "-q", "--plot", page, "--out", folder)
    assert (done.returncode, done.stderr) == (0, "")
    report = FuturesReport.model_validate_json(done.stdout)
    assert sorted(one.name for one in folder.iterdir()) == [
        "futures.json",
        "futures.xlsx",
        "futures_marginal.csv",
        "futures_scenarios.csv",
        "futures_weeks.csv",
    ]
    assert (folder / "futures.json").read_text(encoding="utf-8") == done.stdout
    assert f"<td>{report.plan.cost.expected:,.0f}</td>" in page.read_text(encoding="utf-8")


def test_the_same_command_gives_the_same_bytes(file):
    first, second = (crewquote("futures", file, *FEW, "--json", "-q").stdout for _ in range(2))
    assert first == second
    other = crewquote("futures", file, *FEW, "--json", "-q", "--seed", "3").stdout
    assert first != other


def test_futures_from_a_table(file, tmp_path):
    demand = table(tmp_path, calm=1_000, busy=1_500)
    done = crewquote("futures", file, "--demand", demand, "--json", "-q", "--risk-aversion", "0")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["source"]["names"] == ["calm", "busy"]
    calm, busy = report["plan"]["scenarios"]
    assert calm["cost"] <= busy["cost"]
    assert report["cost"] is None


def test_the_table_beside_the_examples_is_read_with_its_example():
    demand = EXAMPLES / "data/us_claims_three_futures.csv"
    done = crewquote("futures", EXAMPLES / "claims.yaml", "--demand", demand, "-q")
    assert done.returncode == 0, done.stderr
    assert "3 futures as the table states them" in done.stdout


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--demand", "missing.csv"), 3, "--demand: an existing CSV file in UTF-8"),
        (("--out", "missing/folder"), 3, "--out"),
        (("--plot", "missing/page.html"), 3, "--plot"),
        (("--draws", "10"), 3, "draws: 0 for none, or from 1,000"),
        (("--scenarios", "0"), 2, "a whole number from 1 to 2,000"),
        (("--tail", "1"), 2, "a number from 0 to below 1"),
        (("--risk-aversion", "2"), 2, "a number from 0 to 1"),
        (("--risk-aversion", "half"), 2, "a number from 0 to 1"),
        (("--seed", "-1"), 2, "a whole number of 0 or more"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_any_work(file, tmp_path, options, code, said):
    done = crewquote("futures", file, *options, cwd=tmp_path)
    assert done.returncode == code
    assert said in " ".join(done.stderr.replace("│", " ").split())
    assert done.stdout == ""


def test_a_table_with_a_gap_names_the_week(file, tmp_path):
    demand = table(tmp_path, calm=1_000)
    demand.write_text("\n".join(demand.read_text().splitlines()[:-1]))
    done = crewquote("futures", file, "--demand", demand)
    assert done.returncode == 3
    assert "all 13 weeks of claims in scenario calm: 1 are missing" in done.stderr


def test_an_unreadable_engagement_is_refused():
    assert crewquote("futures", EXAMPLES / "broken.yaml").returncode == 3
