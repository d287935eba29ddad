"""Prices of a peak on a terminal, for sales; and the same without cost, for the client."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.cli.surge_tables import table
from pricing.charts.surge_prices import CHARGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import RenderableType
    from rich.table import Table

    from pricing.money import Money
    from pricing.surge_report import SurgeBill, SurgeCharge, SurgeNotice, SurgePrices, SurgeRate

_COST = {
    "standby": "standby",
    "wages": "wages",
    "premium": "premium",
    "onboarding": "onboarding",
    "ordinary_labour": "less labour the quoted price holds",
    "contingency": "contingency",
}


def price_parts(prices: SurgePrices, currency: str) -> Iterable[RenderableType]:
    """Bill, rates with their floors, and how the surcharge is made up."""
    yield charge_table(prices.charges, prices.input_bill.bill, currency)
    yield ""
    yield rate_table(
        [prices.input_rate, prices.output_rate],
        ["input-based", "output-based"],
        currency,
        floors=[prices.input_floor, prices.output_floor],
    )
    yield ""
    yield _surcharge(prices, currency)
    if any(one.price for one in prices.by_notice):
        yield ""
        yield notice_table(prices.by_notice, prices.notice_service, currency)


def charge_table(charges: Sequence[SurgeCharge], bill: Money, currency: str) -> Table:
    """Lines of the input-based bill and their sum."""
    shown = table("input-based bill", "quantity", "unit", f"price, {currency}", "amount")
    for charge in charges:
        quantity = f"{float(charge.quantity):,.1f}"
        figures = (quantity, charge.unit, f"{charge.price.amount:,f}", _plain(charge.amount))
        shown.add_row(CHARGES[charge.name], *figures)
    shown.add_section()
    shown.add_row("bill", "", "", "", _plain(bill))
    return shown


def rate_table(
    rates: Sequence[SurgeRate | None],
    names: Sequence[str],
    currency: str,
    floors: Sequence[Money | None] = (),
) -> Table:
    """Price of extra work against ordinary work, by method."""
    headings = ["price of extra work", "unit", f"price, {currency}", "ordinary", "surcharge", ""]
    shown = table(*headings, *(["floor"] if floors else []))
    for number, (name, rate) in enumerate(zip(names, rates, strict=True)):
        if rate is None:
            shown.add_row(name, "no work is done")
            continue
        money = (rate.price, rate.ordinary, rate.surcharge)
        cells = [f"{one.amount:,f}" for one in money] + [f"{rate.surcharge_share:+.1%}"]
        floor = floors[number] if floors else None
        shown.add_row(name, rate.unit, *cells, *([f"{floor.amount:,f}"] if floor else []))
    return shown


def notice_table(by_notice: Sequence[SurgeNotice], service: float, currency: str) -> Table:
    """Price of an hour at work by hours of notice."""
    shown = table("notice", f"an hour at work, {service:.0%} in time, {currency}")
    for one in by_notice:
        price = "-" if one.price is None else f"{one.price.amount:,f}"
        shown.add_row(f"{one.notice_h:g} h", price)
    return shown


def _surcharge(prices: SurgePrices, currency: str) -> Table:
    shown = table(f"how the surcharge is made up, {currency}", "input-based", "output-based")
    for name, line in prices.cost_lines.items():
        if line.amount:
            shown.add_row(_COST[name], _plain(line), _plain(line))
    bills = (prices.input_bill, prices.output_bill)
    shown.add_section()
    for label, field in (
        ("cost of the peak beyond ordinary labour", "extra_cost"),
        ("SG&A", "sga"),
        ("financing", "financing"),
        ("profit", "profit"),
        ("surcharge", "surcharge"),
    ):
        shown.add_row(label, *(_plain(getattr(bill, field)) for bill in bills))
    shown.add_row("margin on the surcharge", *(_margin(bill) for bill in bills))
    shown.add_row("bill with the quoted price of the work", *(_plain(bill.bill) for bill in bills))
    return shown


def _margin(bill: SurgeBill) -> str:
    return f"{bill.margin:.1%}"


def _plain(money: Money) -> str:
    return f"{money.amount:,f}"
