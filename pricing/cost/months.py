"""Yearly cost lines in months: each line falls when its people, hires or hours fall."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pricing.cost.hours import calendar_hours
from pricing.cost.lines import CONTINGENCY, INTERCOMPANY, MonthlyCostLine
from pricing.cost.pay_index import pay_by_month
from pricing.cost.premiums import PREMIUM
from pricing.cost.split import spread
from pricing.cost.transition import transition_cost
from pricing.cost.weekly import weekly_drivers
from staffing.calendar import MONTHS_PER_YEAR, ContractCalendar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from numpy.typing import NDArray

    from pricing.briefing import TeamTerms
    from pricing.cost.hours import ClassHours
    from pricing.cost.lines import CostLine
    from pricing.cost.weekly import WeeklyDrivers
    from pricing.engagement import Engagement
    from staffing.plan import StaffingPlan

_PAID = ("labour_", "overtime", "surge")
_SUPPORT = "support_"
_DRIVERS: dict[str, Callable[[WeeklyDrivers], NDArray[np.float64]]] = {
    "labour_productive": lambda w: w.payroll - w.ramp - w.idle,
    "labour_training": lambda w: w.training,
    "labour_ramp": lambda w: w.ramp,
    "labour_idle": lambda w: w.idle,
    "overtime": lambda w: w.overtime,
    "surge": lambda w: w.surge,
    "recruiting": lambda w: w.hires,
    "it": lambda w: w.payroll + w.surge,
}


def monthly_cost(
    engagement: Engagement,
    teams: tuple[TeamTerms, ...],
    plan: StaffingPlan,
    lines: tuple[CostLine, ...],
    hours: Mapping[str, tuple[ClassHours, ...]] | None = None,
) -> tuple[MonthlyCostLine, ...]:
    """Spread the yearly cost lines over the contract months they are incurred in.

    Payroll lines follow the people of the weeks, recruiting the starts, premiums the scheduled
    hours of their class, support its people; seats are even over the months of a year (they are
    rented for its peak), the transition has equal instalments, contingency is a share of the
    month's other lines. Where a plan carries no weeks, a line is even over the year.

    Parameters
    ----------
    engagement, teams, plan
        As `plan_cost` took them.
    lines : tuple of CostLine
        What `plan_cost` returned.
    hours : mapping, optional
        `calendar_hours` of the plan, where they are known already.

    Returns
    -------
    tuple of MonthlyCostLine
        In the order of `lines`; the months of a line sum to it exactly (`yearly_lines`).
    """
    calendar = ContractCalendar(engagement.start, engagement.term_months)
    drivers = {
        team.name: weekly_drivers(terms, team, plan)
        for terms, team in zip(teams, plan.teams, strict=True)
    }
    result: list[MonthlyCostLine] = []
    no_hours = np.zeros(engagement.term_months)
    if hours is None:
        hours = calendar_hours(engagement, teams, plan)
    premiums = {team: _premium_weights(cells, engagement) for team, cells in hours.items()}
    paid = {team.name: _paid_by_month(team, calendar) for team in teams}
    for (team, year), of_year in _by_team_and_year(lines).items():
        span = _span(engagement, year)
        others = np.zeros(len(span))
        for line in of_year:
            if line.name in {CONTINGENCY, INTERCOMPANY}:
                weights = others
            elif line.name.startswith(PREMIUM):
                weights = premiums[team].get(line.name, no_hours)[span] * paid[team].wage[span]
            else:
                weights = _weights(line.name, drivers[team], calendar, span, engagement)
                if line.name.startswith(_PAID):
                    even = np.ones(len(span))
                    weights = (weights if weights.any() else even) * paid[team].labour[span]
            amounts = spread(line.amount, weights)
            others = others + np.array([float(amount) for amount in amounts])
            result += [
                MonthlyCostLine(line.name, team, month + 1, amount)
                for month, amount in zip(span, amounts, strict=True)
            ]
    return tuple(result)


def _by_team_and_year(lines: Iterable[CostLine]) -> dict[tuple[str, int], list[CostLine]]:
    groups: dict[tuple[str, int], list[CostLine]] = {}
    for line in lines:
        groups.setdefault((line.team, line.year), []).append(line)
    return groups


def _span(engagement: Engagement, year: int) -> range:
    """Contract months (0 first) of a contract year (1 first)."""
    first = MONTHS_PER_YEAR * (year - 1)
    return range(first, min(first + MONTHS_PER_YEAR, engagement.term_months))


@dataclass(frozen=True)
class _Paid:
    """Pay of the months over that of the first day, each of shape (term_months,)."""

    labour: NDArray[np.float64]
    wage: NDArray[np.float64]


def _paid_by_month(terms: TeamTerms, calendar: ContractCalendar) -> _Paid:
    by_month = pay_by_month(terms, calendar)
    return _Paid(
        np.array([float(pay.labour) for pay in by_month]),
        np.array([float(pay.wage) for pay in by_month]),
    )


def _premium_weights(
    hours: tuple[ClassHours, ...], engagement: Engagement
) -> dict[str, NDArray[np.float64]]:
    """Premium due by line and month of the term, as a multiple of the base wage of an hour."""
    weights: dict[str, NDArray[np.float64]] = {}
    for cell in hours:
        months = weights.setdefault(f"{PREMIUM}{cell.name}", np.zeros(engagement.term_months))
        months[cell.month] += float(cell.hours * cell.premium)
    return weights


def _weights(
    name: str,
    drivers: WeeklyDrivers,
    calendar: ContractCalendar,
    span: range,
    engagement: Engagement,
) -> NDArray[np.float64]:
    """Share of a line by month of its year, up to a common factor; all zero where none is known."""
    if name == "seats":
        return np.ones(len(span))
    if name == "transition":
        transition = transition_cost(engagement.commercial)
        due = 0 if transition is None else transition.months
        return np.array([float(month < due) for month in span])
    weeks = _weeks(name, drivers)
    if not len(weeks):
        return np.zeros(len(span))
    return np.asarray(calendar.weeks_in_month[span.start : span.stop] @ np.maximum(weeks, 0.0))


def _weeks(name: str, drivers: WeeklyDrivers) -> NDArray[np.float64]:
    if name.startswith(_SUPPORT):
        return drivers.support[name.removeprefix(_SUPPORT)]
    return _DRIVERS[name](drivers)
