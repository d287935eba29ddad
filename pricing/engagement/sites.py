"""Sites: where people work, under which rules, and how they join and leave."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from pricing.engagement.fields import (
    ContractHours,
    Country,
    Language,
    Name,
    Volume0,
    Zone,
    first_repeated,
)
from pricing.engagement.hiring_terms import Hiring
from pricing.engagement.holiday_terms import HolidayTerms
from pricing.engagement.pay_changes import PayChange
from pricing.engagement.surge_terms import Surge
from pricing.misfit import misfit
from pricing.opening_hours import ClockTime, OpeningHours, ShiftStart
from pricing.parameters import (
    LostShare,
    NonNegative,
    Positive,
    Ratio,
    Share,
    Wage,
)
from pricing.public_holidays import subdivisions
from staffing.plan import Document

IN_OFFICE_LENGTHS = frozenset({24, 168, 336, 672})


class Shrinkage(Document):
    """Paid time that is not available for work; the two factors multiply."""

    out_of_office: LostShare = Field(description="Leave, holidays, sickness.")
    in_office: LostShare = Field(description="Breaks, meetings, coaching, downtime.")
    in_office_profile: (
        Annotated[tuple[Volume0, ...], Field(min_length=24, max_length=672)] | None
    ) = Field(
        None,
        description="Relative in-office shrinkage over the day (24 numbers) or the week from "
        "Monday 00:00 (168, 336 or 672), site-local; its mean counts as in_office.",
    )

    @model_validator(mode="after")
    def _profile_fits(self) -> Self:
        profile = self.in_office_profile
        if profile is None:
            return self
        if len(profile) not in IN_OFFICE_LENGTHS or sum(profile) <= 0:
            raise misfit(
                "in_office_profile",
                accepted="24, 168, 336 or 672 numbers with a positive sum",
                found=f"length {len(profile)}" if sum(profile) else "sum 0",
            )
        highest = max(profile) * len(profile) / sum(profile) * float(self.in_office.value)
        if highest >= 1:
            raise misfit(
                "in_office_profile",
                accepted="a profile that keeps in_office below 1 at all times",
                found=f"{highest:.3g}",
            )
        return self


class Attrition(Document):
    """How people leave and are replaced."""

    annual: Ratio = Field(description="Leavers per year over average headcount, e.g. 0.4.")
    early_loss: LostShare = Field(description="Share of a class lost before production.")
    recruiting_cost: NonNegative = Field(description="Per started hire, engagement currency.")
    training_weeks: Annotated[int, Field(strict=True, ge=0, le=52)]


class SupportTerms(Document):
    """A supporting role by span of control."""

    role: Name
    span: Positive = Field(description="Agents per person.")
    cost_per_year: NonNegative = Field(description="Loaded cost, engagement currency.")
    min_on_duty: Annotated[float, Field(strict=True, ge=0, le=1000)] = 0.0


ShiftLengths = Annotated[
    tuple[Annotated[float, Field(strict=True, ge=1, le=16)], ...],
    Field(min_length=1, max_length=12),
]
Minutes = Annotated[int, Field(strict=True, ge=5, le=1440)]


class BreakTerms(Document):
    """A break that every long enough shift contains; the planner chooses when inside its window."""

    name: Name = Field(description="For example meal.")
    length_min: Minutes = Field(description="Minutes, a multiple of the interval.")
    paid: bool = Field(False, description="Whether it counts as paid time.")
    centre: Annotated[float, Field(strict=True, gt=0, lt=1)] = Field(
        0.5, description="Middle of its window as a share of the shift: 0.5 is mid-shift."
    )
    window_min: Minutes = Field(
        120, description="Width of the window in which it starts and ends, minutes."
    )
    shift_at_least_h: Annotated[float, Field(strict=True, ge=0, le=24)] = Field(
        0.0, description="Shifts shorter than this have no such break, hours."
    )


class TourTerms(Document):
    """A kind of working week: every day a shift of one length, starting inside one band."""

    name: Name = Field(description="For example five days.")
    days_on: Annotated[int, Field(strict=True, ge=1, le=7)] = Field(
        description="Days worked in a week."
    )
    shift_lengths_h: ShiftLengths | None = Field(
        None, description="Lengths from start to end, hours; left out: those of the labour rules."
    )
    consecutive_days_off: bool = Field(
        False, description="Whether the days off follow one another, Sunday to Monday included."
    )
    start_band_min: Minutes = Field(
        120, description="All shifts of a person start inside one band of this width, minutes."
    )
    weekend: Literal["any", "both_or_none"] = Field(
        "any", description="both_or_none: nobody works one day of the weekend without the other."
    )
    share_max: Annotated[float, Field(strict=True, gt=0, le=1)] = Field(
        1.0, description="Largest share of the team on this tour, e.g. of part-time people."
    )


class LabourTerms(Document):
    """Labour rules of a site; what is left out comes from the country's reference table."""

    contract_hours_per_week: ContractHours | None = None
    shift_lengths_h: ShiftLengths = Field(
        (8.0,), description="Lengths of one shift from start to end, breaks included, hours."
    )
    shift_start_step_min: Literal[15, 30, 60, 120] = 60
    shift_starts: Annotated[tuple[ShiftStart, ...], Field(max_length=96)] = Field(
        (),
        description="Times at which shifts start, e.g. [06:00, 14:00, 22:00], instead of every "
        "shift_start_step_min.",
        exclude_if=lambda starts: not starts,
    )
    breaks: Annotated[tuple[BreakTerms, ...], Field(max_length=6)] = Field(
        (),
        description="Breaks the planner places; none: in_office shrinkage stands for them. With "
        "them, leave breaks out of in_office.",
    )
    tours: Annotated[tuple[TourTerms, ...], Field(max_length=12)] = Field(
        (), description="Kinds of working weeks; none: each shift stands for itself."
    )
    daily_rest_h: Annotated[float, Field(strict=True, ge=0, le=24)] = Field(
        11.0, description="Least rest between two shifts of a tour, hours."
    )
    weekly_hours_max: Annotated[float, Field(strict=True, gt=0, le=168)] = Field(
        48.0, description="Most paid hours of a tour in a week."
    )
    night_premium: Ratio | None = None
    saturday_premium: Ratio | None = None
    sunday_premium: Ratio | None = None
    overtime_premium: Ratio | None = None
    night_from: ClockTime | None = None
    night_to: ClockTime | None = None
    premium_stacking: Literal["additive", "multiplicative"] = "multiplicative"
    overtime_share_max: Share = Share(value=Decimal("0.10"))

    @model_validator(mode="after")
    def _each_start_once(self) -> Self:
        repeated = first_repeated(self.shift_starts)
        if repeated is not None:
            raise misfit("shift_starts", repeated, accepted="each time once")
        return self


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
    pay_changes: Annotated[tuple[PayChange, ...], Field(max_length=50)] = Field(
        (),
        description="Wages and on-costs that change on a day of the term, in order of their days.",
        exclude_if=lambda changes: not changes,
    )
    variable_pay: Share = Field(Share(value=Decimal(0)), description="Share of base pay.")
    on_cost: Ratio | None = Field(
        None, description="Employer on-costs as a share of base pay; else the reference table."
    )
    intercompany_markup: Ratio | None = Field(
        None,
        description="What the delivery entity adds to its cost when it bills the selling one, as "
        "a share of its cost; none: the cost is passed on.",
        exclude_if=lambda markup: markup is None,
    )
    wage_growth_per_year: Ratio = Ratio(value=Decimal(0))
    labour: LabourTerms = LabourTerms()
    shrinkage: Shrinkage | None = None
    attrition: Attrition | None = None
    surge: Surge = Surge()
    hiring: Hiring | None = Field(
        None,
        description="Terms of its hiring plan; no price uses them.",
        exclude_if=lambda hiring: hiring is None,  # hashes of documents without it stay as they are
    )
    holidays: HolidayTerms | None = Field(
        None,
        description="Public holidays; none: the country's, worked and paid by its table.",
        exclude_if=lambda holidays: holidays is None,
    )
    support: Annotated[tuple[SupportTerms, ...], Field(max_length=50)] = ()
    languages: Annotated[tuple[Language, ...], Field(min_length=1, max_length=50)] | None = Field(
        None,
        description="Spoken by people to be had there (crewquote sites); none: those of the "
        "services delivered there, any where there are none.",
        exclude_if=lambda languages: languages is None,
    )
    opening_cost: NonNegative | None = Field(
        None,
        description="One-off cost of opening the site for this engagement, on top of the "
        "transition; crewquote sites weighs it, no price uses it.",
        exclude_if=lambda cost: cost is None,
    )
    min_team: Annotated[float, Field(strict=True, ge=0, le=10_000)] | None = Field(
        None,
        description="Fewest full-time equivalents of a team that crewquote sites opens there.",
        exclude_if=lambda people: people is None,
    )

    @model_validator(mode="after")
    def _roles_differ(self) -> Self:
        repeated = first_repeated([terms.role for terms in self.support])
        if repeated is not None:
            raise misfit("support", repeated, "role", accepted="each role at most once at a site")
        return self

    @model_validator(mode="after")
    def _pay_changes_in_order(self) -> Self:
        days = [change.since for change in self.pay_changes]
        for place in range(1, len(days)):
            if days[place] <= days[place - 1]:
                raise misfit(
                    *("pay_changes", place, "since"),
                    accepted=f"a day after that of the change before ({days[place - 1]})",
                )
        return self

    @model_validator(mode="after")
    def _subdivision_known(self) -> Self:
        part = self.holidays.subdivision if self.holidays else None
        if part is not None and part not in subdivisions(self.country):
            known = ", ".join(subdivisions(self.country)) or "none"
            raise misfit(
                *("holidays", "subdivision"),
                accepted=f"a part of {self.country} with holidays of its own: {known}",
            )
        return self
