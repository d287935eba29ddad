"""The kind of file a caller wants: a study as JSON, or as a workbook or table to work with."""

from __future__ import annotations

from fnmatch import fnmatchcase
from importlib.util import find_spec
from typing import TYPE_CHECKING

from fastapi import Request  # noqa: TC002 (FastAPI reads the annotation)

from api.errors import NOT_ACCEPTABLE, RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

JSON = "application/json"
CSV = "text/csv"
HTML = "text/html"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


_WRITTEN_BY = {XLSX: "xlsxwriter", HTML: "vl_convert"}


def one_of(*offered: str) -> Callable[[Request], str]:
    """Make a dependency that chooses a format by ``Accept``, the first that is offered.

    Raises
    ------
    RefusedError
        None is offered, or the server lacks what writes it.
    """

    def chosen(request: Request) -> str:
        accepted = request.headers.get("accept") or "*/*"
        for part in accepted.split(","):
            wanted = part.partition(";")[0].strip().lower()
            for name in offered:
                if fnmatchcase(name, wanted):
                    return _writable(name)
        raise RefusedError(NOT_ACCEPTABLE, f"Accept should be {' or '.join(offered)}")

    return chosen


def _writable(name: str) -> str:
    if name in _WRITTEN_BY and find_spec(_WRITTEN_BY[name]) is None:
        remedy = f"{name} takes the extra export: pip install 'crewquote[export]'"
        raise RefusedError(NOT_ACCEPTABLE, remedy)
    return name
