"""What one more of every quantity of a plan costs, by contract year, as the cost build-up has it.

Read off the build-up itself: it is asked for the cost of a plan with one more of a quantity.
Nothing of it is repeated here. The contingency of a line goes with the line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pricing.cost import calendar_hours, plan_cost, team_dues, team_pay
from staffing.premiums import PREMIUM_CLASSES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from numpy.typing import NDArray

    from pricing.briefing import TeamTerms
    from pricing.cost import ClassHours, CostLine
    from pricing.engagement import Engagement
    from staffing.plan import StaffingPlan, YearQuantities

    Array = NDArray[np.float64]
    _Hours = Mapping[str, tuple[ClassHours, ...]]

KINDS = ("pay", "support", "other")
"""What moves a cost: wages and exchange rates, wages alone, or neither."""
PLAIN = ("payroll_weeks", "overtime_weeks", "surge_weeks", "started_hires", "seats")
_PAY = ("labour_", "premium_", "overtime", "surge")
_CONTINGENCY, _TRANSITION = "contingency", "transition"
_HOURS = "hours:"


@dataclass(frozen=True)
class TeamRates:
    """Cost of one team as planned and per quantity, each of shape (kinds, years).

    Parameters
    ----------
    planned : ndarray
        Cost of the plan.
    per_unit : dict of str to ndarray
        Cost of one more: of `PLAIN`, ``hours:`` and a premium class, ``support:`` and a role.
    """

    planned: Array
    per_unit: dict[str, Array]

    def total(self, quantity: str) -> Array:
        """Cost of one more, all kinds together, shape (years,)."""
        return np.asarray(self.per_unit[quantity].sum(axis=0), dtype=float)


def team_rates(
    engagement: Engagement, terms: tuple[TeamTerms, ...], plan: StaffingPlan
) -> dict[str, TeamRates]:
    """Ask the cost build-up for the rates of every team."""
    contingency = float(engagement.commercial.contingency.value)
    # Of neither does one more of a quantity change anything, but the hours of its own class.
    hours, pay = calendar_hours(engagement, terms, plan), team_pay(engagement, terms, plan)
    due = team_dues(terms, plan, hours)
    lines = plan_cost(engagement, terms, plan, due, pay)
    base, moving = (_by_kind(plan, some, contingency) for some in (lines, _moving(lines)))
    roles = {role for team in plan.teams for year in team.years for role in year.support_weeks}
    classes = {
        name for team in plan.teams for year in team.years for name in year.scheduled_hours_by_class
    }
    moves: dict[str, Callable[[YearQuantities], dict[str, object]]] = {
        name: _one_more(name) for name in PLAIN
    }
    moves |= {f"{_HOURS}{name}": _one_more_in("scheduled_hours_by_class", name) for name in classes}
    moves |= {f"support:{role}": _one_more_in("support_weeks", role) for role in roles}
    per_unit: dict[str, dict[str, Array]] = {team.name: {} for team in plan.teams}
    for quantity, move in sorted(moves.items()):
        moved, owed = _moved(plan, move), due
        if quantity.startswith(_HOURS):
            own = (quantity.removeprefix(_HOURS),)
            more = _with_class(hours, calendar_hours(engagement, terms, moved, own), own[0])
            owed = team_dues(terms, moved, more)
        costs = _by_kind(plan, _moving(plan_cost(engagement, terms, moved, owed, pay)), contingency)
        for name, cost in costs.items():
            per_unit[name][quantity] = cost - moving[name]
    return {name: TeamRates(cost, per_unit[name]) for name, cost in base.items()}


def _one_more(name: str) -> Callable[[YearQuantities], dict[str, object]]:
    return lambda year: {name: getattr(year, name) + 1.0}


def _one_more_in(name: str, key: str) -> Callable[[YearQuantities], dict[str, object]]:
    def move(year: YearQuantities) -> dict[str, object]:
        amounts: dict[str, float] = getattr(year, name)
        return {name: amounts | {key: amounts[key] + 1.0}} if key in amounts else {}

    return move


def _with_class(hours: _Hours, moved: _Hours, name: str) -> dict[str, tuple[ClassHours, ...]]:
    """Hours of every team, those of one class in the place of its own; classes keep their order."""
    return {
        team: tuple(
            sorted(
                (*(cell for cell in cells if cell.weekly_class != name), *moved[team]),
                key=lambda cell: PREMIUM_CLASSES.index(cell.weekly_class),
            )
        )
        for team, cells in hours.items()
    }


def _moved(plan: StaffingPlan, move: Callable[[YearQuantities], dict[str, object]]) -> StaffingPlan:
    teams = tuple(
        team.model_copy(
            update={"years": tuple(year.model_copy(update=move(year)) for year in team.years)}
        )
        for team in plan.teams
    )
    return plan.model_copy(update={"teams": teams})


def _moving(lines: Iterable[CostLine]) -> tuple[CostLine, ...]:
    """Lines without the transition: it is paid once, and split over teams by their people.

    One more of them would only move it from team to team.
    """
    return tuple(line for line in lines if line.name != _TRANSITION)


def _by_kind(plan: StaffingPlan, lines: Iterable[CostLine], contingency: float) -> dict[str, Array]:
    """Cost by team, kind and year; the contingency of a line goes with the line."""
    costs = {team.name: np.zeros((len(KINDS), len(team.years))) for team in plan.teams}
    for line in lines:
        if line.name != _CONTINGENCY:
            amount = float(line.amount) * (1 + contingency)
            costs[line.team][KINDS.index(kind_of(line.name)), line.year - 1] += amount
    return costs


def kind_of(line: str) -> str:
    """Kind of a cost line."""
    if line.startswith("support_"):
        return "support"
    return "pay" if line.startswith(_PAY) else "other"
