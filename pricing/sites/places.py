"""Where a service may be delivered, and the engagement that delivers it so."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pricing.engagement import DeferrableService, Delivery, LiveService
from pricing.opening_hours import clock
from pricing.ratecard import RateCard

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pricing.engagement import Engagement, ServiceBase, Site
    from pricing.engagement.contract import Contract

    Parts = Sequence[tuple[str, Decimal]]

SHARE_PLACES = 4
_STEP = Decimal(1).scaleb(-SHARE_PLACES)


def candidate_sites(engagement: Engagement, service: ServiceBase) -> tuple[Site, ...]:
    """Sites that are looked at for a service, in document order."""
    named = service.candidates
    return tuple(site for site in engagement.sites if named is None or site.name in named)


def spoken_at(engagement: Engagement, site: Site) -> frozenset[str] | None:
    """Languages spoken at a site; None: nothing is said of them, any."""
    if site.languages is not None:
        return frozenset(site.languages)
    delivered = {
        service.language
        for service in engagement.services
        if site.name in {part.site for part in service.delivery}
    }
    return frozenset(delivered) or None


def refusals(engagement: Engagement, service: ServiceBase, site: Site) -> tuple[str, ...]:
    """Rules that forbid a service at a site: ``languages``, ``data_residency``."""
    spoken = spoken_at(engagement, site)
    found = []
    if spoken is not None and service.language not in spoken:
        found.append("languages")
    if service.data_residency is not None and site.country not in service.data_residency:
        found.append("data_residency")
    return tuple(found)


def rounded_shares(shares: Sequence[float]) -> tuple[Decimal, ...]:
    """Shares at four places that sum to 1 exactly; the largest takes the rest."""
    steps = [Decimal(repr(share)).quantize(_STEP) for share in shares]
    largest = steps.index(max(steps))
    steps[largest] += 1 - sum(steps)
    return tuple(steps)


def delivered(
    engagement: Engagement,
    parts: Mapping[str, Parts],
    by_hour: frozenset[str] = frozenset(),
    *,
    alone: bool = False,
) -> Engagement:
    """Copy an engagement with other deliveries; only the services named are kept.

    Parameters
    ----------
    parts : mapping
        Site and share of each service, by its name; shares of services `by_hour` are not read.
    by_hour : frozenset of str
        Services that go round their sites by the hour.
    alone : bool
        Whether it is looked at by itself: without other sites, limits of seats, transition and
        borrowed idle time, which are shared between services.
    """
    services = tuple(
        _service(service, parts, by_hour, alone=alone)
        for service in engagement.services
        if service.name in parts
    )
    used = {site for named in parts.values() for site, _ in named}
    sites = tuple(
        _site(site, services, alone=alone)
        for site in engagement.sites
        if not alone or site.name in used
    )
    commercial = engagement.commercial
    if alone:
        commercial = commercial.model_copy(update={"transition": None})
    return engagement.model_copy(
        update={
            "services": services,
            "sites": sites,
            "commercial": commercial,
            "contract": _contract(engagement, services),
        }
    )


def _contract(engagement: Engagement, services: Sequence[ServiceBase]) -> Contract | None:
    """Drop the least orders of teams that are no more."""
    contract = engagement.contract
    if contract is None or contract.input_based is None:
        return contract
    teams = {f"{s.name} @ {part.site}" for s in services for part in s.delivery}
    kept = tuple(one for one in contract.input_based.minimum_fte if one.team in teams)
    bought = contract.input_based.model_copy(update={"minimum_fte": kept})
    return contract.model_copy(update={"input_based": bought})


def by_day_only(engagement: Engagement, names: frozenset[str]) -> Engagement:
    """Keep sites that are always open closed in their own night, as their labour rules have it."""
    card = RateCard(engagement)

    def by_day(site: Site) -> Site:
        if site.name not in names or site.opening_hours != "24x7":
            return site
        rules = card.site_rates(site).premiums
        window = f"{clock(rules.night_to_min)}-{clock(rules.night_from_min)}"
        return site.model_copy(update={"opening_hours": {"mon-sun": window}})

    return engagement.model_copy(update={"sites": tuple(by_day(s) for s in engagement.sites)})


def _service(
    service: ServiceBase, parts: Mapping[str, Parts], by_hour: frozenset[str], *, alone: bool
) -> ServiceBase:
    round_the_clock = service.name in by_hour
    update: dict[str, Any] = {
        "delivery": tuple(
            Delivery(site=site) if round_the_clock else Delivery(site=site, share=share)
            for site, share in parts[service.name]
        )
    }
    if isinstance(service, LiveService):
        update["routing"] = "follow_the_sun" if round_the_clock else "shares"
        if round_the_clock:
            update |= {"shortfall_price": None, "max_short_heads": None}
    if isinstance(service, DeferrableService) and service.blend is not None:
        lender = {site for site, _ in parts.get(service.blend.service, ())}
        if alone or not {site for site, _ in parts[service.name]} <= lender:
            update["blend"] = None
    return service.model_copy(update=update)


def _site(site: Site, services: Sequence[ServiceBase], *, alone: bool) -> Site:
    update: dict[str, Any] = {"seats": None} if alone else {}
    if site.hiring is not None:
        here = {s.name for s in services if site.name in {part.site for part in s.delivery}}
        named = {group.service for group in site.hiring.staff}
        for way in site.hiring.upskilling:
            named |= {way.from_service, way.to_service}
        if alone or not named <= here:
            update["hiring"] = None
    return site.model_copy(update=update)
