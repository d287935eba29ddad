"""What the terms of a contract make of the planned bill, and of the margin."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pricing.invoice.actuals import Actuals, Measured
from pricing.invoice.billing import METHODS, invoice_month
from pricing.invoice.month import month_of
from pricing.invoice.whole_bill import counted_charges
from pricing.money import Money, decimal_of
from pricing.quote import ContractAtPlan
from staffing.calendar import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from pricing.invoice.document import Invoice
    from pricing.quote import Method, Quote

_MARGIN_PLACES = 6
_INDEX_GROWTH = "commercial.index_growth_per_year"
_INDEX_UNIT = Decimal("1e-20")


def contract_at_plan(quote: Quote, shares_of_price: Decimal) -> tuple[ContractAtPlan, ...]:
    """Bill every month of the term as planned, under either offer.

    Rebates count the charges of the contract year so far.
    ``margin = 1 - shares of price - delivery cost / bill``.

    Parameters
    ----------
    quote : Quote
        With its agreement.
    shares_of_price : Decimal
        SG&A and financing, shares of the bill.
    """
    found = []
    for method in METHODS:
        invoices = planned_invoices(quote, method)
        bill = sum((one.total.amount for one in invoices), Decimal(0))
        warnings = dict.fromkeys(text for one in invoices for text in one.warnings)
        found.append(_at_plan(quote, method, bill, tuple(warnings), shares_of_price))
    return tuple(found)


def planned_invoices(quote: Quote, method: Method) -> tuple[Invoice, ...]:
    """Invoice of every month as planned, one after the other.

    The index grows as expected; after a conversion units cost what the planned hours measured.
    """
    found: list[Invoice] = []
    charged = Decimal(0)
    for number in range(1, quote.engagement.term_months + 1):
        if number % MONTHS_PER_YEAR == 1:
            charged = Decimal(0)
        actuals = Actuals(
            charged_this_year=charged,
            index_levels=_planned_index(quote, number),
            measured=measured_by_plan(quote, number),
        )
        (one,) = invoice_month(quote, actuals, number=number, methods=(method,)).invoices
        charged += counted_charges(one.lines)
        found.append(one)
    return tuple(found)


def _planned_index(quote: Quote, number: int) -> tuple[Decimal, ...]:
    """Levels of the index by contract year, where its growth is stated; else none."""
    growth = next((one.value for one in quote.assumptions if one.path == _INDEX_GROWTH), None)
    if growth is None or month_of(quote, Actuals(), number).terms.indexation is None:
        return ()
    years = -(-number // MONTHS_PER_YEAR)
    return tuple(((1 + Decimal(growth)) ** year).quantize(_INDEX_UNIT) for year in range(years))


def measured_by_plan(quote: Quote, number: int) -> dict[str, Measured]:
    """What the months billed by the hour show of each service, if all goes as planned.

    Nobody converts before the last month agreed. Hours are those of the people billed.

    Parameters
    ----------
    quote : Quote
        With its agreement.
    number : int
        Contract month to be billed, 1 first; empty before the conversion, and without one.
    """
    month = month_of(quote, Actuals(), number)
    output = month.terms.output_based
    if output is None or output.conversion is None or number < output.conversion.last_month:
        return {}
    by_hour = output.conversion.last_month - 1
    hours: dict[str, dict[str, Decimal]] = {}
    for team in month.agreement.teams:
        billed = (max(fte, team.minimum_fte) for fte in month.planned_orders(team.team)[:by_hour])
        hours.setdefault(team.service, {})[team.team] = (
            sum(billed, Decimal(0)) * team.hours_per_fte_month
        )
    units = {
        one.service: sum(map(decimal_of, one.units_by_month[:by_hour]), Decimal(0))
        for one in quote.staffing.volumes
    }
    return {
        service: Measured(hours=of_teams, units=units[service])
        for service, of_teams in hours.items()
        if units[service] > 0
    }


def _at_plan(
    quote: Quote, method: Method, bill: Decimal, warnings: tuple[str, ...], shares: Decimal
) -> ContractAtPlan:
    offer = getattr(quote.offers, method)
    delivery = offer.term.delivery_cost.amount
    margin = 1 - shares - delivery / bill if bill > 0 else None
    return ContractAtPlan(
        method=method,
        bill=Money.of(bill, quote.engagement.currency),
        beyond_prices=Money.of(bill - offer.term.expected_bill.amount, quote.engagement.currency),
        margin=None if margin is None else round(float(margin), _MARGIN_PLACES),
        warnings=warnings,
    )
