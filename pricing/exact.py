"""Exact numbers of price terms: read from text or whole numbers, never from a float.

A float such as 0.1 is not one tenth; a contract is priced to the cent, so its numbers are refused
in that form. On the wire they are texts.
"""

from __future__ import annotations

from contextlib import contextmanager
from decimal import (
    Context,
    Decimal,
    DivisionByZero,
    Inexact,
    InvalidOperation,
    Overflow,
    localcontext,
)
from typing import TYPE_CHECKING, Annotated

from pydantic import BeforeValidator, Field, PlainSerializer
from pydantic_core import PydanticCustomError

if TYPE_CHECKING:
    from collections.abc import Iterator

_DIGITS = 200
_FINE_DIGITS = 60
_PLACES = 12
_ERRORS = [InvalidOperation, DivisionByZero, Overflow]


def _exact(value: object) -> object:
    if isinstance(value, float | bool):
        raise PydanticCustomError(
            "not_exact", 'a whole number, or a decimal number in quotes, e.g. "0.45"'
        )
    return value


Exact = Annotated[
    Decimal,
    Field(ge=-(10**15), le=10**15, decimal_places=_PLACES),
    BeforeValidator(_exact),
    PlainSerializer(lambda value: f"{value:f}", return_type=str, when_used="json"),
]
NonNegativeExact = Annotated[Exact, Field(ge=0)]
PositiveExact = Annotated[Exact, Field(gt=0)]
ShareExact = Annotated[Exact, Field(ge=0, le=1)]


@contextmanager
def exactly() -> Iterator[None]:
    """Compute sums and products of Decimals without rounding; what would round raises instead."""
    with localcontext(Context(prec=_DIGITS, traps=[*_ERRORS, Inexact])):
        yield


@contextmanager
def finely() -> Iterator[None]:
    """Compute quotients and powers to 60 digits; what has fewer comes out exact."""
    with localcontext(Context(prec=_FINE_DIGITS, traps=_ERRORS)):
        yield
