"""Fields of the agreement: the contract frozen into the quote, what invoices are made by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pricing.explain.field import computed, given, places

if TYPE_CHECKING:
    from pricing.explain.registry import Entry

_PAGE = "docs/models/invoice.md"
_PRICE_OF_TEAM = "offers.input_based.prices[?service={service}&site={site}"

FIELDS: dict[str, Entry] = {
    "agreement.**": given(
        "A price or term of the contract, frozen at the quoted prices (`contract` of the "
        "engagement).",
        _PAGE,
    ),
    "agreement.teams[*].fte_month": computed(
        "Price an ordered FTE-month is billed at: the quoted one.",
        "price",
        _PAGE,
        price=f"{_PRICE_OF_TEAM}&unit=FTE-month].price",
    ),
    "agreement.teams[*].paid_hour": computed(
        "Price a paid hour is billed at: the quoted one.",
        "price",
        _PAGE,
        price=f"{_PRICE_OF_TEAM}&unit=paid hour].price",
    ),
    "agreement.teams[*].fte_step": computed(
        "Step of an order.", "step", _PAGE, step="workings.fte_step"
    ),
    "agreement.services[*].unit_price": computed(
        "Price a unit is billed at: the quoted one.",
        "price",
        _PAGE,
        price="offers.output_based.prices[?service={service}].price",
    ),
    "contract_at_plan[*].bill": given(
        "The offer's invoices of all planned months under the contract's terms, summed.", _PAGE
    ),
    "contract_at_plan[*].beyond_prices": computed(
        "What the terms add to the bill at plain prices.",
        "bill - expected_bill",
        _PAGE,
        bill="contract_at_plan[?method={method}].bill",
        expected_bill="offers.{method}.term.expected_bill",
    ),
    "contract_at_plan[*].margin": computed(
        "Margin the planned bill leaves under the contract's terms.",
        "1 - sga - capital_cost * dso_days / 365 - delivery_cost / bill",
        _PAGE,
        rounding=places(6),
        bill="contract_at_plan[?method={method}].bill",
        delivery_cost="offers.{method}.term.delivery_cost",
        sga="@commercial.sga",
        capital_cost="@commercial.capital_cost",
        dso_days="@commercial.dso_days",
    ),
}
