"""Briefing: from commercial document and rate card to the plain staffing brief."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from pricing.engagement import DeferrableService, LiveService
from pricing.labour_brief import labour_rules
from pricing.opening_hours import open_mask
from staffing.brief import (
    Blend,
    LiveTarget,
    ServiceBrief,
    SiteBrief,
    StaffingBrief,
    SupportRole,
    SurgeTerms,
    TeamBrief,
    TurnaroundTarget,
    VolumeBrief,
    VolumeHistory,
    WorkforceTerms,
)
from staffing.calendar import WEEKS_PER_YEAR
from staffing.demand import spread_profile
from staffing.errors import BadInputError, together
from staffing.grid import WeekGrid

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from pricing.engagement import Attrition, Engagement, ServiceBase, Shrinkage, Site, Volume
    from pricing.ratecard import DatedRate, RateCard, RoleRate, SiteRates

_SECONDS_PER_HOUR = Decimal(3600)
_HOURS_PER_DAY = 24


@dataclass(frozen=True)
class TeamTerms:
    """What pricing needs to know of a team, beside its staffing plan.

    `rate` is pay on the first day of the contract, `dated` all pay of the term from there on.
    """

    service: ServiceBase
    site: Site
    rate: RoleRate
    rates: SiteRates
    shrinkage: Shrinkage
    attrition: Attrition
    dated: tuple[DatedRate, ...]

    @property
    def name(self) -> str:
        """``service @ site``."""
        return f"{self.service.name} @ {self.site.name}"


def team_terms(engagement: Engagement, card: RateCard) -> tuple[TeamTerms, ...]:
    """Resolve the terms of every team, in document order.

    Raises
    ------
    BadInputError
        Naming every wage, on-cost, rule and exchange rate that is neither stated nor in a table.
    """
    pairs = [
        (service, engagement.site(part.site))
        for service in engagement.services
        for part in service.delivery
    ]
    wanted: list[Callable[[], object]] = [
        *(partial(card.check_on_cost, site) for site in engagement.sites),
        *(partial(card.site_rates, site) for site in engagement.sites),
        *(partial(card.role_rate, site, service.role) for service, site in pairs),
    ]
    together(wanted)
    rates = {site.name: card.site_rates(site) for site in engagement.sites}
    return tuple(
        TeamTerms(
            service=service,
            site=site,
            rate=card.role_rate(site, service.role),
            rates=rates[site.name],
            shrinkage=site.shrinkage or engagement.shrinkage,
            attrition=site.attrition or engagement.attrition,
            dated=card.dated_rates(site, service.role),
        )
        for service, site in pairs
    )


def staffing_brief(engagement: Engagement, teams: tuple[TeamTerms, ...]) -> StaffingBrief:
    """Turn an engagement into plain staffing data; money becomes plain cost rates.

    Raises
    ------
    BadInputError
        When clock times or profiles do not fit the interval grid.
    """
    grid = WeekGrid(engagement.interval_minutes)
    return StaffingBrief(
        grid=grid,
        start=engagement.start,
        term_months=engagement.term_months,
        services=tuple(
            together(
                partial(service_brief, engagement, index, grid)
                for index in range(len(engagement.services))
            )
        ),
        sites=tuple(
            together(
                partial(_site, site, grid, engagement.site_path(site.name))
                for site in engagement.sites
            )
        ),
        teams=tuple(
            together(
                partial(_team, team, teams, grid, engagement.site_path(team.site.name))
                for team in teams
            )
        ),
    )


def effective_units_per_hour(service: ServiceBase) -> Decimal:
    """Good units per handling hour, ``UPH (1 - epsilon k)`` (pricing build-up 1.5)."""
    accuracy = service.accuracy
    rework = accuracy.rework_share.value * accuracy.rework_effort.value
    return service.gross_units_per_hour * (1 - rework)


def utilisation_of(engagement: Engagement, service: ServiceBase) -> Decimal:
    """Handling over available time: utilisation of deferrable work, cap of a live queue."""
    live = isinstance(service, LiveService)
    return (engagement.occupancy_cap if live else engagement.utilisation).value


def _blend(service: DeferrableService) -> Blend | None:
    terms = service.blend
    return None if terms is None else Blend(terms.service, terms.share)


def _site(site: Site, grid: WeekGrid, path: str) -> SiteBrief:
    hours = open_mask(site.opening_hours, grid, f"{path}.opening_hours")
    return SiteBrief(site.name, site.time_zone, site.seats, hours)


def service_brief(engagement: Engagement, index: int, grid: WeekGrid) -> ServiceBrief:
    """Turn one service of an engagement into its brief; no rate is read.

    Raises
    ------
    BadInputError
        When times do not fit the grid, or nothing is ever open.
    """
    service = engagement.services[index]
    hours = open_mask(service.opening_hours, grid, f"services[{index}].opening_hours")
    if not hours.any():
        raise BadInputError.at(
            f"services[{index}].opening_hours", service.opening_hours, "some open time in the week"
        )
    units_per_hour = effective_units_per_hour(service)
    target: LiveTarget | TurnaroundTarget
    if isinstance(service, LiveService):
        target = LiveTarget(
            handle_time_s=float(_SECONDS_PER_HOUR / units_per_hour),
            service_level=service.service_level,
            threshold_s=service.answer_within_s,
            max_occupancy=float(engagement.occupancy_cap.value),
            patience_s=float(service.patience_s.value) if service.patience_s else None,
            max_abandonment=service.max_abandonment,
            retry_share=float(service.retry_share.value) if service.retry_share else 0.0,
            concurrency=service.concurrency,
        )
    else:
        target = TurnaroundTarget(
            turnaround_h=service.turnaround_h,
            units_per_head_hour=float(units_per_hour * engagement.utilisation.value),
            blend=_blend(service),
        )
    return ServiceBrief(
        name=service.name,
        time_zone=service.time_zone,
        open_mask=hours,
        volume=_volume(service.volume, f"services[{index}].volume", hours, grid),
        target=target,
        min_heads=service.min_agents,
        path=f"services[{index}]",
        follow_the_sun=service.is_follow_the_sun,
        shortfall_price=_shortfall_price(service),
        max_short_heads=service.max_short_heads if isinstance(service, LiveService) else None,
    )


def _shortfall_price(service: ServiceBase) -> float | None:
    if not isinstance(service, LiveService) or service.shortfall_price is None:
        return None
    return float(service.shortfall_price.value)


def _volume(volume: Volume, path: str, hours: NDArray[np.bool_], grid: WeekGrid) -> VolumeBrief:
    profile = None
    if volume.profile is not None:
        try:
            profile = spread_profile(np.array(volume.profile), grid, hours)
        except ValueError:
            raise BadInputError.at(
                f"{path}.profile",
                f"{len(volume.profile)} numbers",
                f"7, 168 or {grid.size} numbers on {grid.interval_min}-minute intervals",
            ) from None
    seasonality = None
    if volume.seasonality is not None:
        months = np.array(volume.seasonality)
        seasonality = months / months.mean()
    history = volume.history
    return VolumeBrief(
        units_per_year=volume.units_per_year,
        history=None
        if history is None
        else VolumeHistory(history.starts_on, history.step, np.array(history.values)),
        seasonality=seasonality,
        profile=profile,
        growth_per_year=volume.growth_per_year,
        scale=volume.scale,
        opening_backlog=volume.opening_backlog,
        opening_backlog_weeks=volume.opening_backlog_weeks,
        forecast=volume.forecast,
    )


def _team(
    team: TeamTerms, teams: tuple[TeamTerms, ...], grid: WeekGrid, site_path: str
) -> TeamBrief:
    share = next(part.share for part in team.service.delivery if part.site == team.site.name)
    at_site = sum(1 for other in teams if other.site.name == team.site.name)
    return TeamBrief(
        service=team.service.name,
        site=team.site.name,
        share=float(share),
        labour=labour_rules(team.site.labour, team.rates, grid, f"{site_path}.labour"),
        workforce=_workforce(team, at_site),
        support=tuple(
            SupportRole(role.role, float(role.span.value), role.min_on_duty)
            for role in team.site.support
        ),
        hourly_cost=float(team.rate.labour_per_hour),
        hourly_premium_base=float(team.rate.wage_per_hour),
        seat_cost_per_week=float(team.site.seat_cost_per_year.value) / WEEKS_PER_YEAR,
        in_office_by_interval=_in_office_by_interval(team, grid, site_path),
    )


def _in_office_by_interval(
    team: TeamTerms, grid: WeekGrid, site_path: str
) -> NDArray[np.float64] | None:
    profile = team.shrinkage.in_office_profile
    if profile is None:
        return None
    weights = np.array(profile if len(profile) != _HOURS_PER_DAY else 7 * profile)
    if grid.size % len(weights):
        raise BadInputError.at(
            f"{f'{site_path}.' if team.site.shrinkage else ''}shrinkage.in_office_profile",
            f"{len(profile)} numbers",
            "24 or 168 numbers, or one for each interval of the week",
        )
    by_interval = np.repeat(weights, grid.size // len(weights))
    return float(team.shrinkage.in_office.value) * by_interval / by_interval.mean()


def _workforce(team: TeamTerms, teams_at_site: int) -> WorkforceTerms:
    attrition, surge = team.attrition, team.site.surge
    weekly = team.rate.labour_per_hour * team.rates.contract_hours_per_week
    return WorkforceTerms(
        out_of_office=float(team.shrinkage.out_of_office.value),
        in_office=float(team.shrinkage.in_office.value),
        annual_attrition=float(attrition.annual.value),
        early_loss=float(attrition.early_loss.value),
        training_weeks=attrition.training_weeks,
        ramp=team.service.ramp,
        # Wages of training are on the payroll of the plan; only recruiting is due on top.
        hire_cost=float(attrition.recruiting_cost.value)
        + float(weekly) * attrition.training_weeks * float(attrition.early_loss.value),
        surge=SurgeTerms(
            pool_heads=surge.pool_heads / teams_at_site,
            premium=float(surge.premium.value),
            effectiveness=float(surge.effectiveness.value),
            min_weeks=surge.min_weeks,
        ),
    )
