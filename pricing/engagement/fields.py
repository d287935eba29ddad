"""Fields that several parts of an engagement share: names, zones, countries, days, volumes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from pricing.parameters import IsoDate, not_blank
from pricing.reference_tables import country_codes

if TYPE_CHECKING:
    from collections.abc import Sequence


@cache
def _zones() -> frozenset[str]:
    """Names of all time zones; listing them takes longer than reading the whole document."""
    return frozenset(available_timezones())


def _known_zone(zone: str) -> str:
    if zone not in _zones():
        raise PydanticCustomError("time_zone", "an IANA time zone, e.g. America/Chicago")
    return zone


def _known_country(code: str) -> str:
    if code not in country_codes():
        raise PydanticCustomError("country", "an ISO 3166 alpha-2 country code, e.g. PH or US")
    return code


def first_repeated(names: Sequence[str]) -> int | None:
    """Position of the first name that stands earlier in the list as well, or None."""
    return next((at for at, name in enumerate(names) if name in names[:at]), None)


def _plausible_day(day: date) -> date:
    if not date(1900, 1, 1) <= day <= date(2199, 12, 31):
        raise PydanticCustomError("day", "a day from 1900-01-01 to 2199-12-31")
    return day


NAME_PATTERN = r"^[^\x00-\x1f]+$"

Name = Annotated[
    str,
    Field(min_length=1, max_length=120, pattern=NAME_PATTERN),
    AfterValidator(not_blank),
]
Language = Annotated[str, Field(min_length=2, max_length=12), AfterValidator(not_blank)]
Zone = Annotated[str, Field(examples=["America/Chicago"]), AfterValidator(_known_zone)]
Country = Annotated[
    str, Field(json_schema_extra={"pattern": "^[A-Z]{2}$"}), AfterValidator(_known_country)
]
Day = Annotated[IsoDate, AfterValidator(_plausible_day)]
ContractHours = Annotated[Decimal, Field(ge=1, le=84)]
Volume0 = Annotated[float, Field(strict=True, ge=0, le=1e12, allow_inf_nan=False)]
