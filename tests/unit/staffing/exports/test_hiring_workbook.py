"""A plan of hiring as a workbook: formulas work out to the plan, and tell when it is edited."""

import copy

import pytest
from openpyxl.utils import get_column_letter

from staffing.exports.hiring_workbook import hiring_workbook
from tests.builders.hiring_studies import overstaffed_json, study_json
from tests.builders.spreadsheet import Workbook

CLAIMS = "1 claims weeks"


def opened(document=None):
    return Workbook(hiring_workbook(document or study_json()))


def summary(book):
    """Figures of the summary by label, one for each team and one for all."""
    return {
        row[0]: [book.value("summary", f"{column}{number}") for column in "BCD"]
        for number, row in enumerate(book.read("summary"), start=1)
        if row[0]
    }


def column(book, sheet, title):
    """Letter of a column."""
    return get_column_letter(book.read(sheet)[0].index(title) + 1)


@pytest.mark.parametrize("document", [study_json, overstaffed_json])
def test_every_formula_works_out_to_the_figure_of_the_plan(document):
    book = opened(document())
    weeks, columns = 26, 15
    assert len(book.formulas()) > 2 * weeks * columns
    for sheet, cell in book.formulas():
        found = book.value(sheet, cell)
        assert found == pytest.approx(book.saved(sheet, cell), abs=1e-6), (sheet, cell)


def test_totals_are_those_of_the_plan_and_nothing_is_off():
    book, plan = opened(), study_json()["plan"]
    figures = summary(book)
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
    assert summary(book)["Hours that do not add up, all weeks"] == [0, 0, 0]


def test_hours_are_missed_where_work_that_waits_is_left_out():
    book = opened()
    assert any(study_json()["plan"]["pools"][0]["backlog_h"])
    for row in range(2, 28):
        book.write(CLAIMS, f"{column(book, CLAIMS, 'Waiting, h')}{row}", 0)
    off = summary(book)["Hours that do not add up, all weeks"]
    assert off[0] > 1
    assert off[1] == 0


def test_one_more_hire_costs_its_hiring_and_is_missed_among_the_people():
    book = opened()
    before = summary(book)
    cell = f"{column(book, CLAIMS, 'Hires')}2"
    book.write(CLAIMS, cell, book.value(CLAIMS, cell) + 1)
    after = summary(book)
    assert after["Cost"][2] - before["Cost"][2] == pytest.approx(500)
    assert after["People that do not add up, all weeks"] == [1, 0, 1]


def test_a_wage_moves_wages_in_proportion():
    book = opened()
    before = summary(book)
    row = [row[0] for row in book.read("summary")].index("wage, a week") + 1
    book.write("summary", f"C{row}", 1.1 * book.value("summary", f"C{row}"))
    after = summary(book)
    assert after["Cost: wages"][0] == before["Cost: wages"][0]
    assert after["Cost: wages"][1] == pytest.approx(1.1 * before["Cost: wages"][1])
    assert after["Cost: training"][1] == pytest.approx(1.1 * before["Cost: training"][1])


def test_sheets_are_named_whatever_a_service_is_called_and_names_stay_text():
    document = copy.deepcopy(study_json())
    document["engagement"] = "=HYPERLINK(1)"
    document["pools"][0]["service"] = "appeals [2]: a/b*c? 'and' so on"
    document["pools"][1]["name"] = "+letters"
    book = opened(document)
    assert book.sheets[0] == "summary"
    assert all(len(name) <= 31 for name in book.sheets)
    assert not {("summary", "A1"), ("summary", "C3")} & set(book.formulas())
    assert book.read("summary")[0][0] == "=HYPERLINK(1)"


def test_what_holds_the_plan_back_has_its_sheet():
    rows = opened().read("limits")[1:]
    found = study_json()["constraints"]
    assert [row[5] for row in rows] == [one["text"] for one in found]
    assert [row[4] for row in rows] == pytest.approx([one["saved"] for one in found])
