"""Fields of the agreement: the contract frozen into the quote, what invoices are made by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pricing.explain.field import computed, given, places
from pricing.explain.fields.offers import of_year

if TYPE_CHECKING:
    from pricing.explain.field import Field
    from pricing.explain.place import Place
    from pricing.explain.registry import Entry

_PAGE = "docs/models/invoice.md"


def _quoted(place: Place, what: str, method: str, unit: str | None = None) -> Field:
    """The quoted price, that of the first year where it differs by year."""
    own = place.around
    wanted = {"service": own["service"]}
    if unit is not None:
        wanted |= {"site": own["site"], "unit": unit}
    prices = place.document["offers"][method]["prices"]
    index = next(
        i
        for i, price in enumerate(prices)
        if all(price[name] == value for name, value in wanted.items())
    )
    return computed(
        f"Price {what} is billed at: the quoted one.",
        "price",
        _PAGE,
        price=of_year(place, method, index, 0),
    )


FIELDS: dict[str, Entry] = {
    "agreements_by_year.**": given(
        "A price or term of the contract, frozen at the prices quoted for the contract year.", _PAGE
    ),
    "agreement.**": given(
        "A price or term of the contract, frozen at the quoted prices (`contract` of the "
        "engagement).",
        _PAGE,
    ),
    "agreement.teams[*].fte_month": lambda place: _quoted(
        place, "an ordered FTE-month", "input_based", unit="FTE-month"
    ),
    "agreement.teams[*].paid_hour": lambda place: _quoted(
        place, "a paid hour", "input_based", unit="paid hour"
    ),
    "agreement.teams[*].fte_step": computed(
        "Step of an order.", "step", _PAGE, step="workings.fte_step"
    ),
    "agreement.services[*].unit_price": lambda place: _quoted(place, "a unit", "output_based"),
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
        "1 - sga - capital_cost * dso_days / 365 - withholding - delivery_cost / bill",
        _PAGE,
        rounding=places(6),
        bill="contract_at_plan[?method={method}].bill",
        delivery_cost="offers.{method}.term.delivery_cost",
        sga="@commercial.sga",
        capital_cost="@commercial.capital_cost",
        dso_days="@commercial.dso_days",
        withholding="workings.withholding",
    ),
}
