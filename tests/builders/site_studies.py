"""A small engagement with three sites, and its site study made once."""

import json
from functools import cache
from typing import Any

from pricing.engagement import Engagement
from pricing.reading import read_engagement
from pricing.sites import SiteRequest, SiteStudy, site_study
from tests.builders.pricing import DEFERRABLE, LIVE, SITE, engagement_data

_SUPPORT = [{"role": "lead", "span": 10, "cost_per_year": 12_000, "min_on_duty": 1}]
_CALLS: dict[str, Any] = LIVE | {
    "opening_hours": "24x7",
    "volume": {"units_per_year": 200_000},
    "delivery": [{"site": "Lima"}],
    "candidates": ["Manila", "Lima"],
}
_CLAIMS: dict[str, Any] = DEFERRABLE | {
    "volume": {"units_per_year": 40_000},
    "delivery": [{"site": "Lima"}],
    "data_residency": ["PE", "US"],
}
_WAGES = {name: wage | {"value": 5} for name, wage in SITE["wages"].items()}
_LIMA = SITE | {
    "name": "Lima",
    "country": "PE",
    "time_zone": "America/Lima",
    "wages": _WAGES,
    "languages": ["en", "es"],
    "support": _SUPPORT,
}
_OMAHA = _LIMA | {
    "name": "Omaha",
    "country": "US",
    "time_zone": "America/Chicago",
    "languages": ["es"],
}
SITES = engagement_data(
    services=[_CALLS, _CLAIMS],
    sites=[
        SITE | {"support": _SUPPORT, "opening_cost": 1000, "languages": ["en"]},
        _LIMA,
        _OMAHA,
    ],
)


def engagement() -> Engagement:
    """Calls at Manila or Lima, claims at Lima only: Omaha lacks the language."""
    return read_engagement(SITES)


@cache
def _study(request: str) -> str:
    asked = SiteRequest.model_validate_json(request)
    return site_study(engagement(), asked).model_dump_json()


def study(**request: Any) -> SiteStudy:
    """Its study under some rules."""
    return SiteStudy.model_validate_json(_study(SiteRequest(**request).model_dump_json()))


def study_json(**request: Any) -> Any:
    """Its study as the API answers it, a fresh copy."""
    return json.loads(_study(SiteRequest(**request).model_dump_json()))
