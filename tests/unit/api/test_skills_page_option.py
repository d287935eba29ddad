"""`crewquote skills --plot` is refused before any work, and a failure leaves the old page."""

import builtins

import pytest

from api.cli.skills import run_skills
from staffing.errors import BadInputError
from staffing.skill_week import SkillTerms
from tests.builders.command_line import engagement_file
from tests.builders.skill_weeks import two_languages_engagement


def run(case, page, site=None):
    run_skills(case, SkillTerms(), site=site, services=None, plot=page, as_json=False, quiet=True)


@pytest.fixture
def case(tmp_path):
    return engagement_file(tmp_path, two_languages_engagement())


def test_without_the_extra_the_command_that_installs_it_is_named(case, tmp_path, monkeypatch):
    real = builtins.__import__

    def without(name, *rest, **more):
        if name.startswith("staffing.exports"):
            raise ModuleNotFoundError(name="vl_convert")
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(BadInputError, match=r"--plot: .*pip install 'crewquote\[export\]'"):
        run(case, tmp_path / "page.html")
    assert [entry.name for entry in tmp_path.iterdir()] == ["case.json"]


def test_what_cannot_be_studied_leaves_the_old_page(case, tmp_path):
    page = tmp_path / "page.html"
    page.write_text("old")
    with pytest.raises(BadInputError, match="site: one of Manila"):
        run(case, page, site="Omaha")
    assert page.read_text() == "old"
