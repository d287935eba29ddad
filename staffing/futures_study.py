"""FuturesStudy: the frozen document of what to hire for a demand that is not known yet.

It stands beside a plan and changes nothing in it: quotes are made for the forecast. Work and people
are in productive full-time equivalents (FTE); money is in plain numbers, labour only: wages,
recruiting, overtime, people called off, and what work not done in time is priced at.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from staffing.hiring.futures import FuturesPlan
from staffing.hiring.value_report import CertifiedFutures, MarginalCosts
from staffing.roster_plan import Document


class ServiceError(Document):
    """Coefficient of variation of single weeks of a service, and whether its history gave it."""

    service: str
    weekly_cv: float
    from_history: bool


class StatedSpread(Document):
    """How far demand may be from its forecast; see `staffing.scenarios.DemandSpread`."""

    volume_cv: float
    productivity_cv: float
    growth_sd: float
    season_cv: float
    weekly: tuple[ServiceError, ...]


class FuturesSource(Document):
    """Where the scenarios come from: drawn around the forecast, or a table with their names.

    `seed` and `spread` are those of the draws, null where a table gave the scenarios.
    """

    kind: Literal["drawn", "table"]
    scenarios: int
    seed: int | None
    spread: StatedSpread | None
    names: tuple[str, ...] = ()


class CostPercentile(Document):
    """The cost that a share of all futures does not exceed lies between two bounds."""

    share: float = Field(gt=0, lt=1)
    lower: float
    upper: float


class CertifiedCost(Document):
    """Cost of many futures under the plan, each between proven bounds; no solve for each.

    `factors` are what was drawn, each `truncation_sigma` standard deviations from the forecast at
    most. Need moves along a straight line with each of them, at the slope it has around the
    forecast; errors of single weeks are left out.
    """

    factors: tuple[str, ...] = Field(min_length=1)
    truncation_sigma: float
    certified: CertifiedFutures
    percentiles: tuple[CostPercentile, ...]


class FuturesStudy(Document):
    """Whom to hire before demand is known, what that costs, and what a little more work costs.

    `cost` is null where no futures were priced beside the scenarios. `marginal` is around the
    mean of the scenarios with the plan's hires fixed.
    """

    schema_version: int = 1
    start: date
    source: FuturesSource
    plan: FuturesPlan
    cost: CertifiedCost | None
    marginal: MarginalCosts
    notes: tuple[str, ...]
