"""Study of the client's choice: documents. Vendor's view, for they hold cost and margin."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from pricing.drawn_contract.document import DrawnContract
from pricing.engagement.fields import Name
from pricing.money import Money
from staffing.plan import Document

MOST_DRAWS = 1_000_000
LEAST_DRAWS = 1_000
Method = Literal["input_based", "output_based"]
Portion = Annotated[float, Field(strict=True, ge=0, le=1, allow_inf_nan=False)]
Inner = Annotated[float, Field(strict=True, ge=0, lt=1, allow_inf_nan=False)]


def _exact(value: object) -> object:
    if isinstance(value, float):
        raise PydanticCustomError("exact", "a string such as '3.05': money is never a float")
    return value


class AskedPrice(Document):
    """A price that would win: of an FTE-month of a team, or of a unit of a service."""

    offer: Method = Field("output_based", description="Whose price it is.")
    name: Name | None = Field(None, description="Team or service; none: the first.")
    price: Annotated[Decimal, BeforeValidator(_exact), Field(gt=0, le=10**12)] = Field(
        description="In the engagement's currency.", examples=["1.75"]
    )


class ChoiceRequest(Document):
    """What to study; what is none is as the engagement has it in `commercial.choice`."""

    knowledge_volume: Portion | None = Field(
        None, description="Share of the spread of its volume that the client knows."
    )
    knowledge_complexity: Portion | None = Field(
        None, description="Share of the spread of its work per unit that the client knows."
    )
    chooses: Literal["service", "bundle"] | None = Field(
        None, description="An offer per service, or one for all."
    )
    risk_aversion: Annotated[float, Field(strict=True, ge=0, le=5, allow_inf_nan=False)] | None = (
        Field(None, description="Standard deviations the client adds when it compares.")
    )
    tail: Literal["p10", "cvar"] | None = Field(None, description="How bad futures are measured.")
    tail_margin: Annotated[float, Field(strict=True, ge=-1, lt=1)] | None = Field(
        None, description="Least margin in bad futures."
    )
    point: Literal["equal_premium", "preferred_offer", "expected_profit"] | None = Field(
        None, description="Which pair of those that hold is quoted."
    )
    outside: Annotated[float, Field(strict=True, gt=0, le=10)] | None = Field(
        None,
        description="Bill of the client's other option over the stand-alone input bill, e.g. "
        "1.1; none: it takes one of the two offers.",
    )
    rival: Annotated[float, Field(strict=True, gt=0, le=10)] = Field(
        1.0, description="A rival's bill over the stand-alone input bill."
    )
    steepness: Annotated[float, Field(strict=True, gt=0, le=1000)] = Field(
        10.0, description="How fast the chance of winning falls with the bill."
    )
    price_to_win: AskedPrice | None = Field(None, description="A price to judge.")
    collar: Inner = Field(0.10, description="Clause: hours per unit within this share of plan.")
    minimum: Portion = Field(0.80, description="Clause: share of the expected output bill due.")
    notice_months: Annotated[float, Field(strict=True, ge=0, le=120)] = Field(
        1.0, description="Clause: months that ordered people are due once the need has fallen."
    )
    later_days: Annotated[float, Field(strict=True, ge=0, le=365)] = Field(
        30.0, description="Days that the client would pay later."
    )
    cola: Portion = Field(0.65, description="Clause: share of the price that follows wages.")
    pilot: Portion = Field(0.80, description="Share of the spread of complexity a pilot measures.")
    classes: Portion = Field(0.70, description="Share of that spread which classes tell.")
    draws: Annotated[int, Field(strict=True, ge=LEAST_DRAWS, le=MOST_DRAWS)] = Field(
        100_000, description="Futures."
    )
    seed: Annotated[int, Field(strict=True, ge=0, le=2**63 - 1)] = Field(
        0, description="Root of all draws."
    )


class MenuPrice(Document):
    """A price: of an FTE-month of a team, or of a unit of a service."""

    name: str
    unit: str
    price: Money


class MenuResult(Document):
    """What is left after the client's choice; amounts are expected over the term.

    `margin` is expected profit over expected bill; `p10` and `cvar` are of the margins of single
    futures (exceeded in nine of ten; mean of the worst tenth); shares are of all futures, of all
    services together of the bill.
    """

    bill: Money
    delivery_cost: Money
    profit: Money
    margin: float
    p10: float
    cvar: float
    loss_probability: float
    input_share: float
    output_share: float


class Menu(Document):
    """Prices of both offers, premiums on parity, and what they leave after the choice."""

    input_based: tuple[MenuPrice, ...]
    output_based: tuple[MenuPrice, ...]
    input_premium: float
    output_premium: float
    binding: Literal["margin", "tail"]
    result: MenuResult


class StandAlone(Document):
    """Each offer at the lowest price that holds if every client took it."""

    input_based: MenuResult
    output_based: MenuResult
    after_choice: Menu
    given_away: Money
    given_away_share: float


class CurvePoint(Document):
    """A pair of prices that holds; premiums on the stand-alone prices, prices of the first name."""

    input_premium: float
    output_premium: float
    input_price: Money
    output_price: Money
    input_share: float


class PremiumPart(Document):
    """A part of the premium of the quoted unit price on parity; all add up to it."""

    name: str
    share: float


class ThirdMenu(Document):
    """A third offer: a share of the FTE-month price and the rest of the unit price.

    Premiums are on the stand-alone prices; `who_takes` gives futures and mean factors of those who
    take hours, units and the third.
    """

    base_share: float
    input_based: tuple[MenuPrice, ...]
    output_based: tuple[MenuPrice, ...]
    premium: float
    pure_premium: float
    shares: tuple[float, float, float]
    complexity: tuple[float, float, float]
    volume: tuple[float, float, float]
    result: MenuResult


class LeverSaving(Document):
    """What would make the choice cheaper: premium left, and how far both expected bills fall."""

    lever: str
    terms: str
    premium: float
    input_change: float
    output_change: float


class ClausePrice(Document):
    """Price change of an offer that gives a clause up, at equal margin and tail."""

    clause: str
    offer: Method
    terms: str
    price_change: float


class RoleFloor(Document):
    """Lowest prices of a role; `discount` is off the quoted prices."""

    role: str
    margin: float
    binding: Literal["margin", "tail"]
    input_based: tuple[MenuPrice, ...]
    output_based: tuple[MenuPrice, ...]
    discount: float


class WinView(Document):
    """The quoted pair, and that of the highest expected profit, against a rival."""

    probability: float
    profit: Money
    curse: float
    best_input_premium: float | None
    best_output_premium: float | None
    best_probability: float | None
    best_profit: Money | None


class LotChoice(Document):
    """What the client chooses one offer for: a service or the bundle."""

    name: str
    services: tuple[str, ...]
    parity_input: tuple[MenuPrice, ...]
    parity_output: tuple[MenuPrice, ...]
    stand_alone: StandAlone
    quoted: Menu
    premium_parts: tuple[PremiumPart, ...]
    curve: tuple[CurvePoint, ...]
    third: ThirdMenu | None
    winning: WinView
    savings: tuple[LeverSaving, ...]
    clauses: tuple[ClausePrice, ...]
    floors: tuple[RoleFloor, ...]


class FloorChange(Document):
    """One change that alone would hold the floor; `amount` is null where none is enough.

    Shares, or for ``payment`` days.
    """

    name: Literal["other_price", "cost", "contingency", "payment"]
    amount: float | None


class PriceToWinView(Document):
    """A price asked for: what it leaves, and what would have to change."""

    offer: Method
    lot: str
    name: str
    price: Money
    discount: float
    alone: MenuResult
    after_choice: MenuResult
    floor_margin: float
    holds: bool
    changes: tuple[FloorChange, ...]


class KnownFactor(Document):
    """What each side knows of a factor: standard deviation to the vendor, and to the client."""

    factor: str
    vendor_sd: float
    client_knows: float
    client_sd: float


class ChoiceStudy(Document):
    """Prices of both offers after the client's choice, and what moves them."""

    engagement: str
    currency: str
    draws: int
    seed: int
    chooses: Literal["service", "bundle"]
    risk_aversion: float
    outside: float | None
    target_margin: float
    tail: Literal["p10", "cvar"]
    tail_margin: float
    point: Literal["equal_premium", "preferred_offer", "expected_profit"]
    rival: float
    knowledge: tuple[KnownFactor, ...]
    lots: tuple[LotChoice, ...]
    total_stand_alone: MenuResult
    total: MenuResult
    price_to_win: PriceToWinView | None
    notes: tuple[str, ...]
    contract: DrawnContract | None = Field(
        None,
        description="Terms that the bills of the futures follow; none: prices times quantities.",
        exclude_if=lambda value: value is None,
    )
