"""What only an extra can write; without it an option is refused before any work."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from staffing.errors import BadInputError, FieldIssue

if TYPE_CHECKING:
    from collections.abc import Iterator

_EXTRAS = {
    "vl_convert": "export",
    "xlsxwriter": "export",
    "icalendar": "export",
    "weasyprint": "pdf",
}


@contextmanager
def export_extra(option: str) -> Iterator[None]:
    """Name the extra where an import inside fails for want of its libraries."""
    try:
        yield
    except ModuleNotFoundError as error:
        extra = _EXTRAS.get((error.name or "").partition(".")[0])
        if extra is None:
            raise
        remedy = f"the extra {extra}, which is not installed: pip install 'crewquote[{extra}]'"
        raise BadInputError(FieldIssue(option, "", remedy)) from None
