"""Fields that several parts of an engagement share: names, zones, countries, days, volumes."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from pricing.parameters import (
    IsoDate,
)
from pricing.reference_tables import countries


@cache
def _zones() -> frozenset[str]:
    """Names of all time zones; listing them takes longer than reading the whole document."""
    return frozenset(available_timezones())


def _known_zone(zone: str) -> str:
    if zone not in _zones():
        raise PydanticCustomError("time_zone", "an IANA time zone, e.g. America/Chicago")
    return zone


def _known_country(code: str) -> str:
    if code not in countries():
        raise PydanticCustomError(
            "country",
            "a country with reference tables: {known}",
            {"known": ", ".join(countries())},
        )
    return code


def _plausible_day(day: date) -> date:
    if not date(1900, 1, 1) <= day <= date(2199, 12, 31):
        raise PydanticCustomError("day", "a day from 1900-01-01 to 2199-12-31")
    return day


Name = Annotated[str, Field(min_length=1, max_length=120, pattern=r"^[^\x00-\x1f]+$")]
Zone = Annotated[str, Field(examples=["America/Chicago"]), AfterValidator(_known_zone)]
Country = Annotated[
    str, Field(json_schema_extra={"pattern": "^[A-Z]{2}$"}), AfterValidator(_known_country)
]
Day = Annotated[IsoDate, AfterValidator(_plausible_day)]
Volume0 = Annotated[float, Field(strict=True, ge=0, le=1e12, allow_inf_nan=False)]
