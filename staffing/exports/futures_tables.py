"""A study of futures as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from staffing.charts.futures_rows import (
    MarginalRow,
    ScenarioRow,
    WeekRow,
    marginal_rows,
    scenario_rows,
    week_rows,
)
from staffing.exports.tables import csv_text, harmless_texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Json = Mapping[str, Any]


def futures_tables(report: Json) -> dict[str, str]:
    """Write a study of futures as CSV.

    Parameters
    ----------
    report : mapping
        FuturesReport as JSON.

    Returns
    -------
    dict
        Text by file name: ``futures_weeks.csv`` with one row per team and week,
        ``futures_scenarios.csv`` with one per scenario from the cheapest, and
        ``futures_marginal.csv`` with one per team and change of its work. Cells that a spreadsheet
        would take for a formula are preceded by an apostrophe.
    """
    return {
        "futures_weeks.csv": _csv(WeekRow._fields, week_rows(report)),
        "futures_scenarios.csv": _csv(ScenarioRow._fields, scenario_rows(report)),
        "futures_marginal.csv": _csv(MarginalRow._fields, marginal_rows(report)),
    }


def _csv(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    return csv_text(head, [harmless_texts(row) for row in rows])
