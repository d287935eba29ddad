"""What a service costs at a site by the share it takes there: the quote's own cost, share by share.

The whole service is planned at the site once; at other shares its staffing curve is read and its
hiring planned anew, and each of these plans is costed as a quote's plan is. So the economies of
scale of small teams, minimum crews and supervisors on duty are in the curve.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from pricing.cost import plan_cost
from pricing.quoting import plan_of, prepare
from pricing.sites.places import by_day_only, delivered
from staffing.errors import BadInputError, InfeasibleError
from staffing.sites import PatternOption, TeamOption
from staffing.team_at_volume import curve_of, plan_at_volume

if TYPE_CHECKING:
    from collections.abc import Callable

    from pricing.cost import CostLine
    from pricing.engagement import Engagement, ServiceBase
    from staffing.optimize.solver import SolveLimits, SolveLog
    from staffing.plan import TeamPlan

SHARES = (0.0, 0.1, 0.25, 0.4, 0.55, 0.7, 0.85, 1.0)
HARDLY_ANY = 1e-3
"""Share at which the cost of a team with hardly any work is taken."""
MEASURES = ("hours", "night_hours", "fte", "payroll_weeks")


@dataclass(frozen=True)
class Runner:
    """What every plan of a study runs with."""

    limits: SolveLimits
    log: SolveLog
    tell: Callable[[str], None]


def team_option(
    engagement: Engagement,
    service: ServiceBase,
    site: str,
    refused: tuple[str, ...],
    share_min: float,
    run: Runner,
) -> tuple[TeamOption | None, str]:
    """Cost, seats and people of a service at a site by share; None where it cannot work there.

    Parameters
    ----------
    refused : tuple of str
        Rules that forbid it, known before planning.
    share_min : float
        Least share of a team that is opened.

    Returns
    -------
    option : TeamOption or None
    reason : str
        Why there is none.
    """
    run.tell(f"{service.name} at {site}")
    alone = delivered(engagement, {service.name: [(site, Decimal(1))]}, alone=True)
    try:
        planned = plan_of(alone, limits=run.limits, log=run.log)
    except InfeasibleError as error:
        return None, str(error)
    _, teams, brief = prepare(alone)
    plan = planned.plan
    costs, measures = [], []
    for share in SHARES:
        factor = max(share, HARDLY_ANY)
        there = plan_at_volume(brief, plan, {service.name: factor}, run.limits, run.log)
        costs.append(_cost(plan_cost(alone, teams, there)))
        measures.append(_measures(there.teams[0]))
    peaks = curve_of(plan.teams[0]).peak_at(np.maximum(SHARES, HARDLY_ANY))
    fte = [measure["fte"] for measure in measures]
    least, too_small = _least_share(fte, alone.sites[0].min_team)
    option = TeamOption(
        service=service.name,
        site=site,
        shares=SHARES,
        costs=tuple(costs),
        seats=tuple(float(heads) for heads in peaks),
        share_min=max(share_min, least),
        refused=(*refused, "team_size_min") if too_small else refused,
        measures={name: tuple(one[name] for one in measures) for name in MEASURES},
    )
    return option, ""


def pattern_option(
    engagement: Engagement, service: ServiceBase, sites: tuple[str, ...], run: Runner
) -> tuple[PatternOption | None, str]:
    """Cost and people of a live service that goes round sites by the hour, as planned.

    Each interval goes to the site that serves it at least cost. Where one site would then take it
    all, its nights being cheap, every site works outside its own night instead: no night shifts.

    Returns
    -------
    option : PatternOption or None
        None where it cannot work.
    reason : str
        Why there is none.
    """
    run.tell(f"{service.name} round {' + '.join(sites)}")
    reason = ""
    for days_only in (False, True):
        try:
            return _round(engagement, service, sites, run, days_only=days_only), ""
        except (BadInputError, InfeasibleError) as error:
            words = " with day work only" if days_only else ""
            reason = f"cannot be planned{words}: {error}"
    return None, reason


def _round(
    engagement: Engagement,
    service: ServiceBase,
    sites: tuple[str, ...],
    run: Runner,
    *,
    days_only: bool,
) -> PatternOption:
    parts = {service.name: [(site, Decimal(1)) for site in sites]}
    alone = delivered(engagement, parts, frozenset(parts), alone=True)
    if days_only:
        alone = by_day_only(alone, frozenset(sites))
    planned = plan_of(alone, limits=run.limits, log=run.log)
    plan = planned.plan
    measures = [_measures(team) for team in plan.teams]
    total = sum(team.units_per_week for team in plan.teams)
    return PatternOption(
        service=service.name,
        sites=sites,
        cost=_cost(plan_cost(alone, planned.teams, plan)),
        seats=tuple(float(team.roster.peak_heads) for team in plan.teams),
        shares=tuple(team.units_per_week / total for team in plan.teams),
        measures={name: tuple(one[name] for one in measures) for name in MEASURES},
        days_only=days_only,
    )


def _cost(lines: tuple[CostLine, ...]) -> float:
    return float(sum((line.amount for line in lines), Decimal(0)))


def _measures(team: TeamPlan) -> dict[str, float]:
    """Paid hours of the term, those at night, mean people needed, weeks on the payroll."""
    by_class: dict[str, float] = {}
    for year in team.years:
        for name, hours in year.scheduled_hours_by_class.items():
            by_class[name] = by_class.get(name, 0.0) + hours
    return {
        "hours": sum(by_class.values()),
        "night_hours": sum(hours for name, hours in by_class.items() if name.startswith("night")),
        "fte": float(np.mean(team.workforce.needed)),
        "payroll_weeks": sum(year.payroll_weeks for year in team.years),
    }


def _least_share(fte: list[float], least: float | None) -> tuple[float, bool]:
    """Share at which a team has the fewest people allowed; whether even all work takes fewer."""
    if least is None or least <= fte[0]:
        return 0.0, False
    if least > fte[-1]:
        return 1.0, True
    rising = np.maximum.accumulate(np.array(fte))
    return float(np.interp(least, rising, SHARES)), False
