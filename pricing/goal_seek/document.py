"""What is sought, and what was found: vendor's view, it holds margins."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from pricing.money import Money
from pricing.quote import Method
from pricing.risk.report import LEAST_DRAWS, MOST_DRAWS
from staffing.plan import Document

Measure = Literal["expected", "p10"]


class GoalSeekRequest(Document):
    """A margin to hold, and in which sense."""

    margin: Annotated[float, Field(strict=True, ge=0, lt=1)] = Field(
        description="Margin on price to hold, e.g. 0.18."
    )
    measure: Measure = Field(
        "p10",
        description="expected: expected profit over expected bill; p10: in nine draws of ten.",
    )
    draws: Annotated[int, Field(strict=True, ge=LEAST_DRAWS, le=MOST_DRAWS)] = Field(
        100_000, description="Futures to draw, the same for both offers."
    )
    seed: Annotated[int, Field(strict=True, ge=0, le=2**63 - 1)] = Field(
        0, description="Root of all draws."
    )


class SoughtPrice(Document):
    """A price as it is quoted, and as it would have to be."""

    name: str = Field(description="Team, or service.")
    quoted: Decimal
    needed: Decimal


class HeldMargins(Document):
    """Margins over all draws."""

    expected: float
    p10: float


class OfferGoal(Document):
    """One offer: its prices times `level`, rounded up, hold the margin sought."""

    method: Method
    level: float
    prices: tuple[SoughtPrice, ...]
    as_quoted: HeldMargins
    as_needed: HeldMargins
    p10_error: float = Field(description="Monte Carlo standard error of the P10 needed.")


class EqualProductivity(Document):
    """Share of planned productivity at which both bills of a month at plan volume are equal.

    People are ordered in whole steps, so the bills jump past one another: at `share` the
    input-based bill is the output-based one at most, just below it is more.
    """

    share: float | None = Field(description="None: nowhere in the range searched.")
    tolerance: float
    searched: tuple[float, float]
    without_steps: float = Field(description="Input-based over output-based bill as planned.")
    input_bill: Money | None
    input_bill_below: Money | None
    output_bill: Money


class GoalSeek(Document):
    """Prices that hold a margin, and the productivity at which both offers cost the same."""

    schema_version: Literal[1] = 1
    engagement: str
    currency: str
    margin: float
    measure: Measure
    draws: int
    seed: int
    offers: tuple[OfferGoal, OfferGoal]
    productivity: EqualProductivity
    notes: tuple[str, ...]
