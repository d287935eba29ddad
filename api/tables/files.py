"""Tables as they lie in files: CSV, or a sheet of a workbook; the first row names the columns."""

from __future__ import annotations

import csv
import math
import warnings
import zlib
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, TextIOWrapper
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from staffing.errors import BadInputError, FieldIssue

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path
    from typing import TextIO

_OTHER_SEPARATORS = (";", "\t", "|")
# What a damaged workbook can raise, wherever it is damaged.
UNREADABLE = (
    *(OSError, ValueError, LookupError, SyntaxError, TypeError, AttributeError, EOFError),
    *(NotImplementedError, BadZipFile, zlib.error),
)
_MOST_UNPACKED = 100_000_000
_MOST_ROWS = 200_000  # as many as a history may hold
_NO_OPENPYXL = "the extra export, which is not installed: pip install 'crewquote[export]'"


@dataclass(frozen=True)
class Table:
    """Rows of a table, each with its place as a person would look for it."""

    name: str
    columns: tuple[str, ...]
    rows: list[tuple[str, dict[str, Any]]]


def cell_text(cell: object) -> str:
    """Write a cell as a person reads it: whole numbers without a point, dates in ISO form."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date | datetime):
        return cell.isoformat()
    return str(cell).strip()


def refuse_bloated(content: bytes) -> None:
    """Refuse a workbook that would not fit in memory once it is unpacked.

    Raises
    ------
    BadInputError, BadZipFile
        It is too large, or no workbook.
    """
    with ZipFile(BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > _MOST_UNPACKED:
            raise BadInputError.at("(body)", "more", f"{_MOST_UNPACKED:,} bytes unpacked")


def number_of(cell: object) -> float | None:
    """Read a cell; yes and no, and digits grouped in any way, are no numbers."""
    if isinstance(cell, bool) or not isinstance(cell, str | int | float) or "_" in str(cell):
        return None
    try:
        number = float(cell)
    except (ValueError, OverflowError):  # of whole numbers with hundreds of digits
        return None
    return number if math.isfinite(number) else None


def read_csv(file: Path | bytes, place: str, written: str) -> Table:
    """Read a CSV file in UTF-8.

    Parameters
    ----------
    file : Path or bytes
        The file, or what it holds.
    place, written : str
        Where the document names it, and how.
    """
    try:
        with _lines(file) as lines:
            reader = csv.DictReader(lines)
            columns = tuple(reader.fieldnames or ())
            rows = [(f"line {reader.line_num}", row) for row in _limited(reader, place, written)]
    except FileNotFoundError:
        raise _missing(_name(file, written), place, written, "CSV file") from None
    except (OSError, ValueError, csv.Error):  # a folder, no permission, other bytes than UTF-8
        raise BadInputError.at(place, written, "a CSV file in UTF-8") from None
    _check_heading(columns, place, _name(file, written))
    return Table(_name(file, written), columns, rows)


def _lines(file: Path | bytes) -> TextIO:
    if isinstance(file, bytes):
        return TextIOWrapper(BytesIO(file), encoding="utf-8-sig", newline="")
    return file.open(encoding="utf-8-sig", newline="")


def _name(file: Path | bytes, written: str) -> str:
    return written if isinstance(file, bytes) else str(file)


def _check_heading(columns: tuple[str, ...], place: str, file: str) -> None:
    """Refuse a file without a first row, or one whose columns another mark separates."""
    if not columns:
        accepted = f"a CSV file that starts with the names of its columns; {file} is empty"
        raise BadInputError(FieldIssue(place, "", accepted))
    used = next((mark for mark in _OTHER_SEPARATORS if mark in columns[0]), None)
    if len(columns) == 1 and used is not None:
        accepted = f"a CSV file whose columns are separated by commas, not {used!r}: {file}"
        raise BadInputError(FieldIssue(place, "", accepted))


def read_xlsx(file: Path | bytes, place: str, written: str, sheet: str | None) -> Table:
    """Read the values of a sheet; formulas count with the value last saved.

    Parameters
    ----------
    file : Path or bytes
        The workbook, or what it holds.
    place, written : str
        Where the document names it, and how.
    sheet : str, optional
        Name of the sheet; may be left out where there is one only.
    """
    try:
        from openpyxl import load_workbook  # noqa: PLC0415 (an extra)
        from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415
    except ModuleNotFoundError:
        raise BadInputError(FieldIssue(place, "", _NO_OPENPYXL)) from None
    unreadable = (*UNREADABLE, InvalidFileException)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles, which nobody here looks at
            opened = BytesIO(file) if isinstance(file, bytes) else file
            book = load_workbook(opened, read_only=True, data_only=True)
            with closing(book):
                names = [one.title for one in book.worksheets]
                name = _sheet_name(names, sheet, place, _name(file, written))
                lines = enumerate(book[name].iter_rows(values_only=True), start=1)
                numbered = list(_limited(lines, place, written))
    except FileNotFoundError:
        raise _missing(_name(file, written), place, written, "workbook") from None
    except unreadable:  # a folder, no permission, no workbook, a damaged one
        raise BadInputError.at(place, written, "a workbook in XLSX form") from None
    return _sheet_table(f"{_name(file, written)}, sheet {name}", numbered)


def _sheet_name(names: list[str], sheet: str | None, place: str, file: str) -> str:
    if sheet is None and len(names) == 1:
        return names[0]
    if sheet not in names:
        key = place.rpartition(".")[0] + ".sheet"
        raise BadInputError.at(key, sheet or "none", f"a sheet of {file}: {', '.join(names)}")
    return str(sheet)


def _sheet_table(name: str, lines: list[tuple[int, tuple[Any, ...]]]) -> Table:
    """Name cells by the first row; empty rows at the end are no rows."""
    while lines and all(cell is None for cell in lines[-1][1]):
        lines.pop()
    head: Sequence[Any] = lines[0][1] if lines else ()
    columns = tuple(cell_text(cell) for cell in head)
    rows = [
        (f"row {number}", dict(zip(columns, (*cells, *[None] * len(columns)), strict=False)))
        for number, cells in lines[1:]
    ]
    return Table(name, columns, rows)


def _limited[Row](rows: Iterable[Row], place: str, written: str) -> Iterable[Row]:
    for count, row in enumerate(rows):
        if count > _MOST_ROWS:
            raise BadInputError.at(place, written, f"a table of at most {_MOST_ROWS:,} rows")
        yield row


def _missing(file: str, place: str, written: str, kind: str) -> BadInputError:
    return BadInputError.at(place, written, f"an existing {kind}; looked for {file}")
