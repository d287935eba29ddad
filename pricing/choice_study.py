"""The use case: an engagement and what to ask in, a study of the client's choice out."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from pricing.choice.ground import choice_ground, choice_values
from pricing.choice.study import write_study
from pricing.comparison import team_curves
from pricing.cost import plan_cost
from pricing.offers import derive_prices, price_terms
from pricing.quoting import plan_of
from pricing.risk.outcomes import outcomes_along_curves
from pricing.risk.term_spread import lognormal_factor

if TYPE_CHECKING:
    from collections.abc import Callable

    from pricing.choice.report import ChoiceRequest, ChoiceStudy
    from pricing.cost import CostLine
    from pricing.engagement import Engagement
    from pricing.quoting import Planned
    from pricing.risk.outcomes import Outcomes
    from staffing.plan import StaffingPlan


def choice_study(
    engagement: Engagement,
    request: ChoiceRequest,
    *,
    planned: Planned | None = None,
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
    tell(f"drawing {request.draws:,} futures")
    lines = plan_cost(engagement, planned.teams, planned.plan)
    terms = price_terms(engagement.commercial)
    prices = derive_prices(engagement, planned.plan, lines, terms, premium=Decimal(0))
    uncertainty = engagement.commercial.uncertainty
    rng = np.random.default_rng(request.seed)
    volume = lognormal_factor(rng, float(uncertainty.volume_cv.value), request.draws)
    pace = lognormal_factor(rng, float(uncertainty.productivity_cv.value), request.draws)
    outcomes = outcomes_along_curves(
        planned.plan, team_curves(planned.plan, prices), lines, volume=volume, complexity=pace
    )
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
    prices = derive_prices(engagement, plan, lines, terms, premium=Decimal(0))
    values = choice_values(engagement, request)
    ground = choice_ground(engagement, plan, prices, outcomes, values, seed=request.seed)
    return write_study(ground, request, progress=progress)
