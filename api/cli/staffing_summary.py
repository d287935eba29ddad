"""The staffing plan on a terminal: one column per team."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.table import Table

from pricing.charts.comparison_cells import volume
from staffing.grid import HOURS_PER_WEEK

if TYPE_CHECKING:
    from staffing.plan import StaffingPlan, TeamPlan

_AS_GOOD_AS_ZERO = 0.0005  # what would be shown as 0.0 %


def staffing_table(plan: StaffingPlan) -> Table:
    """Show each team's standard week and its people over the term."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 1))
    table.add_column("")
    for team in plan.teams:
        table.add_column(team.name, justify="right")
    rows = [_rows(team) | _inner_shape(team) for team in plan.teams]
    for label in dict.fromkeys(label for team in rows for label in team):
        table.add_row(label, *(team.get(label, "") for team in rows))
    return table


def _rows(team: TeamPlan) -> dict[str, str]:
    weeks, roster = team.workforce, team.roster
    payroll = weeks.payroll
    return {
        "units in the standard week": volume(team.units_per_week),
        "most heads the work needs": f"{max(roster.required_heads):,.1f}",
        "most people on duty": f"{roster.peak_heads}",
        "paid hours in the week": f"{roster.paid_hours:,.0f}",
        "of them nights and weekends": f"{roster.paid_hours - ordinary(team):,.0f}",
        "shifts": _shifts(sum(line.heads for line in roster.shifts), len(roster.shifts)),
        "proven best to within": proven(team),
        "on payroll, start / mean / most": _spread(payroll),
        "hires that stay, over the term": f"{sum(weeks.hires):,.1f}",
        "overtime, FTE-weeks": f"{sum(weeks.overtime):,.0f}",
        "surge, FTE-weeks / most at once": f"{sum(weeks.surge):,.0f} / {max(weeks.surge):,.1f}",
    }


def _shifts(heads: int, groups: int) -> str:
    return f"{heads} in {groups} group{'' if groups == 1 else 's'}"


def _inner_shape(team: TeamPlan) -> dict[str, str]:
    """Breaks, tours and priced shortfall, where there are any."""
    roster = team.roster
    hours = HOURS_PER_WEEK / len(roster.on_duty)
    rows = {}
    if roster.breaks:
        on_breaks = hours * (sum(roster.on_duty) - sum(roster.at_work))
        rows["break hours in the week"] = f"{on_breaks:,.1f}"
    people: Counter[str] = Counter()
    for line in roster.tours:
        people[line.tour] += line.people
    rows |= {f"people on tour {tour}": f"{count:,}" for tour, count in people.items()}
    if roster.shortfall_cost:
        short = hours * sum(roster.shortfall)
        rows["head-hours short / their price"] = f"{short:,.1f} / {roster.shortfall_cost:,.0f}"
    return rows


def proven(team: TeamPlan) -> str:
    """Say in people how far the roster is from what is proven; a share of a tiny team misleads.

    A quarter of a team of two sounds careless, and is half a person.
    """
    gap = team.roster.proof.gap
    people = gap * team.roster.paid_hours / team.hours_per_fte_week
    if people >= 1:
        return f"{people:,.1f} people, {100 * gap:.1f} %"
    return "one person" if gap >= _AS_GOOD_AS_ZERO else "nothing"


def ordinary(team: TeamPlan) -> float:
    """Paid hours of the standard week without a premium."""
    return team.roster.paid_hours_by_class["ordinary"]


def _spread(values: tuple[float, ...]) -> str:
    return f"{values[0]:,.1f} / {sum(values) / len(values):,.1f} / {max(values):,.1f}"
