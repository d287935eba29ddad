"""What doing the work itself takes the client, to compare the offers with.

All but the country may be left out; it then comes from the packaged table ``in_house.csv`` or from
the engagement, and counts as an assumption. No price rests on this section.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, model_validator

from pricing.engagement.fields import ContractHours, Country, Name, first_repeated
from pricing.misfit import misfit
from pricing.parameters import FullShare, LostShare, Parameter, Ratio, Share, Wage
from staffing.plan import Document


class Headcount(Parameter):
    """Full-time equivalents, a thousandth to a million."""

    value: Annotated[Decimal, Field(ge=Decimal("0.001"), le=10**6)]


class Months(Parameter):
    """A number of months, 0 to 60."""

    value: Annotated[Decimal, Field(ge=0, le=60)]


class InHouseStaff(Document):
    """What the client states of its own people on one service."""

    service: Name = Field(description="Name of a service.")
    people: Headcount | None = Field(
        None, description="Full-time equivalents in the first year; none: from the workload."
    )
    role: Name | None = Field(None, description="Role of the reference pay; none: the service's.")
    wage: Wage | None = Field(None, description="Gross base pay; none: of the reference table.")
    utilisation: FullShare | None = Field(
        None,
        description="Handling over available time in-house, peaks and troughs included; none: that "
        "of the engagement.",
    )


class OutsourcingTerms(Document):
    """What outsourcing takes the client beside the bill."""

    governance: Ratio | None = Field(None, description="Managing the contract, share of the bill.")
    retained: Share | None = Field(None, description="Share of the in-house people who stay.")
    selection: Ratio | None = Field(
        None, description="Choosing a vendor and moving the work, share of the first year's bill."
    )
    overlap_months: Months | None = Field(
        None, description="Months in which in-house people and vendor are both paid."
    )
    rework: Ratio | None = Field(None, description="Putting right in-house, share of the bill.")
    travel_legal_security: Ratio | None = Field(None, description="Share of the bill.")
    exit_reserve: Ratio | None = Field(
        None, description="For taking the work back at the end of the term, share of the bill."
    )
    discount_rate: Ratio | None = Field(None, description="Of net present value, per year.")


class InHouse(Document):
    """The client's own people, their pay and what comes on top."""

    country: Country = Field(description="Where the client would do the work.")
    hours_per_week: ContractHours | None = Field(
        None, description="Paid hours of one full-time equivalent; none: the contract's."
    )
    staff: Annotated[tuple[InHouseStaff, ...], Field(max_length=50)] = Field(
        (), description="By service; a service left out follows the defaults."
    )
    out_of_office: LostShare | None = Field(
        None, description="Leave, holidays, sickness; none: the engagement's."
    )
    in_office: LostShare | None = Field(
        None, description="Breaks, meetings, coaching; none: the engagement's."
    )
    burden: Ratio | None = Field(None, description="Taxes and benefits on top of pay, share.")
    attrition: Ratio | None = Field(None, description="Leavers per year over headcount.")
    recruiting: Ratio | None = Field(None, description="Per hire, share of a year's pay.")
    training_weeks: Annotated[int, Field(strict=True, ge=0, le=52)] | None = Field(
        None, description="Paid before a hire produces; none: the engagement's."
    )
    management: Ratio | None = Field(None, description="Supervision, share of loaded pay.")
    software: Ratio | None = Field(None, description="Licences and IT, share of loaded pay.")
    facilities: Ratio | None = Field(None, description="Rent and seats, share of loaded pay.")
    pay_growth: Ratio | None = Field(None, description="Per year.")
    outsourcing: OutsourcingTerms = OutsourcingTerms()

    @model_validator(mode="after")
    def _one_entry_per_service(self) -> Self:
        repeated = first_repeated([own.service for own in self.staff])
        if repeated is not None:
            raise misfit("staff", repeated, "service", accepted="each service at most once")
        return self
