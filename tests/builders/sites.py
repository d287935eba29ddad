"""Small choices of sites with figures that can be checked by hand, and all of them enumerated."""

from dataclasses import replace
from itertools import product

from staffing.sites import (
    PatternOption,
    ServiceWork,
    SiteOption,
    SiteProblem,
    TeamOption,
    evaluate,
)

KNOTS = (0.0, 0.5, 1.0)


def team(service, site, costs, seats=(1.0, 5.0, 10.0), **changes):
    """A team whose figures are read at no work, half and all of it."""
    option = TeamOption(service, site, KNOTS, costs, seats)
    return replace(option, **changes)


def pattern(service="calls", sites=("North", "South"), cost=150.0, **changes):
    """A service that goes round two sites, two thirds of it at the first."""
    return replace(PatternOption(service, sites, cost, (6.0, 3.0), (2 / 3, 1 / 3)), **changes)


def problem(**changes):
    """Calls are cheaper in the North, charts in the South; both sites have jumps at no work.

    All of it in the North costs 100 + 60 + 10 = 170, in the South 120 + 40 + 5 = 165; calls in the
    North and charts in the South 100 + 40 + 15 = 155.
    """
    stated = SiteProblem(
        services=(ServiceWork("calls", 0.6), ServiceWork("charts", 0.4)),
        sites=(SiteOption("North", 10.0), SiteOption("South", 5.0)),
        teams=(
            team("calls", "North", (20.0, 60.0, 100.0)),
            team("calls", "South", (30.0, 80.0, 120.0)),
            team("charts", "North", (15.0, 40.0, 60.0)),
            team("charts", "South", (10.0, 25.0, 40.0)),
        ),
    )
    return replace(stated, **changes)


def cheapest(stated):
    """Least cost over two sites by trying every way; None where there is none.

    A service is at one site, round both, or split at a knot of either curve or at a least share:
    between two of these its cost is linear, so nothing in between is cheaper.
    """
    first, second = (site.name for site in stated.sites)
    ways = []
    for service in stated.services:
        shares = {0.0, 1.0}
        for option in (t for t in stated.allowed_teams if t.service == service.name):
            points = (*option.shares[1:], option.share_min)
            shares |= set(points) | {1 - x for x in points}
        own = [("split", service.name, share) for share in sorted(shares)]
        own += [
            ("round", service.name, p.sites) for p in stated.patterns if p.service == service.name
        ]
        ways.append(own)
    costs = [
        cost
        for chosen in product(*ways)
        if (cost := _cost(stated, chosen, first, second)) is not None
    ]
    return min(costs, default=None)


def _cost(stated, chosen, first, second):
    shares, rounds = [], []
    for kind, service, how in chosen:
        if kind == "round":
            rounds.append((service, how))
        else:
            parts = ((first, how), (second, 1 - how))
            shares += [(service, site, share) for site, share in parts if share > 1e-9]
    allowed = {(t.service, t.site): t for t in stated.allowed_teams}
    for service, site, share in shares:
        option = allowed.get((service, site))
        if option is None or share < option.share_min - 1e-9:
            return None
    choice, rules = evaluate(stated, shares, rounds), stated.rules
    number = len(choice.sites)
    if rules.sites_max is not None and number > rules.sites_max:
        return None
    if rules.sites_min is not None and number < rules.sites_min:
        return None
    for site in choice.sites:
        seats = stated.site(site.site).seats
        if seats is not None and site.seats > seats + 1e-9:
            return None
    return choice.cost
