"""Exact numbers of price terms: read from text or whole numbers, never from a float.

A float such as 0.1 is not one tenth; a contract is priced to the cent, so its numbers are refused
in that form. On the wire they are texts.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
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

    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

_DIGITS = 200
_FINE_DIGITS = 60
_PLACES = 12
_MOST = 10**15
_TAKEN = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$"
_WRITTEN = r"^-?[0-9]+(\.[0-9]+)?$"
AMOUNT_PATTERN = r"^\d{1,15}(\.\d{1,4})?$"
_ERRORS = [InvalidOperation, DivisionByZero, Overflow]


def _exact(value: object) -> object:
    no_number = isinstance(value, str) and not re.fullmatch(_TAKEN, value)
    if no_number or isinstance(value, float | bool):
        raise PydanticCustomError(
            "not_exact", 'a whole number, or a decimal number in quotes, e.g. "0.45"'
        )
    return value


@dataclass(frozen=True)
class _OnTheWire:
    """Says in a JSON schema what is taken: a whole number, or a decimal number as a text."""

    whole: dict[str, int]

    def __get_pydantic_json_schema__(
        self, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe the number; written out it is a text."""
        if handler.mode == "serialization":
            return {"type": "string", "pattern": _WRITTEN}
        return {"anyOf": [{"type": "integer", **self.whole}, {"type": "string", "pattern": _TAKEN}]}


Exact = Annotated[
    Decimal,
    Field(ge=-_MOST, le=_MOST, decimal_places=_PLACES),
    BeforeValidator(_exact),
    PlainSerializer(lambda value: f"{value:f}", return_type=str, when_used="json"),
    _OnTheWire({"minimum": -_MOST, "maximum": _MOST}),
]
NonNegativeExact = Annotated[Exact, Field(ge=0), _OnTheWire({"minimum": 0, "maximum": _MOST})]
PositiveExact = Annotated[Exact, Field(gt=0), _OnTheWire({"exclusiveMinimum": 0, "maximum": _MOST})]


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
