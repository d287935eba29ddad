"""`crewquote sites` and `crewquote rates`: terminal, JSON, files to go on with, refusals."""

import json

import pytest

from pricing.rates import RateReport
from pricing.sites import SiteStudy
from tests.builders.command_line import crewquote, engagement_file
from tests.builders.rate_reports import RATES
from tests.builders.site_studies import SITES

pytestmark = [pytest.mark.integration, pytest.mark.slow]


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    return engagement_file(tmp_path_factory.mktemp("sites"), SITES)


@pytest.fixture(scope="module")
def steps(tmp_path_factory):
    return engagement_file(tmp_path_factory.mktemp("rates"), RATES)


def test_what_is_chosen_is_told_and_can_be_quoted(places, tmp_path):
    done = crewquote("sites", places, "--max-share", "0.8", "--out", tmp_path)
    assert done.returncode == 0, done.stderr
    assert "best split" in done.stdout
    assert "all at Manila cannot be had: claims: data_residency" in done.stdout
    assert "Planned for real it costs" in done.stdout
    study = SiteStudy.model_validate_json((tmp_path / "sites.json").read_text())
    assert study.request.max_share == 0.8
    quoted = crewquote("quote", tmp_path / "engagement.json", "--json", "-q")
    assert quoted.returncode == 0, quoted.stderr
    teams = {(t["service"], t["site"]) for t in json.loads(quoted.stdout)["staffing"]["teams"]}
    assert teams == {(part.service, part.site) for part in study.parts}
    assert "Cost of every way to deliver" in (tmp_path / "sites.html").read_text()


def test_rules_that_cannot_be_kept_end_as_infeasible(places):
    done = crewquote("sites", places, "--min-sites", "3", "-q")
    assert done.returncode == 4
    assert "sites_min" in done.stderr


def test_rates_are_told_and_written(steps, tmp_path):
    done = crewquote("rates", steps, "--steps", "10%,25%", "--out", tmp_path)
    assert done.returncode == 0, done.stderr
    assert "ARC, 10% more" in done.stdout
    assert "Beside the contract" in done.stdout
    report = RateReport.model_validate_json((tmp_path / "rates.json").read_text())
    assert report.request.steps == (0.1, 0.25)
    table = (tmp_path / "steps.csv").read_text().splitlines()
    assert table[0].startswith("Service,Volume,Units,Cost")
    assert len(table) == 1 + 2 * 4


@pytest.mark.parametrize(
    ("command", "options", "said"),
    [
        ("sites", ("--max-share", "2"), "a number from 0 to 1"),
        ("sites", ("--max-sites", "0"), "a whole number from 1 to 50"),
        ("rates", ("--steps", "20,10"), "rising, e.g. 5,10,20"),
        ("rates", ("--steps", "a"), "rising, e.g. 5,10,20"),
        ("rates", ("--peak", "lots"), "--peak"),
    ],
)
def test_options_that_mean_nothing_are_refused(steps, command, options, said):
    done = crewquote(command, steps, *options)
    assert done.returncode == 2
    assert said in done.stderr.replace("│", "")
