"""A plan as a workbook: formulas that add up what its sheets hold, and names that stay names."""

import io
import re

import openpyxl
import pytest

from staffing.exports.workbook import plan_workbook
from tests.builders.plans import plan, team

RANGE = re.compile(r"'([^']+)'!([A-Z])(\d+):[A-Z](\d+)")


def opened(document, **options):
    return openpyxl.load_workbook(io.BytesIO(plan_workbook(document)), **options)


def summary(book, sheet="1 claims summary"):
    return {row[0].value: row[1].value for row in book[sheet].iter_rows() if row[0].value}


def cells(book, part):
    """Numbers of a range a formula names; formulas in it are worked out here."""
    found = RANGE.fullmatch(part)
    assert found, part
    sheet, column, first, last = found.groups()
    values = []
    for row in range(int(first), int(last) + 1):
        need, duty = (book[sheet][f"{name}{row}"].value for name in "CD")
        cell = book[sheet][f"{column}{row}"].value
        if isinstance(cell, str):
            assert cell == f"=IF(C{row}-D{row}>0.0001,C{row}-D{row},0)"
            cell = need - duty if need - duty > 1e-4 else 0
        values.append(cell)
    return values


def worked_out(book, formula):
    """Value of a summary's formula, as a spreadsheet would work it out."""
    found = re.fullmatch(r"=(\w+)\(([^)]*)\)(.*)", formula)
    assert found, formula
    name, inside, rest = found.groups()
    first, *others = [cells(book, part) for part in re.findall(r"'[^']+'!\w+:\w+", inside)]
    value = {
        "SUM": lambda: sum(first),
        "MAX": lambda: max(first),
        "COUNTIF": lambda: sum(1 for cell in first if cell > 0),
        "SUMPRODUCT": lambda: sum(a * b for a, b in zip(first, others[0], strict=True)),
    }[name]()
    sheet = book["1 claims summary"]
    if rest:
        factor = sheet[rest[1:]].value
        value = value * factor if rest[0] == "*" else value / factor
    return value


def test_totals_are_formulas_and_their_saved_values_are_what_they_work_out_to():
    live, saved = opened(plan()), opened(plan(), data_only=True)
    formulas, values = summary(live), summary(saved)
    totals = {label: text for label, text in formulas.items() if str(text).startswith("=")}
    assert len(totals) == 10
    for label, formula in totals.items():
        assert worked_out(live, formula) == pytest.approx(values[label]), label


def test_the_totals_are_those_of_the_plan():
    values = summary(opened(plan(), data_only=True))
    assert values["Shifts"] == 7
    assert values["Hours of all shifts"] == 5 * 8 + 2 * 10
    assert values["FTE for these hours"] == pytest.approx(60 / 35)
    assert values["Most people on duty"] == 7
    assert values["Head-hours on duty"] == 60
    assert values["Head-hours short"] == values["Most heads short"] == 0.5
    assert values["Intervals short"] == 1


def test_each_team_has_three_sheets_whatever_it_is_called():
    long = "appeals [2]: a/b*c? 'and' so on, " * 4
    book = opened(plan(team(), team(service=long), team(service=long, site="Cebu")))
    assert book.sheetnames[:3] == ["1 claims summary", "1 claims shifts", "1 claims intervals"]
    assert len(book.sheetnames) == 9
    assert all(len(name) <= 31 for name in book.sheetnames)
    assert summary(book, book.sheetnames[6])["Site"] == "Cebu"
    formulas = [str(row[1].value) for row in book[book.sheetnames[3]].iter_rows()]
    named = {part[0] for text in formulas for part in RANGE.findall(text)}
    assert named == {book.sheetnames[4], book.sheetnames[5]}


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_a_name_like_a_formula_stays_a_text(sign):
    name = f"{sign}HYPERLINK(1)"
    book = opened(plan(team(service=name, site=name)))
    sheet = book[book.sheetnames[0]]
    for cell in (sheet["B1"], sheet["B2"]):
        assert (cell.value, cell.data_type) == (name, "s")
