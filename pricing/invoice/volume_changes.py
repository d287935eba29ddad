"""Where the cheaper offer changes over volume: at a step of a bill, or where both meet."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from pricing.invoice.over_volume_document import ContractCrossing
from pricing.invoice.volume_month import JUST_ABOVE, falls_at
from pricing.money import decimal_of

if TYPE_CHECKING:
    from decimal import Decimal

    from pricing.invoice.over_volume_document import ContractPoint
    from pricing.invoice.volume_month import VolumeMonth
    from pricing.quote import BillPoint, Method, Quote

_SHARE_PLACES = 6
_NEAR = 1e-4  # of plan volume: as close as a change is found
_MOST_CHANGES = 200


def changes(billed: VolumeMonth, points: tuple[ContractPoint, ...]) -> list[ContractCrossing]:
    """Every change of the cheaper offer, from the lowest volume up.

    Orders of a point last from just above the point before: there the input bill steps.
    """
    quote, found = billed.quote, list[ContractCrossing]()
    before = sign(gap_at(points[0]))
    bends = falls_at(billed)
    listed = pairwise(quote.comparison.bills)
    for between, (left, right) in zip(listed, pairwise(points), strict=True):
        start, end = left.share_of_plan, right.share_of_plan
        inner = [share for share in bends if start < share < end]
        for low, high in pairwise((start, *inner, end)):
            above = sign(billed.difference(between, low + JUST_ABOVE))
            if above * before < 0:
                found.append(_crossing(quote, low, "step", before))
            before = above or before
            until = sign(billed.difference(between, high))
            if until * before < 0:
                found.append(_crossing(quote, *_meet(billed, between, low, high), before))
            before = until or before
        if len(found) >= _MOST_CHANGES:
            break
    return found


def _meet(
    billed: VolumeMonth, between: tuple[BillPoint, BillPoint], start: float, end: float
) -> tuple[float, str]:
    """Halve an interval until the change of sign is found; tell a jump from a meeting."""
    low, high = start + JUST_ABOVE, end
    first, last = billed.difference(between, low), billed.difference(between, high)
    side = sign(first)
    while high - low > _NEAR:
        middle = (low + high) / 2
        gap = billed.difference(between, middle)
        if sign(gap) == side:
            low, first = middle, gap
        else:
            high, last = middle, gap
    steep = abs(last - first) > _jump(billed.quote)
    return (low + high) / 2, "step" if steep else "line"


def _jump(quote: Quote) -> Decimal:
    """Change of a bill over the interval of `_NEAR` that only a jump explains."""
    most = max(point.output_based.amount for point in quote.comparison.bills)
    return most * decimal_of(20 * _NEAR)


def _crossing(quote: Quote, share: float, kind: str, before: int) -> ContractCrossing:
    plan = quote.comparison.plan_volume_per_month
    below = cheaper_of(before)
    return ContractCrossing(
        share_of_plan=round(share, _SHARE_PLACES),
        volume=round(share * plan, 2),
        kind="step" if kind == "step" else "line",
        cheaper_below=below,
        cheaper_above="output_based" if below == "input_based" else "input_based",
    )


def gap_at(point: ContractPoint) -> Decimal:
    """Input bill less output bill at a point."""
    return point.input_based.amount - point.output_based.amount


def sign(amount: Decimal) -> int:
    """-1, 0 or 1."""
    return (amount > 0) - (amount < 0)


def cheaper_of(sign: int) -> Method:
    """Offer that is cheaper, by the sign of the input bill less the output bill."""
    return "input_based" if sign < 0 else "output_based"


def cheaper_everywhere(points: tuple[ContractPoint, ...]) -> Method | None:
    """Offer that is cheaper at the last point at which the bills differ, if any."""
    signs = [sign(gap_at(point)) for point in points]
    found = next((sign for sign in reversed(signs) if sign), None)
    return None if found is None else cheaper_of(found)
