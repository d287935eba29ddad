"""The choice planned for real: an engagement that delivers so, its plan and its cost."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pricing.cost import plan_cost
from pricing.money import Money, decimal_of
from pricing.quoting import plan_of
from pricing.sites.places import by_day_only, delivered, rounded_shares
from pricing.sites.report import PlannedCost
from staffing.errors import BadInputError, InfeasibleError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pricing.engagement import Engagement, Site
    from pricing.sites.curves import Runner
    from pricing.sites.options import Ledger
    from staffing.sites import SiteChoice


def opening_cost(site: Site) -> Decimal:
    """One-off cost of opening a site, 0 where none is stated."""
    return site.opening_cost.value if site.opening_cost else Decimal(0)


def chosen_engagement(engagement: Engagement, choice: SiteChoice) -> Engagement:
    """Copy an engagement with the deliveries of a choice, shares at four places."""
    parts: dict[str, list[tuple[str, Decimal]]] = {}
    for service in engagement.services:
        own = [team for team in choice.teams if team.service == service.name]
        if own:
            shares = rounded_shares([team.share for team in own])
            pairs = zip(own, shares, strict=True)
            parts[service.name] = [(team.site, share) for team, share in pairs if share]
    for pattern in choice.patterns:
        parts[pattern.service] = [(site, Decimal(1)) for site in pattern.sites]
    by_hour = frozenset(pattern.service for pattern in choice.patterns)
    ordered: Mapping[str, list[tuple[str, Decimal]]] = {
        service.name: parts[service.name] for service in engagement.services
    }
    chosen = delivered(engagement, ordered, by_hour)
    by_day = {site for p in choice.patterns if p.days_only for site in p.sites}
    return by_day_only(chosen, frozenset(by_day)) if by_day else chosen


def plan_choice(ledger: Ledger, choice: SiteChoice, run: Runner) -> PlannedCost:
    """Plan and cost a choice as a quote would, and compare with the cost it was chosen by."""
    chosen = chosen_engagement(ledger.engagement, choice)
    model, currency = ledger.total(choice.cost), chosen.currency
    stated = Money.of(decimal_of(model), currency)
    try:
        planned = plan_of(chosen, limits=run.limits, log=run.log)
    except (BadInputError, InfeasibleError) as error:
        return PlannedCost(model=stated, planned=None, difference=None, warnings=(str(error),))
    lines = plan_cost(chosen, planned.teams, planned.plan)
    opening = sum((decimal_of(site.open_cost) for site in choice.sites), Decimal(0))
    cost = sum((line.amount for line in lines), Decimal(0)) + opening
    return PlannedCost(
        model=stated,
        planned=Money.of(cost, currency),
        difference=round(float(cost) / model - 1, 6),
        warnings=planned.plan.warnings,
    )
