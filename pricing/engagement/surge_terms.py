"""Who can come for a peak: the pool a quote plans with, and the ladder a surge study plans with.

A quote rests on `pool_heads` to `min_weeks` only; the other fields price nothing. What is left out
of them follows the site's labour and pool terms; see ``pricing.surge_brief``.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from pricing.engagement.fields import Name, first_repeated
from pricing.misfit import misfit
from pricing.parameters import FullShare, PersonCost, Ratio, Share, TimesPerYear
from staffing.plan import Document
from staffing.surge import SurgeKind

Heads = Annotated[float, Field(strict=True, ge=0, le=100_000)]
Hours = Annotated[float, Field(strict=True, ge=0, le=8784)]
Productivity = Annotated[float, Field(strict=True, ge=0.001, le=1)]
Need = Literal["seat", "licence", "training", "access"]


class SurgeSourceTerms(Document):
    """One rung of the ladder: people, or hours of people, that can be had for a peak."""

    name: Name
    kind: SurgeKind = Field(description="pool: pre-vetted people; bench: people kept idle.")
    heads: Heads | None = Field(
        None,
        description="Most people at once, of overtime in full-time people; none, for overtime "
        "only: the share of the team in labour.overtime_share_max.",
    )
    notice_h: Hours = Field(description="Hours from the call to the first hour on the job.")
    show_up: FullShare | None = Field(
        None, description="Share of those called who come; none: all."
    )
    effectiveness: (
        Annotated[tuple[Productivity, ...], Field(min_length=1, max_length=366)] | None
    ) = Field(
        None,
        description="Output by day on the job over that of an experienced person; the last figure "
        "holds on. None: 1 for overtime and bench, else the site's surge.effectiveness.",
    )
    hourly_cost: PersonCost | None = Field(
        None,
        description="All-in cost of a paid hour without premium, engagement currency; none: that "
        "of the role at the site, of a bench 0.",
    )
    premium: Ratio | None = Field(
        None,
        description="On the base wage of the role; none: the site's overtime premium, of a pool "
        "surge.premium, else 0.",
    )
    min_engagement_days: Annotated[int, Field(strict=True, ge=1, le=366)] | None = Field(
        None, description="Days paid at least; none: 1, of a pool surge.min_weeks."
    )
    standby_fee_per_week: PersonCost | None = Field(
        None,
        description="Per reserved person, due whether or not the peak comes; none: 0, of a bench "
        "a week's labour.",
    )
    reserved: bool | None = Field(
        None, description="Whether people are reserved up front; none: where a fee is due."
    )
    onboarding_cost: PersonCost | None = Field(
        None, description="Per person who starts, wages apart; none: 0."
    )
    onboarding_h: Annotated[float, Field(strict=True, ge=0, le=2000)] = Field(
        0.0, description="First paid hours of a person, without output."
    )
    needs: tuple[Need, ...] | None = Field(
        None,
        description="What each takes of the limits; none: nothing for overtime, seat and licence "
        "for a bench, else all.",
    )

    @model_validator(mode="after")
    def _heads_stated(self) -> Self:
        if self.heads is None and self.kind != "overtime":
            raise misfit("heads", accepted="people at once; only overtime may leave them out")
        return self

    @model_validator(mode="after")
    def _effectiveness_rises(self) -> Self:
        shares = self.effectiveness or ()
        for day in range(1, len(shares)):
            if shares[day] < shares[day - 1]:
                raise misfit(
                    *("effectiveness", day),
                    accepted=f"no less than on the day before ({shares[day - 1]:g})",
                )
        return self

    @model_validator(mode="after")
    def _paid(self) -> Self:
        if self.kind == "agency" and self.hourly_cost is None and self.premium is None:
            raise misfit(
                "hourly_cost", accepted="hourly_cost or premium: what an agency costs", found="none"
            )
        fee = self.standby_fee_per_week
        if self.kind == "bench":
            unpaid = fee is not None and not fee.value and not (self.hourly_cost or fee).value
        else:
            unpaid = self.hourly_cost is not None and not self.hourly_cost.value and not self.fee
        if unpaid:
            raise misfit(
                "hourly_cost", accepted="a wage above 0, or a standby fee that is the wage"
            )
        return self

    @model_validator(mode="after")
    def _reserved_for_a_fee(self) -> Self:
        if self.reserved is False and (self.fee or self.kind == "bench"):
            raise misfit("reserved", accepted="true where a standby fee is due, and for a bench")
        return self

    @property
    def fee(self) -> Decimal:
        """Stated standby fee; 0 where none is stated."""
        stated = self.standby_fee_per_week
        return Decimal(0) if stated is None else stated.value


class SurgeLimitTerms(Document):
    """What all sources of a site share in a peak; none for no limit."""

    seats: Heads | None = Field(
        None, description="For people of the peak; none: those the site has left."
    )
    licences: Heads | None = Field(None, description="Licences for people of the peak.")
    trainers: Annotated[float, Field(strict=True, ge=0, le=10_000)] | None = Field(
        None, description="Each starts one class a day; needs class_size."
    )
    class_size: Annotated[int, Field(strict=True, ge=1, le=1000)] | None = Field(
        None, description="Most people in a class."
    )
    access_per_day: Heads | None = Field(
        None, description="People who get access to the client's systems in a day."
    )
    access_days: Annotated[float, Field(strict=True, ge=0, le=366)] = Field(
        0.0, description="Days from the call until the client grants the first access."
    )

    @model_validator(mode="after")
    def _classes(self) -> Self:
        if (self.trainers is None) != (self.class_size is None):
            missing = "trainers" if self.trainers is None else "class_size"
            raise misfit(missing, accepted="trainers and class_size together, or neither")
        return self


def _left_out(default: object) -> dict[str, Any]:
    """Leave a field at its default out of what is hashed: older documents keep their hash."""
    return {"exclude_if": lambda value: value == default}


class Surge(Document):
    """People who can be called off for a peak."""

    pool_heads: Heads = 0.0
    premium: Ratio = Ratio(value=Decimal("0.25"))
    effectiveness: FullShare = FullShare(value=Decimal("0.85"))
    min_weeks: Annotated[int, Field(strict=True, ge=1, le=52)] = 2
    sources: Annotated[tuple[SurgeSourceTerms, ...], Field(max_length=20)] = Field(
        (),
        description="Ladder of a surge study; none: overtime at once and the pool after 48 hours. "
        "No quote uses it.",
        **_left_out(()),
    )
    limits: SurgeLimitTerms | None = Field(
        None, description="What the sources share.", **_left_out(None)
    )
    shortfall_price: PersonCost | None = Field(
        None,
        description="Per hour of extra work not done in time; none: that of the live service, "
        "else all must be done.",
        **_left_out(None),
    )
    peaks_per_year: TimesPerYear | None = Field(
        None,
        description="Peaks over which a year's standby is spread; none: one.",
        **_left_out(None),
    )
    waiting_share: Share | None = Field(
        None,
        description="Share of deferrable extra work that may wait for its turnaround; none: all.",
        **_left_out(None),
    )
    promise_h: Hours = Field(
        48.0,
        description="Hours after the call at which people are counted; if the peak begins later, "
        "they are counted then.",
        **_left_out(48.0),
    )

    @model_validator(mode="after")
    def _source_names_differ(self) -> Self:
        repeated = first_repeated([source.name for source in self.sources])
        if repeated is not None:
            raise misfit("sources", repeated, "name", accepted="a name of its own for each source")
        return self
