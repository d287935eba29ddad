"""Fields of what prices recover where they differ by year, are discounted or indexed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pricing.explain.field import computed, given
from pricing.explain.place import literal
from staffing.calendar import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from pricing.explain.field import Field
    from pricing.explain.place import Place
    from pricing.explain.registry import Entry

_TERM_PAGE = "docs/models/term.md"


def _recovered(place: Place) -> Field:
    team, period = str(place.taken[0]), int(place.taken[1])
    prices = place.document["workings"]["prices"]
    periods, meaning = len(prices["cost"][team]), "Cost of the team that the price recovers"
    if prices["discount"]:
        first = MONTHS_PER_YEAR * period
        span = f"[{first}:{first + MONTHS_PER_YEAR}]" if periods > 1 else "[*]"
        return computed(
            f"{meaning}, discounted.",
            "sum(cost * discount)",
            _TERM_PAGE,
            cost=f"workings.prices.monthly_cost.{literal(team)}{span}",
            discount=f"workings.prices.discount{span}",
        )
    year = f"&year={period + 1}" if periods > 1 else ""
    return computed(
        f"{meaning}.",
        "sum(cost)",
        _TERM_PAGE,
        cost=f"workings.costs[team={literal(team)}{year}].amount",
    )


def _weight(place: Place) -> Field:
    month = int(place.taken[0])
    index = f"workings.prices.index[{month // MONTHS_PER_YEAR}]"
    if not place.document["workings"]["prices"]["discount"]:
        return computed("What a quantity of the month counts.", "index", _TERM_PAGE, index=index)
    return computed(
        "What a quantity of the month counts: discount times index.",
        "discount * index",
        _TERM_PAGE,
        discount=f"workings.prices.discount[{month}]",
        index=index,
    )


def _discount(place: Place) -> Field:
    return computed(
        "Discount factor at the month's end.",
        f"1 / (1 + capital_cost) ** ({int(place.taken[0]) + 1} / 12)",
        _TERM_PAGE,
        capital_cost="@commercial.capital_cost",
    )


def _index(place: Place) -> Field:
    year = int(place.taken[0])
    terms = place.document["agreement"]["terms"]
    registered = {item["path"] for item in place.document["assumptions"]}
    if terms.get("indexation") is None or "commercial.index_growth_per_year" not in registered:
        return given("Price over first-year price: it follows no index.", _TERM_PAGE)
    return computed(
        "Expected price over first-year price: each year's change is the clause's share of the "
        "index's growth, within floor and cap.",
        f"(1 + min(cap, max(floor, share * growth))) ** {year}",
        _TERM_PAGE,
        within="1e-12",
        growth="@commercial.index_growth_per_year",
        share="agreement.terms.indexation.share",
        floor="agreement.terms.indexation.floor",
        cap="agreement.terms.indexation.cap",
    )


FIELDS: dict[str, Entry] = {
    "workings.prices.cost.*[*]": _recovered,
    "workings.prices.monthly_cost.*[*]": given(
        "Cost of the team in the month, contingency included, unrounded.", "docs/models/price.md"
    ),
    "workings.prices.discount[*]": _discount,
    "workings.prices.weights[*]": _weight,
    "workings.prices.index[*]": _index,
}
