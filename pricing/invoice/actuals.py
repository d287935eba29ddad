"""What happened in a month: the volumes file of an invoice.

Whatever is left out went as planned: planned units, planned orders, promises kept, nothing lost.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from pricing.engagement.fields import Day, Name
from pricing.exact import Exact, NonNegativeExact, PositiveExact
from pricing.field_errors import Guide
from pricing.misfit import misfit
from pricing.money import Currency
from pricing.reading import read_document
from pricing.terms.fields import Part
from staffing.plan import Document

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

Quantity = Annotated[Decimal, Field(ge=0, le=10**12)]
VacantDays = Annotated[int, Field(strict=True, ge=0, le=366)]


class _FromNumber(Document):
    """A document that may be written as the one number it is mostly about."""

    _number: ClassVar[str]

    @model_validator(mode="before")
    @classmethod
    def _from_number(cls, raw: object) -> object:
        if isinstance(raw, int | float | Decimal) and not isinstance(raw, bool):
            return {cls._number: raw}
        return raw

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe the short form, a bare number, beside the full one."""
        full = handler(core_schema)
        reference = {"$ref": full["$ref"]} if "$ref" in full else full
        return {"anyOf": [{"type": "number", "minimum": 0, "maximum": 10**12}, reference]}


class ServiceActuals(_FromNumber):
    """What was produced of one service; a bare number is its units."""

    _number = "units"

    units: Quantity | None = Field(None, description="All good units; none: as planned.")
    classes: dict[Name, Quantity] = Field(
        default_factory=dict, description="Units by complexity class, instead of `units`."
    )
    forecast: Quantity | None = Field(
        None, description="Units the client forecast with binding effect; none: as planned."
    )
    errors: Quantity = Field(Decimal(0), description="Units found wrong.")
    collections: NonNegativeExact | None = Field(None, description="Money collected.")
    in_time: Part | None = Field(None, description="Share of units within the turnaround time.")
    earlier_units: Annotated[tuple[Quantity, ...], Field(max_length=120)] = Field(
        (), description="Units of the months before, to see whether a baseline is set anew."
    )

    @model_validator(mode="after")
    def _one_count(self) -> Self:
        if self.units is not None and self.classes:
            raise misfit("classes", accepted="units or classes; classes sum to the units")
        return self


class OrderRequest(Document):
    """Another number of people asked for; the notice decides from when it holds."""

    requested_on: Day
    fte: Quantity


class TeamActuals(_FromNumber):
    """What the client ordered of one team, and the hours priced apart; a bare number is its FTE."""

    _number = "ordered_fte"

    ordered_fte: Quantity | None = Field(None, description="None: as planned.")
    order_changes: Annotated[tuple[OrderRequest, ...], Field(max_length=200)] = Field(
        (), description="Requests so far, instead of `ordered_fte`; the notice is applied."
    )
    hours: Quantity | None = Field(None, description="Paid hours bought, instead of FTE.")
    training_hours: Quantity = Decimal(0)
    break_hours: Quantity = Decimal(0)
    client_downtime_hours: Quantity = Decimal(0)
    overtime_hours: Quantity = Decimal(0)
    night_hours: Quantity = Decimal(0)
    holiday_hours: Quantity = Decimal(0)
    filled_fte: Quantity | None = Field(None, description="Places held; none: all ordered.")
    vacancy_days: Annotated[tuple[VacantDays, ...], Field(max_length=10_000)] = Field(
        (), description="Days each vacancy has stood open in this month."
    )

    @model_validator(mode="after")
    def _one_order(self) -> Self:
        given = [
            name
            for name, value in (
                ("ordered_fte", self.ordered_fte),
                ("order_changes", self.order_changes or None),
                ("hours", self.hours),
            )
            if value is not None
        ]
        if len(given) > 1:
            raise misfit(given[1], accepted=f"only one way to order; {given[0]} is one already")
        return self


class Measured(Document):
    """What units took in hours before they were billed: the price after conversion rests on it."""

    hours: dict[Name, Quantity] = Field(description="Hours billed by team.")
    units: Annotated[Decimal, Field(gt=0, le=10**12)]


class EarnBack(Document):
    """A credit of an earlier month, and how the measure went since."""

    measure: Name
    credit: PositiveExact
    results: tuple[Annotated[Decimal, Field(ge=0, le=10**9)], ...]


class CallOff(Document):
    """People called off for a peak."""

    notice_h: Annotated[Decimal, Field(ge=0, le=8784)]
    people: Quantity
    hours: Quantity = Field(description="Worked by all of them together.")


class Actuals(Document):
    """A month's actuals."""

    schema_version: Literal[1] = 1
    currency: Currency | None = Field(None, description="Of money in this file, as the quote's.")
    month: Annotated[int, Field(strict=True, ge=1, le=120)] | None = Field(
        None, description="Contract month, the first is 1."
    )
    days: Annotated[int, Field(strict=True, ge=0, le=31)] | None = Field(
        None, description="Days served, where the month was a partial one."
    )
    services: dict[Name, ServiceActuals] = Field(default_factory=dict)
    teams: dict[Name, TeamActuals] = Field(default_factory=dict)
    sla: dict[Name, Annotated[Decimal, Field(ge=0, le=10**9)]] = Field(
        default_factory=dict, description="Result by measure; left out: on target."
    )
    earn_back: Annotated[tuple[EarnBack, ...], Field(max_length=200)] = ()
    index_levels: Annotated[tuple[PositiveExact, ...], Field(max_length=11)] = Field(
        (), description="Of the index at the start and at every anniversary since."
    )
    fx: dict[Currency, PositiveExact] = Field(
        default_factory=dict, description="Units of a currency for one of the contract's."
    )
    surge: Annotated[tuple[CallOff, ...], Field(max_length=200)] = ()
    savings: Exact = Field(
        Decimal(0), description="Savings verified, money; negative: cost above the baseline."
    )
    charged_this_year: NonNegativeExact = Field(
        Decimal(0), description="Charges of the contract year before this month, for rebates."
    )
    converted_in: Annotated[int, Field(strict=True, ge=1, le=120)] | None = Field(
        None, description="First month billed by the unit, as the parties chose."
    )
    measured: dict[Name, Measured] = Field(
        default_factory=dict, description="By service, in the months billed by the hour."
    )
    paid_within_days: Annotated[int, Field(strict=True, ge=0, le=730)] | None = None
    ends: bool = Field(False, strict=True, description="The client ends the contract here.")


ACTUALS_GUIDE = Guide(Actuals, "docs/models/invoice.md")


def read_actuals(raw: object) -> Actuals:
    """Validate plain data (of a volumes file) into actuals; see `pricing.reading.read_document`."""
    return read_document(Actuals, raw, ACTUALS_GUIDE)
