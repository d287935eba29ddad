"""Files of `crewquote hire` are refused before any work, and a failure leaves the old ones."""

import builtins

import pytest

from api.cli.hire import HireTargets, run_hire
from staffing.errors import BadInputError
from tests.builders.command_line import engagement_file
from tests.builders.hiring_studies import two_kinds_data


def run(case, site=None, **targets):
    run_hire(
        case,
        HireTargets(**targets),
        site=site,
        services=None,
        whole_people=False,
        as_json=False,
        quiet=True,
    )


@pytest.fixture
def case(tmp_path):
    return engagement_file(tmp_path, two_kinds_data())


@pytest.mark.parametrize(
    ("option", "target", "library"),
    [("plot", "page.html", "vl_convert"), ("out", "folder", "xlsxwriter")],
)
def test_without_the_extra_the_command_that_installs_it_is_named(
    case, tmp_path, monkeypatch, option, target, library
):
    real = builtins.__import__

    def without(name, *rest, **more):
        if name.startswith("staffing.exports"):
            raise ModuleNotFoundError(name=library)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(BadInputError, match=rf"--{option}: .*pip install 'crewquote\[export\]'"):
        run(case, **{option: tmp_path / target})
    assert [entry.name for entry in tmp_path.iterdir()] == ["case.json"]


def test_what_cannot_be_planned_leaves_the_old_files(case, tmp_path):
    page, out = tmp_path / "page.html", tmp_path / "out"
    page.write_text("old")
    with pytest.raises(BadInputError, match="site: one of Manila"):
        run(case, site="Omaha", plot=page, out=out)
    assert page.read_text() == "old"
    assert not out.exists()


def test_the_engagement_itself_is_never_overwritten(case):
    with pytest.raises(BadInputError, match="--plot: another file than the engagement itself"):
        run(case, plot=case)
