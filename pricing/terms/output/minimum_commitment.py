"""Minimum commitment (take or pay): a line of its own lifts the bill to what was committed.

``true-up = max(0, commitment x days / days of the period - charges)``. Lago bills plan and charge
minimums so, prorated by days; its example is 80 used + 20 true-up = 100.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from pricing.exact import PositiveExact, finely
from pricing.terms.line import ONE, TermLine, prorated, refuse_negative
from staffing.plan import Document

if TYPE_CHECKING:
    from decimal import Decimal

MECHANISM = "true_up"


class MinimumCommitment(Document):
    """Least charges of a period."""

    amount: PositiveExact = Field(description="Money, for a full period.")


def true_up_line(
    terms: MinimumCommitment, charges: Decimal, days: int = 1, of_days: int = 1
) -> TermLine | None:
    """Line that lifts charges to the commitment; None where they reach it.

    Parameters
    ----------
    terms : MinimumCommitment
        The commitment.
    charges : Decimal
        What counts towards it, money, 0 or more.
    days, of_days : int
        Days served, and days of the period.
    """
    refuse_negative(charges=charges)
    committed = prorated(terms.amount, days, of_days)
    with finely():
        short = committed - charges
    if short <= 0:
        return None
    what = f"to the minimum of {terms.amount:,f}"
    if days != of_days:
        what += f" for {days} of {of_days} days"
    return TermLine(MECHANISM, what, ONE, "true-up", short)
