"""One team's peak: extra hours by day, who comes for them, and the frontier around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from staffing.base_weeks import base_weeks, empty_sites
from staffing.calendar import ContractCalendar
from staffing.check.surge import check_surge_plan
from staffing.demand import demand_over_term
from staffing.errors import BadInputError, PlanCheckError
from staffing.follow_the_sun import choose_routings
from staffing.optimize.solver import SolveLimits, SolveLog
from staffing.optimize.surge import surge_frontier, surge_plan
from staffing.plan import tidy
from staffing.surge import check_peak
from staffing.surge.need import extra_week, full_time_people, surge_problem
from staffing.surge.plan import SurgeStudy
from staffing.team_cover import PlanRun, commit, cover_team

if TYPE_CHECKING:
    from staffing.brief import StaffingBrief
    from staffing.surge import Peak, SurgeLadder, SurgeProblem
    from staffing.team_cover import Progress

_WEEKDAYS = 7


@dataclass(frozen=True)
class TeamPeak:
    """A team's peak laid out on days.

    Parameters
    ----------
    problem : SurgeProblem
        Extra work by day since the call, and who could come.
    team_heads : float
        Full-time people of the team's ordinary week.
    extra_units : float
        Units that arrive in the peak beyond those of ordinary weeks.
    """

    problem: SurgeProblem
    team_heads: float
    extra_units: float


def surge_study(  # noqa: PLR0913 (one figure each)
    brief: StaffingBrief,
    team: str,
    peak: Peak,
    ladder: SurgeLadder,
    *,
    start_weekday: int = 0,
    frontier: bool = True,
    limits: SolveLimits | None = None,
    log: SolveLog | None = None,
    progress: Progress | None = None,
) -> SurgeStudy:
    """Plan how a team meets a peak, and what other strategies would cost.

    Parameters
    ----------
    brief : StaffingBrief
        The engagement as the planner reads it.
    team : str
        Name of the team, ``service @ site``.
    peak : Peak
        Extra work, its notice and its length.
    ladder : SurgeLadder
        Who could come.
    start_weekday : int
        Weekday on which the extra work begins at 00:00, site-local; 0 is Monday.
    frontier : bool
        Whether to work out cost against service and notice by strategy.
    limits : SolveLimits, optional
        What ends each solve.
    log : SolveLog, optional
        Collects solver seconds.
    progress : callable, optional
        Called with a short text before each step.

    Raises
    ------
    BadInputError
        When peak, ladder or team mean nothing.
    InfeasibleError
        ``surge_work``: shortfall is forbidden and the ladder cannot meet the peak.
    SolverStoppedError
    PlanCheckError
        When our own plan fails its independent check.
    """
    run = PlanRun(limits or SolveLimits(), log or SolveLog(), progress or (lambda _: None))
    seen = peak_problem(brief, team, peak, ladder, run, start_weekday=start_weekday)
    problem = seen.problem
    run.progress(f"{team}: who comes for a peak of {peak.size:.0%}")
    plan = surge_plan(problem, peak_size=peak.size, limits=run.limits, log=run.log)
    violations = check_surge_plan(problem, plan)
    if violations:
        raise PlanCheckError(violations)
    curves = None
    if frontier:
        run.progress(f"{team}: cost against service and notice")
        curves = surge_frontier(problem, limits=run.limits, log=run.log)
    return SurgeStudy(
        team=team,
        team_heads=tidy(seen.team_heads),
        extra_units=tidy(seen.extra_units),
        plan=plan,
        frontier=curves,
    )


def peak_problem(
    brief: StaffingBrief,
    name: str,
    peak: Peak,
    ladder: SurgeLadder,
    run: PlanRun,
    *,
    start_weekday: int = 0,
) -> TeamPeak:
    """Extra work of a team's peak by day since the call, beside the teams at its site.

    Raises
    ------
    BadInputError, InfeasibleError, SolverStoppedError
    """
    check_peak(peak)
    if not 0 <= start_weekday < _WEEKDAYS:
        raise BadInputError.at("start_weekday", start_weekday, "0 for Monday to 6 for Sunday")
    if name not in [team.name for team in brief.teams]:
        known = ", ".join(team.name for team in brief.teams)
        raise BadInputError.at("team", name, f"one of {known}")
    calendar = ContractCalendar(brief.start, brief.term_months)
    demands = {s.name: demand_over_term(s, calendar, brief.grid) for s in brief.services}
    brief, _ = choose_routings(brief, demands, run.log)
    by_name = {team.name: team for team in brief.teams}
    committed, bases = empty_sites(brief), base_weeks(brief, demands, run)
    team, base = by_name[name], bases[name]
    for other, cover in bases.items():
        if other == name:
            at_peak = cover_team(brief, team, base.week, committed, run, 1 + peak.size)
        commit(brief, by_name[other], cover.week, {1.0: cover}, committed)
    service, site, grid = brief.service(team.service), brief.site(team.site), brief.grid
    open_days = base.week.workable.reshape(7, grid.per_day).any(axis=1)
    seats_left = None
    if site.seats is not None:
        seats_left = max(0.0, site.seats - float(committed.on_duty[site.name].max()))
    hours = float(base.cover.paid.sum()) * grid.interval_h
    team_heads = full_time_people(hours, team)
    problem = surge_problem(
        service,
        team,
        extra_week(base.problem.target, at_peak.problem.target, at_peak.cover, open_days, grid),
        peak,
        ladder.for_team(team_heads),
        open_days=open_days,
        start_weekday=start_weekday,
        seats_left=seats_left,
    )
    units = base.week.arrivals.reshape(7, grid.per_day).sum(axis=1)
    days = (start_weekday + np.arange(peak.days)) % _WEEKDAYS
    return TeamPeak(problem, team_heads, peak.size * float(units[days].sum()))
