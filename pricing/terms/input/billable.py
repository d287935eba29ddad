"""What is billable: training, breaks and time in which the client's systems are down."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal


def hours_not_billed(hours: Decimal, billable_share: Decimal) -> Decimal:
    """Hours taken off the bill, ``hours (1 - share)``.

    Parameters
    ----------
    hours : Decimal
        Hours of one kind (training, breaks, client downtime) among those ordered, 0 or more.
    billable_share : Decimal
        Share of them that the client pays, 0 to 1.

    Raises
    ------
    ValueError
        Negative hours, or a share outside 0 to 1.
    """
    if hours < 0:
        raise ValueError("hours are 0 or more")
    if not 0 <= billable_share <= 1:
        raise ValueError("a billable share is 0 to 1")
    return hours * (1 - billable_share)
