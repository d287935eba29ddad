"""Pricing again what is staffed as before: another margin or term of sale solves nothing.

A *basis* is all that a solver found for an engagement: its plan, and what its risk is read from.
Whatever only turns cost into price is left out of its key.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pricing.planning import Planned, plan_of, prepare
from pricing.quoting import price_plan
from pricing.reading import content_hash
from pricing.risk.quoted import reads_futures
from pricing.risk_study import quote_risk

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pricing.engagement import Engagement
    from pricing.quote import Quote
    from pricing.quoting import Futures
    from staffing.optimize.solver import SolveLog
    from staffing.plan import StaffingPlan

_OF_THE_SALE: Mapping[str, bool | Mapping[str, bool]] = {
    "name": True,
    "client": True,
    "contract": True,
    "in_house": True,
    "commercial": {
        "target_margin": True,
        "floor_margin": True,
        "sga": True,
        "dso_days": True,
        "capital_cost": True,
        "validity_days": True,
        "unit_price_places": True,
        "risk_premium": True,
        "choice": True,
        "client_budget": True,
        "prices_from": True,
        "risk_from": True,
    },
}


@dataclass(frozen=True)
class Basis:
    """What was solved for an engagement.

    Parameters
    ----------
    plan : StaffingPlan
        Checked.
    risk : Futures or None
        What futures are read from; none where prices did not ask for it.
    """

    plan: StaffingPlan
    risk: Futures | None


def basis_key(engagement: Engagement) -> str:
    """Hash of all that a plan and its risk depend on: equal keys share a basis."""
    return content_hash(engagement.model_dump(mode="json", exclude=_OF_THE_SALE))


def solve_basis(
    engagement: Engagement,
    known: Basis | None = None,
    *,
    with_risk: bool = False,
    progress: Callable[[str], None] | None = None,
    log: SolveLog | None = None,
) -> Basis:
    """Solve what is not known yet of a basis.

    Parameters
    ----------
    engagement : Engagement
        A resolved document.
    known : Basis, optional
        Of the same key.
    with_risk : bool
        Whether futures are wanted even where prices are as stated.
    progress : callable, optional
        Called with a short text before each step.
    log : SolveLog, optional
        Collects solver seconds of the plan.

    Raises
    ------
    BadInputError, InfeasibleError, SolverStoppedError, PlanCheckError
        As `pricing.quoting.quote`.
    """
    tell = progress or (lambda _: None)
    basis = solve_plan(engagement, known, progress=tell, log=log)
    if basis.risk is None and (with_risk or reads_futures(engagement)):
        tell("solving what the futures are read from")
        risk = quote_risk(engagement, planned_on(engagement, basis.plan))
        return Basis(basis.plan, risk)
    return basis


def solve_plan(
    engagement: Engagement,
    known: Basis | None = None,
    *,
    progress: Callable[[str], None] | None = None,
    log: SolveLog | None = None,
) -> Basis:
    """Solve the plan alone, if it is not known yet; see `solve_basis`."""
    return known or Basis(plan_of(engagement, progress=progress, log=log).plan, None)


def planned_on(engagement: Engagement, plan: StaffingPlan) -> Planned:
    """Rates and terms of an engagement beside a plan that was made before; nothing is solved."""
    card, teams, _ = prepare(engagement)
    return Planned(card, teams, plan)


def price_on(engagement: Engagement, basis: Basis) -> Quote:
    """Price an engagement on its basis; nothing is solved.

    Parameters
    ----------
    engagement : Engagement
        A resolved document whose `basis_key` is that of the basis.
    basis : Basis
        With risk, where prices come from it.
    """
    return price_plan(engagement, planned_on(engagement, basis.plan), basis.risk)
