"""`crewquote skills`: what flexible people save on the terminal, as JSON, as a page; refusals."""

import json

import pytest

from staffing.skill_study import SkillStudy
from tests.builders.command_line import EXAMPLES, crewquote, engagement_file
from tests.builders.skill_weeks import two_languages_engagement

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return engagement_file(tmp_path_factory.mktemp("skills"), two_languages_engagement())


def test_two_languages_at_one_site_are_played_and_told(file):
    """8 + 8 people of 90 % available time for ten hours a week are 177.8 hours on duty."""
    done = crewquote("skills", file)
    assert done.returncode == 0, done.stderr
    assert "skills at Manila: load 2 of 2" in done.stderr
    row = next(line for line in done.stdout.splitlines() if line.startswith("head-hours in the"))
    apart, mix, pool = (float(cell) for cell in row.split()[-3:])
    assert apart == 177.8
    assert pool == 155.6
    assert pool <= mix < apart
    assert "played until it met all targets" in done.stdout
    assert "nothing of this is in its price" in done.stdout


def test_json_and_page_tell_the_same(file, tmp_path):
    page = tmp_path / "skills.html"
    options = ("--no-simulate", "--premium", "0.15", "--services", "es, en", "--site", "Manila")
    done = crewquote("skills", file, *options, "--json", "--quiet", "--plot", page)
    assert (done.returncode, done.stderr) == (0, "")
    study = SkillStudy.model_validate_json(done.stdout)
    assert study.premium == 0.15
    (site,) = study.sites
    assert (max(site.flexible), site.simulated) == (2, False)
    assert f"<td>{site.apart_hours:,.1f}</td>" in page.read_text(encoding="utf-8")


def test_a_limit_holds(file):
    done = crewquote("skills", file, "--no-simulate", "--limit", "1", "--json", "-q")
    assert max(json.loads(done.stdout)["sites"][0]["flexible"]) == 1


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--site", "Omaha"), 3, "site: one of Manila (found 'Omaha')"),
        (("--services", "en,fr"), 3, "services: a live service: en, es (found 'fr')"),
        (("--services", "en"), 3, "services: two or more live services (found 'en')"),
        (("--plot", "missing/page.html"), 3, "--plot"),
        (("--premium", "-1"), 2, "a number of 0 or more"),
        (("--limit", "half"), 2, "a whole number of 0 or more"),
    ],
)
def test_what_cannot_be_studied_is_refused_without_a_traceback(file, options, code, said):
    done = crewquote("skills", file, *options)
    assert done.returncode == code
    assert said in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_sites_with_one_live_service_each_are_named():
    done = crewquote("skills", EXAMPLES / "helpdesk.yaml", "--quiet")
    assert done.returncode == 3
    assert "Cebu has helpdesk English; Bogota has helpdesk Spanish" in done.stderr
