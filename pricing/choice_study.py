"""The use case: an engagement and what to ask in, a study of the client's choice out."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pricing.briefing import team_terms
from pricing.choice.ground import choice_ground, choice_values
from pricing.choice.study import write_study
from pricing.choice.under_contract import under_contract
from pricing.cost import plan_cost
from pricing.offers import derive_prices, price_terms
from pricing.planning import plan_of
from pricing.ratecard import RateCard
from pricing.risk_study import quote_risk
from pricing.term.price_periods import price_periods

if TYPE_CHECKING:
    from collections.abc import Callable

    from pricing.choice.ground import ChoiceValues
    from pricing.choice.report import ChoiceRequest, ChoiceStudy
    from pricing.cost import CostLine
    from pricing.engagement import Engagement
    from pricing.planning import Planned
    from pricing.quoting import Futures
    from pricing.risk.outcomes import Outcomes
    from staffing.plan import StaffingPlan


def choice_study(
    engagement: Engagement,
    request: ChoiceRequest,
    *,
    planned: Planned | None = None,
    risk: Futures | None = None,
    progress: Callable[[str], None] | None = None,
) -> ChoiceStudy:
    """Study the prices of both offers when the client chooses between them.

    The same engagement and request give the same study, byte for byte.

    Parameters
    ----------
    engagement : Engagement
        A resolved document (volumes inline).
    request : ChoiceRequest
        What to study.
    planned : Planned, optional
        A plan of this engagement made before; without, it is planned first.
    risk : Futures, optional
        What was solved for the risk of that plan, with the draws and the seed asked for.
    progress : callable, optional
        Called with a short text before each step.

    Raises
    ------
    BadInputError
        When something in the document cannot be priced, or no price holds what is asked.
    InfeasibleError
        When no staffing plan meets the engagement.
    SolverStoppedError
        When a limit ended a solve before any plan was found.
    """
    tell = progress or (lambda _: None)
    planned = planned or plan_of(engagement, progress=tell)
    if risk is None:
        tell("solving what the futures are read from")
        risk = quote_risk(engagement, planned, draws=request.draws, seed=request.seed)
    tell(f"drawing {request.draws:,} futures")
    lines = plan_cost(engagement, planned.teams, planned.plan)
    outcomes = risk.outcomes(request.draws, request.seed)
    return study_of_futures(engagement, planned.plan, lines, outcomes, request, progress=tell)


def study_of_futures(
    engagement: Engagement,
    plan: StaffingPlan,
    lines: tuple[CostLine, ...],
    outcomes: Outcomes,
    request: ChoiceRequest,
    *,
    progress: Callable[[str], None] | None = None,
) -> ChoiceStudy:
    """Study the choice on futures that are there; nothing is planned or drawn.

    Parameters
    ----------
    engagement : Engagement
        Resolved.
    plan : StaffingPlan
        Its plan.
    lines : tuple of CostLine
        What the plan costs.
    outcomes : Outcomes
        What the term takes in each future.
    request : ChoiceRequest
        What to study.
    progress : callable, optional
        Called with a short text before each step.
    """
    terms = price_terms(engagement.commercial)
    teams = team_terms(engagement, RateCard(engagement))
    periods = price_periods(engagement, teams, plan, lines)
    prices = derive_prices(engagement, plan, periods, terms, premium=Decimal(0))
    values = choice_values(engagement, request)
    ground = choice_ground(engagement, plan, prices, outcomes, values, seed=request.seed)
    ground = under_contract(ground, teams, plan)
    return write_study(ground, request, _notes(outcomes, values, engagement), progress)


def _notes(outcomes: Outcomes, values: ChoiceValues, engagement: Engagement) -> tuple[str, ...]:
    """What the figures rest on."""
    notes = []
    stated = engagement.commercial.choice
    if stated is None or stated.knowledge_complexity.is_assumed:
        known = values.knowledge
        notes.append(
            f"what the client knows ({known.volume:.0%} of the spread of volume, "
            f"{known.complexity:.0%} of complexity) is assumed unless it was asked for: state it "
            "with its source in commercial.choice"
        )
    for offer, error in (
        ("input-based", outcomes.error_input),
        ("output-based", outcomes.error_output),
    ):
        if error.below or error.above or error.estimated:
            notes.append(
                f"mean cost of the {offer} offer is certified from {-error.below:,.0f} to "
                f"{error.above:+,.0f} around what is used, and may be off by "
                f"{error.estimated:,.0f} more (standard error, estimated)"
            )
    notes.append(
        "a pilot, classes and clauses are priced on the same futures; what they cost to run is not "
        "in it"
    )
    return tuple(notes)
