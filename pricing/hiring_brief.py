"""From an engagement and its staffing plan to the question of hiring over the term.

Money becomes plain cost; work is in productive hours: hours on site of an experienced person less
in-office shrinkage. Wages are those of the first year.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from pricing.engagement import DeferrableService, Hiring
from pricing.hiring_limits import hiring_limits
from staffing.calendar import WEEKS_PER_YEAR, ContractCalendar
from staffing.errors import BadInputError
from staffing.hiring.problem import (
    BacklogTerms,
    CrossTrainedTerms,
    HiringPool,
    HiringProblem,
    OvertimeTerms,
    ReleaseTerms,
    StaffGroup,
    TemporaryTerms,
    Upskilling,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from pricing.briefing import TeamTerms
    from pricing.engagement import Engagement
    from pricing.parameters import Parameter
    from staffing.plan import StaffingPlan, TeamPlan

_MID_WEEK = timedelta(days=3)
_WEEK_H = 168


def hiring_problem(
    engagement: Engagement,
    teams: Sequence[TeamTerms],
    plan: StaffingPlan,
    *,
    whole_people: bool = False,
) -> HiringProblem:
    """Ask who joins, helps out and leaves in every week of the term.

    Parameters
    ----------
    engagement : Engagement
        Its sites' hiring terms; what they leave out follows the terms of the quote.
    teams : sequence of TeamTerms
        Teams to plan, at least one; each is a pool.
    plan : StaffingPlan
        The engagement's plan: what every team needs, week by week.
    whole_people : bool
        Whether people are whole numbers; also where a site's terms say so.

    Raises
    ------
    BadInputError
        Where terms cannot be meant.
    """
    _check_ramps(engagement, teams)
    calendar = ContractCalendar(engagement.start, engagement.term_months)
    plans = {team.name: team for team in plan.teams}
    return HiringProblem(
        pools=tuple(_pool(team, plans[team.name], calendar) for team in teams),
        upskillings=tuple(_upskillings(teams)),
        limits=hiring_limits(teams, plan),
        week_weights=calendar.week_weights,
        whole_people=whole_people or any(terms_of(team).whole_people for team in teams),
    )


def terms_of(team: TeamTerms) -> Hiring:
    """Hiring terms of a team's site, empty where it states none."""
    return team.site.hiring or Hiring()


def weekly_wage(team: TeamTerms, premium: float = 0.0) -> float:
    """Cost of one full-time person for a week, with a premium on the base wage."""
    return hourly_cost(team, premium) * float(team.rates.contract_hours_per_week)


def hourly_cost(team: TeamTerms, premium: float = 0.0) -> float:
    """Cost of one paid hour, with a premium on the base wage."""
    return float(team.rate.labour_per_hour) + premium * float(team.rate.wage_per_hour)


def _check_ramps(engagement: Engagement, teams: Sequence[TeamTerms]) -> None:
    """A quote may have a ramp that falls; a plan of hiring, week by week, may not."""
    names = [service.name for service in engagement.services]
    for team in teams:
        if list(team.service.ramp) != sorted(team.service.ramp):
            path = f"services[{names.index(team.service.name)}].ramp"
            raise BadInputError.at(path, list(team.service.ramp), "shares that never fall")


def _pool(team: TeamTerms, plan: TeamPlan, calendar: ContractCalendar) -> HiringPool:
    terms, attrition = terms_of(team), team.attrition
    in_office = float(team.shrinkage.in_office.value)
    ready = attrition.training_weeks + terms.access_weeks
    staff = tuple(
        StaffGroup(group.heads, group.tenure_weeks)
        for group in terms.staff
        if group.service == team.service.name
    )
    wage, recruiting = weekly_wage(team), float(attrition.recruiting_cost.value)
    early_loss = float(attrition.early_loss.value)
    # Whoever is there at the start was trained before it; of a class, those who left early are
    # paid for all the same, as in a quote.
    go_live_cost = (recruiting + wage * attrition.training_weeks * early_loss) / (1 - early_loss)
    return HiringPool(
        name=team.name,
        need_h=np.array(plan.workforce.needed) * plan.hours_per_fte_week * (1 - in_office),
        hours_per_week=float(team.rates.contract_hours_per_week),
        wage=wage,
        hire_cost=recruiting,
        lead_weeks=attrition.training_weeks,
        access_weeks=terms.access_weeks,
        ramp=team.service.ramp,
        attrition=_leaving(team),
        early_loss=early_loss,
        nesting_h=(0.0,) * ready + (terms.nesting_h_per_trainee_week,) * len(team.service.ramp),
        absence=_absence(team, calendar),
        staff=staff,
        go_live_max=0.0 if staff else float("inf"),
        go_live_cost=go_live_cost,
        class_size=terms.class_size,
        overtime=_overtime(team, in_office),
        release=_release(team),
        temporary=_temporary(team, calendar),
        cross_trained=_cross_trained(team),
        backlog=_backlog(team),
        shortfall_price=_number(terms.shortfall_price),
    )


def _number(stated: Parameter | None) -> float | None:
    return None if stated is None else float(stated.value)


def _leaving(team: TeamTerms) -> tuple[float, ...]:
    """Share that leaves between week j of tenure and the next; the last holds on."""
    steps = terms_of(team).attrition_by_tenure
    if not steps:
        return (float(team.attrition.annual.value) / WEEKS_PER_YEAR,)
    shares: list[float] = []
    for step in steps:
        shares += [shares[-1] if shares else 0.0] * (step.from_week - len(shares))
        shares.append(float(step.leaving_per_week.value))
    return tuple(shares)


def _absence(team: TeamTerms, calendar: ContractCalendar) -> NDArray[np.float64]:
    """Share of contract hours not available by week; the two kinds of shrinkage multiply."""
    months = terms_of(team).absence_by_month or (team.shrinkage.out_of_office,) * 12
    away = np.array(
        [float(months[(day + _MID_WEEK).month - 1].value) for day in calendar.week_starts]
    )
    return 1 - (1 - away) * (1 - float(team.shrinkage.in_office.value))


def _overtime(team: TeamTerms, in_office: float) -> OvertimeTerms:
    """Overtime is paid when it is worked: nobody is on leave in it, but breaks are."""
    most = terms_of(team).overtime_share_max_term
    return OvertimeTerms(
        cost_per_h=hourly_cost(team, team.rates.overtime_premium) / (1 - in_office),
        share_max=float(team.site.labour.overtime_share_max.value),
        window_share_max=_number(most),
    )


def _release(team: TeamTerms) -> ReleaseTerms | None:
    release = terms_of(team).release
    if release is None:
        return None
    return ReleaseTerms(release.notice_weeks, release.severance_weeks * weekly_wage(team))


def _temporary(team: TeamTerms, calendar: ContractCalendar) -> TemporaryTerms | None:
    """Temporary contracts, else the surge pool of the quote, for as long as it is needed."""
    stated, surge = terms_of(team).temporary, team.site.surge
    if stated is not None:
        return TemporaryTerms(
            cost_per_week=weekly_wage(team, float(stated.premium.value)),
            effectiveness=float(stated.effectiveness.value),
            min_weeks=stated.min_weeks,
            max_weeks=stated.max_weeks,
        )
    if not surge.pool_heads:
        return None
    return TemporaryTerms(
        cost_per_week=weekly_wage(team, float(surge.premium.value)),
        effectiveness=float(surge.effectiveness.value),
        min_weeks=surge.min_weeks,
        max_weeks=max(surge.min_weeks, calendar.num_weeks),
    )


def _cross_trained(team: TeamTerms) -> CrossTrainedTerms | None:
    stated = terms_of(team).cross_trained
    if stated is None:
        return None
    return CrossTrainedTerms(
        cost_per_week=weekly_wage(team, float(stated.premium.value)),
        effectiveness=float(stated.effectiveness.value),
    )


def _backlog(team: TeamTerms) -> BacklogTerms | None:
    """Deferrable work may wait for the next week, yet no longer than its turnaround."""
    share = terms_of(team).backlog_share
    if share is None or not isinstance(team.service, DeferrableService):
        return None
    return BacklogTerms(
        share=float(share.value), weeks=min(1.0, team.service.turnaround_h / _WEEK_H)
    )


def _upskillings(teams: Sequence[TeamTerms]) -> Iterator[Upskilling]:
    planned = {team.name for team in teams}
    for site in {team.site.name: team.site for team in teams}.values():
        for way in (site.hiring or Hiring()).upskilling:
            ends = [f"{name} @ {site.name}" for name in (way.from_service, way.to_service)]
            if planned.issuperset(ends):
                yield Upskilling(
                    from_pool=ends[0],
                    to_pool=ends[1],
                    cost=float(way.cost.value),
                    weeks=way.weeks,
                    loss=float(way.loss.value),
                    max_per_week=float("inf") if way.max_per_week is None else way.max_per_week,
                )
