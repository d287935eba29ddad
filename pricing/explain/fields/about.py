"""Fields that are stated: what the quote is for, and the assumption register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pricing.explain.field import computed, fixed, given
from pricing.explain.place import literal

if TYPE_CHECKING:
    from pricing.explain.field import Field
    from pricing.explain.place import Place
    from pricing.explain.registry import Entry

_PAGE = "docs/engagement.md"


def _assumption(place: Place) -> Field:
    unit = place.around["unit"]
    return given("A value the quote rests on" + (f", {unit}." if unit else "."), _PAGE)


def _fx(place: Place) -> Field:
    """A stated rate, or the ratio of two reference rates."""
    rate = place.around
    meaning = f"{rate['currency']} for one {rate['base']}, as the quote used it."
    registered = {item["path"] for item in place.document["assumptions"]}
    stated = f"fx.{rate['currency']}"
    if stated in registered:
        return computed(meaning, "stated", _PAGE, stated=f"@{stated}")
    pair = {name: f"fx[{rate[name]}]" for name in ("currency", "base")}
    if not set(pair.values()) <= registered:
        return given(meaning, _PAGE)
    return computed(
        meaning,
        "currency / base",
        _PAGE,
        currency=f"@{literal(pair['currency'])}",
        base=f"@{literal(pair['base'])}",
    )


FIELDS: dict[str, Entry] = {
    "schema_version": fixed("Version of the quote's layout.", "docs/api.md"),
    "engagement.term_months": given("Months of the contract (`term_months`).", _PAGE),
    "engagement.validity_days": given(
        "Days the quote is valid (`commercial.validity_days`).", _PAGE
    ),
    "fx[*].value": _fx,
    "taxes.**": given(
        "A tax on the expected bills, by `taxes.lines[*].treatment`; `source` has its origin.",
        "docs/models/cost.md",
    ),
    "taxes.lines[*].amount": computed(
        "One tax over the term.", "sum(years)", "docs/models/cost.md", years="./by_year[*]"
    ),
    "assumptions[*].value": _assumption,
    "assumptions[*].as_of": given("When the value holds: a date, or a year.", _PAGE),
}
