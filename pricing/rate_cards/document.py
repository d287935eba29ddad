"""Rate card: rows that fill what an engagement leaves open, each with its origin and days of force.

A card is a snapshot: a change makes a new version, and a quote names the version it was made with.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, model_validator

from pricing.engagement.fields import Country, Day, Name
from pricing.misfit import misfit
from pricing.money import Currency
from pricing.opening_hours import ClockTime
from staffing.plan import Document

if TYPE_CHECKING:
    from datetime import date

_MOST_ROWS = 20_000
Source = Annotated[str, Field(min_length=1, max_length=500)]


class Row(Document):
    """What every row says of itself."""

    since: Day | None = Field(None, description="First day in force; none: always.")
    to: Day | None = Field(None, description="Last day in force; none: until the next row.")
    source: Source | None = Field(None, description="Where it comes from; none: assumed.")
    as_of: Day | None = Field(None, description="Day on which the source was read.")

    @property
    def key(self) -> tuple[str, ...]:
        """What the row is about; rows of one key follow one another in time."""
        raise NotImplementedError

    @model_validator(mode="after")
    def _days_in_order(self) -> Self:
        if self.since is not None and self.to is not None and self.to < self.since:
            raise misfit("to", accepted=f"a day from {self.since} on")
        return self

    def in_force(self, day: date) -> bool:
        """Whether it holds on a day."""
        return (self.since is None or self.since <= day) and (self.to is None or day <= self.to)


class WageRow(Row):
    """Base pay of a role in a country."""

    country: Country
    role: Name
    value: Annotated[Decimal, Field(gt=0, le=10**9)]
    currency: Currency
    per: Literal["hour", "month", "year"]

    @property
    def key(self) -> tuple[str, ...]:
        """Country and role."""
        return self.country, self.role


class OnCostRow(Row):
    """Employer on-costs of a country, as a share of base pay."""

    country: Country
    share: Annotated[Decimal, Field(ge=0, le=10)]

    @property
    def key(self) -> tuple[str, ...]:
        """Country."""
        return (self.country,)


class LabourRuleRow(Row):
    """A premium of a country, or an end of its night."""

    country: Country
    rule: Literal[
        "night_premium",
        "saturday_premium",
        "sunday_premium",
        "overtime_premium",
        "night_from",
        "night_to",
    ]
    share: Annotated[Decimal, Field(ge=0, le=10)] | None = Field(None, description="Of a premium.")
    clock: ClockTime | None = Field(None, description="Of an end of the night, e.g. 22:00.")

    @property
    def key(self) -> tuple[str, ...]:
        """Country and rule."""
        return self.country, self.rule

    @model_validator(mode="after")
    def _fits_the_rule(self) -> Self:
        wanted = (
            "clock"
            if self.rule.startswith("night_") and self.rule != "night_premium"
            else ("share")
        )
        other = "share" if wanted == "clock" else "clock"
        if getattr(self, wanted) is None:
            raise misfit(wanted, accepted=f"required for {self.rule}", found="none")
        if getattr(self, other) is not None:
            raise misfit(other, accepted=f"none for {self.rule}")
        return self


class FxRow(Row):
    """Units of a currency for one of another."""

    currency: Currency
    base: Currency
    rate: Annotated[Decimal, Field(gt=0, le=10**9)]

    @property
    def key(self) -> tuple[str, ...]:
        """Both currencies."""
        return self.currency, self.base


class CatalogueRow(Row):
    """A kind of service a house sells, by a name an engagement's services may refer to."""

    name: Name
    channel: Literal["live", "deferrable"]
    unit: Name
    role: Name
    units_per_hour: Annotated[Decimal, Field(gt=0, le=100_000)] | None = None
    handle_time_s: Annotated[Decimal, Field(gt=0, le=3_600_000)] | None = None
    accuracy: Annotated[Decimal, Field(gt=0, le=1)] = Field(
        Decimal("0.98"), description="Share right that is promised."
    )

    @property
    def key(self) -> tuple[str, ...]:
        """Its name."""
        return (self.name,)

    @model_validator(mode="after")
    def _one_speed(self) -> Self:
        if (self.units_per_hour is None) == (self.handle_time_s is None):
            raise misfit(
                "units_per_hour", accepted="exactly one of units_per_hour and handle_time_s"
            )
        return self


class RateCard(Document):
    """All rates of a house at one moment."""

    schema_version: Literal[1] = 1
    wages: Annotated[tuple[WageRow, ...], Field(max_length=_MOST_ROWS)] = ()
    on_costs: Annotated[tuple[OnCostRow, ...], Field(max_length=_MOST_ROWS)] = ()
    labour_rules: Annotated[tuple[LabourRuleRow, ...], Field(max_length=_MOST_ROWS)] = ()
    fx: Annotated[tuple[FxRow, ...], Field(max_length=_MOST_ROWS)] = ()
    catalogue: Annotated[tuple[CatalogueRow, ...], Field(max_length=_MOST_ROWS)] = ()

    @model_validator(mode="after")
    def _one_row_at_a_time(self) -> Self:
        """Of one key, no two rows may begin on the same day."""
        for table in TABLES:
            seen: dict[tuple[object, ...], int] = {}
            for at, row in enumerate(getattr(self, table)):
                begins = (*row.key, row.since)
                if begins in seen:
                    raise misfit(
                        *(table, at, "since"),
                        accepted=f"another day than that of row {seen[begins] + 1}, which is of "
                        f"{' '.join(row.key)} as well",
                        found=str(row.since or "none"),
                    )
                seen[begins] = at
        return self


TABLES: dict[str, type[Row]] = {
    "wages": WageRow,
    "on_costs": OnCostRow,
    "labour_rules": LabourRuleRow,
    "fx": FxRow,
    "catalogue": CatalogueRow,
}
