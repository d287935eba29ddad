"""A month of a quote at any volume: its invoices, the orders it takes, where its bill may fall."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from pricing.invoice.actuals import Actuals, ServiceActuals, TeamActuals
from pricing.invoice.billing import METHODS, by_the_hour, invoice_month
from pricing.invoice.month import month_of
from pricing.invoice.planned import measured_by_plan
from pricing.money import decimal_of

if TYPE_CHECKING:
    from pricing.agreement import Agreement
    from pricing.invoice.actuals import Measured
    from pricing.invoice.document import MonthInvoices
    from pricing.quote import BillPoint, Method, Quote

JUST_ABOVE = 1e-7  # of plan volume
_EVEN_GRID = 41  # points of a comparison without feet of rises; see pricing.comparison
_MOST_FEET = 300


@dataclass(frozen=True)
class VolumeMonth:
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
            measured=self.measured,
        )
        return invoice_month(self.quote, actuals, number=self.number, methods=methods)

    def orders(self, between: tuple[BillPoint, BillPoint], share: float) -> dict[str, Decimal]:
        """Orders at a share of plan between two points that are listed: those of the higher one."""
        left, right = between
        orders = orders_of(right)
        if self.lists_feet:
            return orders
        width = right.share_of_plan - left.share_of_plan
        part = decimal_of((share - left.share_of_plan) / width)
        lower = orders_of(left)
        return {team: lower[team] + part * (fte - lower[team]) for team, fte in orders.items()}

    def difference(self, between: tuple[BillPoint, BillPoint], share: float) -> Decimal:
        """Input bill less output bill, at a share of plan between two points that are listed."""
        units, orders = units_at(self.quote, share), self.orders(between, share)
        one, two = self.invoices(units, orders, METHODS).invoices
        return one.total.amount - two.total.amount

    @cached_property
    def lists_feet(self) -> bool:
        """Whether the comparison lists the foot of every rise of the input bill.

        It does unless there are very many; then orders between two points lie between theirs.
        """
        listed = self.quote.comparison.bills
        steps = {team.team: team.fte_step for team in self.agreement.teams}
        rises = sum(fte / steps[team] for team, fte in orders_of(listed[-1]).items())
        return len(listed) > _EVEN_GRID or rises <= _MOST_FEET

    @cached_property
    def measured(self) -> dict[str, Measured]:
        """What a unit took by plan before a conversion."""
        return measured_by_plan(self.quote, self.number)

    @cached_property
    def by_hour(self) -> bool:
        """Whether the output-based offer still bills hours in the month."""
        return by_the_hour(month_of(self.quote, Actuals(), self.number))

    @property
    def agreement(self) -> Agreement:
        """What was agreed."""
        return month_of(self.quote, Actuals(), self.number).agreement


def orders_of(point: BillPoint) -> dict[str, Decimal]:
    """FTE ordered by team at a point."""
    return {team: Decimal(fte) for team, fte in point.ordered_fte.items()}


def units_at(quote: Quote, share: float) -> dict[str, Decimal]:
    """Units of each service at a share of plan, in proportion to the last point listed."""
    last = quote.comparison.bills[-1]
    part = decimal_of(share) / decimal_of(last.share_of_plan)
    return {
        name: (decimal_of(volume) * part).quantize(Decimal("0.000001"))
        for name, volume in last.volume_by_service.items()
    }


def falls_at(billed: VolumeMonth, name: str | None = None) -> list[float]:
    """Shares of plan at which the bill of a service may fall: bounds of tiers for all units.

    Everywhere else the output bill never falls, so that between two rises of the input bill the
    cheaper offer changes once at most. Of one service where it is named, else of all.
    """
    at_plan = units_at(billed.quote, 1.0)
    return sorted(
        float((tier.up_to + service.schedule.free_units) / at_plan[service.service])
        for service in billed.agreement.services
        if name in {None, service.service}
        and service.schedule.mode in {"volume", "flat"}
        and at_plan[service.service]
        for tier in service.schedule.tiers
        if tier.up_to is not None
    )
