"""A small engagement with its plan and what was solved for its risk, made once for all tests."""

import json
from functools import cache
from typing import Any

from pricing.engagement import Engagement
from pricing.quoting import Planned, plan_of
from pricing.risk.report import RiskRequest
from pricing.risk_study import QuoteRisk, quote_risk, study_of
from tests.builders.pricing import engagement

DRAWS = 4000
CLAIMS: dict[str, Any] = {
    "sites[0].wages.claims_processor": {"value": 230, "per": "hour", "currency": "PHP"},
    "sites[0].wage_growth_per_year": 0.05,
    "sites[0].surge": {"pool_heads": 3, "premium": 0.3, "effectiveness": 0.8, "min_weeks": 2},
    "sites[0].support": [{"role": "lead", "span": 10, "cost_per_year": 12000, "min_on_duty": 1}],
    "services[0].ramp": [0.5, 0.8],
    "services[0].volume": {"units_per_year": 240_000, "growth_per_year": 0.1},
}


def small_engagement(uncertainty: dict[str, Any] | None = None) -> Engagement:
    """One service of one site, paid in pesos, over two years."""
    changes = CLAIMS | ({"commercial.uncertainty": uncertainty} if uncertainty else {})
    return engagement(changes, term_months=24)


@cache
def small_plan() -> Planned:
    """Its checked plan, which does not rest on what is uncertain."""
    return plan_of(small_engagement())


@cache
def small_risk() -> QuoteRisk:
    """What was solved for it, with the assumed factors."""
    return quote_risk(small_engagement(), small_plan(), draws=DRAWS, seed=1, max_solves=60)


@cache
def _study(request: str) -> str:
    asked = RiskRequest.model_validate_json(request)
    return study_of(small_engagement(), small_plan(), asked).model_dump_json()


def small_study(**request: Any) -> Any:
    """Its study as the API answers it, a fresh copy."""
    asked = RiskRequest(**{"draws": DRAWS, **request})
    return json.loads(_study(asked.model_dump_json()))


def risk_with(uncertainty: dict[str, Any], draws: int = DRAWS) -> QuoteRisk:
    """What is solved for other factors."""
    return quote_risk(
        small_engagement(uncertainty), small_plan(), draws=draws, seed=1, max_solves=40
    )
