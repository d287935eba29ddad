"""One team's peak: extra hours by day, who comes for them, and the frontier around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from staffing.base_weeks import base_weeks, empty_sites
from staffing.calendar import ContractCalendar
from staffing.check.surge import check_surge_plan
from staffing.demand import demand_over_term
from staffing.errors import BadInputError, PlanCheckError
from staffing.follow_the_sun import choose_routings
from staffing.optimize.solver import SolveLimits, SolveLog
from staffing.optimize.surge import surge_frontier, surge_plan
from staffing.surge import check_peak
from staffing.surge.need import extra_week, surge_problem
from staffing.surge.plan import SurgeStudy
from staffing.team_cover import PlanRun, commit, cover_team

if TYPE_CHECKING:
    from staffing.brief import StaffingBrief
    from staffing.surge import Peak, SurgeLadder, SurgeProblem
    from staffing.team_cover import Progress

_WEEKDAYS = 7


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
    problem = peak_problem(brief, team, peak, ladder, run, start_weekday=start_weekday)
    run.progress(f"{team}: who comes for a peak of {peak.size:.0%}")
    plan = surge_plan(problem, peak_size=peak.size, limits=run.limits, log=run.log)
    violations = check_surge_plan(problem, plan)
    if violations:
        raise PlanCheckError(violations)
    if not frontier:
        return SurgeStudy(team=team, plan=plan, frontier=None)
    run.progress(f"{team}: cost against service and notice")
    curves = surge_frontier(problem, limits=run.limits, log=run.log)
    return SurgeStudy(team=team, plan=plan, frontier=curves)


def peak_problem(
    brief: StaffingBrief,
    name: str,
    peak: Peak,
    ladder: SurgeLadder,
    run: PlanRun,
    *,
    start_weekday: int = 0,
) -> SurgeProblem:
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
    return surge_problem(
        service,
        team,
        extra_week(base.problem.target, at_peak.problem.target, at_peak.cover, open_days, grid),
        peak,
        ladder,
        open_days=open_days,
        start_weekday=start_weekday,
        seats_left=seats_left,
    )
