"""The money over the term on a terminal: value, margins, exposure, present value, exit charge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.table import Table

if TYPE_CHECKING:
    from pricing.money import Money
    from pricing.quote import Offers
    from pricing.term.documents import ExitCharge, MarginLevel, OfferValue, TermMoney


def term_table(term: TermMoney) -> Table:
    """Both offers over the term, side by side."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 1))
    table.add_column("")
    for heading in ("input-based", "output-based"):
        table.add_column(heading, justify="right")
    values = (term.input_based, term.output_based)
    for label, cells in (
        ("total contract value", [_whole(value.tcv) for value in values]),
        ("per year", [_whole(value.acv) for value in values]),
        ("contribution", [_level(value.contribution) for value in values]),
        ("gross margin", [_level(value.gross) for value in values]),
        ("operating margin", [_level(value.operating) for value in values]),
        ("net present value", [_whole(value.npv) for value in values]),
        ("deepest exposure", [_exposure(value) for value in values]),
        ("paid back for good", [_payback(value) for value in values]),
    ):
        table.add_row(label, *cells)
    return table


def prices_by_year(offers: Offers) -> Table | None:
    """Invoiced prices of each contract year; none where one price holds throughout."""
    differing = [
        price
        for offer in (offers.input_based, offers.output_based)
        for price in offer.prices
        if price.invoiced and price.by_year
    ]
    if not differing:
        return None
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 1))
    for heading in ("invoiced by year", "site", "unit"):
        table.add_column(heading)
    for year in range(1, 1 + len(differing[0].by_year)):
        table.add_column(f"year {year}", justify="right")
    for price in differing:
        amounts = [f"{amount.amount:,f}" for amount in price.by_year]
        table.add_row(price.service, price.site or "all", price.unit, *amounts)
    return table


def exit_line(term: TermMoney) -> str:
    """What an early end leaves open, at the start and after each year."""
    charges = [one for one in term.exit_charges[:-1] if one.after_month % 12 == 0]
    if not any(one.charge.amount for one in charges):
        return "Ending the contract early leaves nothing open."
    listed = "; ".join(f"after month {one.after_month} {_charge(one)}" for one in charges)
    return f"Ending the contract early leaves open, {charges[0].charge.currency}: {listed}."


def _charge(one: ExitCharge) -> str:
    agreed = "" if one.agreed is None else f" (the contract charges {_whole(one.agreed)})"
    return _whole(one.charge) + agreed


def _whole(money: Money) -> str:
    return f"{money.amount:,.0f}"


def _level(level: MarginLevel) -> str:
    return f"{_whole(level.amount)}  {100 * level.share:.1f} %"


def _exposure(value: OfferValue) -> str:
    if not value.peak_exposure.amount:
        return "none"
    return f"{_whole(value.peak_exposure)} in month {value.peak_exposure_month}"


def _payback(value: OfferValue) -> str:
    return "never" if value.payback_month is None else f"from month {value.payback_month}"
