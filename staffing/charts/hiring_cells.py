"""A plan of hiring in sentences and cells, the same on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from staffing.charts.hiring_periods import (
    COST_PARTS,
    FLOWS,
    STATUSES,
    hiring_periods,
    usual_period,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]
    Rows = list[dict[str, str]]

_NOISE = 0.05  # what would be shown as 0.0


def in_a_sentence(study: Json) -> str:
    """Say what the plan costs, how much of the work it does, and what is proven of it."""
    totals, proof = study["plan"]["totals"], study["plan"]["proof"]
    return (
        f"{study['start']} to {study['end']}. {100 * totals['service']:.2f} % of the work is done "
        f"for {totals['cost']:,.0f} {study['currency']}; no plan on these terms is cheaper by more "
        f"than {100 * proof['gap']:.2f} %. Labour only, at the wages of the first year."
    )


def team_cells(study: Json) -> Rows:
    """One column per team, one row per figure that any of them has."""
    teams = {
        terms["name"]: _figures(totals, terms, study["currency"])
        for totals, terms in zip(study["plan"]["totals"]["pools"], study["pools"], strict=True)
    }
    rows: Rows = [
        {"Over the term": label} | {name: figures[label] for name, figures in teams.items()}
        for label in next(iter(teams.values()))
    ]
    return [row for row in rows if any(list(row.values())[1:])]


def period_cells(study: Json, pool: str | None) -> Rows:
    """People and cost of a team, or of all, by month or quarter."""
    by = usual_period(study).capitalize()
    return [
        {
            by: row["period"],
            "Needed": f"{row['need']:,.1f}",
            **{
                title.capitalize(): f"{row[key]:,.1f}" if abs(row[key]) > _NOISE else ""
                for key, title in (STATUSES | FLOWS).items()
            },
            f"Cost, {study['currency']}": f"{row['cost']:,.0f}",
        }
        for row in hiring_periods(study, pool)
    ]


def cost_cells(study: Json) -> Rows:
    """Cost of the term by part, and its sum."""
    totals, title = study["plan"]["totals"], f"Cost, {study['currency']}"
    parts = {name: totals["cost_by_part"][part] for part, name in COST_PARTS.items()}
    rows = [(name, cost) for name, cost in parts.items() if cost] + [("all", totals["cost"])]
    return [
        {
            "For": name.capitalize(),
            title: f"{cost:,.0f}",
            "Share": f"{100 * cost / totals['cost'] if totals['cost'] else 0.0:.1f} %",
        }
        for name, cost in rows
    ]


def _figures(totals: Json, terms: Json, currency: str) -> dict[str, str]:
    first_day = totals["go_live"] + terms["staff_heads"]
    pay = terms["cost_per_productive_hour"]
    optional = {
        "Not done, productive hours": totals["short_h"],
        "Given notice": totals["releases"],
        "Moved to another team": totals["upskilled_out"],
        "Moved here from another team": totals["upskilled_in"],
        "Temporary contracts": totals["temporary_starts"],
        "Overtime, productive hours": totals["overtime_h"],
        "Help of other accounts, weeks": totals["cross_trained_weeks"],
    }
    return {
        "Work, productive hours": f"{totals['need_h']:,.0f}",
        "Of it done": f"{100 * totals['service']:.2f} %",
        "People on the first day": f"{first_day:,.1f}",
        "Hires": f"{totals['hires']:,.1f}",
        "Leave on their own": f"{totals['leavers']:,.1f}",
        **{name: f"{value:,.1f}" if value > _NOISE else "" for name, value in optional.items()},
        "Most people on pay at once": f"{totals['peak_heads']:,.1f}",
        f"Cost, {currency}": f"{totals['cost']:,.0f}",
        f"Pay per productive hour, {currency}": "" if pay is None else f"{pay:,.2f}",
        f"One more hour of work a week, per hour, {currency}": (
            f"{terms['cost_of_more_work']:,.2f}"
        ),
    }
