"""Cap and collar: the bill stays between two shares of what was planned."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, model_validator

from pricing.exact import finely
from pricing.misfit import misfit
from pricing.terms.line import ONE, TermLine, refuse_negative
from staffing.plan import Document

FLOOR = "collar_floor"
CAP = "collar_cap"


class CollarTerms(Document):
    """The month's charge stays between a floor and a cap, both shares of the planned charge."""

    floor: Annotated[Decimal, Field(ge=0, le=1)] | None = None
    cap: Annotated[Decimal, Field(ge=1, le=100)] | None = None

    @model_validator(mode="after")
    def _one_at_least(self) -> Self:
        if self.floor is None and self.cap is None:
            raise misfit("cap", accepted="a floor, a cap, or both", found="neither")
        return self


def collar_line(terms: CollarTerms, charges: Decimal, planned: Decimal) -> TermLine | None:
    """Line that lifts charges to the floor or takes them down to the cap; None between the two.

    Parameters
    ----------
    terms : CollarTerms
        Shares of the planned charge.
    charges, planned : Decimal
        Charges of the period, and what they are at planned volume; money, 0 or more.
    """
    refuse_negative(charges=charges, planned=planned)
    with finely():
        if terms.floor is not None and charges < terms.floor * planned:
            what = f"to {terms.floor:.0%} of the planned charge"
            return TermLine(FLOOR, what, ONE, "collar", terms.floor * planned - charges)
        if terms.cap is not None and charges > terms.cap * planned:
            what = f"beyond {terms.cap:.0%} of the planned charge"
            return TermLine(CAP, what, -ONE, "collar", charges - terms.cap * planned)
    return None
