"""Overtime, night and holiday hours: multipliers on the hour price."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal


def overtime_price(hour_price: Decimal, multiplier: Decimal) -> Decimal:
    """Price of an overtime hour; it comes on top of the order, so the whole hour is billed.

    Raises
    ------
    ValueError
        A multiplier below 1: overtime is never cheaper than the hour it extends.
    """
    return hour_price * _checked(multiplier)


def surcharge(hour_price: Decimal, multiplier: Decimal) -> Decimal:
    """Surcharge on an ordered hour at night or on a holiday, ``price (multiplier - 1)``.

    The hour itself is billed with the order.

    Raises
    ------
    ValueError
        A multiplier below 1.
    """
    return hour_price * (_checked(multiplier) - 1)


def _checked(multiplier: Decimal) -> Decimal:
    if multiplier < 1:
        raise ValueError("a multiplier on the hour price is 1 or more")
    return multiplier
