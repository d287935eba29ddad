"""Indexation (COLA): prices follow an index once a year, and the changes compound.

``P_t = P_(t-1) (1 + clamp(share (I_t / I_(t-1) - 1), floor, cap))``. A share of 0.65 rather than 1
was worth 12.5 million over seven years on 50 million a year in one published case (TPI, via
SourcingMag).
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Self

from pydantic import Field, model_validator

from pricing.exact import finely
from pricing.misfit import misfit
from pricing.terms.fields import Growth, Label, Part
from pricing.terms.line import ONE, TermLine, share_line
from staffing.errors import BadInputError
from staffing.plan import Document

if TYPE_CHECKING:
    from collections.abc import Sequence

MECHANISM = "indexation"


class Indexation(Document):
    """Prices follow an index once a year (COLA)."""

    index: Label = Field(description="Which index, e.g. ECI private industry.")
    share: Part = Field(description="Of the price that moves with it, e.g. 0.65.")
    floor: Growth = Field(Decimal(0), description="Least change a year.")
    cap: Growth = Field(Decimal("0.05"), description="Most change a year.")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.floor > self.cap:
            raise misfit("floor", accepted=f"at most cap ({self.cap})")
        return self


def yearly_changes(terms: Indexation, levels: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Change of the price at every anniversary, floor and cap applied.

    Parameters
    ----------
    terms : Indexation
        The clause.
    levels : sequence of Decimal, length 1 + anniversaries
        Index at the start and at each anniversary, above 0.

    Raises
    ------
    BadInputError
        No level, or one that is not above 0.
    """
    if not levels:
        raise BadInputError.at("index_levels", "none", "should start with the level at the start")
    for at, level in enumerate(levels):
        if not level > 0:
            raise BadInputError.at(f"index_levels[{at}]", level, "should be above 0")
    with finely():
        return tuple(
            min(max(terms.share * (now / before - 1), terms.floor), terms.cap)
            for before, now in pairwise(levels)
        )


def index_factors(terms: Indexation, levels: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Price over the price of the first year, by contract year; the first is 1."""
    factors = [ONE]
    with finely():
        for change in yearly_changes(terms, levels):
            factors.append(factors[-1] * (1 + change))
    return tuple(factors)


def indexation_line(
    terms: Indexation, charges: Decimal, levels: Sequence[Decimal]
) -> TermLine | None:
    """Line that lifts charges at first-year prices to this year's; None where nothing moved."""
    with finely():
        change = index_factors(terms, levels)[-1] - 1
    if not change:
        return None
    return share_line(MECHANISM, f"{terms.index}, since the start", change, charges)
