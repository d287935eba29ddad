"""A forecast as page, picture and CSV."""

import csv
import io

from staffing.exports.forecast_files import (
    forecast_charts,
    forecast_page,
    forecast_png,
    forecast_svg,
)
from staffing.exports.forecast_table import error_table, forecast_table
from tests.builders.forecast import forecast_document

TESTED, NONE = forecast_document(), forecast_document("none")


def test_the_page_holds_a_box_for_each_chart_and_every_table():
    for report in (TESTED, NONE):
        page = forecast_page(report)
        for number in range(len(forecast_charts(report))):
            assert page.count(f'id="chart-{number}"') == 1
        assert report["verdict"] in page
    assert set(forecast_charts(NONE)) == {"forecast", "week"}
    assert "P10 to P90 held" in forecast_page(TESTED)


def test_pictures_are_pictures():
    assert forecast_svg(TESTED).startswith("<svg")
    assert forecast_png(NONE).startswith(b"\x89PNG")


def test_tables_hold_every_step_and_every_error():
    rows = list(csv.DictReader(io.StringIO(forecast_table(TESTED))))
    assert [float(row["p50"]) for row in rows] == [one["p50"] for one in TESTED["periods"]]
    assert {row["p90"] for row in csv.DictReader(io.StringIO(forecast_table(NONE)))} == {""}
    errors = list(csv.DictReader(io.StringIO(error_table(TESTED))))
    assert [row["method"] for row in errors] == 3 * ["seasonal_naive"] + 3 * ["level"]
