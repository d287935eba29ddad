"""What the vendor has not got back when a contract ends early."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pricing.input_based import TransitionCost


def unamortised(transition: TransitionCost | None, months: int) -> Decimal:
    """Balance of the transition after so many instalments.

    ``PMT (1 - (1 + i)^-(n - k)) / i``, or ``PMT (n - k)`` without interest: the present value of
    the instalments that do not come.

    Parameters
    ----------
    transition : TransitionCost or None
        None: nothing to get back.
    months : int
        Months k that were paid, 0 or more.
    """
    if transition is None or months >= transition.months:
        return Decimal(0)
    missing, rate = transition.months - months, transition.monthly_rate
    if rate == 0:
        return transition.instalment * missing
    return transition.instalment * (1 - (1 + rate) ** -missing) / rate
