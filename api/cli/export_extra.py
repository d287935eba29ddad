"""What only the extra `export` can write; without it an option is refused before any work."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from staffing.errors import BadInputError, FieldIssue

if TYPE_CHECKING:
    from collections.abc import Iterator

_LIBRARIES = {"vl_convert", "xlsxwriter", "icalendar"}
_REMEDY = "the extra export, which is not installed: pip install 'crewquote[export]'"


@contextmanager
def export_extra(option: str) -> Iterator[None]:
    """Name the extra where an import inside fails for want of its libraries."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _LIBRARIES:
            raise
        raise BadInputError(FieldIssue(option, "", _REMEDY)) from None
