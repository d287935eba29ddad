"""What a client may read of a quote: prices, bills, risks and its own in-house side.

A schema of its own, so that nothing of the vendor's side can get in by omission. A test walks it
for forbidden words and for the vendor's numbers, the descriptions made of docstrings included.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from pricing.assumptions import Quality
from pricing.client_comparison.savings_document import Savings
from pricing.money import Money
from pricing.quote import Method
from staffing.plan import Document

Cheaper = Literal["input_based", "output_based", "equal"]
Bearer = Literal["client", "vendor", "shared"]


class ClientPrice(Document):
    """One price of an offer; the invoiced one, or the same offer by the hour.

    Where the price differs by contract year, `by_year` lists what is invoiced and `price` is the
    mean over the term.
    """

    service: str
    site: str | None
    unit: str
    price: Money
    invoiced: bool
    by_year: tuple[Money, ...] = Field((), exclude_if=lambda prices: not prices)


class Equivalent(Document):
    """One service under one offer, per unit and per hour ordered at plan volume."""

    service: str
    unit: str
    per_unit: Money
    per_paid_hour: Money
    per_productive_hour: Money


class OfferView(Document):
    """One offer over the term.

    P10, P50 and P90 are not exceeded with that probability. `over_budget` is the probability that
    the bill exceeds the budget: of the one stated in the quote counted over its futures, of another
    read between these three.
    """

    method: Method
    prices: tuple[ClientPrice, ...]
    equivalents: tuple[Equivalent, ...]
    expected_bill: Money
    bill_by_year: tuple[Money, ...]
    bill_p10: Money
    bill_p50: Money
    bill_p90: Money
    over_budget: float | None


class VolumePoint(Document):
    """Both monthly bills at a planned volume, with the band of each from P10 to P90."""

    share_of_plan: float
    volume: float
    input_based: Money
    input_low: Money
    input_high: Money
    output_based: Money
    output_low: Money
    output_high: Money
    cheaper: Cheaper


class CrossingView(Document):
    """A volume at which the cheaper offer changes.

    `kind` is ``line`` where the bills cross, ``step`` where one more person ordered lifts the
    input-based bill above the other.
    """

    volume: float
    share_of_plan: float
    bill: Money
    kind: Literal["line", "step"]
    cheaper_below: Method
    cheaper_above: Method


class BreakEvenView(Document):
    """Where the cheaper offer of one service, or of all as a bundle, changes.

    `crossings` are in order of volume; of very many the first and the last are listed, with
    `left_out` more between them. Below `productivity`, as a share of plan, output-based is cheaper
    at plan volume.
    """

    name: str
    unit: str
    plan_volume_per_month: float
    crossings: tuple[CrossingView, ...]
    left_out: int
    cheaper_when_no_crossing: Method | None
    productivity: float
    units_per_fte_month: dict[str, float]


class RiskBearer(Document):
    """Who bears a risk under each offer, and why."""

    risk: str
    input_based: Bearer
    output_based: Bearer
    why: str


class Belief(Document):
    """Both monthly bills if volume and productivity come out so, as shares of plan.

    `difference` is the output-based bill over the input-based one, less 1.
    """

    volume: float
    productivity: float
    input_based: Money
    output_based: Money
    difference: float
    cheaper: Cheaper


class BeliefMap(Document):
    """The cheaper offer for each belief about volume and productivity, row by row of volume."""

    volumes: tuple[float, ...]
    productivities: tuple[float, ...]
    cells: tuple[Belief, ...]


class Recommendation(Document):
    """The offer that suits the client better, and why; the choice is the client's.

    `gain_at_p50` and `gain_at_p90` are what the recommended bill is below the other, negative
    where it is above.
    """

    method: Method
    reason: str
    gain_at_p50: Money
    gain_at_p90: Money
    points: tuple[str, ...]


class Basis(Document):
    """A value the in-house side rests on, with its origin."""

    name: str
    value: str
    unit: str
    source: str | None
    as_of: str | None
    quality: Quality


class ClientComparison(Document):
    """Both offers for the same work, side by side, as the client may see them.

    `at` are both bills under the belief that was asked for (the plan, if none was), and
    `crossings_at_belief` where the cheaper offer changes over volume at its productivity.
    """

    schema_version: Literal[1] = 1
    name: str
    client: str
    currency: str
    start: date
    end: date
    term_months: int
    validity_days: int
    volume_unit: str
    plan_volume_per_month: float
    budget: Money | None
    offers: tuple[OfferView, OfferView]
    bundle: BreakEvenView
    services: tuple[BreakEvenView, ...]
    bills: tuple[VolumePoint, ...]
    beliefs: BeliefMap
    at: Belief
    crossings_at_belief: tuple[CrossingView, ...]
    risks: tuple[RiskBearer, ...]
    recommendation: Recommendation
    savings: Savings | None
    basis: tuple[Basis, ...]
    quote_hash: str
    terms: str | None = Field(
        None,
        description="What the bills follow beside the prices; none: prices times quantities.",
        exclude_if=lambda value: value is None,
    )
