"""Rate cards as they are sent: JSON, one table as CSV, or a workbook of sheets."""

from __future__ import annotations

import csv
import io
import warnings
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from api.errors import NOT_ACCEPTABLE, UNSUPPORTED_MEDIA_TYPE, RefusedError
from api.formats import CSV, XLSX
from api.tables.files import refuse_bloated
from pricing.rate_cards.document import TABLES
from pricing.rate_cards.tables import card_of_tables
from staffing.errors import BadInputError

if TYPE_CHECKING:
    from pricing.rate_cards import RateCard

_MOST_CELLS_WIDE = 50
Rows = list[dict[str, str]]


def card_of_file(content: bytes, kind: str, table: str | None, base: RateCard | None) -> RateCard:
    """Read a file as a rate card; tables it does not hold stay as in `base`.

    Parameters
    ----------
    content : bytes
        The file.
    kind : str
        Its media type, `CSV` or `XLSX`.
    table : str, optional
        Which table a CSV file is.
    base : RateCard, optional
        The version before.

    Raises
    ------
    BadInputError
        Every wrong cell, by table, row and column.
    RefusedError
        Another kind of file.
    """
    if kind == CSV:
        if table not in TABLES:
            raise BadInputError.at("table", table or "none", f"one of: {', '.join(TABLES)}")
        return card_of_tables({table: _csv_rows(content)}, base)
    if kind == XLSX:
        return card_of_tables(_sheets(content), base)
    accepted = f"application/json, {CSV} or {XLSX}"
    raise RefusedError(UNSUPPORTED_MEDIA_TYPE, f"send Content-Type: {accepted}")


def _csv_rows(content: bytes) -> Rows:
    try:
        text = content.decode("utf-8-sig")
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        return [_cells(row) for row in reader]
    except (UnicodeDecodeError, csv.Error):
        accepted = "a CSV file in UTF-8 whose first row names the columns"
        raise BadInputError.at("(body)", "another file", accepted) from None


def _cells(row: dict[str | Any, Any]) -> dict[str, str]:
    """Text cells by column; cells beyond the last column are none of them."""
    return {str(name): cell or "" for name, cell in row.items() if isinstance(name, str)}


def _sheets(content: bytes) -> dict[str, Rows]:
    try:
        from openpyxl import load_workbook  # noqa: PLC0415 (an extra)
    except ModuleNotFoundError:
        remedy = "workbooks take the extra export: pip install 'crewquote[export]'"
        raise RefusedError(NOT_ACCEPTABLE, remedy) from None
    refused = BadInputError.at("(body)", "another file", "a workbook in XLSX form")
    try:
        refuse_bloated(content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles, which nobody here looks at
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            return {sheet.title: _sheet_rows(sheet) for sheet in book.worksheets}
    except (BadZipFile, KeyError, ValueError, OSError, SyntaxError):
        raise refused from None


def _sheet_rows(sheet: Any) -> Rows:  # noqa: ANN401 (a sheet of openpyxl, which has no types)
    lines = sheet.iter_rows(values_only=True, max_col=_MOST_CELLS_WIDE)
    head = [_text(cell) for cell in next(lines, ())]
    rows = [dict(zip(head, map(_text, line), strict=False)) for line in lines]
    while rows and not any(rows[-1].values()):
        rows.pop()
    return [{name: cell for name, cell in row.items() if name} for row in rows]


def _text(cell: object) -> str:
    """A cell as a person reads it: dates in ISO form, whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    moment = getattr(cell, "date", None)
    return moment().isoformat() if callable(moment) else str(cell)
