"""Fields of both offers: prices, floors, bills, margins (`pricing.offers`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pricing.explain.field import AMOUNT, Field, computed, given, places
from pricing.explain.fields.chosen import CHOSEN_PREMIUM, is_chosen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pricing.explain.place import Place
    from pricing.explain.registry import Entry

_PAGE = "docs/models/price.md"
_MONTHS = 12


def _months_of_year(place: Place) -> str:
    """Months of the contract year the number belongs to, as a slice."""
    first = _MONTHS * int(place.taken[-1])
    return f"[{first}:{first + _MONTHS}]"


def _input_bill(place: Place) -> Field:
    names = list(place.document["offers"]["input_based"]["ordered_fte_by_month"])
    months = _months_of_year(place)
    return computed(
        "What the client is expected to pay in the year: every month's order at its price, each "
        "line rounded.",
        "sum(round_amount(ordered_fte * price))",
        _PAGE,
        ordered_fte=f"offers.input_based.ordered_fte_by_month.*{months}",
        price=[_price_of_team(place, name) for name in names],
    )


def of_year(place: Place, method: str, index: int, year: int) -> str:
    """Path of the price that is invoiced in a contract year, 0 first."""
    price = place.document["offers"][method]["prices"][index]
    path = f"offers.{method}.prices[{index}]"
    return f"{path}.by_year[{year}]" if price.get("by_year") else f"{path}.price"


def _price_of_team(place: Place, team: str) -> str:
    prices = place.document["offers"]["input_based"]["prices"]
    index = next(
        i
        for i, price in enumerate(prices)
        if price["unit"] == "FTE-month" and f"{price['service']} @ {price['site']}" == team
    )
    return of_year(place, "input_based", index, int(place.taken[-1]))


def _output_bill(place: Place) -> Field:
    volumes = place.document["staffing"]["volumes"]
    prices = place.document["offers"]["output_based"]["prices"]
    index_of = {price["service"]: index for index, price in enumerate(prices)}
    return computed(
        "What the client is expected to pay in the year: every month's units at their price, each "
        "line rounded.",
        "sum(round_amount(units * price))",
        _PAGE,
        units=f"staffing.volumes[*].units_by_month{_months_of_year(place)}",
        price=[
            of_year(place, "output_based", index_of[volume["service"]], int(place.taken[-1]))
            for volume in volumes
        ],
    )


def _per_year(name: str, meaning: str) -> Mapping[str, Entry]:
    """A share of the bill in each year, rounded; the term is the sum of its years."""
    return {
        f"offers.*.term.{name}": computed(
            f"{meaning}, over the term.",
            "sum(years)",
            _PAGE,
            years=f"offers.{{0}}.per_year[*].{name}",
        )
    }


_STATED_PREMIUM = computed(
    "Named premium on the parity unit price.",
    "share",
    _PAGE,
    share="@commercial.risk_premium.{name}",
)


def _premium_share(place: Place) -> Field:
    return CHOSEN_PREMIUM if is_chosen(place) else _STATED_PREMIUM


FIELDS: dict[str, Entry] = {
    "offers.*.risk_premium[*].share": _premium_share,
    "offers.*.ordered_fte_by_month.*[*]": computed(
        "Full-time equivalents the client orders for the month: the mean need, rounded up to the "
        "ordering step (a need above a step by less than a millionth stays on it).",
        "max(0, ceil(needed_fte / step - 0.000001)) * step",
        _PAGE,
        needed_fte=lambda place: (
            f"staffing.teams[{_team_index(place)}].needed_fte_by_month[{place.taken[2]}]"
        ),
        step="workings.fte_step",
    ),
    "offers.*.per_year[*].year": given("Contract year, 1 first.", "docs/engagement.md"),
    "offers.*.term.year": given("None: the whole term.", "docs/engagement.md"),
    "offers.input_based.per_year[*].expected_bill": _input_bill,
    "offers.output_based.per_year[*].expected_bill": _output_bill,
    "offers.*.per_year[*].delivery_cost": computed(
        "Cost of doing the work in the year, contingency included.",
        "sum(lines)",
        _PAGE,
        lines="cost.lines[*].by_year[{1}]",
    ),
    "offers.*.per_year[*].sga": computed(
        "Selling, general and administrative cost, a share of the bill.",
        "expected_bill * sga",
        _PAGE,
        rounding=AMOUNT,
        expected_bill="./expected_bill",
        sga="@commercial.sga",
    ),
    "offers.*.per_year[*].financing": computed(
        "Cost of waiting for the client's payment, and tax withheld that the vendor bears, shares "
        "of the bill.",
        "expected_bill * (capital_cost * dso_days / 365 + withholding)",
        _PAGE,
        rounding=AMOUNT,
        expected_bill="./expected_bill",
        capital_cost="@commercial.capital_cost",
        dso_days="@commercial.dso_days",
        withholding="workings.withholding",
    ),
    **_per_year("expected_bill", "What the client is expected to pay"),
    **_per_year("delivery_cost", "Cost of doing the work, contingency included"),
    **_per_year("sga", "Selling, general and administrative cost"),
    **_per_year("financing", "Cost of waiting for the client's payment"),
}
for _period in ("per_year[*]", "term"):
    FIELDS |= {
        f"offers.*.{_period}.cost": computed(
            "All cost: delivery, SG&A and financing.",
            "delivery_cost + sga + financing",
            _PAGE,
            delivery_cost="./delivery_cost",
            sga="./sga",
            financing="./financing",
        ),
        f"offers.*.{_period}.profit": computed(
            "What is left of the bill.",
            "expected_bill - cost",
            _PAGE,
            expected_bill="./expected_bill",
            cost="./cost",
        ),
        f"offers.*.{_period}.margin": computed(
            "Profit over price.",
            "profit / expected_bill",
            _PAGE,
            rounding=places(6),
            profit="./profit",
            expected_bill="./expected_bill",
        ),
    }


def _team_index(place: Place) -> int:
    teams = place.document["staffing"]["teams"]
    return next(
        i for i, team in enumerate(teams) if f"{team['service']} @ {team['site']}" == place.taken[1]
    )
