"""Prices a quote has chosen from risk: levels on parity, and what they rest on. Vendor's view."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pricing.drawn_contract.document import DrawnContract
from staffing.plan import Document


class LevelPart(Document):
    """A part of the premium of a unit price on parity; all add up to ``output_level - 1``."""

    name: str
    share: float


class ChosenLot(Document):
    """Levels on the parity prices of a service, or of the bundle, and what they leave.

    A quoted price is parity at the target margin times the level, rounded once; a floor price the
    same with the floor level. Margins are after the client's choice: `margin` is expected profit
    over expected bill, `p10` and `cvar` are of the margins of single futures.
    """

    name: str
    services: tuple[str, ...]
    input_level: float
    output_level: float
    input_floor_level: float
    output_floor_level: float
    binding: Literal["margin", "tail"]
    premium: tuple[LevelPart, ...]
    stand_alone_margin: float
    margin: float
    p10: float
    cvar: float
    loss_probability: float
    input_share: float


class MeanCostError(Document):
    """How far the mean delivery cost of an offer may be off, engagement currency.

    Certified from ``mean - below`` to ``mean + above``; `estimated` is the standard error of the
    rest.
    """

    below: float
    above: float
    estimated: float


class ChosenPrices(Document):
    """What prices from risk rest on: the client's knowledge, the bounds, the futures."""

    draws: int
    seed: int
    knowledge_volume: float
    knowledge_complexity: float
    chooses: Literal["service", "bundle"]
    risk_aversion: float
    tail: Literal["p10", "cvar"]
    tail_margin: float
    point: Literal["equal_premium", "preferred_offer", "expected_profit"]
    lots: tuple[ChosenLot, ...]
    margin: float
    p10: float
    cvar: float
    loss_probability: float
    input_cost_error: MeanCostError
    output_cost_error: MeanCostError
    contract: DrawnContract | None = Field(
        None,
        description="Terms that the bills of the futures follow; none: prices times quantities.",
        exclude_if=lambda value: value is None,
    )
    notes: tuple[str, ...] = Field((), exclude_if=lambda value: not value)
