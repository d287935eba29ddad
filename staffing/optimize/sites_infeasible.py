"""Why no choice of sites exists: each rule given up alone, and what the work would then cost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from staffing.errors import InfeasibleError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from staffing.sites import SiteProblem

REFUSALS = {
    "languages": "another language at a site",
    "data_residency": "data that may leave its countries",
    "team_size_min": "smaller teams at a site",
}


def explain_no_choice(
    problem: SiteProblem, cost_of: Callable[[SiteProblem], float | None]
) -> InfeasibleError:
    """Name the rules that stand in the way: giving up any one of them gives a choice.

    Parameters
    ----------
    problem : SiteProblem
        Without a choice.
    cost_of : callable
        Least cost of a problem, None where it has no choice either.
    """
    found = [
        (rule, remedy, cost)
        for rule, remedy, relaxed in _relaxations(problem)
        if (cost := cost_of(relaxed)) is not None
    ]
    if not found:
        return InfeasibleError("work_placed", f"{_unplaced(problem)}no single rule given up helps")
    remedies = "; ".join(f"without {rule} ({remedy}) {cost:,.0f}" for rule, remedy, cost in found)
    cheapest = min(found, key=lambda one: one[2])
    return InfeasibleError(
        cheapest[0], f"{_unplaced(problem)}cost over the term if one rule is given up: {remedies}"
    )


def _unplaced(problem: SiteProblem) -> str:
    """Name the services that no site may take, and why."""
    lines = []
    for service in problem.services:
        own = [team for team in problem.teams if team.service == service.name]
        placed = any(not team.refused for team in own)
        if placed or any(p.service == service.name for p in problem.patterns):
            continue
        reasons = [f"{team.site}: {' and '.join(team.refused)}" for team in own]
        start = f"{service.name} @ "
        reasons += [
            f"{team.removeprefix(start)}: {reason}"
            for team, reason in problem.closed.items()
            if team.startswith(start)
        ]
        lines.append(f"{service.name} may be done nowhere ({'; '.join(reasons)})")
    return "; ".join(lines) + ("; " if lines else "")


def _relaxations(problem: SiteProblem) -> Iterator[tuple[str, str, SiteProblem]]:
    """Give up one rule at a time: name, what it means, and the problem without it."""
    for rule, remedy in REFUSALS.items():
        teams = tuple(
            replace(team, refused=tuple(name for name in team.refused if name != rule))
            for team in problem.teams
        )
        if teams != problem.teams:
            yield rule, remedy, replace(problem, teams=teams)
    if any(site.seats is not None for site in problem.sites):
        sites = tuple(replace(site, seats=None) for site in problem.sites)
        yield "site_seats", "more seats", replace(problem, sites=sites)
    if any(team.share_min > 0 for team in problem.teams):
        teams = tuple(replace(team, share_min=0.0) for team in problem.teams)
        yield "team_share_min", "smaller teams", replace(problem, teams=teams)
    for rule, remedy in (
        ("sites_max", "more sites"),
        ("sites_min", "fewer sites"),
        ("site_share_max", "more work at one site"),
    ):
        if getattr(problem.rules, rule) is not None:
            rules = replace(problem.rules, **{rule: None})
            yield rule, remedy, replace(problem, rules=rules)
