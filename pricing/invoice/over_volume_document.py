"""Both monthly bills over volume under the contract. Client's view: it holds no cost."""

from __future__ import annotations

from typing import Literal

from pricing.money import Money
from pricing.quote import Method
from staffing.plan import Document

Cheaper = Method | Literal["equal"]


class ContractPoint(Document):
    """Both bills at one volume.

    `output_lines` sums the output-based invoice by mechanism (names as in
    ``docs/models/invoice.md``); they sum to its bill.
    """

    share_of_plan: float
    volume: float
    volume_by_service: dict[str, float]
    input_based: Money
    output_based: Money
    output_lines: dict[str, Money]
    cheaper: Cheaper


class ContractCrossing(Document):
    """A volume at which the cheaper offer changes, to a ten-thousandth of plan.

    `kind`: ``line`` where the bills meet, ``step`` where one of them jumps over the other.
    """

    share_of_plan: float
    volume: float
    kind: Literal["line", "step"]
    cheaper_below: Method
    cheaper_above: Method


class ContractBills(Document):
    """Both bills over volume in one contract month, all terms of the contract applied."""

    engagement: str
    client: str
    currency: str
    quote_hash: str
    month: int
    volume_unit: str
    plan_volume_per_month: float
    points: tuple[ContractPoint, ...]
    crossings: tuple[ContractCrossing, ...]
    cheaper_when_no_crossing: Method | None
    warnings: tuple[str, ...]
