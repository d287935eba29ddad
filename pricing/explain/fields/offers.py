"""Fields of both offers: prices, floors, bills, margins (`pricing.offers`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pricing.explain.field import AMOUNT, UNIT_PRICE, Field, computed, given, places
from staffing.calendar import WEEKS_PER_YEAR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pricing.explain.place import Place
    from pricing.explain.registry import Entry

_PAGE = "docs/models/price.md"
_MONTHS = 12
_ROOM = "(1 - sga - capital_cost * dso_days / 365 - margin)"
_SHARES = {
    "sga": "@commercial.sga",
    "capital_cost": "@commercial.capital_cost",
    "dso_days": "@commercial.dso_days",
}
_TEAM = "{service} @ {site}"
_HOURS = {
    "paid hour": f"(contract_hours_per_week * {WEEKS_PER_YEAR!r} / 12)",
    "productive hour": f"(contract_hours_per_week * {WEEKS_PER_YEAR!r} / 12 * (1 - out_of_office)"
    " * (1 - in_office))",
}


def _months_of_year(place: Place) -> str:
    """Months of the contract year the number belongs to, as a slice."""
    first = _MONTHS * int(place.taken[-1])
    return f"[{first}:{first + _MONTHS}]"


def _fte_month(place: Place, meaning: str, margin: str) -> Field:
    price, floor = f"cost / {_ROOM} / sum(ordered_fte)", _role_floor(place)
    return computed(
        meaning if floor is None else f"{meaning} It is not below the floor of its role.",
        price if floor is None else f"max({price}, role_floor)",
        _PAGE,
        rounding=AMOUNT,
        **({} if floor is None else {"role_floor": floor}),
        cost=f"workings.teams[?team={_TEAM}].cost",
        ordered_fte=f"offers.input_based.ordered_fte_by_month.{_TEAM}[*]",
        margin=margin,
        **_SHARES,
    )


def _role_floor(place: Place) -> str | None:
    """Where the contract states a floor price of the people's role, if it does."""
    agreement = place.document.get("agreement") or {"teams": [], "terms": {}}
    team = _TEAM.format(**place.around)
    role = next((one["role"] for one in agreement["teams"] if one["team"] == team), None)
    stated = (agreement["terms"].get("input_based") or {}).get("floor_prices", [])
    found = (at for at, one in enumerate(stated) if one["role"] == role)
    at = next(found, None)
    return None if at is None else f"agreement.terms.input_based.floor_prices[{at}].fte_month"


def _hour(unit: str, price: str) -> Field:
    rates = ("contract_hours_per_week", "out_of_office", "in_office")
    wanted = {
        name: f"workings.teams[?team={_TEAM}].rates.{name}"
        for name in rates
        if name in _HOURS[unit]
    }
    return computed(
        f"The same {price.replace('_', ' ')} expressed per {unit}.",
        f"fte_month / {_HOURS[unit]}",
        _PAGE,
        rounding=UNIT_PRICE,
        fte_month=f"offers.input_based.prices[?service={{service}}&site={{site}}&unit=FTE-month]"
        f".{price}",
        **wanted,
    )


def _input_price(place: Place) -> Field:
    unit = place.around["unit"]
    if unit in _HOURS:
        return _hour(unit, "price")
    return _fte_month(
        place,
        "What the client pays for one full-time equivalent ordered for a month: the team's cost "
        "grossed up to the target margin, over the FTE-months ordered.",
        "@commercial.target_margin",
    )


def _input_floor(place: Place) -> Field:
    unit = place.around["unit"]
    if unit in _HOURS:
        return _hour(unit, "floor_price")
    return _fte_month(
        place,
        "The FTE-month price at which the floor margin is just earned.",
        "@commercial.floor_margin",
    )


_SERVICE_COST = "workings.teams[service={service}].cost"
_SERVICE_UNITS = "staffing.volumes[?service={service}].units_by_month[*]"
_PREMIUMS = {
    f"premium_{name}": f"@commercial.risk_premium.{name}"
    for name in ("productivity", "volume", "quality", "wage_and_fx")
}
_UNIT_PRICE = computed(
    "What the client pays for one good unit: the service's cost grossed up to the target margin, "
    "over its units, and the named premiums on top.",
    f"sum(cost) / {_ROOM} / sum(units) * (1 + {' + '.join(_PREMIUMS)})",
    _PAGE,
    rounding=UNIT_PRICE,
    cost=_SERVICE_COST,
    units=_SERVICE_UNITS,
    margin="@commercial.target_margin",
    **_SHARES,
    **_PREMIUMS,
)
_UNIT_FLOOR = computed(
    "The unit price at which the floor margin is just earned, without premiums.",
    f"sum(cost) / {_ROOM} / sum(units)",
    _PAGE,
    rounding=UNIT_PRICE,
    cost=_SERVICE_COST,
    units=_SERVICE_UNITS,
    margin="@commercial.floor_margin",
    **_SHARES,
)


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


def _price_of_team(place: Place, team: str) -> str:
    prices = place.document["offers"]["input_based"]["prices"]
    index = next(
        i
        for i, price in enumerate(prices)
        if price["unit"] == "FTE-month" and f"{price['service']} @ {price['site']}" == team
    )
    return f"offers.input_based.prices[{index}].price"


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
            f"offers.output_based.prices[{index_of[volume['service']]}].price" for volume in volumes
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


FIELDS: dict[str, Entry] = {
    "offers.input_based.prices[*].price": _input_price,
    "offers.input_based.prices[*].floor_price": _input_floor,
    "offers.output_based.prices[*].price": _UNIT_PRICE,
    "offers.output_based.prices[*].floor_price": _UNIT_FLOOR,
    "offers.*.parity_unit_prices.*": computed(
        "Unit price at which units bring what the people cost with the target margin, premiums "
        "left out.",
        f"sum(cost) / {_ROOM} / sum(units)",
        _PAGE,
        rounding=UNIT_PRICE.at(6),
        cost="workings.teams[service={1}].cost",
        units="staffing.volumes[?service={1}].units_by_month[*]",
        margin="@commercial.target_margin",
        **_SHARES,
    ),
    "offers.*.risk_premium[*].share": computed(
        "Named premium on the parity unit price.",
        "share",
        _PAGE,
        share="@commercial.risk_premium.{name}",
    ),
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
        "Cost of waiting for the client's payment, a share of the bill.",
        "expected_bill * capital_cost * dso_days / 365",
        _PAGE,
        rounding=AMOUNT,
        expected_bill="./expected_bill",
        capital_cost="@commercial.capital_cost",
        dso_days="@commercial.dso_days",
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
