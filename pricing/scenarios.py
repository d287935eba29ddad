"""Scenarios: an engagement with one assumption moved, and what moved between two quotes."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from pricing.engagement import Engagement
from pricing.reading import read_document
from staffing.plan import Document

if TYPE_CHECKING:
    from pricing.money import Money
    from pricing.quote import Offer, Quote

_SHARE_PLACES = 6


class Variation(Document):
    """What to move; at least one of the three, each relative to the engagement it is applied to."""

    volume_factor: (
        Annotated[float, Field(strict=True, ge=0.01, le=10, allow_inf_nan=False)] | None
    ) = Field(None, description="Factor on every volume, e.g. 1.2.", examples=[1.2])
    productivity_factor: (
        Annotated[float, Field(strict=True, ge=0.1, le=10, allow_inf_nan=False)] | None
    ) = Field(None, description="Factor on units per hour, e.g. 0.9.", examples=[0.9])
    target_margin: Annotated[Decimal, Field(ge=0, lt=1)] | None = Field(
        None, description="New target margin on price, e.g. 0.2.", examples=["0.20"]
    )

    @model_validator(mode="after")
    def _something_moves(self) -> Self:
        if all(getattr(self, name) is None for name in type(self).model_fields):
            raise PydanticCustomError(
                "variation",
                "at least one of {names}",
                {"names": ", ".join(type(self).model_fields)},
            )
        return self


class Moved(Document):
    """One figure before and after; `change` is the difference, `change_share` over before."""

    name: str
    kind: Literal["money", "share", "number"]
    before: str
    after: str
    change: str
    change_share: float | None


class QuoteDifference(Document):
    """What moved between two quotes: assumptions that differ, and figures."""

    assumptions: tuple[Moved, ...]
    figures: tuple[Moved, ...]


def vary(engagement: Engagement, variation: Variation) -> Engagement:
    """Return the engagement with the variation applied.

    Raises
    ------
    BadInputError
        When the varied engagement is no longer valid, e.g. its shares leave no room.
    """
    document = engagement.model_dump(mode="json")
    for service in document["services"]:
        if variation.volume_factor is not None:
            service["volume"]["scale"] *= variation.volume_factor
        if variation.productivity_factor is not None:
            _move_speed(service, Decimal(repr(variation.productivity_factor)))
    if variation.target_margin is not None:
        document["commercial"]["target_margin"] = {"value": str(variation.target_margin)}
    return read_document(Engagement, document)


def _move_speed(service: dict[str, dict[str, str]], factor: Decimal) -> None:
    """More units per hour, or a shorter handling time; the source no longer vouches for it."""
    if service["units_per_hour"] is not None:
        value = Decimal(service["units_per_hour"]["value"]) * factor
        service["units_per_hour"] = {"value": str(value)}
    else:
        value = Decimal(service["handle_time_s"]["value"]) / factor
        service["handle_time_s"] = {"value": str(value)}


def difference(before: Quote, after: Quote) -> QuoteDifference:
    """Set two quotes side by side, figure by figure."""
    return QuoteDifference(
        assumptions=_moved_assumptions(before, after), figures=tuple(_figures(before, after))
    )


def _moved_assumptions(before: Quote, after: Quote) -> tuple[Moved, ...]:
    old = {item.path: item.value for item in before.assumptions}
    moved = [
        _moved(item.path, "number", Decimal(old[item.path]), Decimal(item.value))
        for item in after.assumptions
        if item.path in old and old[item.path] != item.value and ":" not in item.value
    ]
    volumes = zip(before.staffing.volumes, after.staffing.volumes, strict=False)
    moved += [
        _moved(
            f"{one.service}: units per week",
            "number",
            Decimal(repr(one.base_week_units)),
            Decimal(repr(two.base_week_units)),
        )
        for one, two in volumes
        if one.base_week_units != two.base_week_units
    ]
    return tuple(moved)


def _figures(before: Quote, after: Quote) -> list[Moved]:
    rows = []
    for one, two in (
        (before.offers.input_based, after.offers.input_based),
        (before.offers.output_based, after.offers.output_based),
    ):
        rows += _offer_figures(one, two)
    rows.append(_money("delivery cost over the term", before.cost.total, after.cost.total))
    for team, other in zip(before.staffing.teams, after.staffing.teams, strict=False):
        rows.append(
            _moved(
                f"{team.name}: people on duty at the peak",
                "number",
                Decimal(team.roster.peak_heads),
                Decimal(other.roster.peak_heads),
            )
        )
    return rows


def _offer_figures(before: Offer, after: Offer) -> list[Moved]:
    label = before.method.replace("_", "-")
    rows = [
        _money(f"{label}: {_price_name(one.service, one.site, one.unit)}", one.price, two.price)
        for one, two in zip(before.prices, after.prices, strict=False)
        if one.invoiced
    ]
    rows.append(
        _money(f"{label}: bill over the term", before.term.expected_bill, after.term.expected_bill)
    )
    rows.append(
        _moved(
            f"{label}: margin",
            "share",
            Decimal(repr(before.term.margin)),
            Decimal(repr(after.term.margin)),
        )
    )
    return rows


def _price_name(service: str, site: str | None, unit: str) -> str:
    return f"{service} @ {site} per {unit}" if site else f"{service} per {unit}"


def _money(name: str, before: Money, after: Money) -> Moved:
    return _moved(name, "money", before.amount, after.amount)


def _moved(
    name: str, kind: Literal["money", "share", "number"], before: Decimal, after: Decimal
) -> Moved:
    change = after - before
    return Moved(
        name=name,
        kind=kind,
        before=f"{before:f}",
        after=f"{after:f}",
        change=f"{change:f}",
        change_share=round(float(change / before), _SHARE_PLACES) if before else None,
    )
