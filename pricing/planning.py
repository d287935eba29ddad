"""From an engagement to a checked staffing plan: everything that comes before a price."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pricing.briefing import staffing_brief, team_terms
from pricing.in_house import resolve_in_house
from pricing.ratecard import RateCard
from pricing.risk.factors import factor_model
from staffing.brief_check import check_brief
from staffing.check import check_plan
from staffing.errors import PlanCheckError
from staffing.planner import plan_staffing
from staffing.requirement_study import requirement_study

if TYPE_CHECKING:
    from collections.abc import Callable

    from pricing.briefing import TeamTerms
    from pricing.engagement import Engagement
    from staffing.brief import StaffingBrief
    from staffing.optimize.solver import SolveLimits, SolveLog
    from staffing.optimize.tours import Effort
    from staffing.plan import StaffingPlan
    from staffing.requirement_study import Requirement


@dataclass(frozen=True)
class Planned:
    """A checked staffing plan, and the rates and terms it was made with."""

    card: RateCard
    teams: tuple[TeamTerms, ...]
    plan: StaffingPlan


def plan_of(
    engagement: Engagement,
    *,
    limits: SolveLimits | None = None,
    progress: Callable[[str], None] | None = None,
    log: SolveLog | None = None,
    effort: Effort = "quick",
) -> Planned:
    """Plan the staffing of an engagement and check the plan, without pricing it.

    Parameters and errors are those of `pricing.quoting.quote`; `effort` is that of `plan_staffing`.
    """
    tell = progress or (lambda _: None)
    tell("reading rates")
    card, teams, brief = prepare(engagement)
    plan = plan_staffing(brief, limits, tell, log, effort)
    tell("checking the plan")
    violations = check_plan(brief, plan)
    if violations:
        raise PlanCheckError(violations)
    return Planned(card, teams, plan)


def requirement_of(
    engagement: Engagement,
    scale: float = 1.0,
    *,
    progress: Callable[[str], None] | None = None,
    log: SolveLog | None = None,
) -> Requirement:
    """Tell the heads that an engagement's work asks for; see `requirement_study`.

    Raises
    ------
    BadInputError, InfeasibleError, SolverStoppedError
        As when planning.
    """
    _, _, brief = prepare(engagement)
    return requirement_study(brief, scale, progress, log)


def prepare(engagement: Engagement) -> tuple[RateCard, tuple[TeamTerms, ...], StaffingBrief]:
    """Do all that comes before planning; what can be refused without a solver is refused here.

    Raises
    ------
    BadInputError
        When wages, rules or rates cannot be resolved, times do not fit the grid, or volumes,
        turnaround times or sizes cannot be planned.
    InfeasibleError
        When a live queue cannot be open as asked.
    """
    card = RateCard(engagement)
    teams = team_terms(engagement, card)
    resolve_in_house(engagement, card)
    brief = staffing_brief(engagement, teams)
    check_brief(brief)
    factor_model(engagement, foreign_pay=True)  # refuses what cannot be drawn
    return card, teams, brief
