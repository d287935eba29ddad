"""Charts of a plan of hiring: people by status against the need, who comes and goes, periods."""

import copy
import json

import altair
import pytest

from staffing.charts import SCHEMA, headcount_by_status, hires_and_leavers, hiring_periods
from staffing.charts.hiring_periods import STATUSES, hiring_weeks
from tests.builders.hiring_studies import overstaffed_json, study_json

CLAIMS, LETTERS = "claims @ Manila", "letters @ Manila"


@pytest.mark.parametrize("pool", [None, CLAIMS])
@pytest.mark.parametrize("chart", [headcount_by_status, hires_and_leavers])
def test_it_is_vega_lite_with_its_data_inside(chart, pool):
    spec = chart(study_json(), pool)
    assert spec["$schema"] == SCHEMA
    assert (pool or "all teams") in spec["title"]
    altair.Chart.from_dict(spec, validate=True)
    assert json.loads(json.dumps(spec, allow_nan=False)) == spec


@pytest.mark.parametrize("document", [study_json, overstaffed_json])
def test_statuses_stand_on_each_other_and_add_up_to_the_people_of_the_plan(document):
    plan = document()["plan"]["pools"][0]
    spec = headcount_by_status(document(), CLAIMS)
    for week, row in enumerate(spec["data"]["values"][:-1]):
        people = (
            *("training", "upskilling", "ramping", "experienced", "under_notice"),
            *("temporary", "cross_trained", "overtime_heads"),
        )
        total = sum(plan[name][week] for name in people)
        total += plan["short_h"][week] / plan["present_h"][week]
        assert max(row[f"{key}_to"] for key in STATUSES if f"{key}_to" in row) == pytest.approx(
            total, abs=1e-5
        )
        assert row["productive_from"] == 0
        assert row["need"] == plan["need_heads"][week]


def test_a_row_more_carries_the_last_week_to_its_end():
    rows = headcount_by_status(study_json(), CLAIMS)["data"]["values"]
    assert len(rows) == 27
    assert (rows[-2]["date"], rows[-2]["next"], rows[-1]["date"]) == (
        *("2027-06-28", "2027-07-05"),
        "2027-07-05",
    )


def test_only_what_there_is_stands_in_the_legend_each_in_its_colour():
    spec = headcount_by_status(study_json(), CLAIMS)
    scale = spec["encoding"]["color"]["scale"]
    assert "training" in scale["domain"]
    assert scale["domain"][-1] == "needed"
    assert len(set(scale["range"])) == len(scale["domain"]) == len(scale["range"])
    shown = [layer["encoding"]["color"].get("datum") for layer in spec["layer"]]
    assert shown == [*scale["domain"], None]
    calm = copy.deepcopy(study_json())
    calm["plan"]["pools"][0]["overtime_heads"] = [0.0] * 26
    domain = headcount_by_status(calm, CLAIMS)["encoding"]["color"]["scale"]["domain"]
    assert "overtime" not in domain


def test_who_comes_stands_above_the_line_and_who_goes_below():
    plan = study_json()["plan"]["pools"][0]
    rows = hires_and_leavers(study_json(), CLAIMS)["data"]["values"]
    hires = [row for row in rows if row["text"] == "hires"]
    assert [row["to"] for row in hires] == pytest.approx(plan["hires"], abs=1e-6)
    assert all(row["from"] == 0 for row in hires)
    assert all(row["to"] <= row["from"] <= 0 for row in rows if row["text"] == "leave")
    leave = sum(row["people"] for row in rows if row["text"] == "leave")
    assert leave == pytest.approx(sum(plan["leavers"]), abs=1e-5)


def test_weeks_of_all_teams_are_sums_over_teams():
    both, claims, letters = (hiring_weeks(study_json(), pool) for pool in (None, CLAIMS, LETTERS))
    for whole, one, other in zip(both, claims, letters, strict=True):
        for key in (*STATUSES, "need", "hires", "cost"):
            assert whole[key] == pytest.approx(one[key] + other[key])


def test_periods_hold_each_week_once_heads_as_means_and_flows_as_sums():
    weeks = hiring_weeks(study_json(), CLAIMS)
    months = hiring_periods(study_json(), CLAIMS)
    assert [row["period"] for row in months] == [f"2027-0{month}" for month in range(1, 7)]
    january = weeks[:4]  # 4, 11, 18 and 25 January; the next begins on 1 February
    assert months[0]["hires"] == pytest.approx(sum(row["hires"] for row in january))
    assert months[0]["need"] == pytest.approx(sum(row["need"] for row in january) / 4)
    assert sum(row["cost"] for row in months) == pytest.approx(sum(row["cost"] for row in weeks))
    quarters = hiring_periods(study_json(), CLAIMS, by="quarter")
    assert [row["period"] for row in quarters] == ["2027 Q1", "2027 Q2"]


def test_long_terms_are_told_by_quarter():
    long = study_json() | {"term_months": 19}
    assert hiring_periods(long)[0]["period"] == "2027 Q1"
    assert hiring_periods(study_json() | {"term_months": 18})[0]["period"] == "2027-01"
