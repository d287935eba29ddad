"""The price schedule: one document for every way of charging a quantity.

``pricing.tiers`` charges by it. A tier covers quantities above the bound of the tier before, up to
and including its own; the last tier is open. Bounds count what is left after `free_units`.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from pricing.exact import NonNegativeExact, PositiveExact
from pricing.misfit import misfit
from staffing.plan import Document

Mode = Literal["per_unit", "graduated", "volume", "package", "flat", "percentage"]
_PARTS = ("unit_price", "flat_fee")


class Tier(Document):
    """One band of quantities and what it costs."""

    up_to: PositiveExact | None = Field(
        None, description="Last quantity of the tier; none: open, as the last tier must be."
    )
    unit_price: NonNegativeExact = Field(
        Decimal(0), description="Per unit; per started package; a share (percentage)."
    )
    flat_fee: NonNegativeExact = Field(
        Decimal(0), description="Once where the tier is entered (volume, flat: reached)."
    )

    @model_validator(mode="after")
    def _priced(self) -> Self:
        if not self.model_fields_set & set(_PARTS):
            raise misfit(
                "unit_price", accepted="a unit_price or a flat_fee; 0 where nothing is due"
            )
        return self


class PriceSchedule(Document):
    """How a quantity is charged.

    per_unit: one price. graduated: each unit at the price of the tier it falls in. volume: all
    units at the price of the tier reached. package: started packages, each at the price of the
    tier its units fall in. flat: the fee of the tier reached. percentage: graduated shares of an
    amount.
    """

    mode: Mode
    tiers: Annotated[tuple[Tier, ...], Field(min_length=1, max_length=100)]
    package_size: PositiveExact | None = Field(None, description="Units in a package.")
    free_units: NonNegativeExact = Field(
        Decimal(0), description="Come off the quantity (percentage: off the amount) first."
    )

    @model_validator(mode="after")
    def _one_price(self) -> Self:
        if self.mode == "per_unit" and len(self.tiers) > 1:
            raise misfit(
                "tiers",
                accepted="one open tier; for several, mode graduated or volume",
                found=f"{len(self.tiers)} tiers",
            )
        return self

    @model_validator(mode="after")
    def _bounds_rise(self) -> Self:
        before = Decimal(0)
        last = len(self.tiers) - 1
        for at, tier in enumerate(self.tiers):
            if at == last:
                if tier.up_to is not None:
                    raise misfit(
                        *("tiers", at, "up_to"),
                        accepted="null: the last tier is open, or larger quantities have no price",
                    )
            elif tier.up_to is None:
                raise misfit(
                    *("tiers", at, "up_to"),
                    accepted="a bound: only the last tier is open",
                    found="null",
                )
            elif tier.up_to <= before:
                raise misfit(
                    *("tiers", at, "up_to"),
                    accepted=f"above the bound of the tier before ({before:f}): tiers rise and "
                    "do not overlap",
                )
            else:
                before = tier.up_to
        return self

    @model_validator(mode="after")
    def _whole_packages(self) -> Self:
        if self.mode != "package":
            return self
        if self.package_size is None:
            raise misfit("package_size", accepted="units in a package", found="none")
        for at, tier in enumerate(self.tiers):
            if tier.up_to is not None and tier.up_to % self.package_size:
                raise misfit(
                    *("tiers", at, "up_to"),
                    accepted=f"a multiple of package_size ({self.package_size:f}): a package lies "
                    "in one tier",
                )
        return self

    @model_validator(mode="after")
    def _shares(self) -> Self:
        for at, tier in enumerate(self.tiers):
            if self.mode == "percentage" and tier.unit_price > 1:
                raise misfit("tiers", at, "unit_price", accepted="a share of the amount, 0 to 1")
        return self
