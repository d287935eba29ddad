"""A plan of hiring in figures a person reads: who is there by week, and by month or quarter."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Json = Mapping[str, Any]
    Rows = list[dict[str, Any]]

Period = Literal["month", "quarter"]

# Who is there: from the ground up as charts stack them, and how they are called. People under
# notice work like others; helpers are those of other accounts; people in training, waiting for
# access or upskilling do not work yet.
STATUSES = {
    "productive": "productive",
    "ramping": "ramping",
    "overtime": "overtime",
    "temporary": "temporary",
    "helping": "helpers",
    "short": "short",
    "training": "training",
}
_MOVES = (
    *("hires", "leavers", "released", "classes"),
    *("upskilled_in", "upskilled_out", "temporary_starts"),
)
# Who comes and goes, as headings.
FLOWS = {
    "hires": "Hires",
    "classes": "Classes",
    "leavers": "Leave",
    "released": "Released",
    "moved": "Moved",
}
# What the cost of a plan is for.
COST_PARTS = {
    "wages": "wages",
    "training": "wages in training and waiting for access",
    "hiring": "recruiting, and the team of the first day",
    "overtime": "overtime",
    "temporary": "temporary people",
    "cross_trained": "people of other accounts",
    "severance": "severance",
    "upskilling": "upskilling",
    "ahead": "work done ahead",
    "backlog": "work waiting",
    "shortfall": "price of work not done (no pay)",
}
_MOST_MONTHS = 18


def hiring_weeks(study: Json, pool: str | None = None) -> Rows:
    """Who is there and who comes and goes, one row per week.

    Parameters
    ----------
    study : mapping
        HiringStudy as JSON.
    pool : str, optional
        Name of one pool; None for the sum of all.

    Returns
    -------
    list of dict
        ``day`` (first of the week), heads needed (``need``) and by status (`STATUSES`), people who
        come and go, and ``cost``. Overtime and short are in heads that would do as much work.
    """
    pools = [one for one in study["plan"]["pools"] if pool in {None, one["name"]}]
    parts = [_pool_weeks(one) for one in pools]
    return [
        {"day": day} | {name: sum(part[week][name] for part in parts) for name in parts[0][week]}
        for week, day in enumerate(study["week_starts"])
    ]


def _pool_weeks(pool: Json) -> Rows:
    rows = []
    for week, present in enumerate(pool["present_h"]):
        people: dict[str, float] = {
            "need": pool["need_heads"][week],
            "productive": pool["experienced"][week] + pool["under_notice"][week],
            "ramping": pool["ramping"][week],
            "overtime": pool["overtime_heads"][week],
            "temporary": pool["temporary"][week],
            "helping": pool["cross_trained"][week],
            "short": pool["short_h"][week] / present,
            "training": pool["training"][week] + pool["upskilling"][week],
        }
        moves = {name: pool[name][week] if pool[name] else 0.0 for name in _MOVES}
        cost = {"cost": sum(series[week] for series in pool["costs"].values())}
        rows.append(people | moves | cost)
    return rows


def usual_period(study: Json) -> Period:
    """Months where there are few, else quarters."""
    return "month" if study["term_months"] <= _MOST_MONTHS else "quarter"


def hiring_periods(study: Json, pool: str | None = None, by: Period | None = None) -> Rows:
    """Add the weeks of a plan up, each to the period in which it begins.

    Parameters
    ----------
    study : mapping
        HiringStudy as JSON.
    pool : str, optional
        Name of one pool; None for the sum of all.
    by : {"month", "quarter"}, optional
        Calendar months or quarters; None for what suits the length of the term.

    Returns
    -------
    list of dict
        ``period`` (``2027-01`` or ``2027 Q1``), heads as means of its weeks, people who come and
        go and cost as sums; ``moved`` are those who come from other pools less those who go there.
    """
    by = by or usual_period(study)
    found: dict[str, Rows] = {}
    for row in hiring_weeks(study, pool):
        found.setdefault(_label(date.fromisoformat(row["day"]), by), []).append(row)
    return [{"period": label} | _added(rows) for label, rows in found.items()]


def _label(day: date, by: Period) -> str:
    return f"{day:%Y-%m}" if by == "month" else f"{day.year} Q{(day.month + 2) // 3}"


def _added(rows: Sequence[Json]) -> dict[str, float]:
    heads = ("need", *STATUSES)
    sums = {name: sum(row[name] for row in rows) for name in (*heads, *_MOVES, "cost")}
    moved = {"moved": sums["upskilled_in"] - sums["upskilled_out"]}
    return sums | moved | {name: sums[name] / len(rows) for name in heads}
