"""Bills over volume under the contract: the month's invoice at every volume of the comparison.

The comparison of a quote sets the input bill against a line. Tiers, bands, minimums and collars
bend that line; here both bills are those that `invoice_month` would send at each volume, promises
kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from pricing.invoice.actuals import Actuals, ServiceActuals, TeamActuals
from pricing.invoice.billing import METHODS, invoice_month
from pricing.invoice.month import month_of
from pricing.invoice.over_volume_document import ContractBills, ContractCrossing, ContractPoint
from pricing.money import Money, decimal_of
from pricing.tiers import falls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pricing.agreement import Agreement
    from pricing.invoice.document import MonthInvoices
    from pricing.quote import BillPoint, Method, Quote

_EVEN_GRID = 41  # points of a comparison without feet of rises; see pricing.comparison
_MOST_FEET = 300
_SHARE_PLACES = 6
_NEAR = 1e-4  # of plan volume: as close as a crossing is found
_JUST_ABOVE = 1e-7
_MOST_CROSSINGS = 200


@dataclass(frozen=True)
class _Month:
    """One month of a quote at any volume."""

    quote: Quote
    number: int

    def invoices(
        self, units: dict[str, Decimal], orders: dict[str, Decimal], methods: tuple[Method, ...]
    ) -> MonthInvoices:
        """Invoices of some units and orders; whatever else happens goes as planned."""
        actuals = Actuals(
            services={name: ServiceActuals(units=amount) for name, amount in units.items()},
            teams={name: TeamActuals(ordered_fte=fte) for name, fte in orders.items()},
        )
        return invoice_month(self.quote, actuals, number=self.number, methods=methods)

    def orders(self, between: tuple[BillPoint, BillPoint], share: float) -> dict[str, Decimal]:
        """Orders at a share of plan between two points that are listed: those of the higher one."""
        left, right = between
        orders = _orders(right)
        if self.lists_feet:
            return orders
        width = right.share_of_plan - left.share_of_plan
        part = decimal_of((share - left.share_of_plan) / width)
        lower = _orders(left)
        return {team: lower[team] + part * (fte - lower[team]) for team, fte in orders.items()}

    def difference(self, between: tuple[BillPoint, BillPoint], share: float) -> Decimal:
        """Input bill less output bill, at a share of plan between two points that are listed."""
        units, orders = _units_at(self.quote, share), self.orders(between, share)
        one, two = self.invoices(units, orders, METHODS).invoices
        return one.total.amount - two.total.amount

    @cached_property
    def lists_feet(self) -> bool:
        """Whether the comparison lists the foot of every rise of the input bill.

        It does unless there are very many; then orders between two points lie between theirs.
        """
        listed = self.quote.comparison.bills
        steps = {team.team: team.fte_step for team in self.agreement.teams}
        rises = sum(fte / steps[team] for team, fte in _orders(listed[-1]).items())
        return len(listed) > _EVEN_GRID or rises <= _MOST_FEET

    @property
    def agreement(self) -> Agreement:
        """What was agreed."""
        return month_of(self.quote, Actuals(), self.number).agreement


def contract_bills(quote: Quote, *, month: int | None = None) -> ContractBills:
    """Bill a contract month at every volume of the quote's comparison.

    Parameters
    ----------
    quote : Quote
        Prices, contract and comparison; nothing is planned anew.
    month : int, optional
        Contract month whose planned units, baselines and contract year the terms refer to; by
        default the month whose planned volume is nearest to the average.

    Raises
    ------
    BadInputError
        A month outside the term.
    """
    number = typical_month(quote) if month is None else month_of(quote, Actuals(), month).number
    billed = _Month(quote, number)
    points = tuple(_point(billed, point) for point in quote.comparison.bills)
    crossings = tuple(_crossings(billed, points))
    return ContractBills(
        engagement=quote.engagement.name,
        client=quote.engagement.client,
        currency=quote.engagement.currency,
        quote_hash=quote.content_hash,
        month=number,
        volume_unit=quote.comparison.volume_unit,
        plan_volume_per_month=quote.comparison.plan_volume_per_month,
        points=_with_falls(billed, points),
        crossings=crossings,
        cheaper_when_no_crossing=None if crossings else _cheaper_everywhere(points),
        warnings=tuple(_warnings(billed)),
    )


def typical_month(quote: Quote) -> int:
    """Contract month whose planned units, each over its service's average, are nearest to 1."""
    volumes = [one.units_by_month for one in quote.staffing.volumes if any(one.units_by_month)]

    def off(at: int) -> float:
        return sum(abs(units[at] * len(units) / sum(units) - 1) for units in volumes)

    return 1 + min(range(quote.engagement.term_months), key=off)


def _with_falls(billed: _Month, points: tuple[ContractPoint, ...]) -> tuple[ContractPoint, ...]:
    """Add the volumes at which a bill falls, each with the one just above it."""
    quote, found = billed.quote, {point.share_of_plan: point for point in points}
    for bend in _falls_at(billed):
        for share in (bend, bend + _JUST_ABOVE):
            between = next(
                (
                    pair
                    for pair in pairwise(quote.comparison.bills)
                    if share < pair[1].share_of_plan
                ),
                None,
            )
            if between is not None and share > between[0].share_of_plan:
                units, orders = _units_at(quote, share), billed.orders(between, share)
                found[share] = _bills(billed, share, units, orders)
    return tuple(found[share] for share in sorted(found))


def _point(billed: _Month, point: BillPoint) -> ContractPoint:
    units = {name: decimal_of(volume) for name, volume in point.volume_by_service.items()}
    return _bills(billed, point.share_of_plan, units, _orders(point))


def _bills(
    billed: _Month, share: float, units: dict[str, Decimal], orders: dict[str, Decimal]
) -> ContractPoint:
    one, two = billed.invoices(units, orders, METHODS).invoices
    lines: dict[str, Decimal] = {}
    for line in two.lines:
        lines[line.mechanism] = lines.get(line.mechanism, Decimal(0)) + line.amount.amount
    cheaper = _sign(one.total.amount - two.total.amount)
    return ContractPoint(
        share_of_plan=share,
        volume=round(float(sum(units.values())), 2),
        volume_by_service={name: float(amount) for name, amount in units.items()},
        input_based=one.total,
        output_based=two.total,
        output_lines={
            name: Money(amount=amount, currency=two.total.currency)
            for name, amount in lines.items()
        },
        cheaper=_cheaper(cheaper) if cheaper else "equal",
    )


def _orders(point: BillPoint) -> dict[str, Decimal]:
    return {team: Decimal(fte) for team, fte in point.ordered_fte.items()}


def _units_at(quote: Quote, share: float) -> dict[str, Decimal]:
    """Units of each service at a share of plan, in proportion to the last point listed."""
    last = quote.comparison.bills[-1]
    part = decimal_of(share) / decimal_of(last.share_of_plan)
    return {
        name: (decimal_of(volume) * part).quantize(Decimal("0.000001"))
        for name, volume in last.volume_by_service.items()
    }


def _crossings(billed: _Month, points: tuple[ContractPoint, ...]) -> list[ContractCrossing]:
    """Every change of the cheaper offer, from the lowest volume up.

    Orders of a point last from just above the point before: there the input bill steps.
    """
    quote, found = billed.quote, list[ContractCrossing]()
    before = _sign(_gap(points[0]))
    bends = _falls_at(billed)
    listed = pairwise(quote.comparison.bills)
    for between, (left, right) in zip(listed, pairwise(points), strict=True):
        start, end = left.share_of_plan, right.share_of_plan
        inner = [share for share in bends if start < share < end]
        for low, high in pairwise((start, *inner, end)):
            above = _sign(billed.difference(between, low + _JUST_ABOVE))
            if above * before < 0:
                found.append(_crossing(quote, low, "step", before))
            before = above or before
            until = _sign(billed.difference(between, high))
            if until * before < 0:
                found.append(_crossing(quote, *_meet(billed, between, low, high), before))
            before = until or before
        if len(found) >= _MOST_CROSSINGS:
            break
    return found


def _falls_at(billed: _Month) -> list[float]:
    """Shares of plan at which the bill of a service may fall: bounds of tiers for all units.

    Everywhere else the output bill never falls, so that between two rises of the input bill the
    cheaper offer changes once at most.
    """
    at_plan = _units_at(billed.quote, 1.0)
    return sorted(
        float((tier.up_to + service.schedule.free_units) / at_plan[service.service])
        for service in billed.agreement.services
        if service.schedule.mode in {"volume", "flat"} and at_plan[service.service]
        for tier in service.schedule.tiers
        if tier.up_to is not None
    )


def _meet(
    billed: _Month, between: tuple[BillPoint, BillPoint], start: float, end: float
) -> tuple[float, str]:
    """Halve an interval until the change of sign is found; tell a jump from a meeting."""
    low, high = start + _JUST_ABOVE, end
    first, last = billed.difference(between, low), billed.difference(between, high)
    side = _sign(first)
    while high - low > _NEAR:
        middle = (low + high) / 2
        gap = billed.difference(between, middle)
        if _sign(gap) == side:
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
    below = _cheaper(before)
    return ContractCrossing(
        share_of_plan=round(share, _SHARE_PLACES),
        volume=round(share * plan, 2),
        kind="step" if kind == "step" else "line",
        cheaper_below=below,
        cheaper_above="output_based" if below == "input_based" else "input_based",
    )


def _gap(point: ContractPoint) -> Decimal:
    return point.input_based.amount - point.output_based.amount


def _sign(amount: Decimal) -> int:
    return (amount > 0) - (amount < 0)


def _cheaper(sign: int) -> Method:
    """Offer that is cheaper, by the sign of the input bill less the output bill."""
    return "input_based" if sign < 0 else "output_based"


def _cheaper_everywhere(points: tuple[ContractPoint, ...]) -> Method | None:
    signs = [_sign(_gap(point)) for point in points]
    found = next((sign for sign in reversed(signs) if sign), None)
    return None if found is None else _cheaper(found)


def _warnings(billed: _Month) -> Iterator[str]:
    """What a reader of the bills must know: where they fall, and what is not in them."""
    agreement = billed.agreement
    for service in agreement.services:
        if service.units_charged and not service.band_by_month and not service.classes:
            yield from (f"{service.service}: {text}" for text in falls(service.schedule))
        if agreement.service_terms(service.service).collections is not None:
            yield f"{service.service}: collections are not known here and are left out of the bills"
