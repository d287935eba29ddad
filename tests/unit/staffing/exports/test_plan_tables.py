"""A plan as CSV: one row per shift and per interval, nothing lost, nothing run."""

import csv
import io

import pytest

from staffing.exports.tables import plan_tables
from tests.builders.plans import break_line, plan, team, touring_team


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


def test_people_at_work_are_those_on_duty_and_on_no_break():
    found = rows(plan_tables(plan(touring_team()))["intervals.csv"])
    ten = next(row for row in found if (row["day"], row["start"]) == ("Mon", "10:00"))
    figures = ("required_heads", "on_duty", "at_work", "short_heads")
    assert [ten[name] for name in figures] == ["1.5", "3", "1", "0.5"]
    assert sum(int(row["on_duty"]) - int(row["at_work"]) for row in found) == 5


def test_every_shift_of_every_person_has_a_row_with_its_breaks():
    found = rows(plan_tables(plan(touring_team(), team()))["people.csv"])
    told = ("person", "tour", "day", "start", "end", "length_h", "breaks")
    assert [[row[name] for name in told] for row in found] == [
        ["1", "two days", "Mon", "06:00", "14:00", "8.0", "meal 10:00 to 11:00"],
        ["1", "two days", "Sun", "22:00", "08:00", "10.0", "meal 02:00 to 03:00"],
        ["2", "two days", "Mon", "06:00", "14:00", "8.0", "meal 10:00 to 11:00"],
        ["2", "two days", "Sun", "22:00", "08:00", "10.0", "meal 02:00 to 03:00"],
        ["3", "one day", "Mon", "06:00", "14:00", "8.0", "meal 11:00 to 12:00"],
    ]
    assert {row["site"] for row in found} == {"Manila"}


def test_breaks_of_a_shift_stand_in_order_of_time():
    document = touring_team()
    document["roster"]["breaks"].append(break_line(0, 1, "rest"))
    night = document["roster"]["people"][0]["shifts"][1]
    night |= {"breaks": [2, 0], "break_rules": ["meal", "rest"]}
    found = rows(plan_tables(plan(document))["people.csv"])
    assert found[1]["breaks"] == "rest 00:00 to 01:00; meal 02:00 to 03:00"


def test_where_no_people_are_listed_there_is_no_table_of_them():
    assert sorted(plan_tables(plan())) == ["intervals.csv", "shifts.csv"]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_a_name_like_a_formula_is_not_run_by_a_spreadsheet(sign):
    name = f"{sign}1+1"
    for text in plan_tables(plan(team(service=name, site=name))).values():
        first = rows(text)[0]
        assert first["service"] == first["site"] == f"'{name}"
    document = touring_team()
    document["roster"]["people"][0]["tour"] = name
    assert rows(plan_tables(plan(document))["people.csv"])[0]["tour"] == f"'{name}"
