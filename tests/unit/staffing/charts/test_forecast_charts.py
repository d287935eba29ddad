"""Charts and words of a forecast: what is drawn is what the report says."""

import json

import altair
import pytest

from staffing.charts.forecast import (
    BOUNDS,
    EXPECTED,
    HISTORY,
    QUOTED,
    SEASON,
    ahead_name,
    backtest_by_horizon,
    forecast_fan,
    season_by_year,
)
from staffing.charts.forecast_week import arrivals_heat_map
from staffing.charts.forecast_words import (
    horizon_cells,
    method_cells,
    month_cells,
    said,
    shown_months,
)
from tests.builders.forecast import forecast_document

TESTED, SHORT, NONE = (forecast_document(kind) for kind in ("tested", "short", "none"))


def layer(spec, label):
    return next(one for one in spec["layer"] if one["encoding"]["color"].get("datum") == label)


@pytest.mark.parametrize(
    ("chart", "report"),
    [
        *((forecast_fan, report) for report in (TESTED, SHORT, NONE)),
        *((arrivals_heat_map, report) for report in (TESTED, NONE)),
        *((season_by_year, report) for report in (TESTED, SHORT)),
        (backtest_by_horizon, TESTED),
    ],
)
def test_they_are_vega_lite_with_their_data_inside(chart, report):
    spec = chart(report)
    altair.Chart.from_dict(spec, validate=True)
    assert json.loads(json.dumps(spec, allow_nan=False)) == spec


@pytest.mark.parametrize(
    ("report", "names"),
    [
        (TESTED, [HISTORY, BOUNDS, EXPECTED, QUOTED]),
        (SHORT, [HISTORY, EXPECTED, QUOTED]),
        (NONE, [QUOTED]),
    ],
)
def test_only_what_is_there_is_drawn_and_named(report, names):
    spec = forecast_fan(report)
    assert spec["encoding"]["color"]["scale"]["domain"] == names
    assert [one["encoding"]["color"]["datum"] for one in spec["layer"]] == names


def test_the_fan_holds_every_step_with_its_bounds():
    band = layer(forecast_fan(TESTED), BOUNDS)
    assert band["encoding"]["y"]["field"] == "p10"
    assert band["encoding"]["y2"]["field"] == "p90"
    rows = band["data"]["values"]
    assert [(row["from"], row["p10"], row["p90"]) for row in rows] == [
        (one["start"], one["p10"], one["p90"]) for one in TESTED["periods"]
    ]
    past = layer(forecast_fan(TESTED), HISTORY)["data"]["values"]
    assert [row["units"] for row in past] == TESTED["history"]["units"]


def test_each_year_has_a_line_and_the_usual_season_its_own():
    lines, usual = season_by_year(TESTED)["layer"]
    names = lines["encoding"]["color"]["scale"]["domain"]
    assert names == ["2024", "2025", "2026", SEASON]
    heights = [row["units"] for row in usual["data"]["values"]]
    last_year = TESTED["history"]["units"][-52:]
    assert sum(heights) == pytest.approx(sum(last_year))
    assert len(season_by_year(SHORT)["layer"]) == 1


def test_no_line_goes_back_in_its_year():
    """A week belongs to the year of its middle, as its place does."""
    rows = season_by_year(TESTED)["layer"][0]["data"]["values"]
    for year in {row["year"] for row in rows}:
        places = [row["place"] for row in rows if row["year"] == year]
        assert places == sorted(places)


def test_the_rest_of_a_week_is_not_drawn_as_a_fall():
    assert NONE["periods"][-1]["end"] == "2027-04-04"
    drawn = layer(forecast_fan(NONE), QUOTED)["data"]["values"]
    assert len(drawn) == len(NONE["periods"]) - 1


def test_the_heat_map_has_a_cell_for_each_interval():
    rows = arrivals_heat_map(TESTED)["data"]["values"]
    assert [row["share"] for row in rows] == TESTED["week_shape"]
    assert {(row["day"], row["time"]) for row in rows} >= {("Mon", "00:00"), ("Sun", "23:00")}


def test_the_backtest_has_a_bar_for_each_method_and_distance():
    spec = backtest_by_horizon(TESTED)
    rows = spec["layer"][0]["data"]["values"]
    tested = [one for one in TESTED["methods"] if one["bands"]]
    assert [row["mase"] for row in rows] == [b["mase"] for one in tested for b in one["bands"]]
    assert {row["ahead"] for row in rows} == {"1 to 4 weeks", "5 to 13 weeks", "14 to 42 weeks"}


def test_distances_are_named():
    assert ahead_name({"first": 1, "last": 1}, "month") == "1 month"
    assert ahead_name({"first": 4, "last": 12}, "month") == "4 to 12 months"


def test_months_of_the_term_are_listed_and_parts_of_months_say_so():
    assert all(month["quote"] is not None for month in shown_months(TESTED))
    cells = month_cells(TESTED)
    assert [row["Month"] for row in cells[:2]] == ["Jan 2027", "Feb 2027"]
    assert {"P10", "P50", "P90", "Quote"} < set(cells[0])


def test_methods_say_how_they_did_or_what_they_need():
    cells = {row["Method"].removesuffix(" *"): row for row in method_cells(TESTED)}
    assert cells["seasonal naive"]["Against naive"] == "1.00"
    assert "2.5 years" in cells["ETS"]["Needs"]
    assert sum(row["Method"].endswith(" *") for row in method_cells(TESTED)) == 1
    assert list(horizon_cells(TESTED)[0]) == [
        "Ahead",
        "seasonal naive",
        "level x season",
    ]
    assert horizon_cells(SHORT) == []


def test_it_is_said_what_is_shown_what_is_quoted_and_how_far_off_it_may_be():
    assert said(TESTED)[0] == TESTED["verdict"]
    assert said(TESTED)[-1] == TESTED["spread"]
    assert said(NONE) == [NONE["verdict"]]
