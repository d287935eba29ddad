"""What a split of work costs by the problem's own figures, whoever chose it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from staffing.sites.choice import PatternUse, SiteChoice, SiteLoad, TeamUse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from staffing.sites.problem import SiteProblem

STATED = "stated"


def evaluate(
    problem: SiteProblem,
    shares: Sequence[tuple[str, str, float]],
    rounds: Sequence[tuple[str, tuple[str, ...]]] = (),
) -> SiteChoice:
    """Read cost, seats and loads of a split of the work; nothing is proven of it.

    Parameters
    ----------
    problem : SiteProblem
        With the teams and patterns named.
    shares : sequence of (service, site, share)
        Teams that are opened.
    rounds : sequence of (service, sites)
        Patterns that are used.
    """
    teams = tuple(_team(problem, *one) for one in shares)
    patterns = tuple(_pattern(problem, *one) for one in rounds)
    used = {team.site for team in teams} | {site for p in patterns for site in p.sites}
    sites = tuple(
        _load(problem, site.name, teams, patterns) for site in problem.sites if site.name in used
    )
    parts = [*(t.cost for t in teams), *(p.cost for p in patterns), *(s.open_cost for s in sites)]
    return SiteChoice(
        teams=teams,
        patterns=patterns,
        sites=sites,
        cost=sum(parts),
        bound=0.0,
        gap=1.0,
        stop_reason=STATED,
        reproducible=True,
    )


def measure_of(problem: SiteProblem, choice: SiteChoice, name: str) -> dict[str, float]:
    """Sum of a further quantity by service."""
    totals = dict.fromkeys((service.name for service in problem.services), 0.0)
    for team in choice.teams:
        option = problem.team(team.service, team.site)
        totals[team.service] += option.measure_at(name, team.share)
    for used in choice.patterns:
        totals[used.service] += sum(problem.pattern(used.service, used.sites).measures[name])
    return totals


def _team(problem: SiteProblem, service: str, site: str, share: float) -> TeamUse:
    option = problem.team(service, site)
    return TeamUse(
        service=service,
        site=site,
        share=share,
        cost=option.cost_at(share),
        seats=option.seats_at(share),
    )


def _pattern(problem: SiteProblem, service: str, sites: tuple[str, ...]) -> PatternUse:
    option = problem.pattern(service, sites)
    return PatternUse(
        service=service,
        sites=sites,
        cost=option.cost,
        seats=option.seats,
        shares=option.shares,
        days_only=option.days_only,
    )


def _load(
    problem: SiteProblem, site: str, teams: tuple[TeamUse, ...], patterns: tuple[PatternUse, ...]
) -> SiteLoad:
    """What a site takes of all work, and its seats."""
    load = {service.name: service.load for service in problem.services}
    own = [team for team in teams if team.site == site]
    round_here = [(p, p.sites.index(site)) for p in patterns if site in p.sites]
    return SiteLoad(
        site=site,
        load=sum(load[team.service] * team.share for team in own)
        + sum(load[p.service] * p.shares[at] for p, at in round_here),
        seats=sum(team.seats for team in own) + sum(p.seats[at] for p, at in round_here),
        open_cost=problem.site(site).open_cost,
    )
