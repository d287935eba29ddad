"""What the teams of a site share when people are hired: seats, licences, trainers, helpers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from staffing.hiring.problem import HiringLimit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from pricing.briefing import TeamTerms
    from pricing.engagement import Site
    from staffing.hiring.problem import LimitKind
    from staffing.plan import StaffingPlan, TeamPlan

    Most = float | NDArray[np.float64]


def hiring_limits(teams: Sequence[TeamTerms], plan: StaffingPlan) -> tuple[HiringLimit, ...]:
    """Limits of every site, by site and kind.

    Seats and licences are in people on pay: as many to a seat as in the standard week, when the
    site is fullest. Teams of the site that are not planned keep what the quote says they need.
    """
    sites = {team.site.name: team.site for team in teams}
    return tuple(
        HiringLimit(
            kind=kind,
            name=f"{label} of {name}",
            pools=tuple(team.name for team in teams if team.site.name == name),
            most=most,
        )
        for name, site in sites.items()
        for kind, label, most in _of_site(site, {team.name for team in teams}, plan)
    )


def people_per_seat(teams: Sequence[TeamPlan], peak_heads: int) -> float:
    """Full-time people of a site over its most people on duty at once, at least 1."""
    people = sum(team.roster.paid_hours / team.hours_per_fte_week for team in teams)
    return max(1.0, people / peak_heads) if peak_heads else 1.0


def _of_site(
    site: Site, planned: set[str], plan: StaffingPlan
) -> Iterator[tuple[LimitKind, str, Most]]:
    at_site = [team for team in plan.teams if team.site == site.name]
    others = np.sum([team.workforce.needed for team in at_site if team.name not in planned], axis=0)
    hiring = site.hiring
    if site.seats is not None:
        peak = next(one.peak_heads for one in plan.sites if one.site == site.name)
        yield "seats", "seats", _left(site.seats * people_per_seat(at_site, peak), others)
    if hiring is None or hiring.temporary is None:
        if site.surge.pool_heads:
            yield "temporary", "surge pool", site.surge.pool_heads
    else:
        yield "temporary", "temporary people", hiring.temporary.heads
    if hiring is None:
        return
    if hiring.licences is not None:
        yield "licences", "licences", _left(hiring.licences, others)
    if hiring.trainers is not None:
        yield "trainers", "trainers", hiring.trainers
    if hiring.classes_per_week is not None:
        yield "classes", "classes", hiring.classes_per_week
    if hiring.cross_trained is not None:
        yield "cross_trained", "cross-trained people", hiring.cross_trained.heads


def _left(most: float, others: NDArray[np.float64] | float) -> Most:
    """What the teams that are not planned leave."""
    return np.maximum(most - others, 0.0) if np.ndim(others) else most
