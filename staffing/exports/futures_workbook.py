"""A study of futures as a workbook that adds up by formulas over its own cells.

Scenarios stand from the cheapest to the dearest with the probability reached so far, so that mean,
quantiles and the mean of the worst are formulas a reader can follow.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, NamedTuple

import xlsxwriter

from staffing.charts.futures_rows import (
    MarginalRow,
    ScenarioRow,
    WeekRow,
    marginal_rows,
    scenario_rows,
    week_rows,
)
from staffing.exports.workbook import Formats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    Json = dict[str, Any]

_WIDE = 46
_SHARES = {"probability", "service", "share"}
_TITLES = {
    "week_of": "Week of",
    "weeks": "Weeks in the term",
    "need_mean": "Need, mean FTE",
    "need_p10": "Need, P10",
    "need_p50": "Need, P50",
    "need_p90": "Need, P90",
    "staff": "Hired staff, FTE",
    "service": "Work done in time",
    "overtime": "Overtime, FTE-weeks",
    "surge": "Called off, people-weeks",
    "shortfall": "Not in time, FTE-weeks",
    "notice_weeks": "Known ahead, weeks",
    "work": "Work, FTE-weeks",
    "cost_per_week": "Cost per FTE-week",
    "price_per_week": "Price at target margin",
}


class _Looks(NamedTuple):
    """How headings, figures and shares look."""

    plain: Formats
    share: Format


class _Line(NamedTuple):
    """A line of the summary: its formula, and the value a reader without arithmetic shows."""

    label: str
    formula: str
    value: float
    is_share: bool = False


def futures_workbook(report: Json) -> bytes:
    """Write a study of futures as an XLSX workbook.

    Parameters
    ----------
    report : mapping
        FuturesReport as JSON.

    Returns
    -------
    bytes
        The file: ``summary``, whose figures are formulas over the other sheets, ``scenarios``,
        ``weeks``, ``marginal`` and, where futures were priced, ``futures``. An edited cost or
        probability moves the figures.
    """
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    looks = _Looks(Formats.of(book), book.add_format({"num_format": "0.0000"}))
    summary = book.add_worksheet("summary")
    scenarios = scenario_rows(report)
    _scenarios(book.add_worksheet("scenarios"), scenarios, report["plan"]["tail"], looks)
    _rows(book.add_worksheet("weeks"), WeekRow._fields, week_rows(report), looks)
    _rows(book.add_worksheet("marginal"), MarginalRow._fields, marginal_rows(report), looks)
    if report["cost"]:
        _futures(book.add_worksheet("futures"), report["cost"], looks)
    _summary(summary, report, len(scenarios), looks)
    book.close()
    return file.getvalue()


def _rows(
    sheet: Worksheet,
    names: Sequence[str],
    rows: Sequence[tuple[object, ...]],
    looks: _Looks,
) -> None:
    looks.plain.head_row(sheet, [_TITLES.get(name, name.capitalize()) for name in names])
    sheet.set_column(0, 0, _WIDE // 2)
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, column, cell)
            elif isinstance(cell, int | float):
                form = looks.share if names[column] in _SHARES else looks.plain.figure
                sheet.write_number(number, column, cell, form)


def _scenarios(sheet: Worksheet, rows: Sequence[ScenarioRow], tail: float, looks: _Looks) -> None:
    """Write the scenarios, the probability reached with each, and its part in the worst."""
    _rows(sheet, ScenarioRow._fields, rows, looks)
    for column, title in ((8, "Reached so far"), (9, "Part in the worst")):
        sheet.write_string(0, column, title, looks.plain.head)
    reached = 0.0
    for number, row in enumerate(rows, start=1):
        cell = number + 1
        reached += row.probability
        sheet.write_formula(number, 8, f"=SUM(C$2:C{cell})", looks.share, reached)
        worst = max(0.0, min(row.probability, reached - tail))
        formula = f"=MAX(0,MIN(C{cell},I{cell}-summary!$B$4))"
        sheet.write_formula(number, 9, formula, looks.share, worst)


def _futures(sheet: Worksheet, cost: Json, looks: _Looks) -> None:
    titles = ("Statistic", "At least", "At most", "Monte Carlo error")
    looks.plain.head_row(sheet, titles)
    names = ("lower", "upper", "standard_error")
    for number, one in enumerate(cost["certified"]["statistics"], start=1):
        sheet.write_string(number, 0, one["name"])
        for column, name in enumerate(names, start=1):
            sheet.write_number(number, column, one[name], looks.plain.figure)
    first = len(cost["certified"]["statistics"]) + 2
    for number, one in enumerate(cost["percentiles"], start=first):
        sheet.write_string(number, 0, f"{100 * one['share']:.0f} % of futures stay below")
        sheet.write_number(number, 1, one["lower"], looks.plain.figure)
        sheet.write_number(number, 2, one["upper"], looks.plain.figure)
    sheet.set_column(0, 0, _WIDE // 2)


def _summary(sheet: Worksheet, report: Json, count: int, looks: _Looks) -> None:
    sheet.set_column(0, 0, _WIDE)
    sheet.set_column(1, 1, _WIDE // 3)
    sheet.write_string(0, 0, report["engagement"], looks.plain.head)
    sheet.write_string(1, 0, f"Cost in {report['currency']}, labour only; people in FTE")
    stated = (
        ("Weight of the worst in the choice of the plan", report["plan"]["risk_aversion"]),
        ("The worst begin beyond this share of futures", report["plan"]["tail"]),
        ("Cost of hiring and wages, in every future", report["plan"]["cost"]["hiring"]),
    )
    for row, (label, value) in enumerate(stated, start=2):
        sheet.write_string(row, 0, label)
        sheet.write_number(row, 1, value, looks.plain.figure)
    for row, line in enumerate(_lines(report, count), start=6):
        sheet.write_string(row, 0, line.label)
        form = looks.share if line.is_share else looks.plain.figure
        sheet.write_formula(row, 1, line.formula, form, line.value)


def _lines(report: Json, count: int) -> list[_Line]:
    """Figures by formula: columns of the scenarios are C chance, D cost, E service, I, J."""
    chance, cost, service, reached, worst = (
        f"scenarios!{column}2:{column}{count + 1}" for column in "CDEIJ"
    )
    plan, own = report["plan"], report["plan"]["cost"]
    levels = (("P10", 0.1, own["p10"]), ("P50", 0.5, own["p50"]), ("P90", 0.9, own["p90"]))
    quantiles = [
        # The cheapest scenario at which the level is reached; the slack is for rounding.
        _Line(f"Cost, {name}", f'=INDEX({cost},COUNTIF({reached},"<{level - 1e-9:.9f}")+1)', value)
        for name, level, value in levels
    ]
    weeks = len(plan["week_weights"])
    people = [
        _Line(
            f"Hires after day one, {pool['name']}",
            f"=SUM(weeks!D{2 + k * weeks}:D{1 + (k + 1) * weeks})",
            sum(pool["hires"]),
        )
        for k, pool in enumerate(plan["pools"])
    ]
    at_risk = f"SUMPRODUCT({worst},{cost})/SUM({worst})"
    mean = f"SUMPRODUCT({chance},{cost})"
    return [
        _Line("Probability of all scenarios", f"=SUM({chance})", 1.0, is_share=True),
        _Line("Cost, mean", f"={mean}", own["expected"]),
        *quantiles,
        _Line("Cost, mean of the worst", f"={at_risk}", own["at_risk"]),
        _Line("Weighed cost", f"=(1-B3)*{mean}+B3*{at_risk}", plan["proof"]["objective"]),
        _Line("Work done in time, mean", f"=SUMPRODUCT({chance},{service})", plan["service"], True),
        *people,
    ]
