"""Numbers as the browser's language writes them.

Everything upstream writes ``1,595.86``; here that becomes ``1.595,86`` or ``1 595,86`` where it is
shown, in texts, tables and charts alike, so that one page never mixes two ways to write a number.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Mapping

    Spec = dict[str, Any]


class Marks(NamedTuple):
    """What stands between thousands, and before decimals."""

    thousands: str
    decimal: str


_ENGLISH = Marks(",", ".")
_POINTS, _SPACES = Marks(".", ","), Marks("\N{NARROW NO-BREAK SPACE}", ",")
_APOSTROPHES = Marks("’", ".")
# Unicode CLDR 46, by language; a region that differs from its language stands by itself.
_LANGUAGES = {
    _POINTS: "ca da de el es hr id is it nl pt ro sl sr tr vi",
    _SPACES: "bg cs et fi fr hu lt lv nb nn no pl pt-PT ru sk sv uk",
    _APOSTROPHES: "de-CH de-LI it-CH",
    _ENGLISH: "es-419 es-MX es-US es-PR es-GT es-PE es-DO",
}
_MARKS = {name: marks for marks, names in _LANGUAGES.items() for name in names.split()}

# A number with thousands or decimals; no version, address, date or part of a word.
_NUMBER = re.compile(r"(?<![\w.,:/-])([+−-]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?![\w:/]|[.,]\d)")
_BLANKS = re.compile(r"\s")
_GROUPED = {
    mark: re.compile(rf"[+-]?\d{{1,3}}({re.escape(mark)}\d{{3}})+")
    for mark in {one.thousands for one in _LANGUAGES}
}
_READ = frozenset({"title", "text", "domain", "datum", "sort", "values", "description"})
_FORMULAS = frozenset({"test", "expr", "format", "field", "filter", "calculate"})


def marks_of(locale: str | None) -> Marks:
    """Return how a language writes numbers; ``de-AT`` as ``de``, unknown ones as English."""
    name = locale or ""
    return _MARKS.get(name) or _MARKS.get(name.partition("-")[0]) or _ENGLISH


def localised(text: str, marks: Marks | None = None) -> str:
    """Write the numbers in a text as the browser's language does.

    Parameters
    ----------
    marks : Marks, optional
        Instead of the browser's.
    """
    to = marks or marks_of(st.context.locale)
    if to == _ENGLISH:
        return text

    def written(found: re.Match[str]) -> str:
        sign, whole, rest = found.groups()
        return sign + whole.replace(",", to.thousands) + (rest or "").replace(".", to.decimal)

    return _NUMBER.sub(written, text)


def plain_number(text: str, marks: Marks | None = None) -> str:
    """Read a number as the browser's language writes it: ``1234.5`` of ``1.234,5``.

    A mark for thousands counts as one only before three digits each: what could be misread, as
    ``1,2`` in English, stays as it was typed, for whoever reads it to refuse. Where a point is the
    mark for thousands, ``1.2`` is what it is everywhere else.

    Parameters
    ----------
    marks : Marks, optional
        Instead of the browser's.
    """
    to = marks or marks_of(st.context.locale)
    typed = _BLANKS.sub("", text)
    whole, mark, rest = typed.partition(to.decimal)
    if _GROUPED[to.thousands].fullmatch(whole):
        return whole.replace(to.thousands, "") + mark.replace(to.decimal, ".") + rest
    if whole.lstrip("+-").isdigit() and mark:
        return f"{whole}.{rest}"
    return typed


def localised_spec(spec: Spec, marks: Marks | None = None) -> Spec:
    """Let a chart write its numbers as the browser's language does, on axes and in texts."""
    to = marks or marks_of(st.context.locale)
    if to == _ENGLISH:
        return spec
    number = {
        "decimal": to.decimal,
        "thousands": to.thousands,
        "grouping": [3],
        "currency": ["", ""],
    }
    said: Spec = _walked(spec, to, read=False)
    config: Mapping[str, Any] = said.get("config", {})
    return said | {"config": {**config, "locale": {"number": number}}}


def _walked(part: Any, to: Marks, *, read: bool) -> Any:  # noqa: ANN401 (JSON)
    """Localise what a person reads of a chart; names of fields and formulas stay as they are."""
    if isinstance(part, dict):
        return {
            name: _walked(value, to, read=(read or name in _READ) and name not in _FORMULAS)
            for name, value in part.items()
        }
    if isinstance(part, list):
        return [_walked(value, to, read=read) for value in part]
    return localised(part, to) if read and isinstance(part, str) else part
