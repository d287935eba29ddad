"""A peak typed as options: its size as a share, its notice in hours."""

from __future__ import annotations

import re

import typer

from staffing.errors import shorten

_NUMBER = r"(\d+(?:\.\d*)?|\.\d+)"
_SIZE = re.compile(rf"\+?\s*{_NUMBER}\s*(%?)", re.ASCII)
_NOTICE = re.compile(rf"{_NUMBER}\s*([hd]?)", re.ASCII)
_HOURS = {"": 1.0, "h": 1.0, "d": 24.0}
_MAX_SIZE = 100.0
_MAX_NOTICE_H = 24.0 * 366


def peak_size(text: str) -> float:
    """Read extra work as a share of the ordinary: ``+60%``, ``60%`` and ``0.6`` are the same."""
    words = "extra work above 0 and 10,000% at most, e.g. +60%, 60% or 0.6"
    found = _SIZE.fullmatch(text.strip())
    if found is None:
        raise _refused(text, words)
    size = float(found[1]) / (100.0 if found[2] else 1.0)
    if not 0 < size <= _MAX_SIZE:
        raise _refused(text, words)
    return size


def notice_hours(text: str) -> float:
    """Read a notice in hours: ``48h``, ``2d`` and ``48`` are the same."""
    words = "hours or days from 0 to a year, e.g. 48h or 2d"
    found = _NOTICE.fullmatch(text.strip().lower())
    if found is None:
        raise _refused(text, words)
    hours = float(found[1]) * _HOURS[found[2]]
    if hours > _MAX_NOTICE_H:
        raise _refused(text, words)
    return hours


def _refused(text: str, words: str) -> typer.BadParameter:
    return typer.BadParameter(f"should be {words} (found {shorten(text)})")
