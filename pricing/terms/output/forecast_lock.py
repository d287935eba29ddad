"""Forecast lock: the client's forecast binds both sides.

Below it, at least a share (practice: 90 %) of the forecast is paid; above it, service levels are
off, because nobody was hired for those units (practice reported on erlang.com).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from pricing.exact import exactly
from pricing.terms.fields import Part
from pricing.terms.line import TermLine, refuse_negative
from staffing.plan import Document

MECHANISM = "forecast_lock"


class ForecastLock(Document):
    """What a binding forecast commits to."""

    pay_share: Part = Field(Decimal("0.90"), description="Of the forecast, paid in any case.")
    relief_above: Annotated[Decimal, Field(ge=0, le=10)] = Field(
        Decimal(0), description="Share above the forecast up to which service levels still hold."
    )


def forecast_line(
    terms: ForecastLock,
    forecast: Decimal,
    units: Decimal,
    unit_price: Decimal,
    unit: str = "unit",
) -> TermLine | None:
    """Line for units that were forecast, are paid for, and did not come; None where enough came.

    Parameters
    ----------
    terms : ForecastLock
        The clause.
    forecast, units : Decimal
        Units forecast with binding effect, and good units done; 0 or more.
    unit_price : Decimal
        Money per unit.
    unit : str
        What a unit is called.
    """
    refuse_negative(forecast=forecast, units=units, unit_price=unit_price)
    with exactly():
        short = terms.pay_share * forecast - units
    if short <= 0:
        return None
    what = f"to {terms.pay_share:.0%} of a forecast of {forecast:,f}"
    return TermLine(MECHANISM, what, short, unit, unit_price)


def sla_relief(terms: ForecastLock, forecast: Decimal, units: Decimal) -> bool:
    """Whether more came than was forecast, so that service levels are off."""
    refuse_negative(forecast=forecast, units=units)
    with exactly():
        return units > forecast * (1 + terms.relief_above)
