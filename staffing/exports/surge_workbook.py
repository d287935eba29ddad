"""A surge study as a workbook: cost is hours and people times rates, by formula."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, NamedTuple

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from staffing.exports.surge_rows import day_rows, hour_rows, point_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    Json = Mapping[str, Any]

_WIDE, _NARROW = 34, 15
_SOURCES = (
    *("Source", "Reserved", "Weeks of standby", "Fee a week", "Starts", "Paid hours, peak"),
    *("Paid hours, after", "Cost an hour", "Premium an hour", "Cost of a start"),
    *("Standby", "Wages", "Premium", "Onboarding", "Total", "Output, h", "Cost an hour's output"),
)
_POINTS = ("Strategy", "Notice, h", "Done in time", "Least cost", "Cost an hour", "Reserved")


class BillLine(NamedTuple):
    """One line of a bill: its amount is quantity times price, rounded to `places`."""

    name: str
    unit: str
    quantity: float
    price: float
    places: int


class _Formats(NamedTuple):
    head: Format
    figure: Format
    share: Format


def surge_workbook(study: Json, rungs: Sequence[Json], bill: Sequence[BillLine] = ()) -> bytes:
    """Write a surge study as an XLSX workbook whose costs and totals are formulas.

    Parameters
    ----------
    study : mapping
        SurgeStudy as JSON.
    rungs : sequence of mapping
        Cost rates by source, in the order of the plan: ``hourly_cost``, ``hourly_premium``,
        ``standby_fee_per_week``, ``onboarding_cost``.
    bill : sequence of BillLine
        What is charged; none: no such sheet.

    Returns
    -------
    bytes
        The file. An edited rate or hour moves every total. Text is written as text.
    """
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    formats = _Formats(
        book.add_format({"bold": True}),
        book.add_format({"num_format": "#,##0.00"}),
        book.add_format({"num_format": "0.0%"}),
    )
    plan = study["plan"]
    sheets = {name: book.add_worksheet(name) for name in ("summary", "sources", "days", "hours")}
    _summary(sheets["summary"], study, formats)
    _sources(sheets["sources"], plan, rungs, formats)
    _days(sheets["days"], plan, formats)
    _hours(sheets["hours"], plan, formats)
    if study["frontier"] is not None:
        _strategies(book.add_worksheet("strategies"), study["frontier"], formats)
    if bill:
        _bill(book.add_worksheet("bill"), bill, formats)
    book.close()
    return file.getvalue()


def _head(sheet: Worksheet, names: Sequence[str], formats: _Formats, wide: int = 1) -> None:
    for column, name in enumerate(names):
        sheet.write_string(0, column, name, formats.head)
    sheet.set_column(0, len(names) - 1, _NARROW)
    sheet.set_column(0, wide - 1, _WIDE if wide == 1 else _NARROW)
    sheet.freeze_panes(1, 1)


def _summary(sheet: Worksheet, study: Json, formats: _Formats) -> None:
    """Totals of the other sheets; B2 is the price of an hour that is late."""
    plan = study["plan"]
    sheet.set_column(0, 0, _WIDE)
    sheet.set_column(1, 1, _NARROW)
    last, size = len(plan["sources"]) + 1, len(plan["need_h"]) + 1
    late = xl_col_to_name(_late_column(plan))
    cost = plan["cost"]
    pay, price = cost["total"] - cost["shortfall"], plan["shortfall_price"] or 0.0
    sheet.write_string(0, 0, "Team", formats.head)
    sheet.write_string(0, 1, study["team"])
    sheet.write_string(1, 0, "Price of an hour done too late", formats.head)
    sheet.write_number(1, 1, price, formats.figure)
    rows = [
        ("Pay", f"=SUM(sources!O2:O{last})", pay),
        ("Hours of extra work", f"=SUM(days!D2:D{size})", plan["total_need_h"]),
        ("Hours done too late", f"=SUM(days!{late}2:{late}{size})", plan["total_uncovered_h"]),
        ("Hours done in time", "=B4-B5", plan["productive_h"]),
        ("Price of hours done too late", "=B5*B2", cost["shortfall"]),
        ("Total", "=B3+B7", cost["total"]),
        ("Pay for an hour done in time", "=IF(B6>0,B3/B6,0)", plan["cost_per_productive_hour"]),
    ]
    for row, (label, formula, value) in enumerate(rows, start=2):
        sheet.write_string(row, 0, label)
        sheet.write_formula(row, 1, formula, formats.figure, value or 0.0)
    sheet.write_string(9, 0, "Done in time")
    sheet.write_formula(9, 1, "=IF(B4>0,B6/B4,1)", formats.share, plan["service"])
    sheet.write_string(11, 0, plan["promise"]["text"])


def _late_column(plan: Json) -> int:
    """Column of late hours among the days: after starts, paid hours and output by source."""
    return 4 + 3 * len(plan["sources"]) + 3


def _sources(sheet: Worksheet, plan: Json, rungs: Sequence[Json], formats: _Formats) -> None:
    _head(sheet, _SOURCES, formats)
    count, size = len(plan["sources"]), len(plan["need_h"]) + 1
    for index, (source, rung) in enumerate(zip(plan["sources"], rungs, strict=True)):
        row = index + 1
        sums = {
            kind: f"=SUM(days!{column}2:{column}{size})"
            for kind, column in (
                ("starts", xl_col_to_name(4 + index)),
                ("paid_h", xl_col_to_name(4 + count + index)),
                ("productive_h", xl_col_to_name(4 + 2 * count + index)),
            )
        }
        sheet.write_string(row, 0, source["name"])
        fee = rung["standby_fee_per_week"]
        sheet.write_number(row, 1, source["reserved"] if fee else 0.0, formats.figure)
        for column, value in (
            (2, plan["standby_weeks"]),
            (3, fee),
            (6, source["paid_after_h"]),
            (7, rung["hourly_cost"]),
            (8, rung["hourly_premium"]),
            (9, rung["onboarding_cost"]),
        ):
            sheet.write_number(row, column, value, formats.figure)
        at, cost = row + 1, source["cost"]
        for column, formula, value in (
            (4, sums["starts"], sum(source["starts"])),
            (5, sums["paid_h"], sum(source["paid_h"])),
            (10, f"=B{at}*C{at}*D{at}", cost["standby"]),
            (11, f"=(F{at}+G{at})*H{at}", cost["wages"]),
            (12, f"=(F{at}+G{at})*I{at}", cost["premium"]),
            (13, f"=E{at}*J{at}", cost["onboarding"]),
            (14, f"=SUM(K{at}:N{at})", cost["total"]),
            (15, sums["productive_h"], sum(source["productive_h"])),
            (16, f"=IF(P{at}>0,O{at}/P{at},0)", source["cost_per_productive_hour"] or 0.0),
        ):
            sheet.write_formula(row, column, formula, formats.figure, value)
    total = count + 1
    sheet.write_string(total, 0, "all", formats.head)
    for column, part in enumerate(("standby", "wages", "premium", "onboarding"), start=10):
        _sum(sheet, total, column, plan["cost"][part], formats)
    pay = plan["cost"]["total"] - plan["cost"]["shortfall"]
    _sum(sheet, total, 14, pay, formats)


def _sum(sheet: Worksheet, row: int, column: int, value: float, formats: _Formats) -> None:
    """Add up a column from its second row to the one above."""
    name = xl_col_to_name(column)
    sheet.write_formula(row, column, f"=SUM({name}2:{name}{row})", formats.figure, value)


def _days(sheet: Worksheet, plan: Json, formats: _Formats) -> None:
    names = [source["name"] for source in plan["sources"]]
    kinds = ("starts", "paid h", "output h")
    by_source = [f"{name}, {kind}" for kind in kinds for name in names]
    ends = ("Done, h", "Waiting, h", "Waited from before, h", "Done too late, h", "To spare, h")
    heads = ("Day", "Weekday", "Hours since the call", "Extra work, h", *by_source, *ends)
    _head(sheet, heads, formats, wide=2)
    first = 4 + 2 * len(names)
    output = (xl_col_to_name(first), xl_col_to_name(first + len(names) - 1))
    end = first + len(names)
    sources = plan["sources"]
    for row, one in enumerate(day_rows(plan), start=1):
        sheet.write_number(row, 0, one.day)
        sheet.write_string(row, 1, one.name)
        day = one.day - 1
        figures = [one.starts_h, one.need_h]
        figures += [source[kind][day] for kind in ("starts", "paid_h") for source in sources]
        figures += [*one.productive_h, one.done_h, one.waiting_h]
        for column, value in enumerate(figures, start=2):
            sheet.write_number(row, column, value, formats.figure)
        at, before = row + 1, row
        waiting = xl_col_to_name(end + 1)
        carried = f"={waiting}{before}" if day else "=0"
        waited = plan["waiting_h"][day - 1] if day else 0.0
        sheet.write_formula(row, end + 2, carried, formats.figure, waited)
        done, came = xl_col_to_name(end), xl_col_to_name(end + 2)
        late = f"=ROUND(D{at}+{came}{at}-{done}{at}-{waiting}{at},4)"
        sheet.write_formula(row, end + 3, late, formats.figure, round(one.late_h, 4))
        spare = f"=SUM({output[0]}{at}:{output[1]}{at})-{done}{at}"
        sheet.write_formula(row, end + 4, spare, formats.figure, one.spare_h)


def _hours(sheet: Worksheet, plan: Json, formats: _Formats) -> None:
    names = [source["name"] for source in plan["sources"]]
    ends = ("There", "Worth", "Asked for", "Short")
    _head(sheet, ("Hours since the call", "Weekday", "Time", *names, *ends), formats, wide=2)
    last = 3 + len(names) - 1
    for row, one in enumerate(hour_rows(plan), start=1):
        sheet.write_number(row, 0, one.hour)
        sheet.write_string(row, 1, one.day)
        sheet.write_string(row, 2, one.time)
        for column, people in enumerate(one.people, start=3):
            sheet.write_number(row, column, people, formats.figure)
        at, there = row + 1, last + 1
        sums = f"=SUM(D{at}:{xl_col_to_name(last)}{at})"
        sheet.write_formula(row, there, sums, formats.figure, one.there)
        sheet.write_number(row, there + 1, one.worth, formats.figure)
        sheet.write_number(row, there + 2, one.asked, formats.figure)
        worth, asked = xl_col_to_name(there + 1), xl_col_to_name(there + 2)
        short = f"=MAX(0,{asked}{at}-{worth}{at})"
        sheet.write_formula(row, there + 3, short, formats.figure, max(0.0, one.asked - one.worth))


def _strategies(sheet: Worksheet, frontier: Json, formats: _Formats) -> None:
    _head(sheet, _POINTS, formats)
    points = [*point_rows(frontier, "by_service"), *point_rows(frontier, "by_notice")]
    for row, point in enumerate(points, start=1):
        sheet.write_string(row, 0, point.strategy)
        sheet.write_number(row, 1, point.notice_h)
        sheet.write_number(row, 2, point.service, formats.share)
        for column, value in enumerate((point.cost, point.per_hour, point.reserved), start=3):
            if value is not None:
                sheet.write_number(row, column, value, formats.figure)
            elif column == 3:  # noqa: PLR2004 (the cost)
                sheet.write_string(row, column, "cannot be done")


def _bill(sheet: Worksheet, bill: Sequence[BillLine], formats: _Formats) -> None:
    _head(sheet, ("Charge", "Unit", "Quantity", "Price", "Amount"), formats)
    for row, line in enumerate(bill, start=1):
        sheet.write_string(row, 0, line.name)
        sheet.write_string(row, 1, line.unit)
        sheet.write_number(row, 2, line.quantity, formats.figure)
        sheet.write_number(row, 3, line.price)
        at = row + 1
        formula = f"=ROUND(C{at}*D{at},{line.places})"
        amount = round(line.quantity * line.price, line.places)
        sheet.write_formula(row, 4, formula, formats.figure, amount)
    sheet.write_string(len(bill) + 1, 0, "bill", formats.head)
    total = sum(round(line.quantity * line.price, line.places) for line in bill)
    _sum(sheet, len(bill) + 1, 4, total, formats)
