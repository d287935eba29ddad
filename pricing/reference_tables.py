"""The dated reference tables packaged with the product (``pricing/reference``)."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Provenance(NamedTuple):
    """Where a value comes from."""

    source: str
    as_of: str
    quality: str


@cache
def rows(table: str) -> tuple[dict[str, str], ...]:
    """Read one packaged table, one dict per row."""
    text = files("pricing").joinpath("reference", f"{table}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def find(table: str, on: date | None = None, **key: str) -> dict[str, str] | None:
    """Return the row whose columns equal `key`, or None.

    Parameters
    ----------
    on : date, optional
        Of several rows, the one in force on that day (see `in_force`); else the first row.
    """
    matching = _matching(table, tuple(key.items()))
    if on is None or not matching:
        return matching[0] if matching else None
    return in_force(matching, on)


@lru_cache(maxsize=4096)
def _matching(table: str, key: tuple[tuple[str, str], ...]) -> tuple[dict[str, str], ...]:
    return tuple(row for row in rows(table) if all(row[column] == value for column, value in key))


def in_force(dated: Sequence[dict[str, str]], on: date) -> dict[str, str] | None:
    """Pick the row in force on a day: the latest that starts on it or before.

    Before the first row starts, that row stands in (tables hold no history); a row whose last day
    (`to`) is over is not in force.

    Parameters
    ----------
    dated : sequence of dict
        One row or more of one value, in any order; `from` and `to` are ISO dates or blank.
    """
    day = on.isoformat()
    started = [row for row in dated if row["from"] <= day]
    if not started:
        return min(dated, key=lambda row: row["from"])
    latest = max(started, key=lambda row: row["from"])
    return latest if not latest["to"] or day <= latest["to"] else None


def changes(table: str, after: date, before: date, **key: str) -> tuple[date, ...]:
    """Days between two (both excluded) on which a row of `key` comes into force."""
    starts = {
        date.fromisoformat(row["from"])
        for row in rows(table)
        if row["from"] and all(row[column] == value for column, value in key.items())
    }
    return tuple(sorted(day for day in starts if after < day < before))


def provenance(row: dict[str, str]) -> Provenance:
    """Source, date and quality of a row."""
    return Provenance(row["source"], row["as_of"], row["quality"])


@cache
def country_codes() -> frozenset[str]:
    """ISO 3166 alpha-2 codes of all countries."""
    return frozenset(row["code"] for row in rows("countries"))


@cache
def countries() -> tuple[str, ...]:
    """Countries with reference wages and labour rules."""
    return tuple(sorted({row["country"] for row in rows("wages")}))


@cache
def roles() -> tuple[str, ...]:
    """Roles with a reference wage."""
    return tuple(sorted({row["role"] for row in rows("wages")}))
