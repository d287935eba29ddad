"""Termination charge: what ending early costs, month by month.

What is owed is the part of the transition cost that no instalment has paid back yet, and
demobilisation (an out-of-pocket item of its own in "Schedule 10.1 - Services Charges"). Balance of
an annuity after k of n instalments: ``TC (1 + i)^k - PMT ((1 + i)^k - 1) / i``.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pydantic import Field

from pricing.exact import NonNegativeExact, finely
from pricing.terms.fields import Months
from pricing.terms.line import ONE, ZERO, TermLine, refuse_negative
from staffing.errors import BadInputError
from staffing.plan import Document

if TYPE_CHECKING:
    from collections.abc import Sequence

MECHANISM = "termination"


class TerminationCharge(Document):
    """What ending the contract early costs from a month on, until the next one."""

    from_month: Months = Field(description="Last month served.")
    charge: NonNegativeExact


def unamortised(cost: Decimal, months: int, monthly_rate: Decimal, paid: int) -> Decimal:
    """Transition cost still owed after some instalments, unrounded.

    Parameters
    ----------
    cost : Decimal
        Transition cost, 0 or more.
    months : int
        Instalments, 1 or more.
    monthly_rate : Decimal
        Interest a month, 0 or more; 0 is a straight line.
    paid : int
        Instalments paid, 0 or more; after the last one nothing is owed.
    """
    refuse_negative(cost=cost, monthly_rate=monthly_rate, paid=Decimal(paid))
    if months < 1:
        raise BadInputError.at("months", months, "should be 1 or more")
    if paid >= months:
        return ZERO
    with finely():
        if not monthly_rate:
            return cost * (months - paid) / months
        grown = (1 + monthly_rate) ** paid
        instalment = cost * monthly_rate / (1 - (1 + monthly_rate) ** -months)
        return cost * grown - instalment * (grown - 1) / monthly_rate


def termination_charges(
    cost: Decimal, months: int, monthly_rate: Decimal, demobilisation: Decimal, term_months: int
) -> tuple[Decimal, ...]:
    """Charge for ending after each month of the term, unrounded; after the last one it is 0.

    Parameters
    ----------
    cost, months, monthly_rate
        Of the transition, as in `unamortised`.
    demobilisation : Decimal
        Out-of-pocket cost of winding down, money.
    term_months : int
        Months of the contract, 1 or more; who serves the whole term owes nothing.
    """
    refuse_negative(demobilisation=demobilisation)
    with finely():
        early = [
            unamortised(cost, months, monthly_rate, month) + demobilisation
            for month in range(1, term_months)
        ]
    return (*early, ZERO)


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
