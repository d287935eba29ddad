"""Dated rows of the reference tables: the one in force, and when a later one comes into force."""

from datetime import date

import pytest

from pricing.reference_tables import changes, find, in_force, rows

STEPS = (
    {"from": "2026-07-01", "to": "2027-06-30", "value": "0.9"},
    {"from": "2027-07-01", "to": "", "value": "1.0"},
)


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (date(2020, 1, 1), "0.9"),  # tables hold no history: the first row stands in
        (date(2026, 7, 1), "0.9"),
        (date(2027, 6, 30), "0.9"),
        (date(2027, 7, 1), "1.0"),
        (date(2040, 1, 1), "1.0"),
    ],
)
def test_the_latest_row_that_has_started_is_in_force(day: date, value: str) -> None:
    for order in (STEPS, STEPS[::-1]):
        row = in_force(order, day)
        assert row is not None
        assert row["value"] == value


def test_a_row_whose_last_day_is_over_is_not_in_force() -> None:
    assert in_force(STEPS[:1], date(2027, 6, 30)) is not None
    assert in_force(STEPS[:1], date(2027, 7, 1)) is None


def test_a_change_inside_the_term_is_found_and_its_edges_are_not() -> None:
    key = {"country": "CO", "rule": "sunday_premium"}
    change = date(2027, 7, 1)
    assert changes("labour_rules", date(2027, 1, 1), date(2028, 1, 1), **key) == (change,)
    assert changes("labour_rules", change, date(2028, 1, 1), **key) == ()
    assert changes("labour_rules", date(2027, 1, 1), change, **key) == ()


def test_a_value_is_found_as_it_is_on_a_day() -> None:
    key = {"country": "CO", "rule": "sunday_premium"}
    for day, value in ((date(2027, 6, 30), "0.9"), (date(2027, 7, 1), "1.0")):
        row = find("labour_rules", on=day, **key)
        assert row is not None
        assert row["value"] == value
    assert find("labour_rules", on=date(2027, 1, 1), country="CO", rule="none") is None


@pytest.mark.parametrize(
    "table", ["wages", "minimum_wages", "employer_costs", "labour_rules", "holiday_pay"]
)
def test_dates_of_every_dated_table_are_in_order(table: str) -> None:
    for row in rows(table):
        first, last = row["from"], row["to"]
        assert not first or date.fromisoformat(first)
        assert not last or first <= date.fromisoformat(last).isoformat()
        assert not row["to"] or row["from"]
