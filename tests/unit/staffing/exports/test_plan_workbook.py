"""A plan as a workbook: formulas that add up what its sheets hold, and names that stay names."""

import io
import re
from operator import mul, sub, truediv

import openpyxl
import pytest

from staffing.exports.workbook import plan_workbook
from tests.builders.plans import plan, team, touring_team

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
        need, work = (book[sheet][f"{name}{row}"].value for name in "CE")
        cell = book[sheet][f"{column}{row}"].value
        if isinstance(cell, str):
            assert cell == f"=IF(C{row}-E{row}>0.0001,C{row}-E{row},0)"
            cell = need - work if need - work > 1e-4 else 0
        values.append(cell)
    return values


def worked_out(book, formula):
    """Value of a summary's formula, as a spreadsheet would work it out."""
    found = re.fullmatch(r"=\(?(\w+)\(([^)]*)\)(.*)", formula)
    assert found, formula
    name, inside, rest = found.groups()
    first, *others = [cells(book, part) for part in re.findall(r"'[^']+'!\w+:\w+", inside)]
    value = {
        "SUM": lambda: sum(first),
        "MAX": lambda: max(first),
        "COUNTIF": lambda: sum(1 for cell in first if cell > 0),
        "SUMPRODUCT": lambda: sum(a * b for a, b in zip(first, others[0], strict=True)),
    }[name]()
    steps = re.findall(r"([-*/])(B\d)", rest)
    assert "".join(sign + cell for sign, cell in steps) == rest.replace(")", "")
    for sign, cell in steps:
        operand = book["1 claims summary"][cell].value
        value = {"-": sub, "*": mul, "/": truediv}[sign](value, operand)
    return value


@pytest.mark.parametrize("make", [team, touring_team])
def test_totals_are_formulas_and_their_saved_values_are_what_they_work_out_to(make):
    live, saved = opened(plan(make())), opened(plan(make()), data_only=True)
    formulas, values = summary(live), summary(saved)
    totals = {label: text for label, text in formulas.items() if str(text).startswith("=")}
    assert len(totals) == 12
    for label, formula in totals.items():
        assert worked_out(live, formula) == pytest.approx(values[label]), label


def test_the_totals_are_those_of_the_plan():
    values = summary(opened(plan(), data_only=True))
    assert values["Shifts"] == 7
    assert values["Hours of all shifts"] == 5 * 8 + 2 * 10
    assert values["FTE for paid hours"] == pytest.approx(60 / 35)
    assert values["Most people on duty"] == 7
    assert values["Head-hours on duty"] == 60
    assert values["Head-hours short"] == values["Most heads short"] == 0.5
    assert values["Intervals short"] == 1


def test_breaks_are_no_work_and_unpaid_ones_no_pay():
    values = summary(opened(plan(touring_team()), data_only=True))
    assert values["Hours of all shifts"] == values["Head-hours on duty"] == 44
    assert values["Hours of unpaid breaks"] == 5
    assert values["Paid hours"] == values["Head-hours at work"] == 39
    assert values["FTE for paid hours"] == pytest.approx(39 / 35)
    assert values["Head-hours short"] == 0.5


def test_people_have_a_sheet_where_they_are_listed():
    book = opened(plan(touring_team(), team()))
    assert [name for name in book.sheetnames if name.endswith("people")] == ["1 claims people"]
    found = list(book["1 claims people"].iter_rows(values_only=True))
    assert found[0] == ("Person", "Tour", "Day", "From", "To", "Length, h", "Breaks")
    assert found[2] == (1, "two days", "Sun", "22:00", "08:00", 10, "meal 02:00 to 03:00")
    assert [row[0] for row in found[1:]] == [1, 1, 2, 2, 3]


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
