"""Termination charge: what ending early costs, month by month, as agreed.

What such a charge should cover, the transition not yet paid back and demobilisation (an item of its
own in "Schedule 10.1 - Services Charges"), is worked out in ``pricing.term.exit_charge``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from pricing.exact import NonNegativeExact
from pricing.terms.fields import Months
from pricing.terms.line import ONE, TermLine
from staffing.plan import Document

if TYPE_CHECKING:
    from collections.abc import Sequence

MECHANISM = "termination"


class TerminationCharge(Document):
    """What ending the contract early costs from a month on, until the next one."""

    from_month: Months = Field(description="Last month served.")
    charge: NonNegativeExact


def termination_line(charges: Sequence[TerminationCharge], month: int) -> TermLine | None:
    """Charge for ending after a month: that of the last entry up to it; None where there is none.

    Parameters
    ----------
    charges : sequence of TerminationCharge
        Agreed charges, months rising.
    month : int
        Last month served, 1 or more.
    """
    due = [one for one in charges if one.from_month <= month]
    if not due or not due[-1].charge:
        return None
    return TermLine(MECHANISM, f"ended after month {month}", ONE, "charge", due[-1].charge)
