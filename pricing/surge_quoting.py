"""The use case: an engagement and a peak in, a surge report out. Command line and HTTP call it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pricing.cost import plan_cost
from pricing.offers import build_offers
from pricing.quoting import plan_of, prepare
from pricing.reading import engagement_hash
from pricing.surge_brief import surge_ladder
from pricing.surge_prices import surge_prices
from pricing.surge_report import SurgeReport, SurgeRung
from staffing.calendar import MONTHS_PER_YEAR, ContractCalendar, add_months
from staffing.demand import demand_over_term
from staffing.errors import BadInputError
from staffing.plan import tidy
from staffing.surge import Peak
from staffing.surge_study import surge_study

if TYPE_CHECKING:
    from collections.abc import Callable

    from pricing.briefing import TeamTerms
    from pricing.engagement import Engagement
    from pricing.surge_report import SurgeRequest
    from staffing.brief import StaffingBrief
    from staffing.optimize.solver import SolveLimits, SolveLog
    from staffing.surge import SurgeLadder, SurgeSource
    from staffing.surge.plan import SurgePlan


def surge_report(
    engagement: Engagement,
    request: SurgeRequest,
    *,
    limits: SolveLimits | None = None,
    log: SolveLog | None = None,
    progress: Callable[[str], None] | None = None,
) -> SurgeReport:
    """Plan how a team meets a peak, compare strategies, and price it in both methods.

    Parameters
    ----------
    engagement : Engagement
        A resolved document (volumes inline).
    request : SurgeRequest
        The peak.
    limits, log, progress
        As in `pricing.quoting.quote`.

    Raises
    ------
    BadInputError
        When peak, ladder or document mean nothing, or service and site are no team.
    InfeasibleError
        ``surge_work``: no price stands on work not done, and the ladder cannot meet the peak.
    SolverStoppedError
    PlanCheckError
        When our own plan fails its independent check.
    """
    tell = progress or (lambda _: None)
    tell("reading rates")
    _, teams, brief = prepare(engagement)
    team = _team(engagement, teams, brief, request)
    starts_on = _starts_on(engagement, request)
    team, brief = _in_year(team, brief, _contract_year(engagement, starts_on))
    ladder = _ladder(team, request)
    study = surge_study(
        brief,
        team.name,
        Peak(request.size or 1.0, request.notice_h, request.days),
        ladder,
        people=request.people,
        start_weekday=request.weekday,
        starts_on=starts_on,
        limits=limits,
        log=log,
        progress=tell,
    )
    tell("pricing ordinary work")
    planned = plan_of(engagement, limits=limits, log=log)
    lines = plan_cost(engagement, planned.teams, planned.plan)
    _, quoted = build_offers(engagement, planned.teams, planned.plan, lines)
    named = request.model_copy(update={"service": team.service.name, "site": team.site.name})
    heads = {source.name: source.heads for source in study.plan.sources}
    return SurgeReport(
        engagement=engagement.name,
        client=engagement.client,
        currency=engagement.currency,
        engagement_hash=engagement_hash(engagement),
        request=named,
        size=study.plan.peak_size or 0.0,
        unit=team.service.unit,
        dates=_dates(request, study.plan),
        rungs=tuple(_rung(source, heads[source.name]) for source in ladder.sources),
        study=study,
        prices=surge_prices(engagement, team, study, quoted),
    )


def _team(
    engagement: Engagement,
    teams: tuple[TeamTerms, ...],
    brief: StaffingBrief,
    request: SurgeRequest,
) -> TeamTerms:
    """Find the team meant: the service with most work, the site with most of it, unless told."""
    names = [service.name for service in engagement.services]
    wanted = request.service or _busiest(engagement, brief)
    if wanted not in names:
        raise BadInputError.at("service", wanted, f"one of {', '.join(names)}")
    own = [team for team in teams if team.service.name == wanted]
    sites = [team.site.name for team in own]
    if request.site is not None and request.site not in sites:
        accepted = f"a site of {wanted}: {', '.join(sites)}"
        raise BadInputError.at("site", request.site, accepted)
    if request.site is not None:
        return own[sites.index(request.site)]
    shares = {part.site: part.share or 0 for part in own[0].service.delivery}
    return max(own, key=lambda team: shares[team.site.name])


def _busiest(engagement: Engagement, brief: StaffingBrief) -> str:
    """Service with the most handling time in an ordinary week."""
    calendar = ContractCalendar(brief.start, brief.term_months)
    hours = {
        stated.name: demand_over_term(volume, calendar, brief.grid).base_week
        / float(stated.gross_units_per_hour)
        for stated, volume in zip(engagement.services, brief.services, strict=True)
    }
    return max(hours, key=hours.__getitem__)


def _starts_on(engagement: Engagement, request: SurgeRequest) -> date | None:
    """Day on which a peak with a date begins; it lies in the term."""
    if not isinstance(request.start, date):
        return None
    term = ContractCalendar(engagement.start, engagement.term_months)
    if not term.start <= request.start < term.end:
        last = term.end - timedelta(days=1)
        accepted = f"a weekday (Mon), or a day of the term, {term.start} to {last}"
        raise BadInputError.at("start", request.start.isoformat(), accepted)
    return request.start


def _contract_year(engagement: Engagement, day: date | None) -> int:
    """Contract year a day lies in, 1 first; the first where there is none."""
    years = -(-engagement.term_months // MONTHS_PER_YEAR)
    starts = [add_months(engagement.start, MONTHS_PER_YEAR * year) for year in range(years)]
    return 1 if day is None else sum(start <= day for start in starts)


def _in_year(team: TeamTerms, brief: StaffingBrief, year: int) -> tuple[TeamTerms, StaffingBrief]:
    """Let the team's wages grow to a contract year, as a quote does."""
    growth = (1 + team.site.wage_growth_per_year.value) ** (year - 1)
    rate = replace(team.rate, wage_per_hour=team.rate.wage_per_hour * growth)
    teams = tuple(
        replace(
            one,
            hourly_cost=float(rate.labour_per_hour),
            hourly_premium_base=float(rate.wage_per_hour),
        )
        if one.name == team.name
        else one
        for one in brief.teams
    )
    return replace(team, rate=rate), replace(brief, teams=teams)


def _ladder(team: TeamTerms, request: SurgeRequest) -> SurgeLadder:
    ladder = surge_ladder(team)
    if request.all_in_time:
        return replace(ladder, shortfall_price=None)
    if request.shortfall_price is not None:
        return replace(ladder, shortfall_price=request.shortfall_price)
    return ladder


def _dates(request: SurgeRequest, plan: SurgePlan) -> tuple[date, ...]:
    if not isinstance(request.start, date):
        return ()
    first = request.start - timedelta(days=int(plan.notice_h // 24))
    return tuple(first + timedelta(days=day) for day in range(len(plan.need_h)))


def _rung(source: SurgeSource, heads: float) -> SurgeRung:
    return SurgeRung(
        name=source.name,
        kind=source.kind,
        heads=heads,
        notice_h=source.notice_h,
        show_up=source.show_up,
        effectiveness=source.effectiveness,
        min_engagement_days=source.min_engagement_days,
        hourly_cost=tidy(source.hourly_cost),
        hourly_premium=tidy(source.hourly_premium),
        standby_fee_per_week=tidy(source.standby_fee_per_head_week),
        reserved=source.reserved,
        onboarding_cost=source.onboarding_cost,
        onboarding_h=source.onboarding_h,
    )
