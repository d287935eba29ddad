"""Base charge for a baseline volume; additional (ARC), reduced (RRC) charges outside a dead band.

Edge convention: ``base + ARC max(0, V - B (1 + d)) - RRC max(0, B (1 - d) - V)``. Full difference:
once V is outside the band, the whole of V - B is priced (the Hercules services agreement credits
so), and the charge jumps at both edges. RRC is below ARC where fixed cost remains.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from pricing.exact import NonNegativeExact, PositiveExact, exactly, finely
from pricing.misfit import misfit
from pricing.terms.line import ONE, TermLine, prorated, refuse_negative
from staffing.plan import Document

BASE = "base_charge"
ARC = "arc"
RRC = "rrc"
Convention = Literal["edge", "full_difference"]


class BaseBand(Document):
    """A base charge and the rates outside its band, money."""

    baseline: PositiveExact = Field(description="Units of the period.")
    base_charge: NonNegativeExact = Field(description="For the period.")
    dead_band: Annotated[Decimal, Field(ge=0, lt=1)] = Field(
        Decimal("0.10"), description="Share of the baseline, e.g. 0.10."
    )
    arc: NonNegativeExact = Field(description="Per unit above.")
    rrc: NonNegativeExact = Field(description="Per unit below.")
    convention: Convention = "edge"

    @model_validator(mode="after")
    def _never_negative(self) -> Self:
        most = -self.difference(Decimal(0)) * self.rrc
        if most > self.base_charge:
            raise misfit(
                "rrc",
                accepted=f"a rate whose credit for no units at all ({most:f}) is within the base "
                f"charge ({self.base_charge:f})",
            )
        return self

    @property
    def edges(self) -> tuple[Decimal, Decimal]:
        """Lower and upper edge of the dead band of a full period, units; both lie inside."""
        with exactly():
            width = self.baseline * self.dead_band
            return self.baseline - width, self.baseline + width

    def difference(self, units: Decimal, days: int = 1, of_days: int = 1) -> Decimal:
        """Units priced outside the band: above 0 at ARC, below 0 at RRC, 0 inside.

        Baseline and edges of a partial period are those of a full one, prorated by days.
        """
        low, high = (prorated(edge, days, of_days) for edge in self.edges)
        if low <= units <= high:
            return Decimal(0)
        with finely():
            if self.convention == "full_difference":
                return units - prorated(self.baseline, days, of_days)
            return units - (high if units > high else low)


def band_lines(
    terms: BaseBand, units: Decimal, unit: str = "unit", days: int = 1, of_days: int = 1
) -> tuple[TermLine, ...]:
    """Base charge, and one line for what lies outside the band.

    Parameters
    ----------
    terms : BaseBand
        Base, band, rates.
    units : Decimal
        Good units of the period, 0 or more; compared with the baseline as they are.
    unit : str
        What a unit is called.
    days, of_days : int
        Days served of a partial period: base, baseline and band shrink with them.
    """
    refuse_negative(units=units)
    outside = terms.difference(units, days, of_days)
    whole = days == of_days
    base = TermLine(
        BASE,
        f"up to {terms.edges[1]:,f} {unit}s",
        ONE,
        "period",
        terms.base_charge,
        None if whole else days,
        None if whole else of_days,
    )
    if outside > 0 and terms.arc:
        return base, TermLine(ARC, "additional resource charge", outside, unit, terms.arc)
    if outside < 0 and terms.rrc:
        return base, TermLine(RRC, "reduced resource credit", outside, unit, terms.rrc)
    return (base,)
