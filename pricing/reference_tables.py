"""The dated reference tables packaged with the product (``pricing/reference``)."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import NamedTuple


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


def find(table: str, **key: str) -> dict[str, str] | None:
    """Return the row whose columns equal `key`, or None."""
    for row in rows(table):
        if all(row[column] == value for column, value in key.items()):
            return row
    return None


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
