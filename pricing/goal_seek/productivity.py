"""The productivity at which both bills are equal: a search between two brackets.

With productivity ``p``, as a share of plan, work takes ``1 / p`` of the planned people. The
input-based bill of a month at plan volume is a staircase in ``1 / p`` that never falls; the
output-based bill stays. Halving finds where one passes the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

SEARCHED = (0.1, 3.0)
TOLERANCE = 1e-6


def equal_productivity(
    input_bill: Callable[[float], Decimal], output_bill: Decimal
) -> float | None:
    """Least productivity in the range at which the input-based bill is not above the other.

    Parameters
    ----------
    input_bill : callable
        Bill of a month, of the multiple of the planned people that the work takes; never falls.
    output_bill : Decimal
        Bill of a month, the same at any productivity.

    Returns
    -------
    float or None
        Share of planned productivity, at most `TOLERANCE` above the exact one; None where one
        offer is cheaper in the whole range.
    """
    low, high = SEARCHED

    def holds(share: float) -> bool:
        return input_bill(1 / share) <= output_bill

    if holds(low) or not holds(high):
        return None
    while high - low > TOLERANCE:
        middle = (low + high) / 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high
