"""Taxes and exchange rates of a quote as a person reads them on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.table import Table

if TYPE_CHECKING:
    from pricing.fx import FxRate
    from pricing.taxes import Taxes, TaxLine

_METHOD = {"input_based": "input-based", "output_based": "output-based"}
_TREATMENT = {
    "on_invoice": "on the invoice",
    "zero_rated": "zero-rated export",
    "outside_scope": "none on exports",
    "reverse_charge": "client accounts for it",
    "grossed_up": "grossed up, on the invoice",
    "inside_price": "inside the price",
}
_RATE_PLACES = 6


def tax_table(taxes: Taxes) -> Table:
    """Every tax of both offers, with its rates, its amount over the term and its source."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 1))
    for heading in ("offer", "tax", "treatment"):
        table.add_column(heading)
    for heading in ("rate", "term"):
        table.add_column(heading, justify="right")
    table.add_column("source")
    for line in taxes.lines:
        table.add_row(
            _METHOD[line.method],
            f"{line.tax} {line.country}",
            _TREATMENT[line.treatment],
            _rates(line),
            f"{line.amount.amount:,.0f}",
            line.quality,
        )
    return table


def tax_notes(taxes: Taxes) -> list[str]:
    """What is on the invoice, and what the notes of the table say, each once."""
    lines = [
        f"Billed from {taxes.vendor_country} to {taxes.client_country}. Prices and bills above are "
        "without taxes on the invoice."
    ]
    lines += [f"{line.tax} {line.country}: {line.note}." for line in taxes.lines if line.note]
    return list(dict.fromkeys(lines))


def fx_line(rate: FxRate) -> str:
    """One exchange rate with its date and type."""
    dated = f", {rate.as_of}" if rate.as_of else ""
    return f"1 {rate.base} = {rate.value:.{_RATE_PLACES}g} {rate.currency} ({rate.type}{dated})"


def _rates(line: TaxLine) -> str:
    """One rate, or those of the term in their order."""
    return ", ".join(f"{100 * rate:.4g} %" for rate in line.rates)
