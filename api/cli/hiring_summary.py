"""A plan of hiring on a terminal: people by month or quarter, cost, what holds it back."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from staffing.charts.hiring_cells import cost_cells, team_cells
from staffing.charts.hiring_periods import hiring_periods, usual_period

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import RenderableType

    from pricing.hiring_study import HiringStudy, PoolTerms
    from staffing.hiring.plan import PoolTotals

    Json = dict[str, Any]

_WIDTH = 100
_NOISE = 0.05  # what would be shown as 0.0
_MOST_CONSTRAINTS = 8
# Headings in two lines, so that all columns find room.
_PEOPLE = {
    "need": "need",
    "productive": "pro-\nductive",
    "ramping": "ramp-\ning",
    "overtime": "over-\ntime",
    "temporary": "tempo-\nrary",
    "helping": "help-\ners",
    "short": "short",
    "training": "train-\ning",
}
_FLOWS = {
    "hires": "hires",
    "classes": "clas-\nses",
    "leavers": "leave",
    "released": "re-\nleased",
    "moved": "moved",
}
_ALWAYS = {"need", "productive", "hires", "leavers"}


def print_hiring(study: HiringStudy) -> None:
    """Print a plan of hiring, team by team, and what it rests on."""
    width = None if sys.stdout.isatty() else _WIDTH
    console = Console(file=sys.stdout, width=width, highlight=False, emoji=False, markup=False)
    for part in _parts(study):
        console.print(part)


def _parts(study: HiringStudy) -> Iterable[RenderableType]:
    document = study.model_dump(mode="json")
    by = usual_period(document)
    yield f"{study.engagement}: who joins, helps out and leaves, {study.start} to {study.end}"
    yield (
        f"People are heads, means of the weeks that begin in the {by}; hires, leavers and cost "
        "are its sums."
    )
    yield from (f"Warning: {text}." for text in study.warnings)
    for pool, totals in zip(study.pools, study.plan.totals.pools, strict=True):
        yield f"\n{pool.name}: {pool.role}, {pool.language}; {_first_day(pool, totals)}"
        yield _periods(document, pool.name, study.currency)
    yield ""
    yield _cells(team_cells(document))
    yield ""
    yield _cells(cost_cells(document))
    yield ""
    yield from _limits(study)
    yield f"\n{proven(study)}"
    yield (
        "Labour only, at the wages of the first year: premiums of nights and weekends, seats, IT "
        "and support are in the quote."
    )


def _first_day(pool: PoolTerms, totals: PoolTotals) -> str:
    if pool.staff_heads or not totals.go_live:
        return f"{pool.staff_heads:,.1f} people there on the first day"
    return f"{totals.go_live:,.1f} experienced people wanted on the first day"


def _periods(document: Json, pool: str, currency: str) -> Table:
    rows = hiring_periods(document, pool)
    shown = {
        key: title
        for key, title in (_PEOPLE | _FLOWS).items()
        if key in _ALWAYS or any(abs(row[key]) > _NOISE for row in rows)
    }
    table = _table("", *shown.values(), f"cost,\n{currency}")
    for row in rows:
        table.add_row(row["period"], *(f"{row[key]:,.1f}" for key in shown), f"{row['cost']:,.0f}")
    table.add_section()
    sums = {key: sum(row[key] for row in rows) for key in (*_FLOWS, "cost")}
    cells = (f"{sums[key]:,.1f}" if key in _FLOWS else "" for key in shown)
    table.add_row("term", *cells, f"{sums['cost']:,.0f}")
    return table


def _cells(rows: list[dict[str, str]]) -> Table:
    """Lay rows out by column."""
    table = _table(*rows[0])
    for row in rows:
        table.add_row(*row.values())
    return table


def _limits(study: HiringStudy) -> Iterable[RenderableType]:
    if not study.constraints:
        yield "Nothing holds the plan back: no limit costs anything."
        return
    yield "What holds the plan back, and what a little more of it would save, the most first:"
    yield from (f"- {one.text}" for one in study.constraints[:_MOST_CONSTRAINTS])
    more = len(study.constraints) - _MOST_CONSTRAINTS
    if more > 0:
        yield f"- and {more} more, in --json"


def proven(study: HiringStudy) -> str:
    """Say what the plan costs, how much of the work it does, and what is proven of it."""
    plan, currency = study.plan, study.currency
    said = (
        f"{100 * plan.totals.service:.2f} % of the work is done for {plan.totals.cost:,.0f} "
        f"{currency}. Proven: no plan on these terms is cheaper by more than "
        f"{100 * plan.proof.gap:.2f} % ({plan.proof.stop_reason})."
    )
    if not plan.reproducible:
        said += " The clock ended the search: another run may find another plan."
    if plan.relaxed_cost is None or plan.integrality_gap is None:
        return said
    return (
        f"{said} Whole people cost {100 * plan.integrality_gap:.2f} % more than people in "
        f"fractions, at {plan.relaxed_cost:,.0f} {currency}."
    )


def _table(*headings: str) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=0)
    for number, heading in enumerate(headings):
        table.add_column(heading, justify="right" if number else "left")
    return table
