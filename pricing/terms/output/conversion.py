"""Conversion right: hours first, units once productivity has been seen.

Hours are billed until the parties convert, in the months agreed (common practice: after three to
six months, unsourced). The unit price is then what a unit took in hours, at the hour price, with an
agreed premium for the risk that moves to the vendor, between an agreed floor and cap:
``p = clamp(R x hours / units x (1 + premium), floor, cap)``.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from pricing.exact import PositiveExact, finely
from pricing.misfit import misfit
from pricing.terms.fields import Months
from pricing.terms.line import refuse_negative
from staffing.errors import BadInputError
from staffing.plan import Document


class Conversion(Document):
    """When hours may become units, and at what price."""

    first_month: Months = Field(4, description="First month that may be billed by the unit.")
    last_month: Months = Field(7, description="From then on units are billed in any case.")
    premium: Annotated[Decimal, Field(ge=0, le=10)] = Field(
        Decimal(0), description="On the measured cost of a unit."
    )
    floor: PositiveExact | None = Field(None, description="Least unit price.")
    cap: PositiveExact | None = Field(None, description="Most; the client knows its worst case.")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.first_month > self.last_month:
            raise misfit("first_month", accepted=f"at most last_month ({self.last_month})")
        if self.floor is not None and self.cap is not None and self.floor > self.cap:
            raise misfit("floor", accepted=f"at most cap ({self.cap:f})")
        return self


def billed_by(terms: Conversion, month: int, converted_in: int | None) -> Literal["hour", "unit"]:
    """What a month is billed by.

    Parameters
    ----------
    terms : Conversion
        The right.
    month : int
        Contract month, 1 or more.
    converted_in : int or None
        First month billed by the unit, as the parties chose; None: they have not.

    Raises
    ------
    BadInputError
        A choice outside the months agreed.
    """
    if converted_in is not None and not terms.first_month <= converted_in <= terms.last_month:
        accepted = f"a month from {terms.first_month} to {terms.last_month}, as agreed"
        raise BadInputError.at("converted_in", converted_in, accepted)
    starts = terms.last_month if converted_in is None else converted_in
    return "unit" if month >= starts else "hour"


def converted_price(
    terms: Conversion, hour_price: Decimal, hours: Decimal, units: Decimal
) -> Decimal:
    """Unit price after conversion, unrounded.

    Parameters
    ----------
    terms : Conversion
        Premium, floor and cap.
    hour_price : Decimal
        Money per billed hour, 0 or more.
    hours, units : Decimal
        Billed and done in the months measured; units above 0.

    Raises
    ------
    BadInputError
        No units: nothing was measured.
    """
    refuse_negative(hour_price=hour_price, hours=hours)
    if not units > 0:
        raise BadInputError.at("units", units, "should be above 0: a price per unit is measured")
    with finely():
        price = hour_price * hours / units * (1 + terms.premium)
    price = price if terms.floor is None else max(price, terms.floor)
    return price if terms.cap is None else min(price, terms.cap)
