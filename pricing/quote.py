"""Quote: the frozen document with both offers and everything they rest on (vendor's view)."""

from __future__ import annotations

import json
from datetime import date
from typing import Literal

from pydantic import Field

from pricing.agreement import Agreement
from pricing.assumptions import Assumption
from pricing.choice.chosen import ChosenPrices, MeanCostError
from pricing.drawn_contract.document import DrawnContract
from pricing.explain.workings import Workings
from pricing.fx import FxRate
from pricing.in_house.document import InHouseCosts
from pricing.money import Money
from pricing.taxes import Taxes
from pricing.term.documents import TermMoney
from staffing.plan import Document, StaffingPlan

Method = Literal["input_based", "output_based"]


class QuotedPrice(Document):
    """One price of an offer, or its floor.

    `unit` says what one `price` buys: ``FTE-month``, ``paid hour``, ``productive hour`` or the
    service's own unit. The first price of a service (and site) is the one invoiced; hour prices
    express the same offer. Where the price differs by contract year, `by_year` lists what is
    invoiced, and `price` (with its floor) is the mean over the term.
    """

    service: str
    site: str | None
    unit: str
    price: Money
    floor_price: Money
    invoiced: bool
    by_year: tuple[Money, ...] = Field((), exclude_if=lambda prices: not prices)


class PeriodResult(Document):
    """Expected bill, cost and margin of a contract year, or of the term (`year` is null).

    ``cost = delivery_cost + sga + financing``; ``profit = expected_bill - cost``;
    ``margin = profit / expected_bill``.
    """

    year: int | None
    expected_bill: Money
    delivery_cost: Money
    sga: Money
    financing: Money
    cost: Money
    profit: Money
    margin: float


class PremiumPart(Document):
    """One component of the premium on the parity unit price."""

    name: str
    share: float


class Offer(Document):
    """One of the two offers."""

    method: Method
    prices: tuple[QuotedPrice, ...]
    per_year: tuple[PeriodResult, ...]
    term: PeriodResult
    ordered_fte_by_month: dict[str, tuple[str, ...]]
    parity_unit_prices: dict[str, Money]
    risk_premium: tuple[PremiumPart, ...]


class Offers(Document):
    """Both offers for the same work."""

    input_based: Offer
    output_based: Offer


class CostLineTotal(Document):
    """One line of the cost build-up over the term, and by contract year."""

    name: str
    amount: Money
    by_year: tuple[Money, ...]


class Reconciliation(Document):
    """Steady-state formula against the plan, cost per productive FTE-year before contingency.

    ``difference = plan - formula``, explained line by line in `by_line`.
    """

    team: str
    plan: Money
    formula: Money
    difference: Money
    by_line: dict[str, Money]


class CostSummary(Document):
    """Delivery cost over the term, contingency included; lines add up to the total."""

    lines: tuple[CostLineTotal, ...]
    total: Money
    reconciliation: tuple[Reconciliation, ...]


class BreakEven(Document):
    """A volume at which the cheaper offer changes.

    `kind` is ``line`` where the output bill crosses a step of the input bill, ``step`` where one
    more full-time equivalent lifts the input bill above the output bill.
    """

    volume: float
    volume_unit: str
    volume_by_service: dict[str, float]
    share_of_plan: float
    bill: Money
    kind: Literal["line", "step"]
    cheaper_below: Method
    cheaper_above: Method


class BillPoint(Document):
    """Both monthly bills at one steady volume: on an even grid, or at the foot of a rise."""

    share_of_plan: float
    volume: float
    volume_by_service: dict[str, float]
    ordered_fte: dict[str, str]
    input_based: Money
    output_based: Money
    cheaper: Method | Literal["equal"]


class Comparison(Document):
    """Both offers over volume, per month at steady volume.

    `break_even` lists where the cheaper offer changes, in order; of very many the first and the
    last, with `break_even_left_out` more between them.
    """

    volume_unit: str
    plan_volume_per_month: float
    volume_range: tuple[float, float]
    break_even: tuple[BreakEven, ...]
    break_even_left_out: int = 0
    cheaper_when_no_crossing: Method | None
    break_even_productivity: float
    break_even_units_per_fte_month: dict[str, float]
    bills: tuple[BillPoint, ...]


class RiskCarrier(Document):
    """Who carries a risk under each offer."""

    risk: str
    input_based: Literal["client", "vendor", "shared"]
    output_based: Literal["client", "vendor", "shared"]
    why: str


class DerivedPremium(Document):
    """Premium on parity at which the unit price holds target margin and floor over all futures.

    `binds` says which of both asks for it. Beside the stated premium, not in any price.
    """

    share: float
    binds: Literal["margin", "floor"]


class Spread(Document):
    """P10, P50 and P90 (not exceeded with that probability) of the term's figures.

    Those of cost, before SG&A and financing, where futures were solved. `probability_over_budget`
    is that of a bill above the client's budget, where the engagement states one.
    """

    method: Method
    bill_p10: Money
    bill_p50: Money
    bill_p90: Money
    margin_p10: float
    margin_p50: float
    margin_p90: float
    probability_of_loss: float
    probability_below_floor: float
    probability_over_budget: float | None = Field(None, exclude_if=lambda value: value is None)
    cost_p10: Money | None = Field(None, exclude_if=lambda value: value is None)
    cost_p50: Money | None = Field(None, exclude_if=lambda value: value is None)
    cost_p90: Money | None = Field(None, exclude_if=lambda value: value is None)
    cost_error: MeanCostError | None = Field(None, exclude_if=lambda value: value is None)


class Risk(Document):
    """Spread of both offers under the same draws: of volume and productivity, or of `factors`.

    Under a contract bills follow its terms; `contract` says which, and which no draw knows.
    """

    draws: int
    seed: int
    volume_cv: float
    productivity_cv: float
    spreads: tuple[Spread, ...]
    carriers: tuple[RiskCarrier, ...]
    factors: tuple[str, ...] = Field(
        (),
        description="What was drawn, where futures were solved.",
        exclude_if=lambda value: not value,
    )
    derived_premium: DerivedPremium | None = Field(
        None,
        description="What futures ask of the unit price; none where none were solved.",
        exclude_if=lambda value: value is None,
    )
    contract: DrawnContract | None = Field(None, exclude_if=lambda value: value is None)
    budget: Money | None = Field(
        None,
        description="What the client can spend over the term, as the engagement states it.",
        exclude_if=lambda value: value is None,
    )


class EngagementSummary(Document):
    """What the quote is for; `content_hash` is that of the resolved engagement."""

    name: str
    client: str
    currency: str
    start: date
    end: date
    term_months: int
    validity_days: int
    content_hash: str


class ContractAtPlan(Document):
    """What an offer's planned months come to under the terms of its contract.

    `beyond_prices` is what the terms add to the expected bill of the plain prices; `margin` is
    null where nothing is billed.
    """

    method: Method
    bill: Money
    beyond_prices: Money
    margin: float | None
    warnings: tuple[str, ...] = ()


class Quote(Document):
    """Two offers for the same work, with plan, cost, comparison, risk and assumptions."""

    schema_version: Literal[1] = 1
    calculation_version: str
    engagement: EngagementSummary
    offers: Offers
    comparison: Comparison
    risk: Risk
    staffing: StaffingPlan
    cost: CostSummary
    term: TermMoney | None = Field(
        None, description="Money over the term; none in quotes made before there was one."
    )
    agreements_by_year: tuple[Agreement, ...] = Field(
        (),
        description="The contract at each year's prices, where they differ by year.",
        exclude_if=lambda agreements: not agreements,
    )
    workings: Workings | None = None
    contract_at_plan: tuple[ContractAtPlan, ...] = Field(
        (),
        description="The planned bills under the contract's terms; none without a contract.",
        exclude_if=lambda value: not value,
    )
    agreement: Agreement | None = Field(
        None,
        description="The contract, all prices in money; none in quotes made before there was one.",
    )
    chosen: ChosenPrices | None = Field(
        None,
        description="What prices from risk rest on; none of parity with stated premiums.",
        exclude_if=lambda value: value is None,
    )
    in_house: InHouseCosts | None = Field(None, exclude_if=lambda value: value is None)
    taxes: Taxes | None = Field(
        None,
        description="Taxes on the invoices; none where the engagement names no countries.",
        exclude_if=lambda value: value is None,
    )
    fx: tuple[FxRate, ...] = Field(
        (), description="Exchange rates the quote was made with; they stay as they are."
    )
    assumptions: tuple[Assumption, ...]
    unsourced: tuple[str, ...]
    warnings: tuple[str, ...]
    reproducible: bool
    content_hash: str


def quote_json(quote: Quote) -> str:
    """Write a quote as indented JSON; the same quote always gives the same bytes."""
    return json.dumps(quote.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n"
