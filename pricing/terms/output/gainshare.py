"""Gainshare: part of the savings that were verified against a baseline, adjusted for volume.

``savings = baseline cost per unit x units - actual cost``: more volume is no loss, less is no gain.
"""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field

from pricing.exact import NonNegativeExact, PositiveExact, exactly
from pricing.terms.fields import Part
from pricing.terms.line import ONE, TermLine, refuse_negative, share_line
from staffing.plan import Document

MECHANISM = "gainshare"


class Gainshare(Document):
    """A share of savings that were verified."""

    share: Part
    cap: PositiveExact | None = Field(None, description="Most a month, either way.")
    threshold: NonNegativeExact = Field(
        Decimal(0), description="Savings that stay with the client first."
    )
    downside_share: Part = Field(
        Decimal(0), description="Of cost above the baseline that the vendor bears."
    )


def verified_savings(baseline_unit_cost: Decimal, units: Decimal, actual_cost: Decimal) -> Decimal:
    """Savings at the volume that came; negative where the client paid more than the baseline."""
    refuse_negative(baseline_unit_cost=baseline_unit_cost, units=units, actual_cost=actual_cost)
    with exactly():
        return baseline_unit_cost * units - actual_cost


def gainshare_line(terms: Gainshare, savings: Decimal) -> TermLine | None:
    """Vendor's share of savings above the threshold, or its share of a loss; None where neither.

    Parameters
    ----------
    terms : Gainshare
        Shares, threshold, cap.
    savings : Decimal
        Verified, money; negative for a loss.
    """
    with exactly():
        if savings > terms.threshold:
            share, of = terms.share, savings - terms.threshold
        elif savings < 0:
            share, of = -terms.downside_share, -savings
        else:
            return None
        due = share * of
    if not due:
        return None
    what = "verified savings" if due > 0 else "cost above the baseline"
    if terms.cap is not None and abs(due) > terms.cap:
        return TermLine(MECHANISM, f"{what}, at the cap", ONE.copy_sign(due), "cap", terms.cap)
    return share_line(MECHANISM, what, share, of)
