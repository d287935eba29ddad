"""Contract terms of the output-based offer, service by service and for its whole bill.

Prices may be stated as money, or relative to the quoted unit price: then the price that is quoted
goes on driving them. ``pricing.agreement`` turns all of them into money.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, ValidationError, model_validator

from pricing.engagement.fields import Name, first_repeated
from pricing.exact import NonNegativeExact, PositiveExact
from pricing.misfit import misfit
from pricing.money import quantize_unit_price
from pricing.price_schedule import PriceSchedule, Tier
from pricing.terms.fields import Factor, Part
from pricing.terms.output.accuracy import AccuracyTerms
from pricing.terms.output.base_band import Convention
from pricing.terms.output.collar import CollarTerms
from pricing.terms.output.collection_fee import CollectionTerms
from pricing.terms.output.conversion import Conversion
from pricing.terms.output.forecast_lock import ForecastLock
from pricing.terms.output.gainshare import Gainshare
from pricing.terms.output.glide_path import GlidePath
from pricing.terms.output.minimum_commitment import MinimumCommitment
from pricing.terms.output.rebaseline import Rebaseline
from pricing.terms.output.turnaround import TurnaroundTerms
from staffing.plan import Document

_MOST_PLACES = 6
_SHARE_SUM_TOLERANCE = Decimal("0.000001")


class TierTerms(Document):
    """One tier: its unit price as money, or as a discount on the quoted unit price."""

    up_to: PositiveExact | None = Field(None, description="Last quantity; none: open.")
    unit_price: NonNegativeExact | None = Field(None, description="Money, or see `discount`.")
    discount: Annotated[Decimal, Field(ge=-10, le=1)] | None = Field(
        None, description="Off the quoted unit price, e.g. 0.05; negative is dearer."
    )
    flat_fee: NonNegativeExact = Field(Decimal(0), description="Once where the tier is entered.")

    @model_validator(mode="after")
    def _one_price(self) -> Self:
        if self.unit_price is not None and self.discount is not None:
            raise misfit("discount", accepted="only one of unit_price and discount")
        return self

    def priced(self, quoted: Decimal, places: int) -> Decimal:
        """Unit price in money; what is relative is rounded to `places`."""
        if self.unit_price is not None:
            return self.unit_price
        return quantize_unit_price(quoted * (1 - (self.discount or Decimal(0))), places)


class ScheduleTerms(Document):
    """How units are charged; see ``docs/models/pricing.md``. Default price: the quoted one."""

    mode: Literal["per_unit", "graduated", "volume", "package", "flat", "percentage"]
    tiers: Annotated[tuple[TierTerms, ...], Field(min_length=1, max_length=100)] = (TierTerms(),)
    package_size: PositiveExact | None = Field(None, description="Units in a package.")
    free_units: NonNegativeExact = Field(Decimal(0), description="Come off first.")

    @model_validator(mode="after")
    def _of_units(self) -> Self:
        if self.mode == "percentage":
            raise misfit(
                "mode",
                accepted="a way to charge units; shares of money collected are stated in "
                "collections.schedule",
                found=self.mode,
            )
        return self

    @model_validator(mode="after")
    def _makes_a_schedule(self) -> Self:
        try:
            self.priced(Decimal(1), _MOST_PLACES)
        except ValidationError as error:
            found = error.errors(include_url=False)[0]
            context = found.get("ctx", {})
            path = (*found["loc"], *context.get("path", ()))
            raise misfit(
                *path, accepted=context.get("accepted", found["msg"]), found=context.get("found")
            ) from None
        return self

    def priced(self, quoted: Decimal, places: int) -> PriceSchedule:
        """Schedule in money, given the quoted unit price and the places of a unit price."""
        return PriceSchedule(
            mode=self.mode,
            tiers=tuple(
                Tier(
                    up_to=tier.up_to, unit_price=tier.priced(quoted, places), flat_fee=tier.flat_fee
                )
                for tier in self.tiers
            ),
            package_size=self.package_size,
            free_units=self.free_units,
        )


class ComplexityClass(Document):
    """Units of one complexity and their price, as money or relative to the quoted unit price."""

    name: Name
    share: Part = Field(description="Of the planned units; shares sum to 1.")
    price_factor: Factor | None = Field(None, description="Times the quoted unit price, e.g. 1.5.")
    unit_price: PositiveExact | None = Field(None, description="Money, instead of price_factor.")

    @model_validator(mode="after")
    def _one_price(self) -> Self:
        if (self.price_factor is None) == (self.unit_price is None):
            raise misfit("price_factor", accepted="exactly one of price_factor and unit_price")
        return self

    def priced(self, quoted: Decimal, places: int) -> Decimal:
        """Unit price in money; what is relative is rounded to `places`."""
        if self.price_factor is None:
            return self.unit_price or quoted
        return quantize_unit_price(quoted * self.price_factor, places)


class BandTerms(Document):
    """Base charge for a baseline; additional (ARC) and reduced (RRC) charges outside a dead band.

    Rates are money, or factors on the quoted unit price.
    """

    baseline: PositiveExact | None = Field(None, description="Units a month; none: as planned.")
    base_charge: NonNegativeExact | None = Field(
        None, description="A month; none: baseline x quoted unit price."
    )
    dead_band: Annotated[Decimal, Field(ge=0, lt=1)] = Field(
        Decimal("0.10"), description="Share of the baseline, e.g. 0.10."
    )
    arc: NonNegativeExact | None = Field(None, description="Per unit above, money.")
    rrc: NonNegativeExact | None = Field(None, description="Per unit below, money.")
    arc_factor: Factor = Field(Decimal(1), description="ARC over the quoted unit price.")
    rrc_factor: Factor = Field(Decimal(1), description="RRC over the quoted unit price.")
    convention: Convention = "edge"


class HybridTerms(Document):
    """A monthly base charge, and units at a lower price."""

    base_share: Part = Field(description="Of the planned charge that becomes the base.")


class ServiceTerms(Document):
    """Terms of one service."""

    service: Name
    schedule: ScheduleTerms | None = None
    classes: Annotated[tuple[ComplexityClass, ...], Field(max_length=50)] = ()
    band: BandTerms | None = None
    hybrid: HybridTerms | None = None
    collections: CollectionTerms | None = None
    planned_collections: NonNegativeExact | None = Field(
        None, description="Money a month, where an invoice does not state what was collected."
    )
    glide_path: GlidePath | None = None
    collar: CollarTerms | None = None
    forecast_lock: ForecastLock | None = None
    accuracy: AccuracyTerms | None = None
    rebaseline: Rebaseline | None = Field(None, description="When a band's baseline is set anew.")
    finished_in_time: TurnaroundTerms | None = None

    @model_validator(mode="after")
    def _one_way_to_charge(self) -> Self:
        if self.rebaseline is not None and self.band is None:
            raise misfit("rebaseline", accepted="none without a band: only a baseline is set anew")
        if self.planned_collections is not None and self.collections is None:
            raise misfit("planned_collections", accepted="none without collections")
        ways = [name for name in ("schedule", "classes", "band", "hybrid") if getattr(self, name)]
        if len(ways) > 1:
            raise misfit(ways[1], accepted=f"one way to charge units; {ways[0]} is one already")
        if ways and self.collections is not None and not self.collections.beside_units:
            raise misfit(
                *("collections", "beside_units"),
                accepted=f"true, since {ways[0]} charges units as well",
            )
        return self

    @model_validator(mode="after")
    def _classes_are_all_units(self) -> Self:
        if not self.classes:
            return self
        repeated = first_repeated([one.name for one in self.classes])
        if repeated is not None:
            raise misfit("classes", repeated, "name", accepted="each class once")
        total = sum((one.share for one in self.classes), Decimal(0))
        if abs(total - 1) > _SHARE_SUM_TOLERANCE:
            raise misfit("classes", accepted="shares that sum to 1", found=f"sum {total}")
        return self


class OutputTerms(Document):
    """Terms of the output-based offer; what is left out changes nothing."""

    services: Annotated[tuple[ServiceTerms, ...], Field(max_length=50)] = ()
    minimum_commitment: MinimumCommitment | None = None
    gainshare: Gainshare | None = None
    conversion: Conversion | None = Field(
        None, description="Hours are billed first, units once productivity was seen."
    )

    @model_validator(mode="after")
    def _each_service_once(self) -> Self:
        repeated = first_repeated([one.service for one in self.services])
        if repeated is not None:
            raise misfit("services", repeated, "service", accepted="each service once")
        return self
