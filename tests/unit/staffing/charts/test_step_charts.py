"""Charts of a team's plan: every mark stands where the plan's own figures put it."""

import json

import altair
import pytest

from staffing.charts import (
    RED,
    SCHEMA,
    cover_heat_map,
    difference_heat_map,
    heads_over_week,
    people_over_term,
    required_heat_map,
    shift_gantt,
    tour_days,
    week_totals,
)
from tests.builders.plans import touring_team
from tests.builders.quotes import base_quote

STEPS = [heads_over_week, people_over_term]
CHARTS = [*STEPS, required_heat_map, cover_heat_map, difference_heat_map, shift_gantt]


@pytest.fixture
def team():
    return base_quote()["staffing"]["teams"][0]


@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_is_vega_lite_with_titles_units_and_its_data_inside(chart, team):
    spec = chart(team)
    assert spec["$schema"] == SCHEMA
    assert "claims @ Manila" in spec["title"]
    assert spec["encoding"]["x"]["title"]
    altair.Chart.from_dict(spec, validate=True)
    assert json.loads(json.dumps(spec, allow_nan=False)) == spec


@pytest.mark.parametrize("chart", STEPS)
def test_people_are_counted_in_a_unit(chart, team):
    layers = chart(team)["layer"]
    assert {layer["encoding"]["y"]["title"] for layer in layers if "y" in layer["encoding"]} <= {
        "People (heads)",
        "People (FTE)",
    }


def test_the_week_has_every_interval_and_ends_on_sunday_midnight(team):
    rows = heads_over_week(team)["data"]["values"]
    roster = team["roster"]
    assert [row["needed"] for row in rows[:-1]] == roster["required_heads"]
    assert [row["on_duty"] for row in rows[:-1]] == roster["on_duty"]
    assert [rows[0]["hour"], rows[-1]["hour"]] == [0, 168]
    assert (rows[30]["day"], rows[30]["time"]) == ("Tue", "06:00")


def test_half_hours_are_placed_by_their_number(team):
    team["roster"] |= {name: [1] * 336 for name in ("required_heads", "on_duty", "at_work")}
    rows = heads_over_week(team)["data"]["values"]
    assert (rows[49]["day"], rows[49]["time"], rows[49]["hour"]) == ("Tue", "00:30", 24.5)


def test_nobody_is_short_in_a_plan_that_was_checked(team):
    spec = heads_over_week(team)
    assert not any(row["short"] for row in spec["data"]["values"])
    assert spec["encoding"]["color"]["scale"]["domain"] == ["needed", "on duty"]
    assert len(spec["layer"]) == 3


def test_what_is_short_is_red_between_people_and_need(team):
    team["roster"]["at_work"][30] -= 2
    spec = heads_over_week(team)
    assert spec["data"]["values"][30]["short"] == 2
    assert spec["data"]["values"][31]["short"] == 0
    scale = spec["encoding"]["color"]["scale"]
    assert scale["range"][scale["domain"].index("short")] == RED
    (red,) = [part for part in spec["layer"] if part["encoding"]["color"] == {"datum": "short"}]
    assert (red["encoding"]["y"]["field"], red["encoding"]["y2"]["field"]) == ("at_work", "needed")
    assert red["transform"] == [{"filter": "datum.short > 0"}]


def test_people_on_duty_are_a_thin_dashed_line_where_some_are_on_a_break():
    spec = heads_over_week(touring_team())
    assert spec["encoding"]["color"]["scale"]["domain"] == ["needed", "at work", "on duty", "short"]
    lines = {
        part["encoding"]["y"]["field"]: part["mark"]
        for part in spec["layer"]
        if part["mark"]["type"] == "line"
    }
    assert list(lines) == ["at_work", "on_duty"]
    assert lines["on_duty"]["strokeDash"]
    assert not lines["at_work"]["strokeDash"]
    assert lines["on_duty"]["strokeWidth"] < lines["at_work"]["strokeWidth"]
    row = spec["data"]["values"][10]
    assert (row["needed"], row["at_work"], row["on_duty"], row["short"]) == (1.5, 1, 3, 0.5)
    told = [field["field"] for field in spec["layer"][-1]["encoding"]["tooltip"]]
    assert told == ["day", "time", "needed", "at_work", "on_duty", "short"]


def test_tours_are_counted_by_day_and_days_off_are_empty():
    spec = tour_days(touring_team())
    altair.Chart.from_dict(spec, validate=True)
    rows = spec["data"]["values"]
    cells = {(row["text"], row["day"]): (row["people"], row["off"]) for row in rows}
    assert len(cells) == len(rows) == 2 * 7
    assert {key: cell for key, cell in cells.items() if cell[0]} == {
        ("2 x two days from 06:00, 8 h", "Mon"): (2, 0),
        ("2 x two days from 06:00, 8 h", "Sun"): (2, 0),
        ("1 x one day from 06:00, 8 h", "Mon"): (1, 0),
    }
    assert cells["2 x two days from 06:00, 8 h", "Tue"] == (0, 2)
    assert spec["encoding"]["x"]["sort"] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    cells, numbers = spec["layer"]
    assert cells["encoding"]["color"]["condition"]["test"] == "datum.people === 0"
    assert numbers["transform"] == [{"filter": "datum.people > 0"}]


def test_numbers_are_legible_on_every_colour_of_their_cells():
    cells, numbers = tour_days(touring_team())["layer"]
    assert numbers["mark"]["color"] == "white"
    for shade in cells["encoding"]["color"]["scale"]["range"]:
        assert 1.05 / (luminance(shade) + 0.05) > 4.5  # WCAG 2.2, contrast of text


def luminance(shade):
    """Relative luminance of ``#rrggbb`` (WCAG 2.2)."""
    parts = (int(shade[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_patterns_of_days_of_one_kind_of_tour_are_added_up():
    team = touring_team()
    first = team["roster"]["tours"][0]
    team["roster"]["tours"].append(first | {"days": ["Mon", "Tue"], "people": 4})
    rows = tour_days(team)["data"]["values"]
    own = [(row["day"], row["people"]) for row in rows if row["text"].startswith("6 x two days")]
    assert own[:2] == [("Mon", 6), ("Tue", 4)]
    assert own[-1] == ("Sun", 2)


def test_totals_of_the_week_are_those_of_its_intervals():
    totals = week_totals(touring_team()["roster"])
    assert (totals.num_intervals, totals.num_short, totals.most_short) == (168, 1, 0.5)
    assert totals.short_head_hours == 0.5
    assert totals.break_hours == 2 + 1 + 2
    assert totals.people_on_tours == 3


def test_the_term_has_every_week_and_stacks_who_covers_the_need(team):
    rows = people_over_term(team)["data"]["values"]
    weeks = team["workforce"]
    assert [row["week"] for row in rows] == list(range(1, len(weeks["needed"]) + 2))
    for key in ("needed", "productive", "overtime", "surge", "payroll"):
        assert [row[key] for row in rows[:-1]] == weeks[key]
    for row in rows:
        assert row["productive_from"] == 0
        assert row["overtime_from"] == row["productive_to"] == row["productive"]
        assert row["surge_to"] == row["productive"] + row["overtime"] + row["surge"]


@pytest.mark.parametrize("num_weeks", [1, 5, 14, 15, 53, 157, 262])
def test_the_axis_of_weeks_names_none_that_does_not_exist(team, num_weeks):
    team["workforce"] |= {key: [1.0] * num_weeks for key in team["workforce"]}
    axis = people_over_term(team)["encoding"]["x"]
    labels = axis["axis"]["values"]
    assert labels[0] == 1
    assert labels[-1] <= num_weeks
    assert 1 <= len(labels) <= 14
    assert axis["scale"]["domain"] == [1, num_weeks + 1]  # the last week ends where the next began


def test_need_and_payroll_are_lines_over_the_stack(team):
    lines = [
        part["encoding"]["y"]["field"]
        for part in people_over_term(team)["layer"]
        if part["mark"]["type"] == "line"
    ]
    assert lines == ["needed", "payroll"]
