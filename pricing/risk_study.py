"""The use case of risk: an engagement in, both offers over a hundred thousand futures out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pricing.briefing import staffing_brief
from pricing.choice.quoted import choose_prices
from pricing.cost import plan_cost
from pricing.drawn_contract.drawn import drawn_terms
from pricing.offers import build_offers, orders_by_month
from pricing.planning import plan_of
from pricing.risk.factors import factor_model
from pricing.risk.ground import StudyGround
from pricing.risk.model import SolvedRisk, order_quantities, solve_risk
from pricing.risk.present import present_worth
from pricing.risk.solved import MAX_SOLVES
from pricing.risk.streams import factor_draws
from pricing.risk.teams import order_notice_weeks, risk_teams
from pricing.risk.write import write_study
from pricing.term.agreed_years import agree_by_year
from staffing.calendar import ContractCalendar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from pricing.engagement import Engagement
    from pricing.planning import Planned
    from pricing.risk.factors import FactorModel
    from pricing.risk.outcomes import Outcomes
    from pricing.risk.report import RiskRequest, RiskStudy

    Array = NDArray[np.float64]


@dataclass(frozen=True)
class Drawn:
    """Draws of every factor, how many, and their root."""

    factors: Mapping[str, Array]
    draws: int
    seed: int


@dataclass(frozen=True)
class QuoteRisk:
    """What was solved for a plan, and what it was drawn with: any price can be tried on it.

    Parameters
    ----------
    model : FactorModel
        What may come.
    solved : SolvedRisk
        Costs of both offers along the factors; re-pricing needs no further solve.
    drawn : Drawn
        What was drawn to solve them.
    """

    model: FactorModel
    solved: SolvedRisk
    drawn: Drawn

    def outcomes(self, draws: int, seed: int) -> Outcomes:
        """Draw the factors and read the outcomes off, without a solve."""
        drawn = self.drawn
        if (drawn.draws, drawn.seed) != (draws, seed):
            drawn = _draw(self.model, draws, seed)
        return self.solved.outcomes(drawn.factors, draws)


def quote_risk(
    engagement: Engagement,
    planned: Planned,
    *,
    draws: int = 100_000,
    seed: int = 0,
    max_solves: int = MAX_SOLVES,
) -> QuoteRisk:
    """Solve what the risk of a plan needs.

    Parameters
    ----------
    engagement : Engagement
        A resolved document.
    planned : Planned
        Its checked plan.
    draws, seed : int
        Futures that the solved points are placed for, and their root.
    max_solves : int
        Points of the work coordinates to solve, for each offer.

    Raises
    ------
    BadInputError
        When the stated factors cannot be meant.
    SolverStoppedError
        When a limit ended a solve.
    """
    card, terms, plan = planned.card, planned.teams, planned.plan
    brief = staffing_brief(engagement, terms)
    teams = risk_teams(engagement, card, terms, brief, plan)
    model = factor_model(engagement, foreign_pay=any(team.foreign_pay for team in teams))
    calendar = ContractCalendar(engagement.start, engagement.term_months)
    step, notice = engagement.commercial.fte_step, order_notice_weeks(engagement)
    orders = orders_by_month(plan, step)
    quantities = order_quantities(
        teams,
        calendar.weeks_in_month,
        np.array([[float(fte) for fte in orders[team.name]] for team in plan.teams]).T,
        {volume.service: calendar.week_weights * volume.units_by_week for volume in plan.volumes},
        step=float(step),
        notice_weeks=notice,
    )
    services = tuple(volume.service for volume in plan.volumes)
    drawn = _draw(model, draws, seed)
    solved = solve_risk(
        teams,
        services,
        quantities,
        drawn.factors,
        notice,
        draws=draws,
        max_solves=max_solves,
        present=present_worth(engagement, terms, plan),
    )
    return QuoteRisk(model, solved, drawn)


def _draw(model: FactorModel, draws: int, seed: int) -> Drawn:
    return Drawn(factor_draws(model.distributions, model.correlation, draws, seed), draws, seed)


def risk_study(
    engagement: Engagement,
    request: RiskRequest,
    *,
    progress: Callable[[str], None] | None = None,
) -> RiskStudy:
    """Study the risk of both offers at the prices a quote of this engagement has.

    The same engagement and request give the same study, byte for byte.

    Parameters
    ----------
    engagement : Engagement
        A resolved document (volumes inline).
    request : RiskRequest
        Draws, seed, budget.
    progress : callable, optional
        Called with a short text before each step.

    Raises
    ------
    BadInputError
        When something in the document or its factors cannot be meant.
    InfeasibleError
        When no staffing plan meets the engagement.
    SolverStoppedError
        When a limit ended a solve.
    PlanCheckError
        When the plan breaks a rule, which is a defect of the planner.
    """
    tell = progress or (lambda _: None)
    return study_of(engagement, plan_of(engagement, progress=tell), request, progress=tell)


def study_of(
    engagement: Engagement,
    planned: Planned,
    request: RiskRequest,
    *,
    progress: Callable[[str], None] | None = None,
) -> RiskStudy:
    """Study the risk of a plan that is there already; see `risk_study`."""
    tell = progress or (lambda _: None)
    tell("solving what the futures are read from")
    risk = quote_risk(engagement, planned, draws=request.draws, seed=request.seed)
    tell(f"drawing {request.draws:,} futures")
    lines = plan_cost(engagement, planned.teams, planned.plan)
    chosen = None
    if engagement.commercial.prices_from == "risk":
        outcomes = risk.outcomes(request.draws, request.seed)
        chosen = choose_prices(engagement, planned, lines, outcomes, request.seed).offered
    offers, prices = build_offers(engagement, planned.teams, planned.plan, lines, chosen)
    contract = None
    if engagement.contract is not None:
        agreements = agree_by_year(engagement, planned.teams, planned.plan, offers)
        contract = drawn_terms(engagement, planned.plan, agreements)
    ground = StudyGround(engagement, risk.model, risk.solved, prices, offers, lines, contract)
    return write_study(ground, request)
