"""Where a plan may be written is found out before it is made."""

import builtins

import pytest

from api.cli.staff import Targets, run_staff
from pricing.quoting import plan_of
from staffing.errors import BadInputError
from staffing.exports.tables import plan_tables
from tests.builders.command_line import engagement_file
from tests.builders.plans import plan, touring_team
from tests.builders.pricing import engagement_data


@pytest.fixture
def case(tmp_path):
    return engagement_file(tmp_path, engagement_data(term_months=1))


def refusal(case, **targets):
    with pytest.raises(BadInputError) as caught:
        run_staff(case, Targets(**targets), as_json=False, quiet=True)
    return caught.value.issues[0]


@pytest.mark.parametrize("option", ["plot", "xlsx", "ical"])
def test_a_folder_the_engagement_and_a_missing_place_are_refused(case, tmp_path, option):
    for place in (tmp_path, case, tmp_path / "missing" / "file"):
        assert refusal(case, **{option: place}).path == f"--{option}"
    assert [entry.name for entry in tmp_path.iterdir()] == ["case.json"]


def test_two_results_cannot_share_a_file(case, tmp_path):
    found = refusal(case, plot=tmp_path / "out", xlsx=tmp_path / "." / "out")
    assert "another file for each option" in found.accepted


def test_a_folder_for_tables_is_made_but_not_its_parents(case, tmp_path):
    run_staff(case, Targets(csv=tmp_path / "tables"), as_json=False, quiet=True)
    names = sorted(entry.name for entry in (tmp_path / "tables").iterdir())
    assert names == ["calendar.csv", "intervals.csv", "shifts.csv"]
    for place in (tmp_path / "missing" / "tables", case):
        assert refusal(case, csv=place).path == "--csv"


@pytest.mark.parametrize(("of_a_plan", "kept"), [(True, False), (False, True)])
def test_the_people_of_an_earlier_plan_do_not_stay_beside_a_plan_without(
    case, tmp_path, capsys, of_a_plan, kept
):
    earlier = plan_tables(plan(touring_team()))["people.csv"]
    people = tmp_path / "tables" / "people.csv"
    people.parent.mkdir()
    people.write_text(earlier if of_a_plan else "name,phone\nAda,1\n", encoding="utf-8")
    run_staff(case, Targets(csv=people.parent), as_json=False, quiet=True)
    assert people.exists() == kept
    assert ("people.csv of an earlier plan removed" in capsys.readouterr().err) != kept


@pytest.mark.parametrize(
    ("option", "package"), [("plot", "vl_convert"), ("xlsx", "xlsxwriter"), ("ical", "icalendar")]
)
def test_without_the_extra_the_command_that_installs_it_is_named(
    case, tmp_path, monkeypatch, option, package
):
    real = builtins.__import__

    def without(name, *rest, **more):
        if name.startswith(("staffing.exports", package)):
            raise ModuleNotFoundError(name=package)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    found = refusal(case, **{option: tmp_path / "file"})
    assert found.path == f"--{option}"
    assert "pip install 'crewquote[export]'" in found.accepted


def test_a_failure_on_the_way_leaves_no_file(case, tmp_path, monkeypatch):
    def broken(_):
        raise ValueError("no table")

    monkeypatch.setattr("staffing.exports.tables.plan_tables", broken)
    targets = Targets(xlsx=tmp_path / "plan.xlsx", csv=tmp_path / "tables")
    with pytest.raises(ValueError, match="no table"):
        run_staff(case, targets, as_json=False, quiet=True)
    assert [entry.name for entry in tmp_path.iterdir()] == ["case.json"]


@pytest.mark.parametrize(("thorough", "effort"), [(True, "thorough"), (False, "quick")])
def test_how_hard_to_search_is_handed_to_the_planner(case, monkeypatch, thorough, effort):
    asked = []

    def plan(*arguments, **more):
        planned = plan_of(*arguments, **more)
        asked.append(more["effort"])
        return planned

    monkeypatch.setattr("api.cli.staff.plan_of", plan)
    run_staff(case, Targets(), as_json=True, quiet=True, thorough=thorough)
    assert asked == [effort]
