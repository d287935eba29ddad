"""A study of futures as workbook, tables, page and sentences."""

import csv
import io
import json
import re

import numpy as np
import openpyxl
import pytest

from staffing.charts.futures_words import in_words, quarter_cells, statistic_cells
from staffing.exports.futures_page import futures_page
from staffing.exports.futures_tables import futures_tables
from staffing.exports.futures_workbook import futures_workbook
from tests.builders.futures import small_json

RANGE = r"(?:(\w+)!)?\$?([A-Z])\$?(\d+)(?::\$?([A-Z])\$?(\d+))?"


def opened(report):
    return openpyxl.load_workbook(io.BytesIO(futures_workbook(report)))


def worked_out(book, sheet, formula):
    """Value of a formula as a spreadsheet would work it out."""

    def cells(found):
        name, column, first, _, last = found.groups()
        rows = range(int(first), int(last or first) + 1)
        values = [book[name or sheet][f"{column}{row}"].value for row in rows]
        numbers = [
            worked_out(book, name or sheet, one) if isinstance(one, str) else one for one in values
        ]
        return repr(numbers) if last else repr(numbers[0])

    names = {
        "SUM": sum,
        "MIN": min,
        "MAX": max,
        "SUMPRODUCT": np.dot,
        "COUNTIF": lambda values, test: sum(value < float(test[1:]) for value in values),
        "INDEX": lambda values, number: values[number - 1],
    }
    return eval(re.sub(RANGE, cells, formula.removeprefix("=")), {}, names)


def test_the_summary_s_formulas_give_the_figures_of_the_study():
    book = opened(small_json())
    own = small_json()["plan"]["cost"]
    wanted = {
        "Probability of all scenarios": 1.0,
        "Cost, mean": own["expected"],
        "Cost, P10": own["p10"],
        "Cost, P50": own["p50"],
        "Cost, P90": own["p90"],
        "Cost, mean of the worst": own["at_risk"],
        "Weighed cost": small_json()["plan"]["proof"]["objective"],
        "Work done in time, mean": small_json()["plan"]["service"],
        "Hires after day one, claims @ Manila": sum(small_json()["plan"]["pools"][0]["hires"]),
        "Hires after day one, helpdesk @ Manila": sum(small_json()["plan"]["pools"][1]["hires"]),
    }
    found = {
        row[0].value: worked_out(book, "summary", row[1].value)
        for row in book["summary"].iter_rows(min_row=7)
    }
    assert list(found) == list(wanted)
    for label, value in wanted.items():
        assert found[label] == pytest.approx(value, rel=1e-9), label


def test_an_edited_cost_moves_the_mean():
    book = opened(small_json())
    before = worked_out(book, "summary", book["summary"]["B8"].value)
    book["scenarios"]["D2"] = book["scenarios"]["D2"].value + 1_200
    after = worked_out(book, "summary", book["summary"]["B8"].value)
    assert after == pytest.approx(before + 100)  # one of twelve


def test_values_kept_for_readers_without_arithmetic_are_those_of_the_formulas():
    book = opened(small_json())
    kept = openpyxl.load_workbook(io.BytesIO(futures_workbook(small_json())), data_only=True)
    for sheet in ("summary", "scenarios"):
        for row in book[sheet].iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    value = kept[sheet][cell.coordinate].value
                    assert worked_out(book, sheet, cell.value) == pytest.approx(value, abs=1e-9)


def test_priced_futures_have_a_sheet_of_their_own():
    assert opened(small_json()).sheetnames[-1] == "futures"
    assert "futures" not in opened(small_json() | {"cost": None}).sheetnames
    assert opened(small_json())["futures"]["A2"].value == "mean"


def test_tables_hold_every_week_scenario_and_change():
    tables = {
        name: list(csv.DictReader(io.StringIO(text)))
        for name, text in futures_tables(small_json()).items()
    }
    weeks = len(small_json()["plan"]["week_weights"])
    assert len(tables["futures_weeks.csv"]) == 2 * weeks
    assert len(tables["futures_scenarios.csv"]) == 12
    assert len(tables["futures_marginal.csv"]) == 2 * (6 + 4)
    for row in tables["futures_marginal.csv"]:
        if float(row["share"]) < 0:
            assert row["price_per_week"] == ""
        else:
            price = float(row["cost_per_week"]) * small_json()["price_factor"]
            assert float(row["price_per_week"]) == pytest.approx(price)
    costs = [float(row["cost"]) for row in tables["futures_scenarios.csv"]]
    assert costs == sorted(one["cost"] for one in small_json()["plan"]["scenarios"])
    assert tables["futures_weeks.csv"][1]["week_of"] == "2027-01-11"


def renamed(name):
    """Return the report with another name of its first team and its scenarios."""
    first, *rest = small_json()["plan"]["pools"]
    source = small_json()["source"] | {"names": [name] * 12}
    plan = small_json()["plan"] | {"pools": [first | {"name": name}, *rest]}
    return small_json() | {"plan": plan, "source": source, "engagement": name}


def test_names_stay_names():
    tables = futures_tables(renamed("=1+1"))
    assert "\n'=1+1," in tables["futures_weeks.csv"]
    assert ",'=1+1," in tables["futures_scenarios.csv"]
    sheet = opened(renamed("=1+1"))["weeks"]
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")


def test_the_page_has_a_chart_of_every_team_and_three_more():
    text = futures_page(small_json())
    assert re.findall(r'id="chart-(\d+)"', text) == ["0", "1", "2", "3", "4"]
    (data,) = re.findall(r'id="specs">(.*?)</script>', text, re.DOTALL)
    titles = [spec["title"] for spec in json.loads(data)]
    assert [title.split(":")[0] for title in titles[:2]] == [
        "Need in many futures, and hired staff"
    ] * 2
    assert f"<td>{small_json()['plan']['cost']['expected']:,.0f}</td>" in text
    odd = "</script><b>&"
    assert "<b>" not in futures_page(renamed(odd))


def test_what_is_said_follows_the_figures():
    words = in_words(small_json())
    value = small_json()["plan"]["value"]
    assert f"{value['stochastic_solution']:,.0f} USD" in words["stochastic"]
    assert f"{value['information']:,.0f} USD at most" in words["information"]
    assert "volume ± 10 % and productivity ± 5 %" in words["source"]
    assert "2,000 further futures (level, growth, season" in words["bounds"]
    assert "by one linear program" in words["proof"]
    plain = small_json()["plan"] | {"risk_aversion": 0.0}
    assert "by mean cost." in in_words(small_json() | {"plan": plain})["stochastic"]
    assert "No futures were priced" in in_words(small_json() | {"cost": None})["bounds"]
    late = small_json()["cost"]["certified"] | {"certified": False}
    cost = small_json()["cost"] | {"certified": late}
    assert "not every figure is known" in in_words(small_json() | {"cost": cost})["bounds"]
    table = small_json()["source"] | {"kind": "table", "spread": None}
    assert (
        in_words(small_json() | {"source": table})["source"]
        == "12 futures as the table states them."
    )


def test_another_tail_has_a_row_of_its_own_beside_the_certified_one():
    rows = statistic_cells(small_json())
    assert [row["cost of the term, USD"] for row in rows][-1] == "mean of the worst 5 %"
    plan = small_json()["plan"] | {"tail": 0.8}
    rows = statistic_cells(small_json() | {"plan": plan})
    assert [row["cost of the term, USD"] for row in rows][-2:] == [
        "mean of the worst 20 %",
        "mean of the worst 5 %",
    ]
    assert rows[-1]["scenarios"] == ""


def test_quarters_add_up_hires_and_average_people():
    pool = small_json()["plan"]["pools"][0]
    rows = quarter_cells(small_json(), pool["name"])
    assert [row["quarter"] for row in rows] == ["2027 Q1", "2027 Q2"]
    assert sum(float(row["hires"]) for row in rows) == pytest.approx(sum(pool["hires"]), abs=0.2)
