"""Heat maps of the week: every interval is a cell at its day and time, in a colour that tells."""

from itertools import pairwise

import pytest

from staffing.charts import (
    BLUE,
    RED,
    cover_heat_map,
    difference_heat_map,
    required_heat_map,
)
from tests.builders.plans import team, touring_team

MAPS = [required_heat_map, cover_heat_map, difference_heat_map]


def team_plan(needed, on_duty):
    """A team of which only the heads of the week are known."""
    roster = {"required_heads": needed, "on_duty": on_duty, "at_work": on_duty, "shifts": []}
    return {"service": "claims", "site": "Manila", "roster": roster}


@pytest.mark.parametrize("chart", MAPS)
@pytest.mark.parametrize("minutes", [15, 30, 60])
def test_a_week_of_any_grid_is_seven_days_of_cells_without_a_gap(chart, minutes):
    size = 7 * 24 * 60 // minutes
    rows = chart(team_plan([1.0] * size, [1] * size))["data"]["values"]
    assert len(rows) == size
    for day in ("Mon", "Sun"):
        cells = [(row["from_hour"], row["to_hour"]) for row in rows if row["day"] == day]
        assert cells[0][0] == 0
        assert cells[-1][1] == 24
        assert all(left[1] == right[0] for left, right in pairwise(cells))
    assert (rows[-1]["time"], rows[-1]["until"]) == (f"23:{60 - minutes:02d}", "24:00")


def test_need_and_cover_are_compared_on_one_scale_and_zero_is_neutral():
    team = team_plan([0.0] * 167 + [7.5], [0] * 167 + [9])
    need, cover = (
        chart(team)["encoding"]["color"] for chart in (required_heat_map, cover_heat_map)
    )
    assert (need["field"], cover["field"]) == ("needed", "at_work")
    assert need["scale"] == cover["scale"]
    assert need["scale"]["domain"] == [0, 9]
    neutral, full = need["scale"]["range"]
    assert full == BLUE
    assert len(neutral) == 9  # a colour with its opacity: it lets light and dark pages through


def test_what_is_short_is_red_however_little_and_what_is_over_is_blue():
    on_duty = [5] * 168
    needed = [5.0] * 166 + [5.25, 1.0]
    spec = difference_heat_map(team_plan(needed, on_duty))
    assert [row["difference"] for row in spec["data"]["values"][-3:]] == [0, -0.25, 4]
    scale = spec["encoding"]["color"]["scale"]
    assert scale["domain"][0] == -1
    assert -1e-4 < scale["domain"][1] < 0
    assert scale["domain"][2:] == [0, 4]
    assert scale["range"][0] == RED
    assert scale["range"][1].startswith(RED)
    assert scale["range"][3] == BLUE


def test_a_difference_the_checker_does_not_see_is_none():
    spec = difference_heat_map(team_plan([5.00005] * 168, [5] * 168))
    assert {row["difference"] for row in spec["data"]["values"]} == {0}


def test_people_on_a_break_are_not_counted_as_cover():
    spec = difference_heat_map(touring_team())
    cells = {(row["day"], row["time"]): row for row in spec["data"]["values"]}
    ten = cells["Mon", "10:00"]
    assert (ten["needed"], ten["at_work"], ten["on_duty"], ten["difference"]) == (1.5, 1, 3, -0.5)
    cover = cover_heat_map(touring_team())
    assert cover["encoding"]["color"]["field"] == "at_work"
    assert cover["title"].startswith("People at work")


def test_duty_and_work_are_told_apart_only_where_there_are_breaks():
    for chart in MAPS:
        told = [field["title"] for field in chart(touring_team())["encoding"]["tooltip"]]
        assert told[3:6] == ["Heads needed", "People at work", "People on duty"]
        told = [field["title"] for field in chart(team())["encoding"]["tooltip"]]
        assert told[3:5] == ["Heads needed", "People on duty"]
        assert "People at work" not in told
