"""Errors as a person reads them on stderr: what is wrong, where, and what would help."""

from __future__ import annotations

import sys

from api.errors import UNEXPECTED, exit_code, title
from staffing.errors import BadInputError, CrewquoteError, InfeasibleError

_SHOWN_ISSUES = 30
_SHOWN_SHORTAGES = 8


def report(error: Exception) -> int | None:
    """Print an error of ours, or of the file system, and return its exit code.

    Returns
    -------
    int or None
        None for anything else, which is a defect and keeps its traceback.
    """
    if isinstance(error, OSError):
        what = error.strerror or "the file system refused"
        where = f": {error.filename}" if error.filename else ""
        print(f"crewquote: {what}{where}", file=sys.stderr)
        return UNEXPECTED
    if not isinstance(error, CrewquoteError):
        return None
    print(f"crewquote: {title(error)}", file=sys.stderr)
    for line in _lines(error):
        print(f"  {line}", file=sys.stderr)
    return exit_code(error)


def _lines(error: CrewquoteError) -> list[str]:
    if isinstance(error, BadInputError):
        more = len(error.issues) - _SHOWN_ISSUES
        shown = [str(issue) for issue in error.issues[:_SHOWN_ISSUES]]
        return [*shown, f"and {more} more fields"] if more > 0 else shown
    lines = str(error).splitlines()
    if isinstance(error, InfeasibleError):
        lines += [
            f"{shortage.where}: {shortage.heads:.1f} heads short"
            if shortage.heads
            else shortage.where
            for shortage in error.shortages[:_SHOWN_SHORTAGES]
        ]
        more = len(error.shortages) - _SHOWN_SHORTAGES
        if more > 0:
            lines.append(f"and {more} more intervals")
    return lines
