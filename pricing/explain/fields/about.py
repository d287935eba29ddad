"""Fields that are stated: what the quote is for, and the assumption register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pricing.explain.field import computed, fixed, given

if TYPE_CHECKING:
    from pricing.explain.field import Field
    from pricing.explain.place import Place
    from pricing.explain.registry import Entry

_PAGE = "docs/engagement.md"


def _assumption(place: Place) -> Field:
    unit = place.around["unit"]
    return given("A value the quote rests on" + (f", {unit}." if unit else "."), _PAGE)


FIELDS: dict[str, Entry] = {
    "schema_version": fixed("Version of the quote's layout.", "docs/api.md"),
    "engagement.term_months": given("Months of the contract (`term_months`).", _PAGE),
    "engagement.validity_days": given(
        "Days the quote is valid (`commercial.validity_days`).", _PAGE
    ),
    "taxes.**": given(
        "A tax on the expected bills, by `taxes.lines[*].treatment`; `source` has its origin.",
        "docs/models/cost.md",
    ),
    "taxes.lines[*].amount": computed(
        "One tax over the term.", "sum(years)", "docs/models/cost.md", years="./by_year[*]"
    ),
    "fx[*].value": given("Units of the currency for one unit of the quote's.", _PAGE),
    "assumptions[*].value": _assumption,
    "assumptions[*].as_of": given("When the value holds: a date, or a year.", _PAGE),
}
