"""Numbers from tables: a column of a CSV file or of a sheet of a workbook, rows chosen by `where`.

``{csv: FILE, column: NAME}`` or ``{xlsx: FILE, sheet: NAME, column: NAME}``, either with
``where: {COLUMN: VALUE}``; the values of a history also with ``date_column: NAME``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from api.tables.dates import first_day_of_steps
from api.tables.files import Table, cell_text, number_of, read_csv, read_xlsx
from staffing.errors import BadInputError

if TYPE_CHECKING:
    from pathlib import Path

_FORMS = {
    "csv": "{csv: PATH, column: NAME}, perhaps with where: {COLUMN: VALUE} and date_column",
    "xlsx": "{xlsx: PATH, sheet: NAME, column: NAME}, perhaps with where and date_column",
}
_KEYS = {"csv", "xlsx", "sheet", "column", "where", "date_column"}
_SHOWN_VALUES = 8


def is_reference(value: dict[str, Any]) -> bool:
    """Whether a mapping stands for numbers of a table."""
    return bool({"csv", "xlsx"} & value.keys()) and value.keys() <= _KEYS


def is_dated_history(value: dict[str, Any]) -> bool:
    """Whether a mapping is a history whose values are read with their dates."""
    values = value.get("values")
    return isinstance(values, dict) and is_reference(values) and "date_column" in values


@dataclass(frozen=True)
class Reference:
    """A reference that is well formed, and where it stands in the document."""

    kind: str
    name: str
    column: str
    sheet: str | None
    where: dict[str, Any]
    date_column: str | None
    path: str

    @classmethod
    def of(cls, value: dict[str, Any], path: str) -> Reference:
        """Check the form of a reference.

        Raises
        ------
        BadInputError
            A key is missing, is no text, or does not go with the others.
        """
        kind = "csv" if "csv" in value else "xlsx"
        texts = [value[kind], value.get("column"), value.get("date_column", "")]
        texts.append(value.get("sheet", ""))
        where = value.get("where", {})
        alone = not ({"xlsx", "sheet"} & value.keys() if kind == "csv" else set())
        if not (alone and isinstance(where, dict) and all(isinstance(t, str) for t in texts)):
            raise BadInputError.at(path, value, _FORMS[kind])
        return cls(
            kind,
            value[kind],
            value["column"],
            value.get("sheet"),
            where,
            value.get("date_column"),
            path,
        )


def numbers_of(value: dict[str, Any], folder: Path, path: str) -> list[float]:
    """Read the numbers a reference stands for.

    Parameters
    ----------
    value : mapping
        The reference; see `is_reference`.
    folder : Path
        Where relative paths start.
    path : str
        Place of the reference in the document.

    Raises
    ------
    BadInputError
        Ill-formed reference, missing file, sheet or column, no row, a cell that is no number.
    """
    reference = Reference.of(value, path)
    if reference.date_column is not None:
        accepted = "date_column with the values of a history only"
        raise BadInputError.at(f"{path}.date_column", reference.date_column, accepted)
    table = _table(reference, folder)
    return _numbers(table, reference)


def dated_history(history: dict[str, Any], folder: Path, path: str) -> dict[str, Any]:
    """Read the values of a history and check their dates; they give ``starts_on`` if it is missing.

    Raises
    ------
    BadInputError
        As for `numbers_of`; a cell that is no date, or dates with a gap, repeated or out of order.
    """
    reference = Reference.of(history["values"], f"{path}.values")
    table = _table(reference, folder)
    numbers = _numbers(table, reference)
    _require(table, str(reference.date_column), reference, "date_column")
    cells = [(place, row[str(reference.date_column)]) for place, row in table.rows]
    first = first_day_of_steps(cells, history.get("step"), reference.path, table.name)
    return {"starts_on": first.isoformat(), **history, "values": numbers}


def _table(reference: Reference, folder: Path) -> Table:
    """Read the rows a reference is about."""
    file = folder / reference.name
    place = f"{reference.path}.{reference.kind}"
    if reference.kind == "csv":
        table = read_csv(file, place, reference.name)
    else:
        table = read_xlsx(file, place, reference.name, reference.sheet)
    _require(table, reference.column, reference, "column")
    for column in reference.where:
        _require(table, column, reference, "where")
    return _chosen(table, reference)


def _require(table: Table, column: str, reference: Reference, key: str) -> None:
    found = table.columns.count(column)
    if found != 1:
        known = ", ".join(table.columns)
        accepted = f"a column of {table.name}: {known}"
        if found:
            accepted = f"a column that appears once in {table.name}: {known}"
        raise BadInputError.at(f"{reference.path}.{key}", column, accepted)


def _chosen(table: Table, reference: Reference) -> Table:
    """Keep the rows in which every column of ``where`` has its value."""
    rows = table.rows
    for column, wanted in reference.where.items():
        there = dict.fromkeys(cell_text(row[column]) for _, row in rows)
        rows = [(place, row) for place, row in rows if cell_text(row[column]) == cell_text(wanted)]
        if not rows:
            shown = ", ".join(list(there)[:_SHOWN_VALUES])
            accepted = f"a value of column {column} in {table.name}, e.g. {shown}"
            raise BadInputError.at(f"{reference.path}.where.{column}", wanted, accepted)
    return Table(table.name, table.columns, rows)


def _numbers(table: Table, reference: Reference) -> list[float]:
    numbers = []
    for place, row in table.rows:
        cell = row[reference.column]
        number = number_of(cell)
        if number is None:
            accepted = f"a number in column {reference.column} of {table.name}, {place}"
            raise BadInputError.at(reference.path, cell_text(cell), accepted)
        numbers.append(number)
    return numbers
