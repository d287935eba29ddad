"""Teams as a client may see them: who is there when, and how many as the work builds up."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from pricing.proposal.document import RampMonth, TeamView
from staffing.calendar import add_months
from staffing.plan import rounded

if TYPE_CHECKING:
    from pricing.engagement import Engagement
    from pricing.engagement.services import DeferrableService, LiveService
    from pricing.quote import Quote
    from staffing.plan import TeamPlan

_HOURS_PER_WEEK = 168
_DAYS_PER_WEEK = 7


def team_views(quote: Quote, engagement: Engagement) -> tuple[TeamView, ...]:
    """Describe every team of a quote's plan.

    Parameters
    ----------
    quote : Quote
        Holds the plan.
    engagement : Engagement
        What was priced: promises and opening hours.
    """
    services = {service.name: service for service in engagement.services}
    sites = {site.name: site for site in engagement.sites}
    views = []
    for team in quote.staffing.teams:
        service = services[team.service]
        at_work = np.asarray(team.roster.at_work, dtype=float)
        hourly = at_work.reshape(_HOURS_PER_WEEK, -1).mean(axis=1)
        working = at_work[at_work > 0]
        views.append(
            TeamView(
                service=team.service,
                site=team.site,
                country=sites[team.site].country,
                language=service.language,
                clock=sites[team.site].time_zone,
                open=open_hours(service.opening_hours),
                promise=promise(service),
                least_at_work=int(working.min()) if working.size else 0,
                most_at_work=int(at_work.max()),
                at_work=rounded(hourly),
                people=_people_by_month(team, quote),
            )
        )
    return tuple(views)


def promise(service: LiveService | DeferrableService) -> str:
    """Say what is promised of a service, in one sentence without its name."""
    right = f"{float(service.accuracy.target):.1%} right"
    if service.channel == "deferrable":
        return f"finished within {service.turnaround_h:g} hours, {right}"
    text = (
        f"{service.service_level:.0%} answered within {service.answer_within_s:g} seconds, {right}"
    )
    if service.max_abandonment is not None:
        text += f", at most {service.max_abandonment:.1%} hang up"
    return text


def ramp(quote: Quote, views: tuple[TeamView, ...]) -> tuple[RampMonth, ...]:
    """Units expected, people in place and people ordered, month by month."""
    plan, about = quote.staffing, quote.engagement
    ordered = quote.offers.input_based.ordered_fte_by_month
    return tuple(
        RampMonth(
            month=month + 1,
            first_day=add_months(about.start, month),
            units={one.service: one.units_by_month[month] for one in plan.volumes},
            people={f"{one.service} @ {one.site}": one.people[month] for one in views},
            ordered_fte={name: by_month[month] for name, by_month in ordered.items()},
        )
        for month in range(about.term_months)
    )


def _people_by_month(team: TeamPlan, quote: Quote) -> tuple[float, ...]:
    """Mean of the people on the payroll over the days of each month."""
    by_day = np.repeat(np.asarray(team.workforce.payroll, dtype=float), _DAYS_PER_WEEK)
    start = quote.engagement.start
    edges = [
        (add_months(start, month) - start).days for month in range(quote.engagement.term_months + 1)
    ]
    means = [
        float(by_day[first:last].mean()) if by_day[first:last].size else float(by_day[-1])
        for first, last in pairwise(edges)
    ]
    return rounded(np.asarray(means))


def open_hours(hours: str | dict[str, str]) -> str:
    """Say opening hours in words."""
    if isinstance(hours, str):
        return "round the clock, every day" if hours == "24x7" else hours
    return "; ".join(f"{days} {window}" for days, window in hours.items())
