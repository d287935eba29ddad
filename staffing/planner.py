"""The planner: a staffing brief in, a staffing plan out, one call per arrow of the data path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from staffing.base_weeks import base_weeks, empty_sites
from staffing.calendar import ContractCalendar
from staffing.demand import demand_over_term
from staffing.follow_the_sun import choose_routings, routing_proofs
from staffing.optimize.solver import SolveLimits, SolveLog
from staffing.plan import ServiceVolume, SitePlan, StaffingPlan, rounded, tidy
from staffing.shortfall import shortfall_warning
from staffing.team_cover import PlanRun
from staffing.team_planner import plan_team

if TYPE_CHECKING:
    from staffing.brief import StaffingBrief
    from staffing.demand import Demand
    from staffing.optimize.tours import Effort
    from staffing.plan import TeamPlan
    from staffing.team_cover import Progress


def plan_staffing(
    brief: StaffingBrief,
    limits: SolveLimits | None = None,
    progress: Progress | None = None,
    log: SolveLog | None = None,
    effort: Effort = "quick",
) -> StaffingPlan:
    """Plan shifts, hires, overtime and surge for every team of a brief.

    Parameters
    ----------
    brief : StaffingBrief
        The work, the places, the teams.
    limits : SolveLimits, optional
        What ends each solve; the defaults are repeatable.
    progress : callable, optional
        Called with a short text before each step.
    log : SolveLog, optional
        Collects solver seconds.
    effort : {"quick", "thorough"}, optional
        How hard to search for tours and breaks; a thorough plan is not repeatable.

    Raises
    ------
    BadInputError, InfeasibleError, SolverStoppedError
    """
    run = PlanRun(limits or SolveLimits(), log or SolveLog(), progress or (lambda _: None), effort)
    calendar = ContractCalendar(brief.start, brief.term_months)
    demands = {s.name: demand_over_term(s, calendar, brief.grid) for s in brief.services}
    brief, routings = choose_routings(brief, demands, run.log)
    bases = base_weeks(brief, demands, run)
    by_name = {team.name: team for team in brief.teams}
    committed = empty_sites(brief)
    teams: dict[str, TeamPlan] = {}
    for name, base in bases.items():
        team = by_name[name]
        demand = demands[team.service]
        teams[name] = plan_team(brief, team, demand, calendar, committed, run, base)
    ordered = tuple(teams[team.name] for team in brief.teams)
    return StaffingPlan(
        interval_minutes=brief.grid.interval_min,
        volumes=tuple(_volume(name, demand, calendar) for name, demand in demands.items()),
        teams=ordered,
        sites=tuple(
            SitePlan(site=s.name, peak_heads=int(committed.on_duty[s.name].max()), seats=s.seats)
            for s in brief.sites
        ),
        routings=routing_proofs(routings, teams),
        warnings=(*_seat_warnings(brief, ordered), *_shortfall_warnings(brief, ordered)),
        reproducible=run.log.reproducible,
    )


def _volume(name: str, demand: Demand, calendar: ContractCalendar) -> ServiceVolume:
    return ServiceVolume(
        service=name,
        base_week_units=tidy(demand.base_week),
        units_by_week=rounded(demand.weekly),
        units_by_month=rounded(calendar.weeks_in_month @ demand.weekly),
    )


def _seat_warnings(brief: StaffingBrief, teams: tuple[TeamPlan, ...]) -> tuple[str, ...]:
    warnings = []
    for site in brief.sites:
        wanted = [
            sum(team.years[year].seats for team in teams if team.site == site.name)
            for year in range(len(teams[0].years))
        ]
        if site.seats is not None and max(wanted, default=0) > site.seats:
            warnings.append(
                f"{site.name}: the busiest weeks take {max(wanted):.0f} seats with trainees, "
                f"{site.seats} are available; the cost of the extra seats is in the price"
            )
    return tuple(warnings)


def _shortfall_warnings(brief: StaffingBrief, teams: tuple[TeamPlan, ...]) -> tuple[str, ...]:
    found = (
        shortfall_warning(
            brief, team, tuple(o for o in teams if o.site == team.site and o is not team)
        )
        for team in teams
    )
    return tuple(text for text in found if text is not None)
