"""Numbers typed as options: a range in words, not those of the library that reads them."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import TYPE_CHECKING

import typer

from staffing.errors import shorten

if TYPE_CHECKING:
    from collections.abc import Callable


_MOST_MONEY = Decimal(10) ** 15


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


def money_amount(text: str) -> Decimal:
    """Read an amount of money above 0, digits grouped or not; never through a float."""
    words = "an amount above 0, e.g. 1500000 or 1,500,000.00"
    try:
        value = Decimal(text.replace(",", "").replace("_", ""))
    except InvalidOperation:
        raise _refused(text, words) from None
    if not value.is_finite() or not 0 < value <= _MOST_MONEY:
        raise _refused(text, words)
    return value


def between(low: float, high: float) -> Callable[[str], float]:
    """Make a reader of numbers from `low` to `high`, both included."""
    words = f"a number from {low:g} to {high:g}"

    def read(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            raise _refused(text, words) from None
        if not low <= value <= high:
            raise _refused(text, words)
        return value

    return read


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
