"""A small engagement with a contract, flat volumes and a call-off pool; its rates made once."""

import json
from functools import cache
from typing import Any

from pricing.engagement import Engagement
from pricing.rates import RateReport, RateRequest, rate_report
from pricing.reading import read_engagement
from tests.builders.pricing import DEFERRABLE, LIVE, SITE, engagement_data

_SUPPORT = [{"role": "lead", "span": 8, "cost_per_year": 20_000, "min_on_duty": 0}]
_POOL = {"pool_heads": 4, "premium": 0.25, "effectiveness": 0.8, "min_weeks": 2}
_BAND = {"dead_band": "0.05", "arc": "1.20", "rrc": "0.40"}
RATES = engagement_data(
    services=[
        LIVE | {"volume": {"units_per_year": 250_000}},
        DEFERRABLE | {"volume": {"units_per_year": 90_000}},
    ],
    sites=[SITE | {"support": _SUPPORT, "surge": _POOL}],
    contract={"output_based": {"services": [{"service": "claims", "band": _BAND}]}},
)
STEPS = (0.05, 0.1, 0.25)


def engagement(scale: float = 1.0) -> Engagement:
    """Calls and claims at Manila; the volume of claims may be another."""
    data: Any = json.loads(json.dumps(RATES))
    data["services"][1]["volume"]["scale"] = scale
    return read_engagement(data)


@cache
def _report() -> str:
    return rate_report(engagement(), RateRequest(steps=STEPS)).model_dump_json()


def report() -> RateReport:
    """Its rates."""
    return RateReport.model_validate_json(_report())


def report_json(**_: Any) -> Any:
    """Its rates as the API answers them, a fresh copy."""
    return json.loads(_report())
