"""A table of volumes as it was sent: its columns, its first rows, and a history off two of them."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.errors import NOT_ACCEPTABLE, UNSUPPORTED_MEDIA_TYPE, RefusedError
from api.formats import CSV, XLSX
from api.tables.dates import first_day_of_steps
from api.tables.files import (
    UNREADABLE,
    Table,
    cell_text,
    number_of,
    read_csv,
    read_xlsx,
    refuse_bloated,
)
from staffing.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Sequence

Step = Literal["hour", "day", "week", "month"]
_FIRST_ROWS = 20
_MOST_ISSUES = 50
_FILE = "the file"


class Wanted(BaseModel):
    """Which part of the table is a history; without a column none is."""

    model_config = ConfigDict(extra="forbid")

    sheet: str | None = None
    column: str | None = None
    date_column: str | None = None
    step: Step = "month"


class RowIssue(BaseModel):
    """A row that cannot be read: where, what was found, what is accepted."""

    place: str = Field(examples=["line 3"])
    found: str
    accepted: str


class ReadHistory(BaseModel):
    """A history as an engagement holds it; without a column of dates its first day is open."""

    starts_on: str | None
    step: Step
    values: list[float]


class VolumesTable(BaseModel):
    """What a table holds, and the history that was asked for, or why there is none."""

    sheets: list[str] = Field(description="Of a workbook.")
    sheet: str | None
    columns: list[str]
    number_columns: list[str] = Field(description="Columns that hold numbers in every row.")
    rows: int
    first_rows: list[dict[str, str]]
    history: ReadHistory | None
    issues: list[RowIssue] = Field(description="The first fifty.")
    issues_left_out: int


def volumes_table(content: bytes, kind: str, wanted: Wanted) -> VolumesTable:
    """Read a table, and a history where a column is wanted.

    Parameters
    ----------
    content : bytes
        The file.
    kind : str
        Its media type, `CSV` or `XLSX`.

    Raises
    ------
    BadInputError
        No table, or it lacks the sheet or a column.
    RefusedError
        Another kind of file.
    """
    sheets, sheet, table = _read(content, kind, wanted.sheet)
    history: ReadHistory | None = None
    issues: list[RowIssue] = []
    if wanted.column is not None:
        history, issues = _history(table, wanted)
    return VolumesTable(
        sheets=sheets,
        sheet=sheet,
        columns=list(table.columns),
        number_columns=[
            name
            for name in table.columns
            if table.rows and all(number_of(row[name]) is not None for _, row in table.rows)
        ],
        rows=len(table.rows),
        first_rows=[
            {name: cell_text(row[name]) for name in table.columns}
            for _, row in table.rows[:_FIRST_ROWS]
        ],
        history=history,
        issues=issues[:_MOST_ISSUES],
        issues_left_out=max(len(issues) - _MOST_ISSUES, 0),
    )


def _read(content: bytes, kind: str, sheet: str | None) -> tuple[list[str], str | None, Table]:
    if kind == CSV:
        return [], None, read_csv(content, "csv", _FILE)
    if kind != XLSX:
        raise RefusedError(UNSUPPORTED_MEDIA_TYPE, f"send Content-Type: {CSV} or {XLSX}")
    try:
        refuse_bloated(content)
        names = _sheets(content)
    except ModuleNotFoundError:
        remedy = "workbooks take the extra export: pip install 'crewquote[export]'"
        raise RefusedError(NOT_ACCEPTABLE, remedy) from None
    except UNREADABLE:
        raise BadInputError.at("xlsx", "another file", "a workbook in XLSX form") from None
    chosen = sheet or (names[0] if names else None)
    return names, chosen, read_xlsx(content, "xlsx", _FILE, chosen)


def _sheets(content: bytes) -> list[str]:
    from openpyxl import load_workbook  # noqa: PLC0415 (an extra)

    book = load_workbook(BytesIO(content), read_only=True)
    return [one.title for one in book.worksheets]


def _history(table: Table, wanted: Wanted) -> tuple[ReadHistory | None, list[RowIssue]]:
    column = _column(table, "column", wanted.column)
    values, issues = _values(table, column)
    first = None
    if wanted.date_column is not None:
        dates = _column(table, "date_column", wanted.date_column)
        cells = [(place, row[dates]) for place, row in table.rows]
        try:
            first = first_day_of_steps(cells, wanted.step, "date_column", _FILE).isoformat()
        except BadInputError as error:
            issues += [
                RowIssue(place=dates, found=one.value, accepted=one.accepted)
                for one in error.issues
            ]
        except (ValueError, OverflowError):
            accepted = "dates that go on for as many steps"
            issues.append(RowIssue(place=dates, found="the end of time", accepted=accepted))
    if issues:
        return None, issues
    return ReadHistory(starts_on=first, step=wanted.step, values=values), []


def _values(table: Table, column: str) -> tuple[list[float], list[RowIssue]]:
    """Numbers of a column, and every row in which it holds none."""
    values: list[float] = []
    issues: list[RowIssue] = []
    for place, row in table.rows:
        number = number_of(row[column])
        if number is None or number < 0:
            accepted = f"a number of 0 or more in column {column}"
            issues.append(RowIssue(place=place, found=cell_text(row[column]), accepted=accepted))
        else:
            values.append(number)
    if not table.rows:
        issues.append(RowIssue(place=_FILE, found="no row", accepted="a row for each step"))
    return values, issues


def _column(table: Table, field: str, name: str | None) -> str:
    if table.columns.count(str(name)) != 1:
        known: Sequence[str] = table.columns
        raise BadInputError.at(field, name, f"a column that is there once: {', '.join(known)}")
    return str(name)
