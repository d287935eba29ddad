"""A team's week covered by tours and breaks: heads of a queue, or work with a turnaround."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from staffing.errors import InfeasibleError
from staffing.optimize.infeasible import explain_turnaround
from staffing.optimize.tours import plan_tours
from staffing.optimize.tours.work import plan_work
from staffing.requirement import FixedHeads
from staffing.tour_week import covered_week, tour_problem
from staffing.turnaround import work_off

if TYPE_CHECKING:
    from staffing.brief import ServiceBrief, SiteBrief, TeamBrief
    from staffing.optimize.shift_model import CoverageProblem
    from staffing.optimize.solver import SolveLimits, SolveLog
    from staffing.optimize.tours import Effort
    from staffing.requirement import TurnaroundWork
    from staffing.week_cover import WeekCover


def cover_by_tours(
    service: ServiceBrief,
    team: TeamBrief,
    site: SiteBrief,
    problem: CoverageProblem,
    limits: SolveLimits,
    log: SolveLog,
    effort: Effort,
) -> WeekCover:
    """Find the least-cost week of people with breaks and days off.

    Raises
    ------
    BadInputError, InfeasibleError
    """
    target = problem.target
    heads = target.heads if isinstance(target, FixedHeads) else target.floor_heads
    posed = replace(
        tour_problem(service, team, site, heads, problem.seats_left, problem.grid),
        worst_interval_cap=problem.max_short_heads,
    )
    if isinstance(target, FixedHeads):
        plan = plan_tours(posed, effort)
    else:
        found = plan_work(posed, target, effort)
        if found is None:
            raise _too_late(problem, target, limits, log)
        plan = found
    log.reproducible = log.reproducible and plan.reproducible
    cover = covered_week(posed, plan, team)
    return cover if isinstance(target, FixedHeads) else _as_done(cover, target)


def _too_late(
    problem: CoverageProblem, work: TurnaroundWork, limits: SolveLimits, log: SolveLog
) -> InfeasibleError:
    """Say why: closed hours and seats first, as without tours, else the tours themselves."""
    found = explain_turnaround(problem, work, limits, log)
    if found.rule == "seats" and problem.seats_left is None:
        return InfeasibleError(
            "share",
            f"{problem.name}: the tours that fit rest and weekly hours may not be worked by the "
            "whole team: raise their share_max",
        )
    return found


def _as_done(cover: WeekCover, work: TurnaroundWork) -> WeekCover:
    """State the heads that the work takes as these people do it."""
    week = work_off(work.arrivals, work.capacity(cover.at_work), work.due_intervals)
    return replace(cover, required=work.heads_for(week.worked))
