"""RiskStudy: the frozen document of what may come, and what it means under each offer."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from pricing.drawn_contract.document import DrawnContract
from pricing.exact import AMOUNT_PATTERN
from pricing.money import Money
from pricing.quote import Method
from staffing.plan import Document

MOST_DRAWS = 1_000_000
LEAST_DRAWS = 1_000


class RiskRequest(Document):
    """What a study of risk is asked for."""

    draws: Annotated[int, Field(strict=True, ge=LEAST_DRAWS, le=MOST_DRAWS)] = Field(
        100_000, description="Futures to draw, the same for both offers."
    )
    seed: Annotated[int, Field(strict=True, ge=0, le=2**63 - 1)] = Field(
        0, description="Root of all draws."
    )
    budget: Annotated[str, Field(pattern=AMOUNT_PATTERN)] | None = Field(
        None,
        description="What the client can pay over the term, as text; none: as the engagement "
        "states it, if it does.",
    )


class DrawnFactor(Document):
    """One factor: a multiple of the plan, its distribution in words, and what was drawn.

    `stated` is false where the engagement says nothing and a spread was assumed.
    """

    name: str
    distribution: str
    mean: float
    sd: float
    p10: float
    p90: float
    stated: bool


class StatedCorrelation(Document):
    """How two factors were drawn together."""

    between: tuple[str, str]
    correlation: float


class MoneyBands(Document):
    """Mean and quantiles of an amount of the term; P10 is not exceeded with probability 10 %."""

    mean: Money
    p10: Money
    p50: Money
    p90: Money


class ShareBands(Document):
    """Mean and quantiles of a margin."""

    mean: float
    p10: float
    p50: float
    p90: float


class CostBound(Document):
    """How far the mean cost may be off.

    Between `certified_below` under it and `certified_above` over it by proof, for the factors of
    work; `estimated` is the error of the rest, from `held_out` futures solved and not fitted.
    """

    certified_below: Money
    certified_above: Money
    estimated: Money
    held_out: int
    solves: int


class HistogramBin(Document):
    """Share of the draws with a figure from `low` to below `high`: a margin, or an amount."""

    low: float
    high: float
    share: float


class RunningMargin(Document):
    """Expected margin and its P10 over the first draws, with Monte Carlo standard errors."""

    draws: int
    mean: float
    mean_error: float
    p10: float
    p10_error: float


class OfferRisk(Document):
    """One offer at its quoted prices over all draws.

    `margin.mean` is expected profit over expected bill; `planned_margin` that of the plan;
    `margin_tail` profit over bill of the worst twentieth, `cost_tail` the mean of the dearest
    twentieth.
    """

    method: Method
    bill: MoneyBands
    cost: MoneyBands
    margin: ShareBands
    planned_margin: float
    cost_tail: Money
    margin_tail: float
    probability_of_loss: float
    probability_below_floor: float
    probability_over_budget: float | None
    margin_error: float
    margin_p10_error: float
    cost_error: CostBound
    histogram: tuple[HistogramBin, ...]
    bill_histogram: tuple[HistogramBin, ...]
    cost_histogram: tuple[HistogramBin, ...]
    convergence: tuple[RunningMargin, ...]


class RiskShare(Document):
    """Part of a premium that a risk asks for."""

    risk: str
    share: float


class PremiumStudy(Document):
    """What the output-based price must be above parity, derived from the draws.

    `needed` makes the expected margin the target and P10 the floor; `binds` says which of them asks
    for it. `parts` are Shapley values and add up to it. `stated` is the premium in the quote.
    """

    needed: float
    binds: Literal["margin", "floor"]
    parts: tuple[RiskShare, ...]
    stated: float


class TornadoBar(Document):
    """One factor from its P10 to its P90, all others as planned: margin of each offer there."""

    factor: str
    low: float
    high: float
    input_low: float
    input_high: float
    output_low: float
    output_high: float


class ContingencyScope(Document):
    """What the stated contingency is on, and what it is for: all that is not drawn."""

    share: float
    amount: Money
    drawn: tuple[str, ...]
    covers: tuple[str, ...]


class RiskStudy(Document):
    """What may come and what it means for both offers: vendor's view, it holds cost and margin."""

    schema_version: Literal[1] = 1
    engagement: str
    currency: str
    draws: int
    seed: int
    budget: Money | None
    target_margin: float
    floor_margin: float
    committed_weeks: int
    order_notice_weeks: int
    factors: tuple[DrawnFactor, ...]
    correlations: tuple[StatedCorrelation, ...]
    offers: tuple[OfferRisk, OfferRisk]
    premium: PremiumStudy
    tornado: tuple[TornadoBar, ...]
    contingency: ContingencyScope
    assumed: tuple[str, ...]
    notes: tuple[str, ...]
    contract: DrawnContract | None = Field(
        None,
        description="Terms that the bills of the draws follow; none: prices times quantities.",
        exclude_if=lambda value: value is None,
    )
