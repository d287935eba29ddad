"""Bills read from the points of a quote, without planning anew.

At steady volume the input-based bill is a staircase over *work* (volume over productivity); the
points of a quote hold the foot of every rise, so the next point at or above a volume gives its
bill exactly. Where a quote lists no feet (very many steps) the bill is read along the line
between points. The output-based bill is proportional to volume.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from pricing.comparison import GRID_POINTS, MOST_FEET
from pricing.money import decimal_of

if TYPE_CHECKING:
    from pricing.quote import Method, Quote

_PLACES = 6
INVOICED = "FTE-month"


@dataclass(frozen=True)
class Staircase:
    """A bill over multiples of planned work.

    Parameters
    ----------
    shares : tuple of float
        Multiples of plan, rising from 0.
    bills : tuple of Decimal
        Bill of a month there.
    has_feet : bool
        Whether the foot of every rise is among the points: a bill then holds from the rise before
        it up to its own volume.
    """

    shares: tuple[float, ...]
    bills: tuple[Decimal, ...]
    has_feet: bool

    def at(self, work: float) -> Decimal:
        """Bill at a multiple of planned work; in proportion beyond the last point."""
        work = round(work, _PLACES)
        last = self.shares[-1]
        if work >= last:
            return self.bills[-1] * decimal_of(work) / decimal_of(last)
        right = bisect_left(self.shares, work)
        if self.has_feet or self.shares[right] == work:
            return self.bills[right]
        left = right - 1
        width = self.shares[right] - self.shares[left]
        part = decimal_of((work - self.shares[left]) / width)
        return self.bills[left] + part * (self.bills[right] - self.bills[left])

    def believed(self, productivity: float) -> Staircase:
        """Bill over volume at a share of planned productivity: each rise comes at that share."""
        shares = tuple(round(share * productivity, _PLACES) for share in self.shares)
        return replace(self, shares=shares)


@dataclass(frozen=True)
class Bills:
    """Both monthly bills of a service, or of all."""

    input_based: Staircase
    output_at_plan: Decimal

    def both(self, volume: float, productivity: float = 1.0) -> tuple[Decimal, Decimal]:
        """Input-based and output-based bill, at shares of planned volume and productivity."""
        work = volume / productivity
        return self.input_based.at(work), self.output_at_plan * decimal_of(volume)

    def believed(self, productivity: float) -> Bills:
        """Bills over volume at a share of planned productivity."""
        return Bills(self.input_based.believed(productivity), self.output_at_plan)

    def crossings(self) -> tuple[Crossing, ...]:
        """Every volume at which the cheaper offer changes, in order."""
        return crossings_of(self)


@dataclass(frozen=True)
class Crossing:
    """Where the cheaper offer changes, as a share of plan volume."""

    share: float
    kind: str
    cheaper_below: Method
    cheaper_above: Method


def bills_of(quote: Quote, service: str | None = None) -> Bills:
    """Read both bills over volume, of one service or (None) of the bundle, unrounded."""
    prices = {
        f"{price.service} @ {price.site}": price.price.amount
        for price in quote.offers.input_based.prices
        if price.invoiced and service in {None, price.service}
    }
    units = {
        price.service: price.price.amount
        for price in quote.offers.output_based.prices
        if service in {None, price.service}
    }
    points = quote.comparison.bills
    stairs = Staircase(
        tuple(point.share_of_plan for point in points),
        tuple(
            sum((Decimal(point.ordered_fte[t]) * price for t, price in prices.items()), Decimal(0))
            for point in points
        ),
        _lists_feet(quote),
    )
    months = quote.engagement.term_months
    at_plan = sum(
        (
            units[volume.service]
            * sum((decimal_of(u) for u in volume.units_by_month), Decimal(0))
            / months
            for volume in quote.staffing.volumes
            if volume.service in units
        ),
        Decimal(0),
    )
    return Bills(stairs, at_plan)


def _lists_feet(quote: Quote) -> bool:
    """Whether a quote lists the foot of every rise: it does up to `MOST_FEET` of them.

    More points than the even grid show it; but feet that all lie on the grid add none, so the
    steps ordered at the last point are counted too.
    """
    points = quote.comparison.bills
    if len(points) > GRID_POINTS:
        return True
    if quote.workings is None:
        return False
    ordered = sum((Decimal(fte) for fte in points[-1].ordered_fte.values()), Decimal(0))
    return ordered <= MOST_FEET * quote.workings.fte_step


def crossings_of(bills: Bills) -> tuple[Crossing, ...]:
    """Find every volume at which the cheaper offer changes, in order.

    Within a step the input-based bill is flat (between points where no feet are listed, a line),
    so that the difference of both bills crosses zero once or jumps at the step.
    """
    stairs, found = bills.input_based, []
    before, zero_at = Decimal(0), None  # last difference that was not zero, and a zero since
    for left, right in pairwise(range(len(stairs.shares))):
        start, end = stairs.shares[left], stairs.shares[right]
        first = stairs.bills[right if stairs.has_feet else left]
        at_left = first - bills.output_at_plan * decimal_of(start)
        at_right = stairs.bills[right] - bills.output_at_plan * decimal_of(end)
        for place, difference in ((start, at_left), (end, at_right)):
            if difference == 0:
                zero_at = place
                continue
            if before * difference < 0:
                kind = "step" if place == start and zero_at is None else "line"
                share = start
                if zero_at is not None:
                    share = zero_at
                elif place == end:
                    share += float(at_left / (at_left - at_right)) * (end - start)
                found.append(_crossing(round(share, _PLACES), kind, before))
            before, zero_at = difference, None
    return tuple(found)


def _crossing(share: float, kind: str, before: Decimal) -> Crossing:
    """Name both offers, by the input-based bill less the other one before the crossing."""
    if before < 0:
        return Crossing(share, kind, "input_based", "output_based")
    return Crossing(share, kind, "output_based", "input_based")


def cheaper_everywhere(bills: Bills) -> Method | None:
    """Return the offer that is cheaper at the last point at which the bills differ, if any."""
    for share in reversed(bills.input_based.shares):
        one, two = bills.both(share)
        if one != two:
            return "input_based" if one < two else "output_based"
    return None
