"""Services: what is produced, how much of it arrives, how fast and how well it must be done."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from pricing.engagement.fields import (
    Country,
    Day,
    Language,
    Name,
    Volume0,
    Zone,
    first_repeated,
)
from pricing.misfit import misfit
from pricing.opening_hours import OpeningHours
from pricing.parameters import (
    HandleTime,
    NonNegative,
    Ratio,
    Share,
    Speed,
)
from staffing.forecast.methods import MethodName
from staffing.plan import Document

PROFILE_LENGTHS = frozenset({7, 168, 336, 672})
_SHARE_SUM_TOLERANCE = Decimal("0.000001")


class Accuracy(Document):
    """Quality promised and the rework it costs."""

    target: Annotated[Decimal, Field(gt=0, le=1)] = Field(description="Share right, e.g. 0.98.")
    rework_share: Share = Field(Share(value=Decimal(0)), description="Share of units redone.")
    rework_effort: Ratio = Field(
        Ratio(value=Decimal(1)), description="Effort of a redo relative to a first pass."
    )


class History(Document):
    """Volumes observed or forecast at equal steps."""

    starts_on: Day = Field(description="Local date on which the first step begins.")
    step: Literal["hour", "day", "week", "month"]
    values: Annotated[tuple[Volume0, ...], Field(min_length=1, max_length=200_000)]


class Volume(Document):
    """How much work arrives: `units_per_year`, or a `history`, and its shape in the week."""

    units_per_year: Volume0 | None = Field(None, description="Units in the first contract year.")
    history: History | None = None
    seasonality: Annotated[tuple[Volume0, ...], Field(min_length=12, max_length=12)] | None = Field(
        None, description="Relative level by calendar month, January first (units_per_year only)."
    )
    profile: Annotated[tuple[Volume0, ...], Field(min_length=7, max_length=672)] | None = Field(
        None, description="Weights over the week from Monday 00:00: 7, 168, 336 or 672 numbers."
    )
    growth_per_year: Annotated[float, Field(strict=True, gt=-1, le=10, allow_inf_nan=False)] = 0.0
    scale: Annotated[float, Field(strict=True, ge=1e-9, le=1e6, allow_inf_nan=False)] = Field(
        1.0, description="Factor on every volume, e.g. the share of a market series."
    )
    opening_backlog: Volume0 = Field(
        0.0, description="Units already waiting on the first day, on top of all arrivals."
    )
    opening_backlog_weeks: Annotated[int, Field(strict=True, ge=1, le=104)] = Field(
        4, description="Weeks in which the opening backlog is worked off."
    )
    forecast: MethodName = Field(
        "level",
        description="What continues a history: level (of the last year x season), seasonal_naive, "
        "stl_ets or ets (the extra forecast); crewquote forecast tells which would have been best.",
        exclude_if=lambda method: method == "level",  # older documents keep their hash
    )

    @model_validator(mode="after")
    def _one_level(self) -> Self:
        if (self.units_per_year is None) == (self.history is None):
            raise misfit(accepted="exactly one of units_per_year and history")
        if self.history is None and self.forecast != "level":
            raise misfit("forecast", accepted="none beside units_per_year: it continues a history")
        if self.history is not None and self.seasonality is not None:
            raise misfit(
                "seasonality", accepted="none beside a history: the history carries its own"
            )
        for name, weights in (("profile", self.profile), ("seasonality", self.seasonality)):
            if weights is not None and sum(weights) <= 0:
                raise misfit(name, accepted="numbers with a positive sum", found="sum 0")
        if self.profile is not None and len(self.profile) not in PROFILE_LENGTHS:
            raise misfit(
                "profile",
                accepted="7, 168, 336 or 672 numbers",
                found=f"length {len(self.profile)}",
            )
        return self


class Delivery(Document):
    """The part of a service done at one site."""

    site: Name
    share: Annotated[Decimal, Field(gt=0, le=1)] = Decimal(1)


class ServiceBase(Document):
    """What every service states."""

    name: Name
    unit: Name = Field(description="What is produced, singular: claim, call, chart.")
    role: Name = Field(description="Role of the agents, e.g. claims_processor.")
    language: Language = "en"
    time_zone: Zone = Field(description="Clock of volumes and opening hours.")
    opening_hours: OpeningHours = "24x7"
    handle_time_s: HandleTime | None = Field(None, description="Average handling time, seconds.")
    units_per_hour: Speed | None = Field(None, description="Gross units per handling hour.")
    ramp: Annotated[
        tuple[Annotated[float, Field(strict=True, gt=0, le=1)], ...], Field(max_length=104)
    ] = Field((), description="Productivity in the weeks after training, e.g. [0.5, 0.75].")
    accuracy: Accuracy
    min_agents: Annotated[int, Field(strict=True, ge=0, le=10_000)] = Field(
        0, description="Fewest agents at work whenever open; shrinkage is not taken off."
    )
    volume: Volume
    delivery: Annotated[tuple[Delivery, ...], Field(min_length=1)]
    candidates: Annotated[tuple[Name, ...], Field(min_length=1, max_length=50)] | None = Field(
        None,
        description="Sites that may deliver it (crewquote sites); none: every site. No price uses "
        "them.",
        exclude_if=lambda names: names is None,  # older documents keep their hash
    )
    data_residency: Annotated[tuple[Country, ...], Field(min_length=1)] | None = Field(
        None,
        description="Countries its data may be worked on in; none: any.",
        exclude_if=lambda countries: countries is None,
    )

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if (self.handle_time_s is None) == (self.units_per_hour is None):
            raise misfit(accepted="exactly one of handle_time_s and units_per_hour")
        rework = self.accuracy.rework_share.value * self.accuracy.rework_effort.value
        if rework >= 1:
            raise misfit(
                "accuracy", accepted="rework_share x rework_effort below 1", found=str(rework)
            )
        repeated = first_repeated([part.site for part in self.delivery])
        if repeated is not None:
            raise misfit("delivery", repeated, "site", accepted="each site at most once")
        return self

    @model_validator(mode="after")
    def _shares_fit_routing(self) -> Self:
        if self.is_follow_the_sun:
            for position, part in enumerate(self.delivery):
                if part.share != 1:
                    raise misfit(
                        "delivery",
                        position,
                        "share",
                        accepted="no share with follow_the_sun: the planner chooses it",
                    )
            return self
        total = sum((part.share for part in self.delivery), Decimal(0))
        if abs(total - 1) > _SHARE_SUM_TOLERANCE:
            raise misfit("delivery", accepted="shares that sum to 1", found=f"sum {total}")
        return self

    @property
    def is_follow_the_sun(self) -> bool:
        """Whether the planner chooses which site works when; deferrable work is split by share."""
        return False

    @property
    def gross_units_per_hour(self) -> Decimal:
        """Units per handling hour before rework."""
        if self.units_per_hour is not None:
            return self.units_per_hour.value
        assert self.handle_time_s is not None  # noqa: S101 (one of the two is given, see above)
        return Decimal(3600) / self.handle_time_s.value


class BlendTerms(Document):
    """Idle time of a live service that deferrable work may use."""

    service: Name = Field(description="A live service delivered at the same sites.")
    share: Annotated[float, Field(strict=True, gt=0, le=1)] = Field(
        description="Share of the idle time that may be used, e.g. 0.5."
    )


class LiveService(ServiceBase):
    """A queue answered within seconds."""

    channel: Literal["live"]
    service_level: Annotated[float, Field(strict=True, gt=0, lt=1)] = Field(
        description="Share answered within the threshold, e.g. 0.8."
    )
    answer_within_s: Annotated[float, Field(strict=True, ge=0, le=86_400)] = Field(
        description="Threshold in seconds, e.g. 20."
    )
    patience_s: HandleTime | None = Field(
        None, description="Mean time a caller waits before hanging up; none: nobody hangs up."
    )
    max_abandonment: Annotated[float, Field(strict=True, gt=0, lt=1)] | None = Field(
        None, description="Largest share of callers that may hang up (with patience_s)."
    )
    retry_share: Share | None = Field(
        None, description="Share of those who hang up that call again (with patience_s)."
    )
    concurrency: Annotated[int, Field(strict=True, ge=1, le=20)] = Field(
        1, description="Contacts an agent handles at once (chat); handle_time_s is at this number."
    )

    shortfall_price: NonNegative | None = Field(
        None,
        description="Cost of one head short for one hour, engagement currency: then the plan may "
        "fall short where that is cheaper; none: every interval is covered.",
    )
    max_short_heads: Annotated[float, Field(strict=True, ge=0, le=10_000)] | None = Field(
        None, description="Most heads short in any interval (with shortfall_price)."
    )

    routing: Literal["shares", "follow_the_sun"] = Field(
        "shares",
        description="shares: every site takes its share at all times; follow_the_sun: the planner "
        "gives each interval to the site that serves it at least cost.",
    )

    @property
    def is_follow_the_sun(self) -> bool:
        """Whether the planner chooses which site takes the queue when."""
        return self.routing == "follow_the_sun"

    @model_validator(mode="after")
    def _shortfall_is_meant(self) -> Self:
        if self.shortfall_price is None and self.max_short_heads is not None:
            raise misfit("shortfall_price", accepted="required beside max_short_heads")
        if self.shortfall_price is not None and self.is_follow_the_sun:
            raise misfit(
                "shortfall_price",
                accepted="none with follow_the_sun: there every interval is covered",
            )
        return self

    @model_validator(mode="after")
    def _hanging_up_needs_patience(self) -> Self:
        if self.patience_s is None and (
            self.max_abandonment is not None or self.retry_share is not None
        ):
            raise misfit(
                "patience_s",
                accepted="required beside max_abandonment or retry_share: without it nobody "
                "hangs up",
            )
        return self


class DeferrableService(ServiceBase):
    """Work finished within a turnaround time."""

    channel: Literal["deferrable"]
    turnaround_h: Annotated[float, Field(strict=True, gt=0, le=2_016)] = Field(
        description="Latest completion after arrival, clock hours."
    )
    blend: BlendTerms | None = Field(
        None, description="Do this work in the idle time of a live service's people as well."
    )


Service = Annotated[LiveService | DeferrableService, Field(discriminator="channel")]
