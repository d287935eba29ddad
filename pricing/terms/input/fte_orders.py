"""Full-time equivalents billed for an order: whole steps, and at least the minimum."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal


def in_steps(ordered: Decimal, step: Decimal) -> Decimal:
    """Round an order up to whole steps.

    Parameters
    ----------
    ordered : Decimal
        FTE, 0 or more.
    step : Decimal
        Smallest step of an order, above 0.

    Raises
    ------
    ValueError
        A negative order, or a step of 0 or less.
    """
    if ordered < 0 or step <= 0:
        raise ValueError("an order is 0 or more, its step above 0")
    return (ordered / step).to_integral_value(ROUND_CEILING) * step


def short_of_minimum(ordered: Decimal, minimum: Decimal) -> Decimal:
    """FTE missing to the minimum that is billed in any case, ``max(0, minimum - ordered)``."""
    return max(Decimal(0), minimum - ordered)
