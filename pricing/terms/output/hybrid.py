"""Hybrid: a base charge whatever the volume, and units at a lower price.

Of a unit price p and a planned volume V, a share s becomes ``base = s p V`` and the rest stays
``p (1 - s)`` per unit: at the planned volume the bill is that of p.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from pricing.exact import NonNegativeExact, exactly
from pricing.terms.line import ONE, TermLine, check_days, refuse_negative
from staffing.errors import BadInputError
from staffing.plan import Document

if TYPE_CHECKING:
    from decimal import Decimal

BASE = "base_charge"
UNITS = "units"


class HybridPrice(Document):
    """Base charge of a month, and price of a unit, money."""

    base_charge: NonNegativeExact = Field(description="A month.")
    unit_price: NonNegativeExact


def split_price(
    unit_price: Decimal, planned_units: Decimal, base_share: Decimal
) -> tuple[Decimal, Decimal]:
    """Base charge a month and remaining unit price, both unrounded.

    Parameters
    ----------
    unit_price : Decimal
        Money per unit, 0 or more.
    planned_units : Decimal
        Units a month, 0 or more.
    base_share : Decimal
        Share of the planned charge that becomes the base, 0 to 1.
    """
    refuse_negative(unit_price=unit_price, planned_units=planned_units)
    if not 0 <= base_share <= 1:
        raise BadInputError.at("base_share", base_share, "a share, 0 to 1")
    with exactly():
        return base_share * unit_price * planned_units, unit_price * (1 - base_share)


def hybrid_lines(
    terms: HybridPrice, units: Decimal, unit: str = "unit", days: int = 1, of_days: int = 1
) -> tuple[TermLine, TermLine]:
    """Base charge, prorated by days, and the units done."""
    refuse_negative(units=units)
    check_days(days, of_days)
    whole = days == of_days
    return (
        TermLine(
            BASE,
            "whatever the volume",
            ONE,
            "month",
            terms.base_charge,
            None if whole else days,
            None if whole else of_days,
        ),
        TermLine(UNITS, f"{unit}s done", units, unit, terms.unit_price),
    )
