"""Small studies of hiring under uncertain demand."""

from functools import cache
from typing import Any

from pricing.engagement import Engagement
from pricing.futures import FuturesReport, futures_report
from staffing.futures_planner import FuturesTerms
from tests.builders.pricing import DEFERRABLE, LIVE, SITE, engagement

SEASON = [1.0] * 3 + [1.5] + [1.0] * 8
SMALL_TERMS = FuturesTerms(scenarios=12, draws=2_000)


def uncertain_engagement(changes: dict[str, Any] | None = None) -> Engagement:
    """Two services at one site for six months, with a season, growth and people on call."""
    volume = {"units_per_year": 60_000, "seasonality": SEASON, "growth_per_year": 0.1}
    usual = {
        "services": [DEFERRABLE | {"volume": volume}, LIVE | {"volume": volume}],
        "sites": [SITE | {"surge": {"pool_heads": 3}}],
        "term_months": 6,
    }
    return engagement(changes, **usual)


@cache
def small_report() -> FuturesReport:
    """Study it with few scenarios."""
    return futures_report(uncertain_engagement(), SMALL_TERMS)


def small_json() -> dict[str, Any]:
    """Return the study as JSON."""
    return small_report().model_dump(mode="json")
