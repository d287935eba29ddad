"""A study of futures as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from staffing.exports.futures_rows import (
    MarginalRow,
    ScenarioRow,
    WeekRow,
    marginal_rows,
    scenario_rows,
    week_rows,
)
from staffing.exports.tables import csv_text

if TYPE_CHECKING:
    from collections.abc import Mapping

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
        "futures_weeks.csv": csv_text(WeekRow._fields, week_rows(report)),
        "futures_scenarios.csv": csv_text(ScenarioRow._fields, scenario_rows(report)),
        "futures_marginal.csv": csv_text(MarginalRow._fields, marginal_rows(report)),
    }
