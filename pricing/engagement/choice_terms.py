"""The client's choice: what it knows, how it chooses, and what prices must hold after it."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from pricing.engagement.fields import Name, first_repeated
from pricing.misfit import misfit
from pricing.parameters import Parameter, Share
from staffing.plan import Document


class KnownShare(Parameter):
    """A share of a spread that is known, 0 to 1."""

    value: Annotated[Decimal, Field(ge=0, le=1)]


class Weight(Parameter):
    """How much a spread is minded, in standard deviations, 0 to 5."""

    value: Annotated[Decimal, Field(ge=0, le=5)]


class TailMargin(Parameter):
    """A margin in bad futures, -1 to below 1."""

    value: Annotated[Decimal, Field(ge=-1, lt=1)]


class DiscountFloor(Document):
    """How low a role may sell."""

    role: Name
    margin: Share = Field(description="Least expected margin after the client's choice.")


class ClientChoice(Document):
    """The client picks between the offers; prices from risk hold margin and tail after that."""

    knowledge_volume: KnownShare = Field(
        KnownShare(value=Decimal("0.6")),
        description="Share of the standard deviation of its volume that the client knows.",
    )
    knowledge_complexity: KnownShare = Field(
        KnownShare(value=Decimal("0.6")),
        description="Share of the standard deviation of its work per unit that the client knows.",
    )
    chooses: Literal["service", "bundle"] = Field(
        "service", description="Whether an offer is chosen per service or for all together."
    )
    risk_aversion: Weight = Field(
        Weight(value=Decimal(0)),
        description="Standard deviations of the bill that the client adds when it compares.",
    )
    tail: Literal["p10", "cvar"] = Field(
        "p10",
        description="p10: margin that nine of ten futures exceed; cvar: mean of the worst tenth.",
    )
    tail_margin: TailMargin = Field(
        TailMargin(value=Decimal(0)), description="What that margin must be at least."
    )
    point: Literal["equal_premium", "preferred_offer", "expected_profit"] = Field(
        "equal_premium",
        description="Which of the price pairs that hold: the same premium on both, the smallest "
        "on the offer that most take, or the highest expected profit.",
    )
    discount_floors: tuple[DiscountFloor, ...] = Field(
        (), description="Lowest margin by role; none: sales half way to the floor, approver there."
    )

    @model_validator(mode="after")
    def _roles_are_listed_once(self) -> Self:
        place = first_repeated([floor.role for floor in self.discount_floors])
        if place is not None:
            raise misfit("discount_floors", place, "role", accepted="each role once")
        return self
