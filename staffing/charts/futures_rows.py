"""Rows of a study of futures, the same for every kind of file and for the terminal."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]


class WeekRow(NamedTuple):
    """One team in one week: FTE hired and needed; quantiles are over the scenarios."""

    team: str
    week_of: str
    weeks: float
    hires: float
    staff: float
    need_mean: float
    need_p10: float
    need_p50: float
    need_p90: float


class ScenarioRow(NamedTuple):
    """One future, from the cheapest: its cost with hiring, and full-time weeks by answer."""

    number: int
    name: str
    probability: float
    cost: float
    service: float
    overtime: float
    surge: float
    shortfall: float


class MarginalRow(NamedTuple):
    """A change of one team's work: what a full-time week of it costs or saves, and its price.

    The price is that of more work at the target margin; less work has none.
    """

    team: str
    kind: str
    share: float
    week: int | None
    notice_weeks: int | None
    work: float
    cost: float
    cost_per_week: float
    price_per_week: float | None


def week_rows(report: Json) -> list[WeekRow]:
    """Every team, week by week; the people of day one are among the staff, not the hires."""
    start = date.fromisoformat(report["start"])
    plan = report["plan"]
    return [
        WeekRow(
            team=pool["name"],
            week_of=(start + timedelta(weeks=week)).isoformat(),
            weeks=weeks,
            hires=pool["hires"][week],
            staff=pool["staff"][week],
            need_mean=pool["demand_mean"][week],
            need_p10=pool["demand_p10"][week],
            need_p50=pool["demand_p50"][week],
            need_p90=pool["demand_p90"][week],
        )
        for pool in plan["pools"]
        for week, weeks in enumerate(plan["week_weights"])
    ]


def scenario_rows(report: Json) -> list[ScenarioRow]:
    """Every scenario, the cheapest first; numbers count from 1."""
    names = report["source"]["names"]
    rows = [
        ScenarioRow(
            number=number,
            name=names[number - 1] if names else f"future {number}",
            probability=one["probability"],
            cost=one["cost"],
            service=one["service"],
            overtime=one["overtime"],
            surge=one["surge"],
            shortfall=one["shortfall"],
        )
        for number, one in enumerate(report["plan"]["scenarios"], start=1)
    ]
    return sorted(rows, key=lambda row: (row.cost, row.number))


def marginal_rows(report: Json) -> list[MarginalRow]:
    """Steps over the whole term, then spikes of one week by notice."""
    marginal, factor = report["marginal"], report["price_factor"]
    figures = ("share", "work", "cost", "cost_per_week")
    steps = [
        MarginalRow(
            team=one["pool"],
            kind="every week",
            week=None,
            notice_weeks=None,
            price_per_week=factor * one["cost_per_week"] if one["share"] > 0 else None,
            **{name: one[name] for name in figures},
        )
        for one in marginal["steps"]
    ]
    spikes = [
        MarginalRow(
            team=one["pool"],
            kind="one week",
            week=one["week"],
            notice_weeks=one["notice_weeks"],
            price_per_week=factor * one["cost_per_week"],
            **{name: one[name] for name in figures},
        )
        for one in marginal["spikes"]
    ]
    return [*steps, *spikes]
