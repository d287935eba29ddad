"""A peak typed as options: its size as a share, its notice in hours, where it begins."""

from __future__ import annotations

import re
from datetime import date

import typer

from staffing.errors import shorten

_NUMBER = r"(\d+(?:\.\d*)?|\.\d+)"
_SIZE = re.compile(rf"\+?\s*{_NUMBER}\s*(%?)", re.ASCII)
_NOTICE = re.compile(rf"{_NUMBER}\s*([hd]?)", re.ASCII)
_HOURS = {"": 1.0, "h": 1.0, "d": 24.0}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT = 3
_MAX_SIZE = 100.0
_MAX_NOTICE_H = 24.0 * 366


def peak_size(text: str | float) -> float:
    """Read extra work as a share of the ordinary: ``+60%``, ``60%`` and ``0.6`` are the same."""
    words = "extra work above 0 and 10,000% at most, e.g. +60%, 60% or 0.6"
    typed = str(text).strip()  # a default comes as a number
    found = _SIZE.fullmatch(typed)
    if found is None:
        raise _refused(typed, words)
    size = float(found[1]) / (100.0 if found[2] else 1.0)
    if not 0 < size <= _MAX_SIZE:
        raise _refused(typed, words)
    return size


def notice_hours(text: str | float) -> float:
    """Read a notice in hours: ``48h``, ``2d`` and ``48`` are the same."""
    words = "hours or days from 0 to a year, e.g. 48h or 2d"
    typed = str(text).strip().lower()  # a default comes as a number
    found = _NOTICE.fullmatch(typed)
    if found is None:
        raise _refused(typed, words)
    hours = float(found[1]) * _HOURS[found[2]]
    if hours > _MAX_NOTICE_H:
        raise _refused(typed, words)
    return hours


def start_of_peak(text: str) -> str:
    """Read a weekday or a date: ``Mon``, ``monday`` and ``2027-03-01`` will do."""
    word = text.strip().lower()
    for name in _WEEKDAYS:
        if len(word) >= _SHORT and name.startswith(word):
            return name[:_SHORT].capitalize()
    try:
        return date.fromisoformat(word).isoformat()
    except ValueError:
        raise _refused(text, "a weekday or a date, e.g. Mon or 2027-03-01") from None


def calendar_day(text: str) -> str:
    """Read a date: ``2027-03-01``."""
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        raise _refused(text, "a date, e.g. 2027-03-01") from None


def _refused(text: str, words: str) -> typer.BadParameter:
    return typer.BadParameter(f"should be {words} (found {shorten(text)})")
