"""Volume rebates by charges of the contract year, and the discount for early payment."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from pricing.exact import NonNegativeExact, exactly
from pricing.terms.fields import Part
from pricing.terms.line import TermLine, refuse_negative, share_line
from staffing.errors import BadInputError
from staffing.plan import Document

if TYPE_CHECKING:
    from collections.abc import Sequence

REBATE = "rebate"
EARLY_PAYMENT = "early_payment"
_Days = Annotated[int, Field(strict=True, ge=0, le=730)]


class Rebate(Document):
    """A share of charges given back beyond a threshold in a contract year."""

    above: NonNegativeExact = Field(description="Charges of the contract year so far.")
    share: Part


class EarlyPayment(Document):
    """A discount for paying early."""

    within_days: _Days
    discount: Part


def rebate_lines(
    rebates: Sequence[Rebate], charged_before: Decimal, charges: Decimal
) -> tuple[TermLine, ...]:
    """Rebate on the part of this month's charges above each threshold, up to the next.

    Graduated: charges below a threshold keep their price, so twelve months add up to the rebate on
    the year.

    Parameters
    ----------
    rebates : sequence of Rebate
        Thresholds that rise.
    charged_before : Decimal
        Charges of the contract year before this month, 0 or more.
    charges : Decimal
        This month's charges, 0 or more.

    Raises
    ------
    BadInputError
        Thresholds that do not rise, or a negative amount.
    """
    refuse_negative(charged_before=charged_before, charges=charges)
    for at, (before, after) in enumerate(pairwise(rebates), start=1):
        if after.above <= before.above:
            accepted = f"above the one before ({before.above:f})"
            raise BadInputError.at(f"rebates[{at}].above", after.above, accepted)
    lines = []
    with exactly():
        so_far = charged_before + charges
        ends = [*(one.above for one in rebates[1:]), so_far][: len(rebates)]
        for one, end in zip(rebates, ends, strict=True):
            part = min(so_far, end) - max(charged_before, one.above)
            if part > 0 and one.share:
                what = f"charges of the year above {one.above:,f}"
                lines.append(share_line(REBATE, what, -one.share, part))
    return tuple(lines)


def early_payment_line(
    terms: EarlyPayment, charges: Decimal, paid_after_days: int
) -> TermLine | None:
    """Discount where the bill was paid within the days agreed, else None."""
    refuse_negative(charges=charges, paid_after_days=Decimal(paid_after_days))
    if paid_after_days > terms.within_days or not terms.discount:
        return None
    what = f"paid within {terms.within_days} days"
    return share_line(EARLY_PAYMENT, what, -terms.discount, charges)
