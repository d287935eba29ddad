"""`crewquote simulate` on a quote as `crewquote quote --out` wrote it."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.builders.command_line import EXAMPLES, crewquote, engagement_file
from tests.builders.pricing import DEFERRABLE, LIVE, engagement_data

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def quote(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A quote of a helpdesk and of claims, as a user has it on disk."""
    folder = tmp_path_factory.mktemp("simulate")
    data = engagement_data({"services": [LIVE, DEFERRABLE]}, term_months=1)
    out = folder / "quote.json"
    run = crewquote("quote", engagement_file(folder, data), "--out", out, "-q")
    assert run.returncode == 0, run.stderr
    return out


@pytest.fixture(scope="module")
def report(quote: Path) -> dict[str, Any]:
    """The report of six weeks."""
    run = crewquote("simulate", quote, "--json", "-q", "--replications", "6")
    assert run.returncode == 0, run.stderr
    assert run.stderr == ""
    parsed: dict[str, Any] = json.loads(run.stdout)
    return parsed


def test_the_report_says_whether_each_team_keeps_its_promise(report: dict[str, Any]) -> None:
    helpdesk, claims = report["teams"]
    assert helpdesk["service"] == "helpdesk"
    assert helpdesk["promise"] == "answered within 20 s"
    assert helpdesk["verdict"] == "met"
    assert helpdesk["in_time"]["low"] >= helpdesk["target"] == 0.8
    assert claims["promise"] == "finished within 72 h"
    assert 0.5 < claims["in_time"]["mean"] <= 1
    assert [len(team["by_replication"]) for team in report["teams"]] == [6, 6]


def test_what_is_played_is_the_plan_of_the_quote(quote: Path, report: dict[str, Any]) -> None:
    teams = json.loads(quote.read_text())["staffing"]["teams"]
    for team, found in zip(teams, report["teams"], strict=True):
        assert found["units_per_week"] == pytest.approx(team["units_per_week"], abs=1e-3)


def test_the_same_seed_prints_the_same_bytes(quote: Path) -> None:
    runs = [crewquote("simulate", quote, "--json", "-q", "--seed", seed) for seed in "337"]
    assert runs[0].stdout == runs[1].stdout
    assert json.loads(runs[0].stdout)["teams"] != json.loads(runs[2].stdout)["teams"]


def test_the_table_shows_target_verdict_and_interval(quote: Path, report: dict[str, Any]) -> None:
    run = crewquote("simulate", quote, "--replications", "6")
    assert run.returncode == 0
    found = report["teams"][0]["in_time"]
    shares = [f"{100 * found[key]:.1f}" for key in ("mean", "low", "high")]
    assert f"{shares[0]} % ({shares[1]} to {shares[2]})" in run.stdout
    for words in ("helpdesk @ Manila", "answered within 20 s", "80.0 %", "met", "worst hours"):
        assert words in run.stdout
    assert "week 6 of 6" in run.stderr
    assert "week 6 of 6" not in run.stdout


def test_a_service_at_one_site_is_not_said_twice(quote: Path, report: dict[str, Any]) -> None:
    assert [one["service"] for one in report["services"]] == ["helpdesk", "claims"]
    run = crewquote("simulate", quote, "-q", "--replications", "6")
    assert "at all sites" not in run.stdout


def test_other_handling_times_give_other_weeks(quote: Path, report: dict[str, Any]) -> None:
    arguments = ("--json", "-q", "--replications", "6", "--handle-time-cv", "2")
    other = json.loads(crewquote("simulate", quote, *arguments).stdout)
    assert other["handle_time_cv"] == 2
    assert other["teams"][0] != report["teams"][0]
    assert other["teams"][1] == report["teams"][1]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("missing.json", None, "an existing quote file"),
        ("case.json", json.dumps(engagement_data()), "a quote as written by `crewquote quote"),
        ("list.json", "[1, 2]", "a quote as written by `crewquote quote"),
        ("broken.json", '{"staffing": ', "broken.json:1:"),
    ],
)
def test_what_is_no_quote_is_refused(
    name: str, text: str | None, said: str, tmp_path: Path
) -> None:
    if text is not None:
        (tmp_path / name).write_text(text)
    run = crewquote("simulate", tmp_path / name)
    assert run.returncode == 3
    assert said in run.stderr
    assert "Traceback" not in run.stderr
    assert run.stdout == ""


def test_an_engagement_in_yaml_is_refused_with_the_remedy() -> None:
    run = crewquote("simulate", EXAMPLES / "helpdesk.yaml")
    assert run.returncode == 3
    assert "crewquote quote --out" in run.stderr


def test_a_quote_of_an_older_version_says_so_and_what_is_missing(
    quote: Path, tmp_path: Path
) -> None:
    data = json.loads(quote.read_text())
    data["calculation_version"] = "0.0.1"
    del data["staffing"]["teams"][1]["workload"]
    old = tmp_path / "old.json"
    old.write_text(json.dumps(data))
    run = crewquote("simulate", old)
    assert run.returncode == 3
    assert "price its engagement again" in run.stderr
    assert "0.0.1" in run.stderr
    assert "staffing.teams[1].workload: this field is required" in run.stderr


def test_a_week_that_was_cut_short_by_hand_is_refused(quote: Path, tmp_path: Path) -> None:
    data = json.loads(quote.read_text())
    data["staffing"]["teams"][0]["workload"]["slots"].pop()
    cut = tmp_path / "cut.json"
    cut.write_text(json.dumps(data))
    run = crewquote("simulate", cut, "-q")
    assert run.returncode == 3
    assert "staffing.teams[0].workload.slots" in run.stderr


@pytest.mark.parametrize("option", ["--replications=4", "--seed=-1", "--handle-time-cv=-1"])
def test_an_option_out_of_range_is_a_usage_error(option: str, quote: Path) -> None:
    run = crewquote("simulate", quote, option)
    assert run.returncode == 2
    assert option.split("=", maxsplit=1)[0] in run.stderr
