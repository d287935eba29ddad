"""A plan of hiring as one HTML page: the term in a table, charts and periods of every team."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from staffing.charts.hiring import headcount_by_status, hires_and_leavers
from staffing.charts.hiring_periods import STATUSES, hiring_periods, usual_period
from staffing.exports.page import fitted, html_table, whole_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]

_CHARTS = (headcount_by_status, hires_and_leavers)
_FLOWS = {
    "hires": "Hires",
    "classes": "Classes",
    "leavers": "Leave",
    "released": "Released",
    "moved": "Moved",
}
_NOISE = 0.05  # what would be shown as 0.0


def hiring_page(study: Json) -> str:
    """Write a plan of hiring as one self-contained HTML page.

    Parameters
    ----------
    study : mapping
        HiringStudy as JSON; it holds cost, so the page is not for clients.
    """
    names = [pool["name"] for pool in study["pools"]]
    pools: list[str | None] = [*([None] if len(names) > 1 else []), *names]
    specs = [fitted(chart(study, pool)) for pool in pools for chart in _CHARTS]
    sections = "".join(_section(study, pool, 2 * number) for number, pool in enumerate(pools))
    body = f"{_said(study)}{html_table(_teams(study))}{_limits(study)}{sections}"
    return whole_page(f"{study['engagement']}: plan of hiring", body, specs)


def _said(study: Json) -> str:
    totals, proof = study["plan"]["totals"], study["plan"]["proof"]
    text = (
        f"{study['start']} to {study['end']}. {100 * totals['service']:.2f} % of the work is done "
        f"for {totals['cost']:,.0f} {study['currency']}; no plan on these terms is cheaper by more "
        f"than {100 * proof['gap']:.2f} %. Labour only, at the wages of the first year. For the "
        "vendor's own people: it holds wages and cost."
    )
    warnings = "".join(f"<p>Warning: {escape(one)}.</p>\n" for one in study["warnings"])
    return f"<p>{escape(text)}</p>\n{warnings}"


def _teams(study: Json) -> list[dict[str, str]]:
    """One column per team, one row per figure that any of them has."""
    teams = {
        terms["name"]: _figures(totals, terms, study["currency"])
        for totals, terms in zip(study["plan"]["totals"]["pools"], study["pools"], strict=True)
    }
    rows: list[dict[str, str]] = [
        {"Over the term": label} | {name: figures[label] for name, figures in teams.items()}
        for label in next(iter(teams.values()))
    ]
    return [row for row in rows if any(list(row.values())[1:])]


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


def _limits(study: Json) -> str:
    if not study["constraints"]:
        return "<p>Nothing holds the plan back: no limit costs anything.</p>\n"
    items = "".join(f"<li>{escape(one['text'])}</li>\n" for one in study["constraints"])
    return (
        "<h2>What holds the plan back</h2>\n<p>What a little more of it would save, the most "
        f"first.</p>\n<ul>\n{items}</ul>\n"
    )


def _section(study: Json, pool: str | None, first: int) -> str:
    boxes = "".join(
        f'<div class="chart" id="chart-{first + i}"></div>\n' for i in range(len(_CHARTS))
    )
    rows = hiring_periods(study, pool)
    table = html_table([_period(row, usual_period(study), study["currency"]) for row in rows])
    return f"<h2>{escape(pool or 'All teams')}</h2>\n{boxes}{table}"


def _period(row: Json, by: str, currency: str) -> dict[str, str]:
    return {
        by.capitalize(): row["period"],
        "Needed": f"{row['need']:,.1f}",
        **{
            title.capitalize(): f"{row[key]:,.1f}" if abs(row[key]) > _NOISE else ""
            for key, title in (STATUSES | _FLOWS).items()
        },
        f"Cost, {currency}": f"{row['cost']:,.0f}",
    }
