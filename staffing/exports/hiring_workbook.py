"""A plan of hiring as a workbook that adds up by formulas over its own cells."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, NamedTuple

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from staffing.exports.workbook import Formats, sheet_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from xlsxwriter.worksheet import Worksheet

    Json = Mapping[str, Any]

_SUMMARY, _LIMITS = "summary", "limits"
_WIDE, _NARROW, _LONG = 44, 14, 120


class _Column(NamedTuple):
    """A column of a team's weeks: a series of the plan, or a formula over cells of its row."""

    key: str
    title: str
    formula: str = ""


# Rates a team's cost is worked out with, as the summary lists them.
_RATES = {
    "staff_heads": "people there on the first day",
    "go_live": "experienced people wanted on the first day",
    "go_live_cost": "cost of one of them",
    "wage_per_week": "wage, a week",
    "hire_cost": "recruiting, a hire",
    "overtime_cost_per_h": "overtime, a productive hour",
    "temporary_cost_per_week": "temporary person, a week",
    "cross_trained_cost_per_week": "person of another account, a week",
    "severance": "severance",
    "shortfall_price": "price of a productive hour not done",
}
_PARTS = {
    "wages": "{weight}*{wage_per_week}*({ramping}+{experienced}+{under_notice}+{upskilling})",
    "training": "{weight}*{wage_per_week}*{training}",
    "hiring": "{hire_cost}*{hires}+{start}",
    "overtime": "{weight}*{overtime_cost_per_h}*{overtime_h}",
    "temporary": "{weight}*{temporary_cost_per_week}*{temporary}",
    "cross_trained": "{weight}*{cross_trained_cost_per_week}*{cross_trained}",
    "severance": "{severance}*{releases}",
    "upskilling": "",  # by the way between teams, see the plan
    "ahead": "",
    "backlog": "",
    "shortfall": "{weight}*{shortfall_price}*{short_h}",
}
_COLUMNS = (
    _Column("week", "Week"),
    _Column("starts", "Starts"),
    _Column("weight", "Weeks in the term"),
    _Column("need_h", "Work due, h"),
    _Column("present_h", "Hours of one person"),
    _Column("need_heads", "People needed", "{need_h}/{present_h}"),
    _Column("training", "In training"),
    _Column("ramping", "Ramping"),
    _Column("experienced", "Experienced"),
    _Column("under_notice", "Under notice"),
    _Column("upskilling", "Upskilling"),
    _Column("own", "Own people", "SUM({training}:{upskilling})"),
    _Column("hires", "Hires"),
    _Column("upskilled_in", "Moved in"),
    _Column("upskilled_out", "Moved out"),
    _Column("releases", "Given notice"),
    _Column("released", "Released"),
    _Column("leavers", "Leave"),
    _Column(
        "people_off",
        "People that do not add up",
        "ROUND({own}-({own_before}+{hires}+{upskilled_in}-{upskilled_out}-{released}-{leavers}),6)",
    ),
    _Column("temporary", "Temporary"),
    _Column("cross_trained", "Of other accounts"),
    _Column("productive_h", "Own people, h"),
    _Column("nesting_h", "Spent on new people, h"),
    _Column("overtime_h", "Overtime, h"),
    _Column("temporary_h", "Temporary, h"),
    _Column("cross_trained_h", "Of other accounts, h"),
    _Column("spare_h", "Spare, h"),
    _Column(
        "done_h",
        "Done, h",
        "{productive_h}-{nesting_h}+{overtime_h}+{temporary_h}+{cross_trained_h}-{spare_h}",
    ),
    _Column("ahead_h", "Done ahead, h"),
    _Column("backlog_h", "Waiting, h"),
    _Column("short_h", "Not done, h"),
    _Column(
        "work_off",
        "Hours that do not add up",
        "ROUND({weight}*({done_h}+{short_h}-{need_h})"
        "-({ahead_h}-{ahead_before}-{backlog_h}+{backlog_before}),6)",
    ),
    *(_Column(f"cost_{part}", f"Cost: {part}", formula) for part, formula in _PARTS.items()),
    _Column("cost", "Cost", "SUM({cost_wages}:{cost_shortfall})"),
)
_AT = {column.key: number for number, column in enumerate(_COLUMNS)}


def hiring_workbook(study: Json) -> bytes:
    """Write a plan of hiring as an XLSX workbook.

    Parameters
    ----------
    study : mapping
        HiringStudy as JSON.

    Returns
    -------
    bytes
        The file: ``summary`` with rates and cost of every team, the weeks of each, and ``limits``
        with what holds the plan back. People, work and cost of every week are formulas, and so are
        all sums: an edited cell or rate moves them, and two columns show what then no longer adds
        up.
    """
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    formats = Formats.of(book)
    summary = book.add_worksheet(_SUMMARY)
    sheets = []
    for number, pool in enumerate(study["plan"]["pools"]):
        sheets.append(f"{sheet_label(number + 1, study['pools'][number]['service'])} weeks")
        _weeks(book.add_worksheet(sheets[-1]), study, pool, number, formats)
    _summary(summary, study, sheets, formats)
    _limits(book.add_worksheet(_LIMITS), study, formats)
    book.close()
    return file.getvalue()


def _weeks(sheet: Worksheet, study: Json, pool: Json, number: int, formats: Formats) -> None:
    formats.head_row(sheet, [column.title for column in _COLUMNS])
    rates = {key: _rate_cell(key, number) for key in _RATES}
    rows = _values(study, pool, number)
    for row, values in enumerate(rows, start=1):
        cells = {key: f"{xl_col_to_name(at)}{row + 1}" for key, at in _AT.items()} | rates
        for before in ("own", "ahead_h", "backlog_h"):
            cells[f"{before.removesuffix('_h')}_before"] = f"{xl_col_to_name(_AT[before])}{row}"
        if row == 1:
            first_day = f"({rates['staff_heads']}+{rates['go_live']})"
            cells |= {"own_before": first_day, "ahead_before": "0", "backlog_before": "0"}
        cells["start"] = f"{rates['go_live_cost']}*{rates['go_live']}" if row == 1 else "0"
        for at, column in enumerate(_COLUMNS):
            value = values[column.key]
            if column.formula:
                formula = f"={column.formula.format(**cells)}"
                sheet.write_formula(row, at, formula, formats.figure, value)
            elif isinstance(value, str):
                sheet.write_string(row, at, value)
            else:
                sheet.write_number(row, at, value, formats.figure)


def _values(study: Json, pool: Json, number: int) -> Iterator[dict[str, Any]]:
    """Figures of every week as the plan states them; nothing is off in a checked plan."""
    for week, starts in enumerate(study["week_starts"]):
        own = ("training", "ramping", "experienced", "under_notice", "upskilling")
        figures = {
            "week": week + 1,
            "starts": starts,
            "weight": study["plan"]["week_weights"][week],
            "own": sum(pool[status][week] for status in own),
            "people_off": 0,
            "work_off": 0,
        }
        costs = {f"cost_{part}": series[week] for part, series in pool["costs"].items()}
        stated = {key: pool[key][week] for key in _AT if key in pool}
        yield figures | stated | costs | {"cost": sum(costs.values())}


def _rate_cell(key: str, number: int) -> str:
    """Where the summary has a rate of a team."""
    return f"{_SUMMARY}!${xl_col_to_name(number + 1)}${3 + list(_RATES).index(key) + 1}"


def _summary(sheet: Worksheet, study: Json, sheets: Sequence[str], formats: Formats) -> None:
    last = len(sheets) + 1
    sheet.set_column(0, 0, _WIDE)
    sheet.set_column(1, last, _WIDE // 2)
    sheet.write_string(0, 0, study["engagement"], formats.head)
    sheet.write_string(1, 0, f"Cost in {study['currency']}, people in heads")
    for at, terms in enumerate(study["pools"], start=1):
        sheet.write_string(2, at, terms["name"], formats.head)
    sheet.write_string(2, last, "all teams", formats.head)
    for row, (key, label) in enumerate(_RATES.items(), start=3):
        sheet.write_string(row, 0, label)
        for at, (terms, pool) in enumerate(
            zip(study["pools"], study["plan"]["pools"], strict=True), start=1
        ):
            rate = (terms | {"go_live": pool["go_live"]})[key]
            sheet.write_number(row, at, rate or 0.0, formats.figure)
    row = 4 + len(_RATES)
    for label, key, function in _sums():
        sheet.write_string(row, 0, label)
        for at, name in enumerate(sheets, start=1):
            column = xl_col_to_name(_AT[key])
            cells = f"'{name}'!{column}2:{column}{len(study['week_starts']) + 1}"
            value = _sum_of(study, at - 1, key, function)
            sheet.write_formula(row, at, f"={function.format(cells)}", formats.figure, value)
        values = [_sum_of(study, number, key, function) for number in range(len(sheets))]
        inside = f"B{row + 1}:{xl_col_to_name(last - 1)}{row + 1}"
        sheet.write_formula(row, last, f"=SUM({inside})", formats.figure, sum(values))
        row += 1


def _sums() -> Iterator[tuple[str, str, str]]:
    """Lines of the summary: label, column of the weeks, and how it is added up."""
    for key in ("hires", "leavers", "released", "upskilled_in", "upskilled_out"):
        yield f"{_COLUMNS[_AT[key]].title}, over the term", key, "SUM({})"
    for part in _PARTS:
        yield f"Cost: {part}", f"cost_{part}", "SUM({})"
    yield "Cost", "cost", "SUM({})"
    for key in ("people_off", "work_off"):
        yield f"{_COLUMNS[_AT[key]].title}, all weeks", key, "SUMPRODUCT(ABS({}))"


def _sum_of(study: Json, number: int, key: str, function: str) -> float:
    rows = _values(study, study["plan"]["pools"][number], number)
    return float(sum(abs(row[key]) if "ABS" in function else row[key] for row in rows))


def _limits(sheet: Worksheet, study: Json, formats: Formats) -> None:
    formats.head_row(sheet, ["Rule", "Where", "Weeks", "Most saved", "Saved in all weeks", "What"])
    sheet.set_column(5, 5, _LONG)
    for row, one in enumerate(study["constraints"], start=1):
        sheet.write_string(row, 0, one["rule"])
        sheet.write_string(row, 1, one["where"])
        for at, key in enumerate(("num_weeks", "most_saved", "saved"), start=2):
            sheet.write_number(row, at, one[key], formats.figure)
        sheet.write_string(row, 5, one["text"])
