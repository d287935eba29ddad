"""A forecast as CSV: by step, and by method and steps ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from staffing.exports.tables import csv_text, harmless

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]

_PERIODS = ("service", "start", "end", "p10", "p50", "p90", "quote")
_ERRORS = ("method", "first", "last", "mase", "wape", "bias", "coverage", "count")


def forecast_table(report: Json) -> str:
    """Write a row per week or month: bounds, and what the quote is made for; empty where none.

    Parameters
    ----------
    report : mapping
        ForecastReport as JSON.
    """
    service = harmless(report["service"])
    rows = [[service, *(period[key] for key in _PERIODS[1:])] for period in report["periods"]]
    return csv_text(_PERIODS, rows)


def error_table(report: Json) -> str:
    """Write a row per method and range of steps ahead."""
    rows = [
        [method["method"], *(band[key] for key in _ERRORS[1:])]
        for method in report["methods"]
        for band in method["bands"]
    ]
    return csv_text(_ERRORS, rows)
