"""The use case: an engagement in, its plan of hiring out, with names, dates and currency.

Command line and HTTP both call `hiring_study`. The document holds wages and cost: it is for the
vendor's own people, never for a client.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from pricing.hiring_brief import hiring_problem
from pricing.hiring_words import dated, saying
from pricing.money import Currency
from pricing.quoting import plan_of
from staffing.calendar import ContractCalendar
from staffing.errors import BadInputError, InfeasibleError
from staffing.hiring.plan import HiringPlan
from staffing.hiring_study import (
    BindingConstraint,
    binding_constraints,
    checked_hiring,
    cost_of_more_work,
    cost_per_productive_hour,
)
from staffing.plan import Document

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pricing.briefing import TeamTerms
    from pricing.engagement import Engagement
    from staffing.hiring.problem import HiringLimit, HiringPool, HiringProblem
    from staffing.optimize.solver import SolveLimits, SolveLog
    from staffing.plan import StaffingPlan


class PoolTerms(Document):
    """Who a pool is and what its people cost; None where there is none of it.

    Costs of people are per person: a week on pay (`wage_per_week`), a start (`hire_cost`), one of
    the team chosen for the first day (`go_live_cost`), a release (`severance`). Those of overtime
    and shortfall are per productive hour. Over the term, `cost_per_productive_hour` is what is paid
    over the hours done, and `cost_of_more_work` what one more hour of work in every week would
    cost, mean over the weeks, for a small change.
    """

    name: str
    service: str
    site: str
    role: str
    language: str
    staff_heads: float
    training_weeks: int
    access_weeks: int
    ramp: tuple[float, ...]
    class_size: int | None
    wage_per_week: float
    hire_cost: float
    go_live_cost: float
    overtime_cost_per_h: float | None
    temporary_cost_per_week: float | None
    cross_trained_cost_per_week: float | None
    severance: float | None
    shortfall_price: float | None
    cost_per_productive_hour: float | None
    cost_of_more_work: float


class LimitLine(Document):
    """What pools share, and the most of it by week; seats and licences in people on pay."""

    kind: str
    name: str
    pools: tuple[str, ...]
    most: tuple[float, ...]


class NamedConstraint(BindingConstraint):
    """A constraint that costs something; `text` says what one more would save, with dates."""

    text: str


class HiringStudy(Document):
    """A plan of hiring with all it takes to read it.

    Weeks are those of `week_starts`, their first days; cost is in `currency`, people in heads and
    work in productive hours. `constraints` are those that cost something, the most valuable first.
    """

    schema_version: int = 1
    engagement: str
    client: str
    currency: Currency
    start: date
    end: date
    term_months: int
    week_starts: tuple[date, ...]
    pools: tuple[PoolTerms, ...]
    limits: tuple[LimitLine, ...]
    constraints: tuple[NamedConstraint, ...]
    plan: HiringPlan
    warnings: tuple[str, ...]


def hiring_study(
    engagement: Engagement,
    *,
    site: str | None = None,
    services: Sequence[str] = (),
    whole_people: bool = False,
    limits: SolveLimits | None = None,
    log: SolveLog | None = None,
    progress: Callable[[str], None] | None = None,
) -> HiringStudy:
    """Plan who joins, helps out and leaves in every week of an engagement's term.

    The work of every week is that of the staffing plan, as in a quote.

    Parameters
    ----------
    engagement : Engagement
        A resolved document (volumes inline).
    site : str, optional
        Only this site; else all of them.
    services : sequence of str
        Only these services; none: all of them.
    whole_people : bool
        Whether people are whole numbers; also where a site's terms say so.
    limits : SolveLimits, optional
        What ends each solve; the defaults are repeatable.
    log : SolveLog, optional
        Collects solver seconds.
    progress : callable, optional
        Called with a short text before each step.

    Raises
    ------
    BadInputError
        Unknown names, or terms that cannot be meant.
    InfeasibleError
        When no plan does all work: which weeks, how many people, what would do at what cost.
    SolverStoppedError
    PlanCheckError
        When our own plan fails its independent check, a defect.
    """
    _check_names(engagement, site, services)
    planned = plan_of(engagement, limits=limits, progress=progress, log=log)
    teams = tuple(
        team
        for team in planned.teams
        if site in {None, team.site.name} and (not services or team.service.name in services)
    )
    if not teams:
        wanted = f"services delivered at {site}"
        raise BadInputError.at("services", ", ".join(services), wanted)
    problem = hiring_problem(engagement, teams, planned.plan, whole_people=whole_people)
    calendar = ContractCalendar(engagement.start, engagement.term_months)
    try:
        plan = checked_hiring(problem, limits=limits, log=log, progress=progress)
    except InfeasibleError as error:
        raise dated(error, calendar.week_starts, engagement.currency) from None
    return HiringStudy(
        engagement=engagement.name,
        client=engagement.client,
        currency=engagement.currency,
        start=engagement.start,
        end=calendar.end,
        term_months=engagement.term_months,
        week_starts=calendar.week_starts,
        pools=tuple(
            _terms(team, pool, plan) for team, pool in zip(teams, problem.pools, strict=True)
        ),
        limits=tuple(_limit(limit, problem) for limit in problem.limits),
        constraints=tuple(
            NamedConstraint(
                **one.model_dump(), text=saying(one, calendar.week_starts, engagement.currency)
            )
            for one in binding_constraints(plan)
        ),
        plan=plan,
        warnings=_warnings(teams, planned.plan),
    )


def _check_names(engagement: Engagement, site: str | None, services: Sequence[str]) -> None:
    sites = [one.name for one in engagement.sites]
    if site is not None and site not in sites:
        raise BadInputError.at("site", site, f"one of {', '.join(sites)}")
    known = [one.name for one in engagement.services]
    for name in services:
        if name not in known:
            raise BadInputError.at("services", name, f"some of {', '.join(known)}")


def _terms(team: TeamTerms, pool: HiringPool, plan: HiringPlan) -> PoolTerms:
    return PoolTerms(
        name=pool.name,
        service=team.service.name,
        site=team.site.name,
        role=team.service.role,
        language=team.service.language,
        staff_heads=sum(group.heads for group in pool.staff),
        training_weeks=pool.lead_weeks,
        access_weeks=pool.access_weeks,
        ramp=pool.ramp,
        class_size=pool.class_size,
        wage_per_week=pool.wage,
        hire_cost=pool.hire_cost,
        go_live_cost=pool.go_live_cost,
        overtime_cost_per_h=pool.overtime.cost_per_h if pool.overtime else None,
        temporary_cost_per_week=pool.temporary.cost_per_week if pool.temporary else None,
        cross_trained_cost_per_week=(
            pool.cross_trained.cost_per_week if pool.cross_trained else None
        ),
        severance=pool.release.severance if pool.release else None,
        shortfall_price=pool.shortfall_price,
        cost_per_productive_hour=cost_per_productive_hour(plan, pool.name),
        cost_of_more_work=cost_of_more_work(plan, pool.name),
    )


def _limit(limit: HiringLimit, problem: HiringProblem) -> LimitLine:
    most = np.broadcast_to(np.asarray(limit.most, dtype=float), problem.num_weeks)
    return LimitLine(kind=limit.kind, name=limit.name, pools=limit.pools, most=tuple(most.tolist()))


def _warnings(teams: Sequence[TeamTerms], plan: StaffingPlan) -> tuple[str, ...]:
    """Say where teams of a site are left out that share its limits."""
    planned = {team.name for team in teams}
    sites = {team.site.name for team in teams}
    others = [t.name for t in plan.teams if t.site in sites and t.name not in planned]
    if not others:
        return ()
    return (
        f"left out are {', '.join(others)}: they keep the seats and licences that the quote says "
        "they need, and take no trainers, classes or helpers",
    )
