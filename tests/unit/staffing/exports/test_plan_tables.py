"""A plan as CSV: one row per shift and per interval, nothing lost, nothing run."""

import csv
import io

import pytest

from staffing.exports.tables import plan_tables
from tests.builders.plans import plan, team


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_every_shift_of_every_team_has_a_row():
    found = rows(plan_tables(plan(team(), team(site="Cebu")))["shifts.csv"])
    assert [(row["site"], row["starts"], row["ends"]) for row in found] == [
        ("Manila", "Mon 06:00", "Mon 14:00"),
        ("Manila", "Sun 22:00", "Mon 08:00"),
        ("Cebu", "Mon 06:00", "Mon 14:00"),
        ("Cebu", "Sun 22:00", "Mon 08:00"),
    ]
    assert sum(float(row["length_h"]) * int(row["heads"]) for row in found) == 2 * 60


def test_every_interval_has_a_row_with_need_cover_and_what_is_short():
    found = rows(plan_tables(plan())["intervals.csv"])
    assert len(found) == 168
    assert sum(int(row["on_duty"]) for row in found) == 60
    assert [
        (row["day"], row["start"], row["short_heads"])
        for row in found
        if row["short_heads"] != "0.0"
    ] == [("Mon", "08:00", "0.5")]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_a_name_like_a_formula_is_not_run_by_a_spreadsheet(sign):
    name = f"{sign}1+1"
    for text in plan_tables(plan(team(service=name, site=name))).values():
        first = rows(text)[0]
        assert first["service"] == first["site"] == f"'{name}"
