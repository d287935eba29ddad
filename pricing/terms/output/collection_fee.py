"""A share of what was collected, and where such a fee is restricted.

``fee = share x collections``, or graduated shares by a percentage schedule. Restrictions are dated
and sourced in ``pricing/reference/fee_restrictions.csv``; they are a warning, not legal advice.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Self

from pydantic import Field, model_validator

from pricing.misfit import misfit
from pricing.price_schedule import PriceSchedule, Tier
from pricing.reference_tables import rows
from pricing.terms.fields import Label, Part
from pricing.terms.line import TermLine, refuse_negative
from staffing.errors import BadInputError
from staffing.plan import Document

if TYPE_CHECKING:
    from collections.abc import Sequence

MECHANISM = "collections"


class CollectionTerms(Document):
    """A share of what was collected, instead of or beside the unit price."""

    share: Part | None = Field(None, description="Of collections, e.g. 0.055; or a schedule.")
    schedule: PriceSchedule | None = Field(
        None, description="Shares by tier of what is collected a month; mode percentage."
    )
    beside_units: bool = Field(False, strict=True, description="Units are charged as well.")
    places: Annotated[tuple[Label, ...], Field(max_length=60)] = Field(
        (), description="Where the client bills, e.g. US-NY: some places restrict this."
    )
    public_payers: bool = Field(
        False, strict=True, description="Medicare, Medicaid or other public payers are billed."
    )

    @model_validator(mode="after")
    def _one_fee(self) -> Self:
        if (self.share is None) == (self.schedule is None):
            raise misfit("share", accepted="exactly one of share and schedule")
        if self.schedule is not None and self.schedule.mode != "percentage":
            raise misfit(
                "schedule",
                "mode",
                accepted="percentage: shares of what is collected",
                found=self.schedule.mode,
            )
        return self

    @property
    def shares(self) -> PriceSchedule:
        """Its schedule; a share alone is one open tier."""
        if self.schedule is not None:
            return self.schedule
        tier = Tier(unit_price=self.share or Decimal(0))
        return PriceSchedule(mode="percentage", tiers=(tier,))

    @property
    def words(self) -> str:
        """``5.5%``, or ``8.0% up to 100,000, then 6.0%``."""
        told = []
        for tier in self.shares.tiers:
            upto = "" if tier.up_to is None else f" up to {tier.up_to:,f}"
            fee = f" and {tier.flat_fee:,f}" if tier.flat_fee else ""
            told.append(f"{100 * tier.unit_price.normalize():f}%{upto}{fee}")
        free = self.shares.free_units
        return ", then ".join(told) + (f", the first {free:,f} free" if free else "")


def collection_line(terms: CollectionTerms, collected: Decimal) -> TermLine | None:
    """Line of the fee; None where nothing was collected, or where it is charged by tiers.

    Parameters
    ----------
    terms : CollectionTerms
        The share.
    collected : Decimal
        Money collected, net of refunds, 0 or more.
    """
    refuse_negative(collected=collected)
    if not collected or not terms.share:
        return None
    return TermLine(MECHANISM, f"{terms.share:.2%} of collections", terms.share, "share", collected)


def break_even_claim(share: Decimal, fee_per_claim: Decimal) -> Decimal:
    """Average collected per claim at which share and fee per claim cost the same, ``f / share``.

    Raises
    ------
    BadInputError
        A share outside 0 (exclusive) to 1, or a negative fee.
    """
    refuse_negative(fee_per_claim=fee_per_claim)
    if not 0 < share <= 1:
        raise BadInputError.at("share", share, "a share above 0, at most 1")
    return fee_per_claim / share


def restriction_warnings(terms: CollectionTerms) -> tuple[str, ...]:
    """Say which rules restrict such a fee where the client bills; without places, that some do.

    A place is a country (US) or a part of one (US-NY); the rules of the country hold in its parts.
    """
    if not terms.places:
        return (
            "a share of collections is restricted in some places: name where the client bills "
            "(places), or charge per claim",
        )
    return tuple(
        f"{row['jurisdiction']}, {row['payer']} payers: {row['rule']} ({row['source']}, "
        f"{row['as_of']}); charge per claim instead, or ask counsel"
        for row in rows("fee_restrictions")
        if _applies(row, terms.places, public=terms.public_payers)
    )


def _applies(row: dict[str, str], places: Sequence[str], *, public: bool) -> bool:
    where = any((place + "-").startswith(row["jurisdiction"] + "-") for place in places)
    return where and (public or row["payer"] == "all")
