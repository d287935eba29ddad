"""Charts of hiring under uncertain demand: the fan, the cost of the futures, the margin."""

import json
from datetime import date, timedelta

import altair
import pytest

from staffing.charts.futures import (
    cost_of_futures,
    demand_fan,
    exceedance,
    marginal_spikes,
    marginal_steps,
    notice_name,
    step_name,
)
from tests.builders.futures import small_json


def pool():
    return small_json()["plan"]["pools"][0]["name"]


ALL = (
    lambda report: demand_fan(report, pool()),
    cost_of_futures,
    marginal_steps,
    marginal_spikes,
)


@pytest.mark.parametrize("chart", ALL)
@pytest.mark.parametrize("priced", [True, False])
def test_they_are_vega_lite_with_their_data_inside(chart, priced):
    spec = chart(small_json() if priced else small_json() | {"cost": None})
    altair.Chart.from_dict(spec, validate=True)
    assert json.loads(json.dumps(spec, allow_nan=False)) == spec


def test_the_fan_steps_from_week_to_week_to_the_end_of_the_last():
    rows = demand_fan(small_json(), pool())["data"]["values"]
    own, weeks = small_json()["plan"]["pools"][0], len(small_json()["plan"]["week_weights"])
    assert len(rows) == weeks + 1
    first = date.fromisoformat(small_json()["start"])
    assert [row["date"] for row in rows[:2]] == ["2027-01-04", "2027-01-11"]
    assert rows[-1]["date"] == (first + timedelta(weeks=weeks)).isoformat()
    assert [row["staff"] for row in rows[:-1]] == pytest.approx(own["staff"], abs=1e-4)
    for row in rows:
        assert row["demand_p10"] <= row["demand_p50"] <= row["demand_p90"]


def test_some_whole_futures_lie_under_the_fan():
    spec = demand_fan(small_json(), pool())
    (paths,) = [layer["data"]["values"] for layer in spec["layer"] if "data" in layer]
    shown = {row["path"] for row in paths}
    assert 1 < len(shown) <= 7
    one = next(path for path in small_json()["plan"]["paths"] if path["number"] in shown)
    drawn = [row["need"] for row in paths if row["path"] == one["number"]]
    assert drawn == pytest.approx(one["demand"][0], abs=1e-4)


def test_the_chance_to_cost_more_falls_as_cost_rises():
    for report in (small_json(), small_json() | {"cost": None}):
        rows = exceedance(report)
        chances, costs = ([row[key] for row in rows] for key in ("chance", "lower"))
        assert chances == sorted(chances, reverse=True)
        assert costs == sorted(costs)
        assert all(row["lower"] <= row["upper"] for row in rows)
    assert exceedance(small_json())[49]["chance"] == 0.5
    assert exceedance(small_json() | {"cost": None})[-1]["chance"] == 0


def test_marks_are_those_of_the_futures_where_they_were_priced():
    marks = {
        row["text"]: row["cost"]
        for row in cost_of_futures(small_json())["layer"][2]["data"]["values"]
    }
    own = {one["name"]: one["lower"] for one in small_json()["cost"]["certified"]["statistics"]}
    assert list(marks.values()) == [own["mean"], own["P90"], own["CVaR95"]]
    spec = cost_of_futures(small_json() | {"cost": None})
    values = [row["cost"] for row in spec["layer"][2]["data"]["values"]]
    assert values == [small_json()["plan"]["cost"][key] for key in ("expected", "p90", "at_risk")]


def test_bars_stand_for_every_team_and_step():
    steps = marginal_steps(small_json())["data"]["values"]
    assert len(steps) == 6 * 2
    assert marginal_steps(small_json())["encoding"]["x"]["sort"][0] == "−20 %"
    assert len(marginal_spikes(small_json())["data"]["values"]) == 4 * 2


def test_names_of_steps_and_notices():
    assert [step_name(share) for share in (-0.05, 0.2)] == ["−5 %", "+20 %"]
    assert [notice_name(weeks) for weeks in (0, 1, 4)] == ["not at all", "1 week", "4 weeks"]
