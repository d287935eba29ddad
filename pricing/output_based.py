"""Output-based rate card: the price of one good unit, from the price of a full-time equivalent.

Decimal at full precision; the quoted unit price is rounded where it is quoted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal


def units_per_fte_year(
    productive_hours: Decimal,
    utilisation: Decimal,
    units_per_hour: Decimal,
    rework_share: Decimal,
    rework_effort: Decimal,
) -> Decimal:
    """Good units one full-time equivalent makes in a year, ``Hprod U UPH (1 - epsilon k)``.

    Parameters
    ----------
    productive_hours : Decimal
        Available hours per FTE-year.
    utilisation : Decimal
        Handling over available time, (0, 1].
    units_per_hour : Decimal
        Gross units per handling hour.
    rework_share, rework_effort : Decimal
        Share of units redone, and the effort of a redo relative to a first pass.
    """
    return productive_hours * utilisation * units_per_hour * (1 - rework_share * rework_effort)


def parity_unit_price(revenue: Decimal, units: Decimal) -> Decimal:
    """Unit price at which units bring the same revenue as the people, ``price / units``.

    Raises
    ------
    ValueError
        Without units there is no unit price.
    """
    if units <= 0:
        raise ValueError("a unit price needs units above 0")
    return revenue / units


def unit_price(parity: Decimal, risk_premium: Decimal) -> Decimal:
    """``parity (1 + rho)``, with rho the sum of the named premiums."""
    return parity * (1 + risk_premium)


def break_even_productivity(risk_premium: Decimal) -> Decimal:
    """Share of planned productivity at which both offers bill the same, ``1 / (1 + rho)``."""
    return 1 / (1 + risk_premium)


def break_even_units_per_fte(fte_price: Decimal, price_per_unit: Decimal) -> Decimal:
    """Units per full-time equivalent and period at which both quoted prices bill the same."""
    return fte_price / price_per_unit
