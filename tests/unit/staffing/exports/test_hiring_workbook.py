"""A plan of hiring as a workbook: formulas work out to the plan, and tell when it is edited."""

import copy
import io
import re

import openpyxl
import pytest

from staffing.exports.hiring_workbook import hiring_workbook
from tests.builders.hiring_studies import overstaffed_json, study_json

RANGE = re.compile(r"(?:'([^']+)'|(summary))?!?\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)")
CELL = re.compile(r"(?:'([^']+)'!|(summary)!)?\$?\b([A-Z]{1,2})\$?(\d+)\b")
CLAIMS, LETTERS = "1 claims weeks", "2 letters weeks"


class Sheets:
    """Works formulas out as a spreadsheet would, and knows nothing of how they were made."""

    def __init__(self, book):
        self.book = book
        self.known = {}

    def value(self, sheet, cell):
        if (sheet, cell) not in self.known:
            found = self.book[sheet][cell].value
            if isinstance(found, str) and found.startswith("="):
                found = self.worked_out(sheet, found[1:])
            self.known[sheet, cell] = found or 0
        return self.known[sheet, cell]

    def worked_out(self, sheet, formula):
        names = {"SUM": sum, "ROUND": round, "SUMPRODUCT": sum, "ABS": lambda all_: map(abs, all_)}

        def many(found):
            name = found[1] or found[2] or sheet
            cells = self.book[name][f"{found[3]}{found[4]}:{found[5]}{found[6]}"]
            names[f"_{len(names)}"] = [
                self.value(name, cell.coordinate) for row in cells for cell in row
            ]
            return f"_{len(names) - 1}"

        def one(found):
            return repr(self.value(found[1] or found[2] or sheet, f"{found[3]}{found[4]}"))

        return eval(CELL.sub(one, RANGE.sub(many, formula)), {"__builtins__": {}}, names)


def opened(document=None, **options):
    data = hiring_workbook(document or study_json())
    return openpyxl.load_workbook(io.BytesIO(data), **options)


def summary(book, values):
    """Figures of the summary by label, one for each team and one for all."""
    sheet = book["summary"]
    return {
        row[0].value: [values.value("summary", cell.coordinate) for cell in row[1:]]
        for row in sheet.iter_rows()
        if row[0].value
    }


def column(book, sheet, title):
    """Letter of a column."""
    return next(cell.column_letter for cell in book[sheet][1] if cell.value == title)


@pytest.mark.parametrize("document", [study_json, overstaffed_json])
def test_every_formula_works_out_to_the_figure_of_the_plan(document):
    live, saved = opened(document()), opened(document(), data_only=True)
    sheets = Sheets(live)
    formulas = 0
    for sheet in live.sheetnames:
        for row in live[sheet].iter_rows():
            for cell in row:
                if str(cell.value).startswith("="):
                    formulas += 1
                    stated = saved[sheet][cell.coordinate].value
                    found = sheets.value(sheet, cell.coordinate)
                    assert found == pytest.approx(stated, abs=1e-6), (sheet, cell.coordinate)
    weeks, columns = 26, 15
    assert formulas > 2 * weeks * columns


def test_totals_are_those_of_the_plan_and_nothing_is_off():
    book, plan = opened(), study_json()["plan"]
    figures = summary(book, Sheets(book))
    pools = plan["totals"]["pools"]
    assert figures["Cost"][:2] == pytest.approx([pool["cost"] for pool in pools])
    assert figures["Cost"][2] == pytest.approx(plan["totals"]["cost"])
    assert figures["Hires, over the term"][2] == pytest.approx(sum(p["hires"] for p in pools))
    for part, cost in plan["totals"]["cost_by_part"].items():
        assert figures[f"Cost: {part}"][2] == pytest.approx(cost, abs=1e-6), part
    assert figures["People that do not add up, all weeks"] == [0, 0, 0]
    assert figures["Hours that do not add up, all weeks"] == [0, 0, 0]


def test_hours_kept_into_a_cut_week_are_done_in_what_is_left_of_it():
    """Twelve hours that wait take 14 hours a week in a last week of six days."""
    document = copy.deepcopy(study_json())
    pool = document["plan"]["pools"][0]
    assert document["plan"]["week_weights"][-1] == pytest.approx(6 / 7)
    assert pool["backlog_h"][-2] == 0
    pool["backlog_h"][-2] += 12
    pool["spare_h"][-2] += 12
    pool["productive_h"][-1] += 14
    book = opened(document)
    assert summary(book, Sheets(book))["Hours that do not add up, all weeks"] == [0, 0, 0]


def test_hours_are_missed_where_work_that_waits_is_left_out():
    book = opened()
    assert any(study_json()["plan"]["pools"][0]["backlog_h"])
    for cell in book[CLAIMS][column(book, CLAIMS, "Waiting, h")][1:]:
        cell.value = 0
    off = summary(book, Sheets(book))["Hours that do not add up, all weeks"]
    assert off[0] > 1
    assert off[1] == 0


def test_one_more_hire_costs_its_hiring_and_is_missed_among_the_people():
    book = opened()
    before = summary(book, Sheets(book))
    cell = book[CLAIMS][f"{column(book, CLAIMS, 'Hires')}2"]
    cell.value += 1
    after = summary(book, Sheets(book))
    assert after["Cost"][2] - before["Cost"][2] == pytest.approx(500)
    assert after["People that do not add up, all weeks"] == [1, 0, 1]


def test_a_wage_moves_wages_in_proportion():
    book = opened()
    before = summary(book, Sheets(book))
    label = next(c for c in book["summary"]["A"] if c.value == "wage, a week")
    book["summary"][f"C{label.row}"].value *= 1.1
    after = summary(book, Sheets(book))
    assert after["Cost: wages"][0] == before["Cost: wages"][0]
    assert after["Cost: wages"][1] == pytest.approx(1.1 * before["Cost: wages"][1])
    assert after["Cost: training"][1] == pytest.approx(1.1 * before["Cost: training"][1])


def test_sheets_are_named_whatever_a_service_is_called_and_names_stay_text():
    document = copy.deepcopy(study_json())
    document["engagement"] = "=HYPERLINK(1)"
    document["pools"][0]["service"] = "appeals [2]: a/b*c? 'and' so on"
    document["pools"][1]["name"] = "+letters"
    book = opened(document)
    assert book.sheetnames[0] == "summary"
    assert all(len(name) <= 31 for name in book.sheetnames)
    assert book["summary"]["A1"].data_type == book["summary"]["C3"].data_type == "s"


def test_what_holds_the_plan_back_has_its_sheet():
    rows = list(opened()["limits"].iter_rows(min_row=2, values_only=True))
    found = study_json()["constraints"]
    assert [row[5] for row in rows] == [one["text"] for one in found]
    assert [row[4] for row in rows] == pytest.approx([one["saved"] for one in found])
