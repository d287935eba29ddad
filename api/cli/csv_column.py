"""Numbers from the column of a CSV file."""

from __future__ import annotations

import csv
import math
from typing import TYPE_CHECKING, Any

from staffing.errors import BadInputError, FieldIssue

if TYPE_CHECKING:
    from pathlib import Path

_OTHER_SEPARATORS = (";", "\t", "|")


def read_column(reference: dict[str, Any], folder: Path, path: str) -> list[float]:
    """Read the numbers that ``{csv: PATH, column: NAME}`` stands for.

    Parameters
    ----------
    reference : dict
        The two keys as written.
    folder : Path
        What the CSV's path is relative to.
    path : str
        Where the reference is written, for messages.

    Raises
    ------
    BadInputError
        No such file or column, another separator than the comma, or a cell that is no number.
    """
    if not isinstance(reference["csv"], str) or not isinstance(reference.get("column"), str):
        raise BadInputError.at(path, reference, "{csv: PATH, column: NAME}")
    file = folder / reference["csv"]
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            return _numbers(csv.DictReader(lines), reference["column"], path, file)
    except FileNotFoundError:
        raise BadInputError.at(
            f"{path}.csv", reference["csv"], f"an existing CSV file; looked for {file}"
        ) from None
    except (OSError, ValueError, csv.Error):  # a folder, no permission, other bytes than UTF-8
        raise BadInputError.at(f"{path}.csv", reference["csv"], "a CSV file in UTF-8") from None


def _numbers(rows: csv.DictReader[str], column: str, path: str, file: Path) -> list[float]:
    _check_heading(list(rows.fieldnames or ()), column, path, file)
    numbers = []
    for row in rows:
        try:
            number = float(row[column])
        except (TypeError, ValueError):
            number = math.nan
        if not math.isfinite(number):
            raise BadInputError.at(
                path, row[column], f"a number in column {column} of {file}, line {rows.line_num}"
            )
        numbers.append(number)
    return numbers


def _check_heading(names: list[str], column: str, path: str, file: Path) -> None:
    if not names:
        accepted = f"a CSV file that starts with the names of its columns; {file} is empty"
        raise BadInputError(FieldIssue(f"{path}.csv", "", accepted))
    if column in names:
        return
    used = next((mark for mark in _OTHER_SEPARATORS if mark in names[0]), None)
    if len(names) == 1 and used is not None:
        accepted = f"a CSV file whose columns are separated by commas, not {used!r}: {file}"
        raise BadInputError(FieldIssue(f"{path}.csv", "", accepted))
    raise BadInputError.at(f"{path}.column", column, f"a column of {file}: {', '.join(names)}")
