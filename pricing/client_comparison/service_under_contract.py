"""One service under the contract: what of a bill is its own, and its break-even by its own terms.

Lines of a bill that are about the service or its people are its own. What concerns the bill as a
whole (a minimum commitment, rebates, people kept ready, indexation) falls on services in proportion
to their own charges, the other services going as planned.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from pricing.client_comparison.staircase import Staircase, bills_of
from pricing.client_comparison.under_contract import BillsUnderContract
from pricing.invoice.actuals import Actuals
from pricing.invoice.billing import METHODS
from pricing.invoice.lines import Bill
from pricing.invoice.month import month_of
from pricing.invoice.over_volume import typical_month
from pricing.invoice.planned import planned_invoices
from pricing.invoice.volume_month import VolumeMonth, falls_at, orders_of, units_at
from pricing.invoice.whole_bill import bill_the_whole

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pricing.agreement import Agreement
    from pricing.client_comparison.equivalents import ServiceTerm
    from pricing.invoice.document import InvoiceLine
    from pricing.quote import Method, Quote

_PLAN = 1.0


def share_of_bill(lines: Iterable[InvoiceLine], names: frozenset[str], services: int) -> Decimal:
    """Bill of one service: its own lines, and its part of the lines about the whole bill.

    Parameters
    ----------
    lines : iterable of InvoiceLine
        Of the invoice of a month.
    names : frozenset of str
        The service and its teams.
    services : int
        All services: where nothing is charged, what concerns the whole falls on them evenly.
    """
    own = of_others = whole = Decimal(0)
    for line in lines:
        if not line.about:
            whole += line.amount.amount
        elif line.about in names:
            own += line.amount.amount
        else:
            of_others += line.amount.amount
    charged = own + of_others
    return own + (whole * own / charged if charged > 0 else whole / services)


@dataclass(frozen=True)
class ServiceUnderContract(BillsUnderContract):
    """Both monthly bills of one service under the contract, the other services as planned."""

    service: str = ""

    def bill(self, method: Method, volume: float, place: int) -> Decimal:
        """Bill at a share of planned volume, with the orders of a point that is listed."""
        quote = self.month.quote
        units = {self.service: units_at(quote, volume)[self.service]}
        ordered = orders_of(quote.comparison.bills[place])
        orders = {team: fte for team, fte in ordered.items() if team in self.names}
        (made,) = self._alone.invoices(units, orders, (method,)).invoices
        own = (line for line in made.lines if line.about in self.names)
        bill = Bill(quote.engagement.currency, [*own, *self._others[method]])
        bill_the_whole(month_of(quote, Actuals(), self.month.number), method, bill)
        return share_of_bill(bill.lines, self.names, len(quote.staffing.volumes))

    @cached_property
    def names(self) -> frozenset[str]:
        """The service and its teams."""
        return names_of(self.month.quote, self.service)

    @cached_property
    def bends(self) -> list[float]:
        """Shares of plan at which the output-based bill of the service may fall."""
        return falls_at(self.month, self.service)

    @cached_property
    def _alone(self) -> VolumeMonth:
        """The month as if nothing but the service were agreed: its own lines are the same."""
        quote = self.month.quote
        agreed = quote.agreement
        assert agreed is not None  # noqa: S101 (a contract is billed by its agreement)
        alone = {
            "agreement": _only(agreed, self.names),
            "agreements_by_year": tuple(_only(one, self.names) for one in quote.agreements_by_year),
        }
        return VolumeMonth(quote.model_copy(update=alone), self.month.number)

    @cached_property
    def _others(self) -> dict[Method, tuple[InvoiceLine, ...]]:
        """Lines about the other services at plan volume."""
        quote = self.month.quote
        at_plan = next(one for one in quote.comparison.bills if one.share_of_plan >= _PLAN)
        units, orders = units_at(quote, _PLAN), orders_of(at_plan)
        return {
            made.method: tuple(x for x in made.lines if x.about and x.about not in self.names)
            for made in self.month.invoices(units, orders, METHODS).invoices
        }


def _only(agreed: Agreement, names: frozenset[str]) -> Agreement:
    """What is agreed of a service and its teams."""
    return agreed.model_copy(
        update={
            "teams": tuple(one for one in agreed.teams if one.team in names),
            "services": tuple(one for one in agreed.services if one.service in names),
        }
    )


def names_of(quote: Quote, service: str) -> frozenset[str]:
    """What lines of an invoice are about where they are about a service: itself, or its teams."""
    teams = (f"{team.service} @ {team.site}" for team in quote.staffing.teams)
    return frozenset({service, *(name for name in teams if name.startswith(f"{service} @ "))})


def service_bills(quote: Quote, service: str) -> ServiceUnderContract:
    """Both monthly bills of a service under the contract of a quote that has one."""
    plain = bills_of(quote, service).input_based
    empty = ServiceUnderContract(
        plain, Decimal(0), VolumeMonth(quote, typical_month(quote)), service=service
    )
    listed = quote.comparison.bills
    totals = tuple(
        empty.bill("input_based", point.share_of_plan, place) for place, point in enumerate(listed)
    )
    stairs = Staircase(plain.shares, totals, plain.has_feet)
    return replace(empty, input_based=stairs, output_at_plan=empty.output(_PLAN))


def terms_as_billed(quote: Quote, terms: tuple[ServiceTerm, ...]) -> tuple[ServiceTerm, ...]:
    """Services over the term with the bills of the planned months under the contract, if any."""
    if not quote.contract_at_plan:
        return terms
    invoices = {method: planned_invoices(quote, method) for method in METHODS}
    found = []
    for term in terms:
        names = names_of(quote, term.service)
        bills = {
            method: sum((share_of_bill(one.lines, names, len(terms)) for one in months), Decimal(0))
            for method, months in invoices.items()
        }
        found.append(replace(term, bills=bills))
    return tuple(found)
