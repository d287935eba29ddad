"""A plan of hiring as CSV and as a page."""

import copy
import csv
import io
import re

import pytest

from staffing.exports.hiring_page import hiring_page
from staffing.exports.hiring_table import hiring_table
from tests.builders.hiring_studies import study_json

FETCHED = re.compile(r"""(?:src|href)\s*=\s*["']?(?!#)|@import""")


def rows(document=None):
    return list(csv.DictReader(io.StringIO(hiring_table(document or study_json()))))


def test_one_row_per_week_and_team_with_all_figures_of_the_plan():
    plan = study_json()["plan"]
    found = rows()
    assert len(found) == 2 * plan["num_weeks"]
    assert (found[0]["starts"], found[0]["service"], found[0]["site"]) == (
        *("2027-01-04", "claims"),
        "Manila",
    )
    assert [float(row["hires"]) for row in found[:26]] == plan["pools"][0]["hires"]
    assert sum(float(row["cost"]) for row in found) == pytest.approx(plan["totals"]["cost"])
    assert float(found[-1]["weeks_in_term"]) == pytest.approx(plan["week_weights"][-1])


def test_teams_without_classes_leave_their_column_empty():
    document = copy.deepcopy(study_json())
    document["plan"]["pools"][1]["classes"] = []
    found = rows(document)
    assert {row["classes"] for row in found if row["service"] == "letters"} == {""}
    assert all(row["classes"] for row in found if row["service"] == "claims")


def test_a_name_like_a_formula_is_harmless():
    document = copy.deepcopy(study_json())
    document["pools"][0]["service"] = "=1+1"
    assert rows(document)[0]["service"] == "'=1+1"


def test_the_page_is_whole_and_tells_the_plan():
    document = study_json()
    page = hiring_page(document)
    totals = document["plan"]["totals"]
    assert not FETCHED.search(page.partition("<script")[0])
    assert f"{totals['cost']:,.0f} USD" in page
    assert page.count('<div class="chart"') == 6  # all teams, claims, letters: two each
    for one in document["constraints"]:
        assert one["text"] in page
    assert "<td>2027-03</td>" in page


def test_a_single_team_has_its_charts_once():
    document = copy.deepcopy(study_json())
    document["pools"] = document["pools"][:1]
    document["plan"]["pools"] = document["plan"]["pools"][:1]
    document["plan"]["totals"]["pools"] = document["plan"]["totals"]["pools"][:1]
    document["constraints"] = []
    page = hiring_page(document)
    assert page.count('<div class="chart"') == 2
    assert "no limit costs anything" in page


def test_names_are_no_html():
    document = copy.deepcopy(study_json())
    document["engagement"] = document["pools"][0]["name"] = "<b>bold</b>"
    document["plan"]["pools"][0]["name"] = "<b>bold</b>"
    document["warnings"] = ["<i>look</i>"]
    page = hiring_page(document)
    assert "<b>bold" not in page.partition("<script")[0]
    assert "Warning: &lt;i&gt;look" in page
