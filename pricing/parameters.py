"""Parameters that may name their source, and ranges they must lie in.

A parameter is written as a bare number, or as ``{value, source, as_of, assumed}``. Without a
source, or with ``assumed: true`` (a source is named but nobody has read it), it counts as
assumed and the quote lists it.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from pricing.money import Currency
from staffing.plan import Document

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def _as_iso(value: object) -> object:
    """Take ``2027-01-04`` only: a number would be read as seconds since 1970."""
    if isinstance(value, date) or (isinstance(value, str) and _ISO_DATE.fullmatch(value)):
        return value
    raise PydanticCustomError("iso_date", "a date like 2027-01-04")


def not_blank(text: str) -> str:
    """Refuse a text without a visible character: spaces, but zero-width ones as well."""
    if not any(sign.isprintable() and not sign.isspace() for sign in text):
        raise PydanticCustomError("blank", "should not be blank")
    return text


IsoDate = Annotated[date, BeforeValidator(_as_iso)]

_SCALARS = (int, float, Decimal, str)


class Parameter(Document):
    """A number with its origin."""

    value: Decimal
    source: Annotated[str, Field(min_length=1), AfterValidator(not_blank)] | None = Field(
        None, description="Where the value comes from."
    )
    as_of: IsoDate | None = Field(None, description="Date the value holds for.")
    assumed: bool = Field(
        False, strict=True, description="True when the named source has not been read."
    )

    @model_validator(mode="before")
    @classmethod
    def _from_scalar(cls, raw: object) -> object:
        if isinstance(raw, _SCALARS) and not isinstance(raw, bool):
            return {"value": raw}
        return raw

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe the short form, a bare number, beside the full one."""
        full = handler(core_schema)
        bounds = _number_bounds(cls)
        if not _has_only_defaults(cls):
            return full
        reference = {"$ref": full["$ref"]} if "$ref" in full else full
        return {"anyOf": [{"type": "number", **bounds}, reference]}

    @property
    def is_assumed(self) -> bool:
        """Whether the quote must list this value as unsourced."""
        return self.assumed or self.source is None


def _has_only_defaults(cls: type[Parameter]) -> bool:
    """Whether a bare number is enough to write the parameter."""
    return all(
        name == "value" or not field.is_required() for name, field in cls.model_fields.items()
    )


def _number_bounds(cls: type[Parameter]) -> dict[str, Any]:
    keywords = {
        "gt": "exclusiveMinimum",
        "ge": "minimum",
        "lt": "exclusiveMaximum",
        "le": "maximum",
    }
    bounds = {}
    for constraint in cls.model_fields["value"].metadata:
        for attribute, keyword in keywords.items():
            limit = getattr(constraint, attribute, None)
            if limit is not None:
                bounds[keyword] = float(limit) if isinstance(limit, Decimal) else limit
    return bounds


class Share(Parameter):
    """A share, at least 0 and below 1."""

    value: Annotated[Decimal, Field(ge=0, lt=1)]


class LostShare(Parameter):
    """A share that is lost, 0 to 0.9: what remains is divided by."""

    value: Annotated[Decimal, Field(ge=0, le=Decimal("0.9"))]


class FullShare(Parameter):
    """A share that is used, 0.001 to 1: work is divided by it."""

    value: Annotated[Decimal, Field(ge=Decimal("0.001"), le=1)]


class Ratio(Parameter):
    """A ratio, 0 to 10; unlike a share it may exceed 1 (attrition, premiums)."""

    value: Annotated[Decimal, Field(ge=0, le=10)]


class NonNegative(Parameter):
    """0 or more."""

    value: Annotated[Decimal, Field(ge=0, le=10**12)]


class PersonCost(Parameter):
    """Cost of a person or of an hour, 0 to a hundred million."""

    value: Annotated[Decimal, Field(ge=0, le=10**8)]


class TimesPerYear(Parameter):
    """How often in a year, a tenth to a thousand times."""

    value: Annotated[Decimal, Field(ge=Decimal("0.1"), le=1000)]


class Positive(Parameter):
    """Above 0: a billionth to a trillion."""

    value: Annotated[Decimal, Field(ge=Decimal("1e-9"), le=10**12)]


class HandleTime(Parameter):
    """Seconds of work on one unit, a hundredth of a second to a thousand hours."""

    value: Annotated[Decimal, Field(ge=Decimal("0.01"), le=3_600_000)]


class Speed(Parameter):
    """Units per handling hour, one in a thousand hours to a hundred thousand an hour."""

    value: Annotated[Decimal, Field(ge=Decimal("0.001"), le=100_000)]


class Wage(Parameter):
    """Gross base pay per hour, month or year.

    `currency` defaults to the engagement's.
    """

    value: Annotated[Decimal, Field(ge=Decimal("1e-6"), le=10**12)]
    per: Literal["hour", "month", "year"]
    currency: Currency | None = None
