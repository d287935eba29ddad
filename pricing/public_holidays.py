"""Public holidays of a site's country, from the `holidays` library, by the kind the law pays."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING

from pricing.reference_tables import rows

if TYPE_CHECKING:
    from datetime import date

PUBLIC = "public"
_REMARK = re.compile(r"\s*\(.*?\)")
_ESTIMATED = "estimated"


@dataclass(frozen=True)
class PublicHoliday:
    """One day off by law; `kind` is ``public``, or the kind of day the country's law names.

    Dates that follow the moon are estimates of the library until they are proclaimed.
    """

    day: date
    name: str
    kind: str
    is_estimated: bool


@cache
def public_holidays(
    country: str, subdivision: str | None, first: date, end: date
) -> tuple[PublicHoliday, ...]:
    """List the public holidays of a country, or of a part of it, from `first` to before `end`.

    Parameters
    ----------
    country : str
        ISO 3166 alpha-2 code.
    subdivision : str, optional
        A part of the country as the library names it, e.g. ``BY`` of Germany.
    first, end : date
        The days are local to the site.

    Returns
    -------
    tuple of PublicHoliday
        By date; empty for a country the library does not know (`is_known`).
    """
    if not is_known(country):
        return ()
    from holidays import country_holidays  # noqa: PLC0415 (takes 0.15 s; most commands need none)

    named = bool(_kinds(country))
    listed = country_holidays(
        country,
        subdiv=subdivision,
        years=range(first.year, end.year + 1),
        language="en_US" if named else None,
    )
    return tuple(
        PublicHoliday(day, name, _kind(country, name), _ESTIMATED in name)
        for day, name in sorted(listed.items())
        if first <= day < end
    )


def is_known(country: str) -> bool:
    """Whether the library has a calendar of the country."""
    from holidays import list_supported_countries  # noqa: PLC0415

    return country in list_supported_countries()


def subdivisions(country: str) -> tuple[str, ...]:
    """Parts of a country with holidays of their own, as the library names them."""
    from holidays import list_supported_countries  # noqa: PLC0415

    return tuple(list_supported_countries().get(country, ()))


@cache
def calendar_source() -> str:
    """Name and version of the library the dates come from."""
    return f"Python package holidays {version('holidays')}"


@cache
def _kinds(country: str) -> dict[str, str]:
    """Kind by English name; the empty name stands for every other holiday of the country."""
    table = (row for row in rows("holiday_kinds") if row["country"] == country)
    return {row["name"]: row["kind"] for row in table}


def _kind(country: str, name: str) -> str:
    """Kind of a day; of several holidays on one day the first kind the table lists."""
    kinds = _kinds(country)
    if not kinds:
        return PUBLIC
    names = [_REMARK.sub("", part).strip() for part in name.split(";")]
    found = {kinds.get(part, kinds[""]) for part in names}
    return next(kind for kind in kinds.values() if kind in found)
