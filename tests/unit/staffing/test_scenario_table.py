"""Scenarios from a CSV table: both forms, and every fault named with its line."""

from datetime import date, timedelta

import numpy as np
import pytest

from staffing.errors import BadInputError
from staffing.scenario_table import read_scenarios

WEEKS = [date(2027, 1, 4) + timedelta(weeks=week) for week in range(3)]
LONG = """scenario,date,service,value
low,2027-01-04,claims,10
low,2027-01-11,claims,11
low,2027-01-18,claims,12
high,2027-01-04,claims,20
high,2027-01-11,claims,21
high,2027-01-18,claims,22
"""
WIDE = """date,low,high
2027-01-04,10,20
2027-01-11,11,21

2027-01-18,12,22
"""


def read(text, services=("claims",)):
    return read_scenarios(text, services, WEEKS)


@pytest.mark.parametrize("text", [LONG, WIDE, LONG.replace(",claims", "").replace(",service", "")])
def test_both_forms_say_the_same(text):
    table = read(text)
    assert table.names == ("low", "high")
    assert table.probability == pytest.approx([0.5, 0.5])
    assert np.array_equal(table.units, [[[10, 11, 12]], [[20, 21, 22]]])


def test_rows_may_stand_in_any_order_and_services_apart():
    rows = [f"{week},{service},{3}" for week in WEEKS for service in ("b", "a")]
    table = read("\n".join(["Date,Service,only", *rows[::-1]]), ("a", "b"))
    assert table.units.shape == (1, 2, 3)
    assert (table.units == 3).all()


def test_probabilities_may_be_stated():
    lines = LONG.splitlines()
    stated = [lines[0] + ",probability"]
    stated += [f"{line},{0.75 if line.startswith('low') else 0.25}" for line in lines[1:]]
    assert read("\n".join(stated)).probability == pytest.approx([0.75, 0.25])
    with pytest.raises(BadInputError, match=r"probabilities that sum to 1 \(found 'sum 0.5'\)"):
        read("\n".join(stated).replace("0.75", "0.25"))
    with pytest.raises(BadInputError, match=r"one probability .* for low \(line 3\)"):
        read("\n".join(stated).replace("0.75", "0.5", 1))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "columns scenario, date, service and value"),
        (WIDE.replace("date", "day"), "columns scenario, date, service and value"),
        (WIDE.replace("low", "high"), "columns scenario, date, service and value"),
        (WIDE.replace("low", "value"), "columns scenario, date, service and value"),
        ("date\n2027-01-04\n", "columns scenario, date, service and value"),
        (LONG.replace("low,2027-01-11,claims,11\n", ""), "1 are missing, the first is 2027-01-11"),
        (LONG.replace("01-11,claims,11", "01-04,claims,11"), r"stands twice \(line 3\)"),
        (LONG.replace("claims,12", "claims,-1"), r"0 or more in line 4 \(found '-1'\)"),
        (LONG.replace("claims,12", "claims,many"), r"0 or more in line 4 \(found 'many'\)"),
        (LONG.replace("claims,12", "claims,nan"), r"0 or more in line 4 \(found 'nan'\)"),
        (LONG.replace("claims,12", "claims,"), r"0 or more in line 4 \(found 'nothing'\)"),
        (LONG.replace("claims,12", "calls,12"), r"in line 4: claims \(found 'calls'\)"),
        (
            LONG.replace("01-18,claims,12", "01-19,claims,12"),
            "first day of a planning week in line 4",
        ),
        (LONG + "low,2027-01-25,claims,9\n", "2027-01-04 to 2027-01-18, seven days apart"),
        (
            LONG.replace("2027-01-18,claims,12", "soon,claims,12"),
            "a date like 2027-01-04 in line 4",
        ),
        (LONG.replace("claims,12", "claims,12,13"), r"4 cells in line 4, .*found '5 cells'"),
        ("scenario,date,service,value\n", "from 1 to 2,000"),
    ],
)
def test_what_is_wrong_is_named(text, said):
    with pytest.raises(BadInputError, match=said) as refused:
        read(text)
    assert all(issue.path == "--demand" for issue in refused.value.issues)


def test_several_services_need_their_column():
    with pytest.raises(BadInputError, match="a column service, since there are several: a, b"):
        read(WIDE, ("a", "b"))
