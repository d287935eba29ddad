"""The kind of file a caller wants: a study as JSON, or as a workbook or table to work with."""

from __future__ import annotations

from fnmatch import fnmatchcase
from importlib.util import find_spec
from typing import TYPE_CHECKING

from fastapi import Request  # noqa: TC002 (FastAPI reads the annotation)

from api.errors import NOT_ACCEPTABLE, RefusedError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

JSON = "application/json"
CSV = "text/csv"
HTML = "text/html"
ICALENDAR = "text/calendar"
PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


_WRITTEN_BY = {
    XLSX: ("xlsxwriter", "export"),
    HTML: ("vl_convert", "export"),
    ICALENDAR: ("icalendar", "export"),
    PDF: ("weasyprint", "pdf"),
}


def one_of(*offered: str) -> Callable[[Request], Awaitable[str]]:
    """Make a dependency that chooses a format by ``Accept``, the first that is offered.

    Raises
    ------
    RefusedError
        None is offered, or the server lacks what writes it.
    """

    async def chosen(request: Request) -> str:
        accepted = request.headers.get("accept") or "*/*"
        for part in accepted.split(","):
            wanted = part.partition(";")[0].strip().lower()
            for name in offered:
                if fnmatchcase(name, wanted):
                    return _writable(name)
        raise RefusedError(NOT_ACCEPTABLE, f"Accept should be {' or '.join(offered)}")

    return chosen


def _writable(name: str) -> str:
    library, extra = _WRITTEN_BY.get(name, (None, None))
    if library is not None and find_spec(library) is None:
        remedy = f"{name} takes the extra {extra}: pip install 'crewquote[{extra}]'"
        raise RefusedError(NOT_ACCEPTABLE, remedy)
    return name
