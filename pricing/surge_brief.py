"""From an engagement to the ladder of a team's peak: money becomes plain cost per person and hour.

An hour costs what it costs in a quote: the role's labour, a premium on its base wage and, of people
who come on top of the team, IT.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from pricing.engagement import LiveService, SurgeSourceTerms
from staffing.calendar import WEEKS_PER_YEAR
from staffing.surge import SurgeLadder, SurgeLimits, SurgeSource

if TYPE_CHECKING:
    from pricing.briefing import TeamTerms
    from pricing.parameters import Parameter

_POOL_NOTICE_H = 48.0
_HOURS_PER_DAY = 24.0
_NEEDS = {
    "overtime": (),
    "bench": ("seat", "licence"),
}
_ALL_NEEDS = ("seat", "licence", "training", "access")


def surge_ladder(team: TeamTerms) -> SurgeLadder:
    """Turn the surge terms of a team's site into a ladder with costs of the team's role.

    Sources of a site come to whichever of its teams has the peak. Without stated sources there are
    overtime at once, up to the site's share, and its pool after 48 hours.

    Parameters
    ----------
    team : TeamTerms
        Service, site and rates.
    """
    terms = team.site.surge
    stated = terms.sources or default_sources(team)
    limits = terms.limits
    return SurgeLadder(
        sources=tuple(_source(source, team) for source in stated),
        limits=SurgeLimits()
        if limits is None
        else SurgeLimits(
            seats=limits.seats,
            licences=limits.licences,
            trainer_places=None
            if limits.trainers is None or limits.class_size is None
            else limits.trainers * limits.class_size,
            access_per_day=limits.access_per_day,
        ),
        shortfall_price=_shortfall_price(team),
        standby_weeks=WEEKS_PER_YEAR / _value(terms.peaks_per_year, 1.0),
        waiting_share=_value(terms.waiting_share, 1.0),
        promise_h=terms.promise_h,
        team_shares={
            source.name: float(team.site.labour.overtime_share_max.value)
            for source in stated
            if source.heads is None
        },
    )


def default_sources(team: TeamTerms) -> tuple[SurgeSourceTerms, ...]:
    """Ladder of a site that states none: what its overtime and pool terms say."""
    overtime = SurgeSourceTerms(name="overtime", kind="overtime", notice_h=0.0)
    pool = SurgeSourceTerms(
        name="pool", kind="pool", heads=team.site.surge.pool_heads, notice_h=_POOL_NOTICE_H
    )
    return (overtime, pool) if pool.heads else (overtime,)


def _source(source: SurgeSourceTerms, team: TeamTerms) -> SurgeSource:
    surge, kind = team.site.surge, source.kind
    hour = float(team.rate.labour_per_hour) + (0.0 if kind == "overtime" else _it_per_hour(team))
    bench = kind == "bench"
    premium = {"overtime": team.rates.overtime_premium, "pool": float(surge.premium.value)}
    own = kind in {"overtime", "bench"}
    week = hour * float(team.rates.contract_hours_per_week)
    fee = _value(source.standby_fee_per_week, week if bench else 0.0)
    needs = _NEEDS.get(kind, _ALL_NEEDS) if source.needs is None else source.needs
    days = source.min_engagement_days or (7 * surge.min_weeks if kind == "pool" else 1)
    return SurgeSource(
        name=source.name,
        kind=kind,
        heads=inf if source.heads is None else source.heads,  # capped by the team's share
        notice_h=_notice_h(source, team, "access" in needs),
        hourly_cost=_value(source.hourly_cost, 0.0 if bench else hour),
        show_up=_value(source.show_up, 1.0),
        effectiveness=source.effectiveness
        or ((1.0,) if own else (float(surge.effectiveness.value),)),
        premium=_value(source.premium, premium.get(kind, 0.0)),
        premium_base=float(team.rate.wage_per_hour),
        min_engagement_days=days,
        standby_fee_per_head_week=fee,
        reserved=source.reserved is True or fee > 0,
        onboarding_cost=_value(source.onboarding_cost, 0.0),
        onboarding_h=source.onboarding_h,
        needs_seat="seat" in needs,
        needs_licence="licence" in needs,
        needs_training="training" in needs,
        needs_access="access" in needs,
    )


def _it_per_hour(team: TeamTerms) -> float:
    per_year = float(team.site.it_cost_per_fte_year.value)
    return per_year / WEEKS_PER_YEAR / float(team.rates.contract_hours_per_week)


def _notice_h(source: SurgeSourceTerms, team: TeamTerms, needs_access: bool) -> float:
    """Hours to the first hour on the job; the client's access is asked for with the call."""
    limits = team.site.surge.limits
    access_h = _HOURS_PER_DAY * limits.access_days if limits and needs_access else 0.0
    return max(source.notice_h, access_h)


def _shortfall_price(team: TeamTerms) -> float | None:
    stated = team.site.surge.shortfall_price
    if stated is None and isinstance(team.service, LiveService):
        stated = team.service.shortfall_price
    return None if stated is None else float(stated.value)


def _value(stated: Parameter | None, otherwise: float) -> float:
    return otherwise if stated is None else float(stated.value)
