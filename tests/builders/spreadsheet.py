"""Works out the formulas of a workbook, so that tests need no spreadsheet program."""

import io
import re
from functools import cache
from typing import Any

import openpyxl

_SHEET = r"(?:'([^']+)'!|(\w+)!)?"
_RANGE = re.compile(rf"{_SHEET}([A-Z]+\d+):([A-Z]+\d+)")
_IF = re.compile(r"IF\((.+),(.+),(.+)\)")
_CELL = re.compile(rf"(?<![\w'\"!$]){_SHEET}\$?([A-Z]{{1,2}})\$?(\d+)(?![\w(])")
_FUNCTIONS = {
    "SUM": lambda values: sum(value for value in values if value is not None),
    "MAX": max,
    "ROUND": round,
    "SUMPRODUCT": sum,
    "ABS": lambda values: [abs(value) for value in values],
}


class Workbook:
    """Formulas of a workbook as they are written, and their values as worked out or as saved."""

    def __init__(self, content: bytes) -> None:
        self._live = openpyxl.load_workbook(io.BytesIO(content))
        self._saved = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
        self.value = cache(self._value)

    def formulas(self) -> list[tuple[str, str]]:
        """Sheet and cell of every formula."""
        return [
            (sheet.title, cell.coordinate)
            for sheet in self._live
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "f"
        ]

    @property
    def sheets(self) -> list[str]:
        """Names of its sheets."""
        return list(self._live.sheetnames)

    def read(self, sheet: str) -> list[tuple[Any, ...]]:
        """Cells of a sheet row by row, formulas as they are written."""
        return list(self._live[sheet].iter_rows(values_only=True))

    def saved(self, sheet: str, cell: str) -> Any:
        """What a reader without arithmetic shows."""
        return self._saved[sheet][cell].value

    def write(self, sheet: str, cell: str, value: float) -> None:
        """Edit a cell."""
        self._live[sheet][cell] = value
        self.value.cache_clear()

    def _value(self, sheet: str, cell: str) -> Any:
        found = self._live[sheet][cell]
        if found.data_type != "f":
            return found.value
        text = _IF.sub(r"(\2) if (\1) else (\3)", found.value[1:])
        text = _RANGE.sub(
            lambda part: f"span({part[1] or part[2] or sheet!r}, {part[3]!r}, {part[4]!r})", text
        )
        text = _CELL.sub(
            lambda part: f"one({part[1] or part[2] or sheet!r}, {part[3] + part[4]!r})", text
        )
        names = {
            "span": lambda name, first, last: [
                self.value(name, cell.coordinate)
                for row in self._live[name][f"{first}:{last}"]
                for cell in row
            ],
            "one": self.value,
        }
        return eval(text, _FUNCTIONS | names)
