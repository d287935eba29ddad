"""Comparison: both bills over volume, every crossing, break-even productivity.

At steady volume the input bill is a staircase: the client orders whole steps of full-time
equivalents, as many as the staffing curve says the volume takes. The output bill is a line
through the origin. Every crossing is listed, on the flat of a step or at its rise.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from math import ceil, floor
from typing import TYPE_CHECKING

import numpy as np

from pricing.bills import ORDER_TOLERANCE, ordered_fte
from pricing.money import Money, decimal_of, quantize_amount
from pricing.output_based import break_even_units_per_fte
from pricing.quote import BillPoint, BreakEven, Comparison

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pricing.engagement import Engagement
    from pricing.offers import Prices
    from pricing.quote import Method, Offers
    from staffing.plan import StaffingPlan

VOLUME_RANGE = (0.0, 2.0)
MOST_RISES = 10_000
GRID_POINTS = 41
MOST_FEET = 300
MOST_BREAK_EVENS = 100
_VOLUME_PLACES = 2
_ALL_UNITS = "units per month, all services"
_SCALE_PLACES = 6


@dataclass(frozen=True)
class TeamCurve:
    """Full-time equivalents one team needs at steady volume.

    Parameters
    ----------
    name : str
        Team.
    scales, needed : ndarray, shape (K,)
        Multiples of plan volume, and FTE needed there; linear between, never falling.
    price : Decimal
        Quoted price of an FTE-month.
    """

    name: str
    scales: NDArray[np.float64]
    needed: NDArray[np.float64]
    price: Decimal

    def needed_at(self, scale: float) -> float:
        """FTE needed at a multiple of plan volume (proportional beyond the last point)."""
        beyond = max(1.0, scale / float(self.scales[-1]))
        return float(np.interp(scale, self.scales, self.needed)) * beyond

    def rises(self, step: float, last_scale: float) -> list[float]:
        """Scales just above which one more step must be ordered."""
        found = []
        ends = [*zip(self.scales, self.needed, strict=True)]
        if last_scale > ends[-1][0]:
            ends.append((last_scale, self.needed_at(last_scale)))
        for (s0, n0), (s1, n1) in pairwise(ends):
            if n1 <= n0:
                continue
            first, last = (np.ceil(n / step - float(ORDER_TOLERANCE)) for n in (n0, n1))
            found += [
                float(s0 + (k * step - n0) / (n1 - n0) * (s1 - s0)) for k in np.arange(first, last)
            ]
        return [scale for scale in found if scale < last_scale]


@dataclass(frozen=True)
class Crossing:
    """Where the cheaper offer changes, in multiples of plan volume."""

    scale: float
    kind: str
    cheaper_below: Method
    cheaper_above: Method


def crossings(
    curves: tuple[TeamCurve, ...], step: Decimal, output_bill_at_plan: Decimal, last_scale: float
) -> tuple[Crossing, ...]:
    """Find every crossing of the staircase with the line, in order of volume.

    Parameters
    ----------
    curves : tuple of TeamCurve
        Teams whose orders make the staircase.
    step : Decimal
        Ordering step.
    output_bill_at_plan : Decimal
        Output bill at plan volume; it is proportional to volume.
    last_scale : float
        End of the range searched.
    """
    edges = [0.0, *all_rises(curves, step, last_scale), last_scale]
    found: list[Crossing] = []
    before: Decimal | None = None
    for left, right in pairwise(edges):
        bill = input_bill(curves, step, (left + right) / 2)
        at_left = bill - output_bill_at_plan * decimal_of(left)
        at_right = bill - output_bill_at_plan * decimal_of(right)
        if before is not None and before < 0 < at_left:
            found.append(Crossing(left, "step", "input_based", "output_based"))
        if at_left > 0 > at_right:
            scale = float(bill / output_bill_at_plan)
            found.append(Crossing(scale, "line", "output_based", "input_based"))
        before = at_right if at_right != 0 else before
    return tuple(found)


def ends[T](found: tuple[T, ...]) -> tuple[T, ...]:
    """First and last of very many crossings: where one offer begins and ends to be cheaper always.

    An even number is left out between, so that the cheaper offer still takes turns.
    """
    if len(found) <= MOST_BREAK_EVENS:
        return found
    half = MOST_BREAK_EVENS // 2
    return found[:half] + found[-half - len(found) % 2 :]


def all_rises(curves: tuple[TeamCurve, ...], step: Decimal, last_scale: float) -> list[float]:
    """Scales above 0 at which the staircase rises, in order.

    Of more than `MOST_RISES`, every n-th: so fine a staircase is a line for all that one can see.
    """
    steps = sum(curve.needed_at(last_scale) for curve in curves) / float(step)
    every = max(1, ceil(steps / MOST_RISES))
    rises = {scale for curve in curves for scale in curve.rises(every * float(step), last_scale)}
    return sorted(scale for scale in rises if scale > 0)


def volume_grid(curves: tuple[TeamCurve, ...], step: Decimal) -> list[float]:
    """Scales at which both bills are shown: an even grid, and the foot of every rise.

    A staircase of very many steps looks like a line, so its feet are left out.
    """
    feet = all_rises(curves, step, VOLUME_RANGE[1])
    grid = {round(float(scale), _SCALE_PLACES) for scale in np.linspace(*VOLUME_RANGE, GRID_POINTS)}
    if len(feet) <= MOST_FEET:
        # Rounded down: the foot belongs to the step below.
        grid |= {floor(foot * 10**_SCALE_PLACES) / 10**_SCALE_PLACES for foot in feet}
    return sorted(grid)


def input_bill(curves: tuple[TeamCurve, ...], step: Decimal, scale: float) -> Decimal:
    """Input bill of a month at steady volume, unrounded."""
    return sum(
        (ordered_fte(decimal_of(c.needed_at(scale)), step) * c.price for c in curves), Decimal(0)
    )


def team_curves(plan: StaffingPlan, prices: Prices) -> tuple[TeamCurve, ...]:
    """FTE over volume of every team, from its staffing curve."""
    return tuple(
        TeamCurve(
            team.name,
            np.array([point.scale for point in team.curve]),
            np.array([sum(point.paid_hours_by_class.values()) for point in team.curve])
            / team.hours_per_fte_week,
            prices.fte_month[team.name],
        )
        for team in plan.teams
    )


def compare(
    engagement: Engagement, plan: StaffingPlan, offers: Offers, prices: Prices
) -> Comparison:
    """Compare both offers over volume, per month at steady volume."""
    curves, step = team_curves(plan, prices), engagement.commercial.fte_step
    months = Decimal(engagement.term_months)
    units = {
        volume.service: sum((decimal_of(u) for u in volume.units_by_month), Decimal(0)) / months
        for volume in plan.volumes
    }
    at_plan = sum((units[name] * price for name, price in prices.unit.items()), Decimal(0))
    names = {service.unit for service in engagement.services}
    # The unit stands in brackets, as it is: not every word makes its plural with an s.
    unit = f"units per month ({names.pop()})" if len(names) == 1 else _ALL_UNITS
    frame = _Frame(engagement.currency, curves, step, units, prices.unit, unit)
    found = crossings(curves, step, at_plan, VOLUME_RANGE[1])
    listed = ends(found)
    points = tuple(frame.point(scale) for scale in volume_grid(curves, step))
    bills = offers.input_based.term.expected_bill, offers.output_based.term.expected_bill
    return Comparison(
        volume_unit=unit,
        plan_volume_per_month=_volume(sum(units.values())),
        volume_range=VOLUME_RANGE,
        break_even=tuple(frame.break_even(crossing) for crossing in listed),
        break_even_left_out=len(found) - len(listed),
        cheaper_when_no_crossing=None if found else _cheaper_everywhere(points),
        break_even_productivity=round(float(bills[0].amount / bills[1].amount), _SCALE_PLACES),
        break_even_units_per_fte_month=_units_per_fte(plan, prices),
        bills=points,
    )


def _units_per_fte(plan: StaffingPlan, prices: Prices) -> dict[str, float]:
    """Units a team's FTE must make in a month for both quoted prices to bill the same."""
    return {
        team.name: _volume(
            break_even_units_per_fte(prices.fte_month[team.name], prices.unit[team.service])
        )
        for team in plan.teams
    }


def _cheaper_everywhere(points: tuple[BillPoint, ...]) -> Method | None:
    decided = [point.cheaper for point in points if point.cheaper != "equal"]
    return decided[-1] if decided else None


def _volume(value: Decimal | float) -> float:
    return round(float(value), _VOLUME_PLACES)


@dataclass(frozen=True)
class _Frame:
    """What every point of the comparison shares."""

    currency: str
    curves: tuple[TeamCurve, ...]
    step: Decimal
    units: dict[str, Decimal]
    unit_prices: dict[str, Decimal]
    volume_unit: str

    def _by_service(self, scale: float) -> dict[str, float]:
        return {name: _volume(float(units) * scale) for name, units in self.units.items()}

    def _output_bill(self, scale: float) -> Decimal:
        return sum(
            (
                quantize_amount(units * decimal_of(scale) * self.unit_prices[name], self.currency)
                for name, units in self.units.items()
            ),
            Decimal(0),
        )

    def point(self, scale: float) -> BillPoint:
        """Both bills at a multiple of plan volume."""
        scale = round(scale, _SCALE_PLACES)
        orders = {
            c.name: ordered_fte(decimal_of(c.needed_at(scale)), self.step) for c in self.curves
        }
        bill = sum(
            (quantize_amount(orders[c.name] * c.price, self.currency) for c in self.curves),
            Decimal(0),
        )
        other = self._output_bill(scale)
        by_service = self._by_service(scale)
        return BillPoint(
            share_of_plan=scale,
            volume=_volume(sum(by_service.values())),
            volume_by_service=by_service,
            ordered_fte={name: f"{fte.normalize():f}" for name, fte in orders.items()},
            input_based=Money.of(bill, self.currency),
            output_based=Money.of(other, self.currency),
            cheaper="equal" if bill == other else _cheaper(bill, other),
        )

    def break_even(self, crossing: Crossing) -> BreakEven:
        """Write a crossing down in units."""
        by_service = self._by_service(crossing.scale)
        return BreakEven(
            volume=_volume(sum(by_service.values())),
            volume_unit=self.volume_unit,
            volume_by_service=by_service,
            share_of_plan=round(crossing.scale, _SCALE_PLACES),
            bill=Money.of(self._output_bill(crossing.scale), self.currency),
            kind="line" if crossing.kind == "line" else "step",
            cheaper_below=crossing.cheaper_below,
            cheaper_above=crossing.cheaper_above,
        )


def _cheaper(input_amount: Decimal, output_amount: Decimal) -> Method:
    return "input_based" if input_amount < output_amount else "output_based"
