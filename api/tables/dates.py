"""Dates beside the values of a history: one per step, in order, none missing or repeated."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from api.tables.files import cell_text
from staffing.calendar import add_months
from staffing.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Sequence

_STEPS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(weeks=1)}
_MONTH = re.compile(r"\d{4}-\d{2}")


def first_day_of_steps(
    cells: Sequence[tuple[str, object]], step: object, path: str, table: str
) -> date:
    """Check the dates of a history and return the first.

    Parameters
    ----------
    cells : sequence of (str, object)
        Place and cell of every row.
    step : str
        ``hour``, ``day``, ``week`` or ``month``.
    path, table : str
        Where the history is written, and what its table is called.

    Raises
    ------
    BadInputError
        No such step; a cell that is no date; a gap, a repetition, a step back.
    """
    if step not in {*_STEPS, "month"}:
        known = "hour, day, week or month, to check dates with"
        raise BadInputError.at(f"{path.rpartition('.')[0]}.step", step, known)
    moments = [_moment(cell, place, path, table) for place, cell in cells]
    if not moments:
        raise BadInputError.at(path, "no row", f"rows in {table}")
    for i, (moment, (place, cell)) in enumerate(zip(moments, cells, strict=True)):
        expected = _expected(moments, i, str(step))
        if moment != expected:
            before = moments[i - 1]
            accepted = (
                f"{_written(expected)} in {table}, {place}: {_fault(moment, before, expected)}"
            )
            raise BadInputError.at(path, cell_text(cell), accepted)
    first = moments[0]
    if first.time() != time(0):
        raise BadInputError.at(path, _written(first), f"a first step at 00:00 in {table}")
    return first.date()


def _expected(moments: list[datetime], i: int, step: str) -> datetime:
    """Moment after the one before; months are counted from the first, whatever their length."""
    if i == 0:
        return moments[0]
    if step == "month":
        return datetime.combine(add_months(moments[0].date(), i), moments[0].time())
    return moments[i - 1] + _STEPS[step]


def _fault(moment: datetime, before: datetime, expected: datetime) -> str:
    if moment == before:
        return "the same date stands twice"
    if moment < before:
        return "dates go back"
    return "steps are missing" if moment > expected else "the step is too short"


def _moment(cell: object, place: str, path: str, table: str) -> datetime:
    """Read a cell of a date column: a date of the workbook, or ISO text."""
    if isinstance(cell, datetime):
        moment = cell
    elif isinstance(cell, date):
        moment = datetime.combine(cell, time(0))
    else:
        text = cell_text(cell)
        try:
            moment = datetime.fromisoformat(f"{text}-01" if _MONTH.fullmatch(text) else text)
        except ValueError:
            accepted = f"a date like 2027-01-04 in {table}, {place}"
            raise BadInputError.at(path, text, accepted) from None
    if moment.tzinfo is not None:
        raise BadInputError.at(
            path, cell_text(cell), f"local time without offset in {table}, {place}"
        )
    return moment


def _written(moment: datetime) -> str:
    return moment.date().isoformat() if moment.time() == time(0) else moment.isoformat(" ")
