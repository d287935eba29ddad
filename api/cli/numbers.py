"""Numbers typed as options: a range in words, not those of the library that reads them."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

import typer

from staffing.errors import shorten

if TYPE_CHECKING:
    from collections.abc import Callable


def whole_number(low: int, high: int | None = None) -> Callable[[str], int]:
    """Make a reader of whole numbers from `low` to `high` (without end when None)."""
    words = f"a whole number of {low:,} or more" if high is None else _range(low, high)

    def read(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            raise _refused(text, words) from None
        if value < low or (high is not None and value > high):
            raise _refused(text, words)
        return value

    return read


def zero_or_more(text: str) -> float:
    """Read a finite number of 0 or more."""
    words = "a number of 0 or more"
    try:
        value = float(text)
    except ValueError:
        raise _refused(text, words) from None
    if not isfinite(value) or value < 0:
        raise _refused(text, words)
    return value


def share(most: float, *, below: bool = False) -> Callable[[str], float]:
    """Make a reader of numbers from 0 to `most`, itself left out where `below`."""
    words = f"a number from 0 to {'below ' if below else ''}{most:g}"

    def read(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            raise _refused(text, words) from None
        if not 0 <= value <= most or (below and value == most):
            raise _refused(text, words)
        return value

    return read


def volume_steps(text: str) -> list[float]:
    """Read changes of volume in per cent, ``5,10,20``, as rising shares."""
    words = "per cents above 0 and at most 100, rising, e.g. 5,10,20"
    try:
        shares = [round(float(part.strip().removesuffix("%")) / 100, 9) for part in text.split(",")]
    except ValueError:
        raise _refused(text, words) from None
    if not all(0 < one <= 1 for one in shares) or shares != sorted(set(shares)):
        raise _refused(text, words)
    return shares


def _range(low: int, high: int) -> str:
    return f"a whole number from {low:,} to {high:,}"


def _refused(text: str, words: str) -> typer.BadParameter:
    return typer.BadParameter(f"should be {words} (found {shorten(text)})")
