"""Rules of follow-the-sun services: who takes which interval, and what is said of its proof."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from staffing.check.case import RELATIVE_TOLERANCE, close
from staffing.errors import Violation
from staffing.grid import zone_offset_min

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from staffing.brief import ServiceBrief, StaffingBrief
    from staffing.plan import Routing, StaffingPlan


def as_planned(brief: StaffingBrief, plan: StaffingPlan) -> StaffingBrief:
    """Give the teams of follow-the-sun services the routing their plan states.

    Services whose routing breaks a rule are left out with their teams: nothing can be derived.
    """
    stated = {team.name: np.array(team.routing) for team in plan.teams if len(team.routing) > 0}
    broken = {
        service.name
        for service in brief.services
        if service.follow_the_sun and any(_taken_once(brief, service, stated))
    }
    left = brief.with_routings(stated)
    return replace(left, teams=tuple(team for team in left.teams if team.service not in broken))


def routing(brief: StaffingBrief, plan: StaffingPlan) -> Iterator[Violation]:
    """``routing``: one open site takes every open interval, and the proof adds up."""
    proofs = {item.service: item for item in plan.routings}
    wanted = [service for service in brief.services if service.follow_the_sun]
    if set(proofs) != {service.name for service in wanted}:
        yield Violation("routing", "plan", f"routings of {sorted(proofs)}")
    stated = {team.name: np.array(team.routing) for team in plan.teams if len(team.routing) > 0}
    unasked = set(stated) - {t.name for s in wanted for t in brief.teams_of(s.name)}
    if unasked:
        yield Violation("routing", "plan", f"{sorted(unasked)} work by share")
    for service in wanted:
        yield from _taken_once(brief, service, stated)
        if service.name in proofs:
            yield from _proof(plan, proofs[service.name])


def _taken_once(
    brief: StaffingBrief, service: ServiceBrief, stated: dict[str, NDArray[np.float64]]
) -> Iterator[Violation]:
    grid, teams = brief.grid, brief.teams_of(service.name)
    shares = [stated.get(team.name, np.zeros(0)) for team in teams]
    if any(len(share) != grid.size for share in shares):
        yield Violation("routing", service.name, f"{grid.size} shares by team expected")
        return
    for t in np.flatnonzero(~np.isin(shares, (0.0, 1.0)).all(axis=0)):
        yield Violation("routing", f"{service.name}, {grid.label(int(t))}", "shares of 0 or 1")
    taken = np.sum(shares, axis=0)
    for t in np.flatnonzero(taken != service.open_mask):
        where = f"{service.name}, {grid.label(int(t))}"
        yield Violation("routing", where, f"taken by {taken[t]:g} teams")
    for team, share in zip(teams, shares, strict=True):
        site = brief.site(team.site)
        ahead_min = zone_offset_min(service.time_zone, site.time_zone, brief.start)
        for t in np.flatnonzero(
            grid.shift_to_zone(share > 0, ahead_min).astype(bool) & ~site.open_mask
        ):
            where = f"{team.name}, {grid.label(int(t))}"
            yield Violation("routing", where, "contacts while the site is closed")


def _proof(plan: StaffingPlan, proof: Routing) -> Iterator[Violation]:
    objective = sum(t.roster.proof.objective for t in plan.teams if t.service == proof.service)
    if not close(proof.objective, objective):
        yield Violation("routing", proof.service, f"objective: {objective} expected")
    if proof.bound > proof.objective * (1 + RELATIVE_TOLERANCE):
        yield Violation("routing", proof.service, "the bound exceeds the objective")
    gap = (objective - proof.bound) / objective if objective else 0.0
    if abs(proof.gap - gap) > RELATIVE_TOLERANCE:
        yield Violation("routing", proof.service, "the gap is not that of bound and objective")
