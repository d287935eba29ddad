"""What a person types into a form, and what a document holds: one into the other, and back.

What cannot be read stays as it was typed: the API says what is accepted.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.client import Issue

    Json = Mapping[str, Any]

ALWAYS = "24x7"
_PERCENT = 100
_PLACES = 12
_ORIGIN = ("source", "as_of", "assumed")
_NUMBER_IN_WORDS = re.compile(r"(?<![\w.,-])-?\d+(?:\.\d+)?(?![\w.,]*\d)(?!\s*%)")
_SEPARATORS = re.compile(r"[\s;,]+")


def bare(value: object) -> object:
    """The number of a parameter, whether it is written alone or with its source."""
    return value.get("value") if isinstance(value, dict) else value


def as_number(value: object) -> float | None:
    """Read a number, which documents may hold as text; None where there is none."""
    held = bare(value)
    if isinstance(held, bool) or not isinstance(held, str | int | float):
        return None
    try:
        return float(held)
    except ValueError:
        return None


def as_percent(value: object) -> float | None:
    """Read a share as per cent: 18 of 0.18."""
    number = as_number(value)
    return None if number is None else round(number * _PERCENT, _PLACES - 2)


def share_of(percent: float | None) -> float | None:
    """Write per cent as a share: 0.18 of 18."""
    return None if percent is None else round(percent / _PERCENT, _PLACES)


def issue_in_percent(issue: Issue) -> Issue:
    """Say what is wrong with a share in the unit of a field that is entered as per cent.

    ``At most 0.9. Found: 1.2`` becomes ``At most 90 %. Found: 120 %``.
    """

    def said(text: str) -> str:
        return _NUMBER_IN_WORDS.sub(lambda one: f"{as_percent(one[0]):.10g} %", text)

    return replace(
        issue,
        detail=said(issue.detail),
        value=None if issue.value is None else said(issue.value),
    )


def with_value(held: object, value: object) -> object:
    """A parameter with another number; its source was one of the old number, and goes."""
    if value is None or not isinstance(held, dict) or "value" not in held:
        return value
    kept = {name: part for name, part in held.items() if name not in _ORIGIN}
    return {**kept, "value": value} if kept.keys() - {"value"} else value


def origin(held: object) -> str | None:
    """Where a parameter's number comes from, in a few words."""
    if not isinstance(held, dict) or not held.get("source"):
        return None
    day = f", {held['as_of']}" if held.get("as_of") else ""
    seen = " (not read)" if held.get("assumed") else ""
    return f"{held['source']}{day}{seen}"


def hours_text(held: object) -> str:
    """``mon-fri 08:00-18:00; sat 08:00-12:00`` of opening hours."""
    if not isinstance(held, dict):
        return "" if held is None else str(held)
    return "; ".join(f"{days} {window}" for days, window in held.items())


def hours_of(text: str) -> object:
    """Read opening hours: ``24x7``, or days and their hours, several parted by semicolons."""
    typed = text.strip()
    if not typed:
        return None
    if typed.lower() == ALWAYS:
        return ALWAYS
    parts = [part.strip().split(None, 1) for part in typed.split(";") if part.strip()]
    if any(len(part) != 2 for part in parts):  # noqa: PLR2004 (days and hours)
        return typed
    return {days.lower().rstrip(":"): window.strip() for days, window in parts}


def numbers_text(held: object, *, percent: bool = False) -> str:
    """``50, 75`` of a list of numbers, or of shares as per cent."""
    if not isinstance(held, list | tuple):
        return "" if held is None else str(held)
    read = as_percent if percent else as_number
    return ", ".join(str(one) if (n := read(one)) is None else f"{n:.10g}" for one in held)


def numbers_of(text: str, *, percent: bool = False) -> list[object]:
    """Read numbers parted by commas, semicolons, spaces or lines; what is none stays text."""
    found: list[object] = []
    for word in filter(None, _SEPARATORS.split(text.replace("%", " "))):
        number = as_number(word)
        if number is None:
            found.append(word)
        elif percent:
            found.append(share_of(number))
        else:
            found.append(number)
    return found
