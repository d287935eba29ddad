"""Engagement: a request for a quote as a frozen document.

It holds everything a quote rests on, volumes inline. What it leaves out (wages, on-costs, labour
rules, exchange rates) comes from the packaged reference tables; see ``pricing.ratecard``.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal, Self
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from pricing.money import Currency
from pricing.opening_hours import ClockTime, OpeningHours
from pricing.parameters import (
    FullShare,
    HandleTime,
    IsoDate,
    NonNegative,
    Positive,
    Ratio,
    Share,
    Speed,
    Wage,
)
from pricing.reference_tables import countries
from staffing.plan import Document

SCHEMA_VERSION = 1
_SHARE_SUM_TOLERANCE = Decimal("0.000001")


@cache
def _zones() -> frozenset[str]:
    """Names of all time zones; listing them takes longer than reading the whole document."""
    return frozenset(available_timezones())


def _known_zone(zone: str) -> str:
    if zone not in _zones():
        raise PydanticCustomError("time_zone", "an IANA time zone, e.g. America/Chicago")
    return zone


def _known_country(code: str) -> str:
    if code not in countries():
        raise PydanticCustomError(
            "country",
            "a country with reference tables: {known}",
            {"known": ", ".join(countries())},
        )
    return code


def _plausible_day(day: date) -> date:
    if not date(1900, 1, 1) <= day <= date(2199, 12, 31):
        raise PydanticCustomError("day", "a day from 1900-01-01 to 2199-12-31")
    return day


Name = Annotated[str, Field(min_length=1, max_length=120, pattern=r"^[^\x00-\x1f]+$")]
Zone = Annotated[str, Field(examples=["America/Chicago"]), AfterValidator(_known_zone)]
Country = Annotated[
    str, Field(json_schema_extra={"pattern": "^[A-Z]{2}$"}), AfterValidator(_known_country)
]
Day = Annotated[IsoDate, AfterValidator(_plausible_day)]
Volume0 = Annotated[float, Field(strict=True, ge=0, le=1e12, allow_inf_nan=False)]


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

    @model_validator(mode="after")
    def _one_level(self) -> Self:
        if (self.units_per_year is None) == (self.history is None):
            raise PydanticCustomError("volume", "exactly one of units_per_year and history")
        if self.history is not None and self.seasonality is not None:
            raise PydanticCustomError(
                "volume", "no seasonality beside a history: the history carries its own"
            )
        for name, weights in (("profile", self.profile), ("seasonality", self.seasonality)):
            if weights is not None and sum(weights) <= 0:
                raise PydanticCustomError("volume", "a {name} with a positive sum", {"name": name})
        if self.profile is not None and len(self.profile) not in {7, 168, 336, 672}:
            raise PydanticCustomError("volume", "a profile of 7, 168, 336 or 672 numbers")
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
    language: Annotated[str, Field(min_length=2, max_length=12)] = "en"
    time_zone: Zone = Field(description="Clock of volumes and opening hours.")
    opening_hours: OpeningHours = "24x7"
    handle_time_s: HandleTime | None = Field(None, description="Average handling time, seconds.")
    units_per_hour: Speed | None = Field(None, description="Gross units per handling hour.")
    ramp: Annotated[
        tuple[Annotated[float, Field(strict=True, gt=0, le=1)], ...], Field(max_length=104)
    ] = Field((), description="Productivity in the weeks after training, e.g. [0.5, 0.75].")
    accuracy: Accuracy
    min_agents: Annotated[int, Field(strict=True, ge=0, le=10_000)] = Field(
        0, description="Fewest agents on duty whenever open, breaks included."
    )
    volume: Volume
    delivery: Annotated[tuple[Delivery, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if (self.handle_time_s is None) == (self.units_per_hour is None):
            raise PydanticCustomError("speed", "exactly one of handle_time_s and units_per_hour")
        total = sum((part.share for part in self.delivery), Decimal(0))
        if abs(total - 1) > _SHARE_SUM_TOLERANCE:
            raise PydanticCustomError(
                "delivery",
                "delivery shares that sum to 1 (they sum to {total})",
                {"total": str(total)},
            )
        if len({part.site for part in self.delivery}) != len(self.delivery):
            raise PydanticCustomError("delivery", "each site at most once in delivery")
        if self.accuracy.rework_share.value * self.accuracy.rework_effort.value >= 1:
            raise PydanticCustomError("accuracy", "rework_share x rework_effort below 1")
        return self

    @property
    def gross_units_per_hour(self) -> Decimal:
        """Units per handling hour before rework."""
        if self.units_per_hour is not None:
            return self.units_per_hour.value
        assert self.handle_time_s is not None  # noqa: S101 (one of the two is given, see above)
        return Decimal(3600) / self.handle_time_s.value


class LiveService(ServiceBase):
    """A queue answered within seconds."""

    channel: Literal["live"]
    service_level: Annotated[float, Field(strict=True, gt=0, lt=1)] = Field(
        description="Share answered within the threshold, e.g. 0.8."
    )
    answer_within_s: Annotated[float, Field(strict=True, ge=0, le=86_400)] = Field(
        description="Threshold in seconds, e.g. 20."
    )


class DeferrableService(ServiceBase):
    """Work finished within a turnaround time."""

    channel: Literal["deferrable"]
    turnaround_h: Annotated[float, Field(strict=True, gt=0, le=2_016)] = Field(
        description="Latest completion after arrival, clock hours."
    )


Service = Annotated[LiveService | DeferrableService, Field(discriminator="channel")]


class Shrinkage(Document):
    """Paid time that is not available for work; the two factors multiply."""

    out_of_office: Share = Field(description="Leave, holidays, sickness.")
    in_office: Share = Field(description="Breaks, meetings, coaching, downtime.")


class Attrition(Document):
    """How people leave and are replaced."""

    annual: Ratio = Field(description="Leavers per year over average headcount, e.g. 0.4.")
    early_loss: Share = Field(description="Share of a class lost before production.")
    recruiting_cost: NonNegative = Field(description="Per started hire, engagement currency.")
    training_weeks: Annotated[int, Field(strict=True, ge=0, le=52)]


class SupportTerms(Document):
    """A supporting role by span of control."""

    role: Name
    span: Positive = Field(description="Agents per person.")
    cost_per_year: NonNegative = Field(description="Loaded cost, engagement currency.")
    min_on_duty: Annotated[float, Field(strict=True, ge=0, le=1000)] = 0.0


class LabourTerms(Document):
    """Labour rules of a site; what is left out comes from the country's reference table."""

    contract_hours_per_week: Annotated[Decimal, Field(gt=0, le=84)] | None = None
    shift_lengths_h: Annotated[
        tuple[Annotated[float, Field(strict=True, ge=1, le=16)], ...],
        Field(min_length=1, max_length=12),
    ] = (8.0,)
    shift_start_step_min: Literal[15, 30, 60, 120] = 60
    night_premium: Ratio | None = None
    saturday_premium: Ratio | None = None
    sunday_premium: Ratio | None = None
    overtime_premium: Ratio | None = None
    night_from: ClockTime | None = None
    night_to: ClockTime | None = None
    premium_stacking: Literal["additive", "multiplicative"] = "multiplicative"
    overtime_share_max: Share = Share(value=Decimal("0.10"))


class Surge(Document):
    """Pre-vetted people who can be called off for a peak."""

    pool_heads: Annotated[float, Field(strict=True, ge=0, le=100_000)] = 0.0
    premium: Ratio = Ratio(value=Decimal("0.25"))
    effectiveness: FullShare = FullShare(value=Decimal("0.85"))
    min_weeks: Annotated[int, Field(strict=True, ge=1, le=52)] = 2


class Site(Document):
    """A delivery site."""

    name: Name
    country: Country
    time_zone: Zone
    seats: Annotated[int, Field(strict=True, ge=1, le=1_000_000)] | None = Field(
        None, description="Seats available at any moment; none for no limit."
    )
    shifts_per_seat: Annotated[Decimal, Field(ge=1, le=3)] = Decimal(1)
    opening_hours: OpeningHours = "24x7"
    seat_cost_per_year: NonNegative
    it_cost_per_fte_year: NonNegative
    wages: dict[Name, Wage] = Field(
        default_factory=dict, description="By role; roles left out come from the reference table."
    )
    variable_pay: Share = Field(Share(value=Decimal(0)), description="Share of base pay.")
    on_cost: Ratio | None = Field(
        None, description="Employer on-costs as a share of base pay; else the reference table."
    )
    wage_growth_per_year: Ratio = Ratio(value=Decimal(0))
    labour: LabourTerms = LabourTerms()
    shrinkage: Shrinkage | None = None
    attrition: Attrition | None = None
    surge: Surge = Surge()
    support: tuple[SupportTerms, ...] = ()


class Transition(Document):
    """One-off cost of going live, recruiting and training of the go-live team included."""

    cost: NonNegative
    amortisation_months: Annotated[int, Field(strict=True, ge=1, le=120)]
    interest_per_year: Share = Share(value=Decimal(0))


class RiskPremium(Document):
    """Named premiums on the parity unit price of the output-based offer."""

    productivity: Share = Share(value=Decimal("0.03"))
    volume: Share = Share(value=Decimal("0.02"))
    quality: Share = Share(value=Decimal("0.01"))
    wage_and_fx: Share = Share(value=Decimal(0))

    @property
    def total(self) -> Decimal:
        """Sum of the components."""
        parts = (self.productivity, self.volume, self.quality, self.wage_and_fx)
        return sum((part.value for part in parts), Decimal(0))


class Uncertainty(Document):
    """Spread of volume and productivity over the term, for the risk figures."""

    volume_cv: Share = Share(value=Decimal("0.10"))
    productivity_cv: Share = Share(value=Decimal("0.05"))


class Commercial(Document):
    """Terms of the sale."""

    target_margin: Share = Field(description="Profit over price.")
    floor_margin: Share = Field(Share(value=Decimal(0)), description="Lowest margin to sell at.")
    sga: Share = Field(description="SG&A as a share of price.")
    contingency: Ratio = Field(description="On cost, for risks not simulated.")
    dso_days: NonNegative = Field(description="Days until the client pays.")
    capital_cost: Ratio = Field(description="Per year, e.g. 0.10.")
    validity_days: Annotated[int, Field(strict=True, ge=1, le=3650)] = 60
    unit_price_places: Annotated[int, Field(strict=True, ge=2, le=6)] = 4
    fte_step: Annotated[Decimal, Field(gt=0, le=100)] = Field(
        Decimal(1), description="Smallest step in which the client orders full-time equivalents."
    )
    transition: Transition | None = None
    risk_premium: RiskPremium = RiskPremium()
    uncertainty: Uncertainty = Uncertainty()

    @property
    def financing_share(self) -> Decimal:
        """Cost of waiting for payment as a share of price, ``r DSO / 365``."""
        return self.capital_cost.value * self.dso_days.value / 365

    @model_validator(mode="after")
    def _shares_leave_room(self) -> Self:
        margin, floor = self.target_margin.value, self.floor_margin.value
        taken = max(margin, floor) + self.sga.value + self.financing_share
        if taken >= 1:
            raise PydanticCustomError(
                "shares",
                "target_margin (or floor_margin) + sga + capital_cost x dso_days / 365 below 1 "
                "(they sum to {taken})",
                {"taken": f"{taken:.4f}"},
            )
        if floor > margin:
            raise PydanticCustomError(
                "floor",
                "floor_margin of at most target_margin ({target})",
                {"target": str(margin)},
            )
        return self


class Engagement(Document):
    """Everything a quote rests on."""

    schema_version: Literal[1] = 1
    name: Name
    client: Name
    currency: Currency
    start: Day = Field(description="First day of the contract.")
    term_months: Annotated[int, Field(strict=True, ge=1, le=120)]
    interval_minutes: Literal[15, 30, 60] = 30
    contract_hours_per_week: Annotated[Decimal, Field(gt=0, le=84)] = Field(
        description="Paid hours a week of one full-time equivalent, a term of this contract."
    )
    occupancy_cap: FullShare = Field(description="Most handling time over available time, live.")
    utilisation: FullShare = Field(
        FullShare(value=Decimal("0.90")), description="Handling over available time, deferrable."
    )
    shrinkage: Shrinkage
    attrition: Attrition
    services: Annotated[tuple[Service, ...], Field(min_length=1, max_length=50)]
    sites: Annotated[tuple[Site, ...], Field(min_length=1, max_length=50)]
    fx: dict[Currency, Positive] = Field(
        default_factory=dict,
        description="Units of a currency for one unit of the engagement's; else the table.",
    )
    commercial: Commercial

    @model_validator(mode="after")
    def _references(self) -> Self:
        for kind, names in (
            ("services", [service.name for service in self.services]),
            ("sites", [site.name for site in self.sites]),
        ):
            if len(set(names)) != len(names):
                raise PydanticCustomError("names", "unique names in {kind}", {"kind": kind})
        known = {site.name for site in self.sites}
        for service in self.services:
            for part in service.delivery:
                if part.site not in known:
                    raise PydanticCustomError(
                        "delivery",
                        "delivery of {service} at a known site: {known} (found {site})",
                        {
                            "service": service.name,
                            "known": ", ".join(sorted(known)),
                            "site": part.site,
                        },
                    )
        return self

    @model_validator(mode="after")
    def _amortised_within_term(self) -> Self:
        transition = self.commercial.transition
        if transition is not None and transition.amortisation_months > self.term_months:
            raise PydanticCustomError(
                "transition",
                "commercial.transition.amortisation_months of at most term_months ({term})",
                {"term": self.term_months},
            )
        return self

    def site_path(self, name: str) -> str:
        """Where the site of that name stands in the document, for messages."""
        return f"sites[{[site.name for site in self.sites].index(name)}]"

    def site(self, name: str) -> Site:
        """Return the site of that name."""
        return next(site for site in self.sites if site.name == name)


def engagement_schema() -> dict[str, Any]:
    """JSON Schema of an engagement (draft 2020-12), as written, defaults optional."""
    schema = Engagement.model_json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:crewquote:engagement:{SCHEMA_VERSION}",
        **schema,
    }
