"""Charts of a whole plan over the term: every mark adds up to the plan's own people."""

import json

import altair
import pytest

from staffing.charts import (
    BLUE,
    RED,
    comings_and_goings,
    cover_by_week,
    difference_by_week,
    headcount_over_term,
    hires_by_month,
    need_by_week,
    plan_weeks,
    sites_of_plan,
    team_weeks,
)
from staffing.charts.headcount import PEOPLE
from tests.builders.whole_plans import four_weeks, terms_of, three_teams

MAPS = [need_by_week, cover_by_week, difference_by_week]
CHARTS = [*MAPS, headcount_over_term, comings_and_goings, hires_by_month]
SUMS = ("needed", "present", "absent", "overtime", "surge", "learning", "covered", "hires")


@pytest.fixture(scope="module")
def plan():
    return three_teams()["staffing"]


def values(spec):
    return spec["data"]["values"]


@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_is_vega_lite_with_its_data_inside(chart, plan):
    spec = chart(plan, terms_of(plan))
    altair.Chart.from_dict(spec, validate=True)
    assert json.loads(json.dumps(spec, allow_nan=False)) == spec
    assert spec["title"]
    assert spec["encoding"]["x"]["title"]


def test_sites_sum_to_the_whole_in_every_week(plan):
    terms = terms_of(plan)
    parts = [plan_weeks(plan, terms, site) for site in sites_of_plan(plan)]
    assert len(parts) == 2
    for together, *apart in zip(plan_weeks(plan, terms), *parts, strict=True):
        for key in (*SUMS, "leavers"):
            assert together[key] == pytest.approx(sum(row[key] for row in apart), abs=1e-5)


def test_a_stack_is_as_high_as_payroll_overtime_and_surge_together(plan):
    rows = values(headcount_over_term(plan, terms_of(plan)))
    weeks = [team["workforce"] for team in plan["teams"]]
    assert len(rows) == len(weeks[0]["payroll"]) + 1
    for week, row in enumerate(rows[:-1]):
        people = sum(one[key][week] for one in weeks for key in ("payroll", "overtime", "surge"))
        top = max(row[f"{key}_to"] for key in PEOPLE if f"{key}_to" in row)
        assert top == pytest.approx(people, abs=1e-5)
        assert row["needed"] == pytest.approx(sum(one["needed"][week] for one in weeks), abs=1e-5)


def test_layers_of_a_stack_touch_and_only_who_is_there_has_one(plan):
    spec = headcount_over_term(plan, terms_of(plan, absent=0.0))
    names = spec["encoding"]["color"]["scale"]["domain"]
    assert PEOPLE["absent"] not in names
    shown = [key for key in PEOPLE if PEOPLE[key] in names]
    for row in values(spec):
        height = 0.0
        for key in shown:
            assert row[f"{key}_from"] == pytest.approx(height, abs=2e-6)
            height = row[f"{key}_to"]


@pytest.mark.parametrize("chart", MAPS)
def test_a_map_has_a_row_for_each_team_and_for_a_site_with_several(chart, plan):
    spec = chart(plan, terms_of(plan))
    assert spec["encoding"]["y"]["sort"] == [
        "claims @ Manila",
        "indexing @ Manila",
        "all teams @ Manila",
        "claims @ Cebu",
    ]
    weeks = len(plan["teams"][0]["workforce"]["needed"])
    assert len(values(spec)) == 4 * weeks


def test_a_difference_is_cover_less_need(plan):
    for row in values(difference_by_week(plan, terms_of(plan))):
        assert row["difference"] == pytest.approx(row["covered"] - row["needed"], abs=1e-4)


def test_four_weeks_by_hand():
    plan = {"teams": [four_weeks()]}
    rows = team_weeks(plan["teams"][0], terms_of(plan, absent=0.1, worth=0.5))
    assert [row["day"] for row in rows] == ["2027-01-04", "2027-01-11", "2027-01-18", "2027-01-25"]
    assert rows[0]["next"] == rows[1]["day"]
    assert [row["learning"] for row in rows] == [0, 2, 2, 0]
    assert [row["leavers"] for row in rows] == [0, 0, 1, 0]
    assert [row["covered"] for row in rows] == [10, 10, 9, 11.6]
    assert [row["difference"] for row in rows] == [0, 0, 0, -0.4]
    assert (rows[0]["present"], rows[0]["absent"]) == (9, 1)


def test_what_is_short_is_red_and_a_plan_that_meets_its_need_has_none(plan):
    short = {"teams": [four_weeks()]}
    spec = difference_by_week(short, terms_of(short, worth=0.5))
    colours = spec["encoding"]["color"]["scale"]
    assert colours["range"][0] == RED
    assert colours["range"][-1] == BLUE
    assert min(row["difference"] for row in values(spec)) == -0.4
    met = difference_by_week(plan, terms_of(plan, worth=1.0))
    assert min(row["difference"] for row in values(met)) >= 0


def test_a_small_team_shows_its_peaks_as_a_large_one_does(plan):
    rows = values(need_by_week(plan, terms_of(plan)))
    small = [row["share"] for row in rows if row["text"] == "claims @ Manila"]
    large = [row["share"] for row in rows if row["text"] == "indexing @ Manila"]
    assert small == pytest.approx(large, abs=1e-5)
    assert 0 < max(small) <= 1


def test_who_comes_is_above_the_line_and_who_goes_below():
    plan = {"teams": [four_weeks(), four_weeks("indexing")]}
    rows = values(comings_and_goings(plan, terms_of(plan)))
    assert [row["height"] for row in rows if row["text"] == "hires"] == [0, 4, 0, 0]
    assert [row["height"] for row in rows if row["text"] == "leave"] == [0, 0, -2, 0]


def test_hires_of_months_are_those_of_their_weeks(plan):
    terms = terms_of(plan)
    rows = values(hires_by_month(plan, terms))
    assert sum(row["hires"] for row in rows) == pytest.approx(
        sum(row["hires"] for row in plan_weeks(plan, terms)), abs=1e-4
    )
    manila = {row["month"] for row in rows if row["site"] == "Manila"}
    assert min(manila) == "2027-01"
