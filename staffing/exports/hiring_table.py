"""A plan of hiring as CSV: one row per week and team."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from staffing.exports.tables import csv_text, harmless

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]

_NAMES = ("week", "starts", "weeks_in_term", "service", "site")


def hiring_table(study: Json) -> str:
    """Write a plan of hiring as CSV.

    Parameters
    ----------
    study : mapping
        HiringStudy as JSON.

    Returns
    -------
    str
        One row per week and team: all series of the plan (people in heads, work in productive
        hours, ``_h``) and its cost by part, ``cost_...``. A name that a spreadsheet would take for
        a formula is preceded by an apostrophe.
    """
    plan, weeks = study["plan"], study["week_starts"]
    head = plan["pools"][0]
    series = [name for name, values in head.items() if _is_series(name, values)]
    parts = list(head["costs"])
    rows = []
    for terms, pool in zip(study["pools"], plan["pools"], strict=True):
        names = [harmless(terms["service"]), harmless(terms["site"])]
        for week, starts in enumerate(weeks):
            figures = [pool[name][week] if pool[name] else "" for name in series]
            costs = [pool["costs"][part][week] for part in parts]
            first = [week + 1, starts, plan["week_weights"][week], *names]
            rows.append([*first, *figures, *costs, sum(costs)])
    columns = [*_NAMES, *series, *(f"cost_{part}" for part in parts), "cost"]
    return csv_text(columns, rows)


def _is_series(name: str, values: object) -> bool:
    return isinstance(values, list) or name == "classes"
