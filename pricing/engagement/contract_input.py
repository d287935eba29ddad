"""Contract terms of the input-based offer: what is ordered, billable, guaranteed."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, model_validator

from pricing.engagement.fields import Name, first_repeated
from pricing.exact import PositiveExact
from pricing.misfit import misfit
from pricing.terms.fields import Part
from staffing.plan import Document

Multiplier = Annotated[Decimal, Field(ge=1, le=10)]
Days = Annotated[int, Field(strict=True, ge=0, le=730)]


class Billable(Document):
    """Shares of hours, among those ordered, that the client pays; 1 is all, 0 none."""

    training: Part = Field(Decimal(1), description="Of training hours.")
    breaks: Part = Field(Decimal(1), description="Of break hours.")
    client_downtime: Part = Field(
        Decimal(1), description="Of hours lost because the client's systems were down."
    )


class Notice(Document):
    """Days from a client's request until the first month with the other order."""

    ramp_up_days: Days = Field(0, description="For more people, e.g. 60.")
    ramp_down_days: Days = Field(0, description="For fewer people, e.g. 90.")


class HourMultipliers(Document):
    """Multipliers on the hour price; overtime comes on top of the order, the others are in it."""

    overtime: Multiplier = Field(Decimal(1), description="Of overtime hours, e.g. 1.25.")
    night: Multiplier = Field(Decimal(1), description="Of ordered hours at night, e.g. 1.10.")
    holiday: Multiplier = Field(Decimal(1), description="Of ordered hours on holidays, e.g. 2.")


class FillRate(Document):
    """Credit where too few of the ordered places were filled."""

    target: Part = Field(description="Share of places filled, e.g. 0.95.")
    credit_per_point: Part = Field(
        description="Share of the team's charge credited per percentage point below, e.g. 0.01."
    )
    cap: Part = Field(Decimal("0.10"), description="Most that is credited, share of the charge.")


class TeamMinimum(Document):
    """Full-time equivalents of a team that are billed in any case."""

    team: Name = Field(description="service @ site.")
    fte: Annotated[Decimal, Field(ge=0, le=100_000)]


class FloorPrice(Document):
    """Lowest price of an FTE-month of a role, engagement currency, whatever discount is given."""

    role: Name
    fte_month: PositiveExact


class InputTerms(Document):
    """Terms of the input-based offer; what is left out changes nothing."""

    billable: Billable | None = None
    minimum_fte: Annotated[tuple[TeamMinimum, ...], Field(max_length=100)] = ()
    notice: Notice | None = None
    hour_multipliers: HourMultipliers | None = None
    replacement_within_days: Days | None = Field(
        None, description="A leaver is replaced within so many days, else the vacancy is credited."
    )
    fill_rate: FillRate | None = None
    floor_prices: Annotated[tuple[FloorPrice, ...], Field(max_length=100)] = ()

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        for name, kind, named in (
            ("minimum_fte", "team", [one.team for one in self.minimum_fte]),
            ("floor_prices", "role", [one.role for one in self.floor_prices]),
        ):
            repeated = first_repeated(named)
            if repeated is not None:
                raise misfit(name, repeated, kind, accepted=f"each {kind} once")
        return self
