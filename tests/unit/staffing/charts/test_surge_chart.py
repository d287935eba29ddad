"""Charts of a surge study: the stack by hour, lines of strategies, and what they leave out."""

from math import inf

import pytest

from staffing.charts import cost_by_notice, cost_by_service, people_by_hour, surge_by_hour
from staffing.charts.surge import ASKED, THERE, WORTH
from staffing.exports.surge_rows import hour_rows, moment, shown_hours
from staffing.optimize.surge import surge_frontier, surge_plan
from tests.golden.test_staffing_surge_week import PROBLEM

PLAN = surge_plan(PROBLEM).model_dump(mode="json")
FRONTIER = surge_frontier(PROBLEM).model_dump(mode="json")
DATED = PLAN | {"day_names": ["Sat", "Sun", "Mon", "Tue", "Wed", "Thu", "Fri"]}


def rows(spec):
    return spec["data"]["values"]


def test_people_of_all_sources_are_stacked_hour_by_hour():
    """After 72 hours 4 do overtime, 4 come from the pool, 3 from the agency; 10 are asked for."""
    row = next(row for row in rows(surge_by_hour(PLAN)) if row["hour"] == 72)
    assert [row[f"to_{k}"] for k in range(3)] == pytest.approx([4, 8, 11])
    assert [row[f"from_{k}"] for k in range(3)] == pytest.approx([0, 4, 8])
    assert (row["there"], row["asked"]) == (pytest.approx(11), pytest.approx(10))
    assert row["worth"] == pytest.approx(4 + 0.75 * 4 + 3)


def test_sources_nobody_calls_are_left_out_and_lines_named():
    idle = PLAN["sources"][0] | {"name": "idle", "called": 0.0}
    spec = surge_by_hour(PLAN | {"sources": [*PLAN["sources"], idle]})
    named = spec["encoding"]["color"]["scale"]["domain"]
    assert named == ["overtime", "pool", "agency", WORTH, ASKED]


def test_the_staircase_ends_where_told_and_carries_its_last_step():
    found = [row["hour"] for row in rows(surge_by_hour(PLAN, until_h=50))]
    assert found == [*range(50), 50]
    whole = rows(surge_by_hour(PLAN, until_h=inf))
    assert whole[-1]["hour"] == whole[-2]["next_hour"] > PLAN["hours"][-1]


def test_midnights_are_named_by_their_weekday():
    axis = surge_by_hour(DATED)["encoding"]["x"]["axis"]
    assert axis["values"][:3] == [0, 24, 48]
    assert "Sat" not in str(axis["values"])
    assert moment(DATED["day_names"], 0.0, 48.0) == ("Mon", "00:00")
    assert moment(DATED["day_names"], 6.0, 3.5) == ("Fri", "21:30")


def test_the_clients_staircase_adds_sources_up():
    ready = {
        "hours": PLAN["hours"],
        "people": [row.there for row in hour_rows(DATED)],
        "worth": PLAN["worth_heads"],
        "need": PLAN["need_heads"],
        "notice_h": PLAN["notice_h"],
        "day_names": [],
    }
    spec = people_by_hour(ready, "People")
    assert spec["encoding"]["color"]["scale"]["domain"] == [THERE, WORTH, ASKED]
    stacked = [row["there"] for row in rows(surge_by_hour(PLAN))]
    assert [row["there"] for row in rows(spec)] == pytest.approx(stacked)


def test_a_strategy_is_drawn_up_to_the_most_it_can_do():
    spec = cost_by_service(FRONTIER, "USD")
    for curve in FRONTIER["curves"]:
        drawn = [row for row in rows(spec) if row["strategy"] == curve["label"]]
        assert max(row["service"] for row in drawn) == pytest.approx(curve["best_service"])
        costs = [row["cost"] for row in sorted(drawn, key=lambda row: row["service"])]
        assert costs == sorted(costs)
    assert spec["encoding"]["y"]["title"] == "Least cost, USD"
    alone = FRONTIER | {"curves": FRONTIER["curves"][-1:]}
    colours = [
        cost_by_service(one, "USD")["encoding"]["color"]["scale"] for one in (FRONTIER, alone)
    ]
    assert colours[0]["range"][-1] == colours[1]["range"][0]  # whoever else is drawn


def test_points_that_cannot_be_reached_are_not_drawn():
    drawn = rows(cost_by_notice(FRONTIER, "USD"))
    reached = [p for curve in FRONTIER["curves"] for p in curve["by_notice"] if p["cost"]]
    assert 0 < len(drawn) == len(reached)
    assert {row["notice"] for row in drawn} <= {
        "0 h",
        "24 h",
        "48 h",
        "72 h",
        "5 d",
        "7 d",
        "14 d",
        "28 d",
    }


def test_hours_are_shown_where_anything_changes_and_then_by_the_week():
    shown = [row.hour for row in shown_hours(hour_rows(DATED), 48.0)]
    assert shown == [0, 48, 72, 96]
