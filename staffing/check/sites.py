"""Independent check of a choice of sites: every rule and the cost derived again, without a solver.

Not part of `check_plan`: what is chosen is planned afterwards, and that plan is checked as any
other.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from staffing.errors import Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from staffing.sites import SiteChoice, SiteLoad, SiteProblem

TOLERANCE = 1e-6


def check_site_choice(problem: SiteProblem, choice: SiteChoice) -> tuple[Violation, ...]:
    """Return every violation found; an empty tuple means the choice holds.

    Parameters
    ----------
    problem : SiteProblem
        What was asked.
    choice : SiteChoice
        The answer, from wherever; its teams and patterns are those of the problem.
    """
    return (
        *_work(problem, choice),
        *_teams(problem, choice),
        *_sites(problem, choice),
        *_counts(problem, choice),
        *_cost(problem, choice),
    )


def _work(problem: SiteProblem, choice: SiteChoice) -> Iterator[Violation]:
    """``work_placed``: the shares of every service sum to 1, a pattern counts as all of it."""
    for service in problem.services:
        shares = [team.share for team in choice.teams if team.service == service.name]
        placed = sum(shares) + sum(p.service == service.name for p in choice.patterns)
        if abs(placed - 1) > TOLERANCE:
            yield Violation("work_placed", service.name, f"{placed:.6f} of the work, not all")


def _teams(problem: SiteProblem, choice: SiteChoice) -> Iterator[Violation]:
    """Refusals by name, and ``team_share_min``."""
    for team in choice.teams:
        option = problem.team(team.service, team.site)
        where = f"{team.service} @ {team.site}"
        if "languages" in option.refused:
            yield Violation("languages", where, "the site does not speak the service's language")
        if "data_residency" in option.refused:
            yield Violation("data_residency", where, "the data may not go to the site's country")
        if "team_size_min" in option.refused:
            yield Violation("team_size_min", where, "all of the work takes fewer people than that")
        if not option.share_min - TOLERANCE <= team.share <= 1 + TOLERANCE:
            detail = f"share {team.share:.6f}, {option.share_min:.6f} to 1 expected"
            yield Violation("team_share_min", where, detail)


def _sites(problem: SiteProblem, choice: SiteChoice) -> Iterator[Violation]:
    """``site_open``, ``site_seats``, ``site_share_max``, and the stated load and seats."""
    used = {team.site for team in choice.teams} | {s for p in choice.patterns for s in p.sites}
    opened = {site.site for site in choice.sites}
    for name in sorted(used ^ opened):
        detail = "work at a site that is not open" if name in used else "open without work"
        yield Violation("site_open", name, detail)
    for site in choice.sites:
        load, seats = _used(problem, choice, site)
        if abs(load - site.load) > TOLERANCE or abs(seats - site.seats) > TOLERANCE * (1 + seats):
            detail = f"load {site.load:.6f} and seats {site.seats:.3f} stated, {load:.6f} and "
            yield Violation("site_load", site.site, f"{detail}{seats:.3f} found")
        most = problem.site(site.site).seats
        if most is not None and seats > most + TOLERANCE * (1 + most):
            yield Violation("site_seats", site.site, f"{seats:.2f} seats, {most:g} there are")
        limit = problem.rules.site_share_max
        if limit is not None and load > limit + TOLERANCE:
            yield Violation("site_share_max", site.site, f"{load:.4f} of all work, {limit:g} most")


def _used(problem: SiteProblem, choice: SiteChoice, site: SiteLoad) -> tuple[float, float]:
    """Load and seats of a site from the problem's figures."""
    loads = {service.name: service.load for service in problem.services}
    load = seats = 0.0
    for team in choice.teams:
        if team.site == site.site:
            load += loads[team.service] * team.share
            seats += problem.team(team.service, team.site).seats_at(team.share)
    for used in choice.patterns:
        pattern = problem.pattern(used.service, used.sites)
        for name, share, heads in zip(pattern.sites, pattern.shares, pattern.seats, strict=True):
            if name == site.site:
                load += loads[pattern.service] * share
                seats += heads
    return load, seats


def _counts(problem: SiteProblem, choice: SiteChoice) -> Iterator[Violation]:
    """``sites_max`` and ``sites_min``."""
    number, rules = len(choice.sites), problem.rules
    if rules.sites_max is not None and number > rules.sites_max:
        yield Violation("sites_max", "all sites", f"{number} open, {rules.sites_max} at most")
    if rules.sites_min is not None and number < rules.sites_min:
        yield Violation("sites_min", "all sites", f"{number} open, {rules.sites_min} at least")


def _cost(problem: SiteProblem, choice: SiteChoice) -> Iterator[Violation]:
    """``site_cost`` and ``site_proof``: every part is read from its curve; the bound is one."""
    parts = [
        (f"{t.service} @ {t.site}", t.cost, problem.team(t.service, t.site).cost_at(t.share))
        for t in choice.teams
    ]
    parts += [
        (" + ".join(p.sites), p.cost, problem.pattern(p.service, p.sites).cost)
        for p in choice.patterns
    ]
    parts += [(s.site, s.open_cost, problem.site(s.site).open_cost) for s in choice.sites]
    for where, stated, found in parts:
        if not math.isclose(stated, found, rel_tol=TOLERANCE, abs_tol=TOLERANCE):
            yield Violation("site_cost", where, f"{stated:.6f} stated, {found:.6f} found")
    total = sum(found for _, _, found in parts)
    if not math.isclose(choice.cost, total, rel_tol=TOLERANCE, abs_tol=TOLERANCE):
        yield Violation("site_cost", "total", f"{choice.cost:.6f} stated, {total:.6f} found")
    gap = (choice.cost - choice.bound) / max(abs(choice.cost), 1e-9)
    if choice.bound > choice.cost * (1 + TOLERANCE) or abs(gap - choice.gap) > TOLERANCE:
        detail = f"cost {choice.cost:.2f}, bound {choice.bound:.2f}, gap {choice.gap:.6f}"
        yield Violation("site_proof", "total", detail)
