"""All rules of a plan, and those that look across teams."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from staffing.blending import lender_of
from staffing.calendar import ContractCalendar
from staffing.check.case import TeamCase, close
from staffing.check.clock_rules import clock
from staffing.check.figures import figures
from staffing.check.roster_rules import ROSTER_RULES
from staffing.check.routing_rules import as_planned, routing
from staffing.check.workforce_rules import WORKFORCE_RULES
from staffing.demand import demand_over_term
from staffing.errors import Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from staffing.brief import StaffingBrief
    from staffing.demand import Demand
    from staffing.plan import StaffingPlan


def check_plan(brief: StaffingBrief, plan: StaffingPlan) -> tuple[Violation, ...]:
    """Return every violation found; an empty tuple means the plan holds.

    Parameters
    ----------
    brief : StaffingBrief
        The problem.
    plan : StaffingPlan
        The plan, from wherever.
    """
    found = [*_teams(brief, plan), *routing(brief, plan)]
    brief = as_planned(brief, plan)
    calendar = ContractCalendar(brief.start, brief.term_months)
    demands = {s.name: demand_over_term(s, calendar, brief.grid) for s in brief.services}
    planned = {team.name: team for team in plan.teams}
    cases = _with_lenders(
        brief,
        [
            TeamCase(brief, team, planned[team.name], demands[team.service], calendar)
            for team in brief.teams
            if team.name in planned
        ],
    )
    for case in cases:
        unreadable = tuple(figures(case))
        found += unreadable
        for rule in () if unreadable else (*ROSTER_RULES, *WORKFORCE_RULES):
            found += rule(case)
    found += _volumes(plan, demands, calendar)
    found += _seats(brief, plan, cases)
    found += clock(cases)
    return tuple(found)


def _with_lenders(brief: StaffingBrief, cases: list[TeamCase]) -> list[TeamCase]:
    """Give each case the team whose idle time it may use; without that team, it has none."""
    by_name = {case.team.name: case for case in cases}
    lenders = {case.team.name: lender_of(brief, case.team) for case in cases}
    return [
        case if lender is None else replace(case, lender=by_name.get(lender.name))
        for case, lender in zip(cases, lenders.values(), strict=True)
    ]


def _teams(brief: StaffingBrief, plan: StaffingPlan) -> Iterator[Violation]:
    wanted, given = [t.name for t in brief.teams], [t.name for t in plan.teams]
    if wanted != given:
        yield Violation("teams", "plan", f"teams {given}, the brief has {wanted}")
    if plan.interval_minutes != brief.grid.interval_min:
        yield Violation("presence", "plan", f"intervals of {brief.grid.interval_min} min expected")


def _seats(brief: StaffingBrief, plan: StaffingPlan, cases: list[TeamCase]) -> Iterator[Violation]:
    """``seats``: all teams of a site together fit its seats in every interval."""
    stated = {site.site: site for site in plan.sites}
    for site in brief.sites:
        together = sum(
            (case.presence for case in cases if case.team.site == site.name),
            np.zeros(brief.grid.size),
        )
        if site.seats is not None:
            for t in np.flatnonzero(together > site.seats):
                where = f"{site.name}, {brief.grid.label(int(t))}"
                yield Violation("seats", where, f"{together[t]:.0f} people, {site.seats} seats")
        if site.name not in stated or stated[site.name].seats != site.seats:
            yield Violation("seats", site.name, f"the site has {site.seats} seats")
        elif stated[site.name].peak_heads != together.max():
            yield Violation("seats", site.name, "peak_heads is not the peak of its teams")


def _volumes(
    plan: StaffingPlan, demands: dict[str, Demand], calendar: ContractCalendar
) -> Iterator[Violation]:
    """``volume``: units of the base week, by week and by month follow from the demand."""
    stated = {volume.service: volume for volume in plan.volumes}
    for name, demand in demands.items():
        volume = stated.get(name)
        if volume is None:
            yield Violation("volume", name, "no volume in the plan")
            continue
        if not close(volume.base_week_units, demand.base_week):
            yield Violation("volume", name, f"the base week has {demand.base_week:.6f} units")
        months = calendar.weeks_in_month @ demand.weekly
        for label, given, expected in (
            ("week", volume.units_by_week, demand.weekly),
            ("month", volume.units_by_month, months),
        ):
            if len(given) != len(expected) or not np.allclose(given, expected, atol=1e-5):
                yield Violation("volume", name, f"units by {label} differ from the demand")
