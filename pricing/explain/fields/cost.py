"""Fields of the cost build-up: lines by year, and why the plan differs from the formula."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pricing.explain.field import AMOUNT, computed
from pricing.explain.place import literal
from pricing.reconciliation import BEYOND_FORMULA, PARTS, part_of

if TYPE_CHECKING:
    from pricing.explain.field import Field
    from pricing.explain.place import Place
    from pricing.explain.registry import Entry

_PAGE = "docs/models/price.md"


def _plan_against_formula(place: Place) -> Field:
    """The plan's cost of one part per FTE-year, less the formula's."""
    part, team = str(place.taken[1]), place.at(place.steps[:3])["team"]
    lines = [
        f"workings.costs[{index}].amount"
        for index, cost in enumerate(place.document["workings"]["costs"])
        if cost["team"] == team
        and cost["name"] not in BEYOND_FORMULA
        and part_of(cost["name"]) == part
    ]
    return computed(
        f"How much more {part} costs in the plan than by the steady-state formula, per productive "
        "FTE-year.",
        "sum(plan_cost) / (sum(needed_fte) / 12) - formula",
        _PAGE,
        rounding=AMOUNT,
        plan_cost=list(lines),
        needed_fte=f"staffing.teams[{_team_index(place, team)}].needed_fte_by_month[*]",
        formula=f"workings.teams[?team={literal(team)}].formula_parts.{part}",
    )


def _team_index(place: Place, team: str) -> int:
    teams = place.document["staffing"]["teams"]
    return next(i for i, one in enumerate(teams) if f"{one['service']} @ {one['site']}" == team)


FIELDS: dict[str, Entry] = {
    "cost.lines[*].by_year[*]": computed(
        "One line of the cost build-up in a contract year, all teams.",
        "sum(teams)",
        _PAGE,
        rounding=AMOUNT,
        teams=lambda place: f"workings.costs[name={{name}}&year={int(place.taken[1]) + 1}].amount",
    ),
    "cost.lines[*].amount": computed(
        "One line of the cost build-up over the term.", "sum(years)", _PAGE, years="./by_year[*]"
    ),
    "cost.total": computed(
        "Cost of doing the work over the term, contingency included, before SG&A, financing and "
        "margin.",
        "sum(lines)",
        _PAGE,
        lines="cost.lines[*].amount",
    ),
    "cost.reconciliation[*].by_line.*": _plan_against_formula,
    "cost.reconciliation[*].formula": computed(
        "Cost per productive FTE-year by the steady-state formula, before contingency.",
        " + ".join(PARTS),
        _PAGE,
        rounding=AMOUNT,
        **{part: f"workings.teams[?team={{team}}].formula_parts.{part}" for part in PARTS},
    ),
    "cost.reconciliation[*].difference": computed(
        "How much more the plan costs than the formula says, per productive FTE-year.",
        "sum(by_line)",
        _PAGE,
        by_line="./by_line.*",
    ),
    "cost.reconciliation[*].plan": computed(
        "Cost of the plan per productive FTE-year, before contingency.",
        "formula + difference",
        _PAGE,
        formula="./formula",
        difference="./difference",
    ),
}
