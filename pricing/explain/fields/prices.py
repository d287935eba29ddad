"""Fields of quoted prices: flat over the term, by year, indexed, discounted (`pricing.offers`).

Where the quote holds no `workings.prices`, a price is the cost of the term over its quantities.
Else cost and quantities are weighted by month, and there may be a price for each contract year.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pricing.explain.field import AMOUNT, UNIT_PRICE, Field, computed
from pricing.explain.fields.chosen import at_level, is_chosen
from pricing.explain.fields.floors import not_below_floor
from pricing.explain.place import MissingInputError, literal
from staffing.calendar import MONTHS_PER_YEAR, WEEKS_PER_YEAR

if TYPE_CHECKING:
    from pricing.explain.field import Input, Rounding
    from pricing.explain.place import Place
    from pricing.explain.registry import Entry

_PAGE = "docs/models/price.md"
_TERM_PAGE = "docs/models/term.md"
_ROOM = "(1 - sga - capital_cost * dso_days / 365 - withholding - margin)"
_SHARES: dict[str, Input] = {
    "sga": "@commercial.sga",
    "capital_cost": "@commercial.capital_cost",
    "dso_days": "@commercial.dso_days",
    "withholding": "workings.withholding",
}
_TARGET, _FLOOR = "@commercial.target_margin", "@commercial.floor_margin"
_PREMIUMS: dict[str, Input] = {
    f"premium_{name}": f"@commercial.risk_premium.{name}"
    for name in ("productivity", "volume", "quality", "wage_and_fx")
}
_WITH_PREMIUM = f" * (1 + {' + '.join(_PREMIUMS)})"
_HOURS = {
    "paid hour": f"(contract_hours_per_week * {WEEKS_PER_YEAR!r} / 12)",
    "productive hour": f"(contract_hours_per_week * {WEEKS_PER_YEAR!r} / 12 * (1 - out_of_office)"
    " * (1 - in_office))",
}
_FTE_MEANING = (
    "What the client pays for one full-time equivalent ordered for a month: the team's cost "
    "grossed up to the target margin, over the FTE-months ordered."
)
_UNIT_MEANING = (
    "What the client pays for one good unit: the service's cost grossed up to the target margin, "
    "over its units, and the named premiums on top."
)


class _Sold:
    """What is sold for a price: whose cost it recovers, and in which quantities by month."""

    def __init__(self, place: Place, teams: list[str], quantities: str) -> None:
        self.document = place.document
        self.teams = teams
        self.quantities = quantities

    @property
    def months(self) -> int:
        """Of the term."""
        return int(self.document["engagement"]["term_months"])

    @property
    def is_yearly(self) -> bool:
        """Whether each year recovers its own cost."""
        return len(next(iter(self.document["workings"]["prices"]["cost"].values()))) > 1

    def years(self) -> list[str]:
        """Months of each contract year, as slices."""
        step = MONTHS_PER_YEAR
        return [f"[{first}:{first + step}]" for first in range(0, self.months, step)]

    def cost(self, period: int) -> list[Input]:
        """Cost of every team in a period."""
        return [f"workings.prices.cost.{literal(team)}[{period}]" for team in self.teams]

    def of_year(self, year: int, margin: str) -> tuple[str, dict[str, Input]]:
        """Formula of the price of one year, and its inputs."""
        inputs: dict[str, Input] = {"margin": margin, **_SHARES}
        if self.is_yearly:
            span = self.years()[year]
            inputs |= {
                "cost": self.cost(year),
                "quantity": self.quantities + span,
                "weight": f"workings.prices.weights{span}",
            }
            return f"sum(cost) / {_ROOM} / sum(quantity * weight)", inputs
        inputs |= self._whole_term() | {"index": f"workings.prices.index[{year}]"}
        return f"sum(cost) / {_ROOM} / sum(quantity * weight) * index", inputs

    def all_years(self, margin: str) -> tuple[str, dict[str, Input]]:
        """Formula of the prices of all years, as a list, and its inputs."""
        inputs: dict[str, Input] = {"margin": margin, **_SHARES}
        if self.is_yearly:
            inputs |= {
                "cost": [self.cost(period) for period in range(len(self.years()))],
                "quantity": [self.quantities + span for span in self.years()],
                "weight": [f"workings.prices.weights{span}" for span in self.years()],
            }
            return f"sums(cost) / {_ROOM} / sums(quantity * weight)", inputs
        inputs |= {
            "cost": self.cost(0),
            "quantity": [self.quantities + span for span in self.years()],
            "weight": [f"workings.prices.weights{span}" for span in self.years()],
            "index": "workings.prices.index[*]",
        }
        return f"sum(cost) / {_ROOM} / sum(quantity * weight) * index", inputs

    def _whole_term(self) -> dict[str, Input]:
        return {
            "cost": self.cost(0),
            "quantity": f"{self.quantities}[*]",
            "weight": "workings.prices.weights[*]",
        }


def _team(place: Place) -> _Sold:
    name = f"{place.around['service']} @ {place.around['site']}"
    return _Sold(place, [name], f"offers.input_based.ordered_fte_by_month.{literal(name)}")


def _service(place: Place, name: str) -> _Sold:
    teams = [
        f"{team['service']} @ {team['site']}"
        for team in place.document["staffing"]["teams"]
        if team["service"] == name
    ]
    volumes = place.document["staffing"]["volumes"]
    index = next(i for i, volume in enumerate(volumes) if volume["service"] == name)
    return _Sold(place, teams, f"staffing.volumes[{index}].units_by_month")


def _recovers_the_term(place: Place) -> bool:
    """Whether every price is simply the cost of the term over its quantities."""
    workings = place.document.get("workings")
    if workings is None:
        raise MissingInputError("prices rest on the quote's workings")
    return workings.get("prices") is None


def _differs(place: Place) -> bool:
    """Whether a price of the offers is listed by year."""
    return bool(place.around.get("by_year"))


def _mean(sold: _Sold, meaning: str, rounding: Rounding) -> Field:
    """Mean over the term of what is invoiced by year."""
    return computed(
        f"{meaning} It differs by contract year (`by_year`); this is the mean over the term.",
        "sum(price * sums(quantity)) / sum(quantity)",
        _TERM_PAGE,
        rounding=rounding,
        price="./by_year[*]",
        quantity=[sold.quantities + span for span in sold.years()],
    )


def _mean_of_rounded(
    sold: _Sold, meaning: str, margin: str, rounding: Rounding, each: str
) -> Field:
    """Mean of prices by year that are not listed themselves; `each` rounds them."""
    formula, inputs = sold.all_years(margin)
    mean = f"sum({each.format(formula)} * sums(quantity)) / sum(quantity)"
    if "places" in each:
        inputs["places"] = "workings.unit_price_places"
    return Field(meaning, "formula", _TERM_PAGE, mean, inputs, rounding)


def _mean_at_level(place: Place, sold: _Sold, meaning: str, rounding: Rounding, name: str) -> Field:
    """Mean over the term of parity by year times a level, each year rounded."""
    of_people = rounding is AMOUNT
    each = "round_up_amount({} * level)" if of_people else "round_up_to({} * level, places)"
    field = _mean_of_rounded(sold, meaning, _TARGET, rounding, each)
    return at_level(place, field, name, field.formula)


def _plain(meaning: str, cost: str, quantity: str, margin: str, rounding: Rounding) -> Field:
    """Cost of the term over its quantities."""
    inputs: dict[str, Input] = {"cost": cost, "quantity": quantity, "margin": margin, **_SHARES}
    formula = f"sum(cost) / {_ROOM} / sum(quantity)"
    return Field(meaning, "formula", _PAGE, formula, inputs, rounding)


def _fte_month(place: Place, meaning: str, margin: str) -> Field:
    sold = _team(place)
    if _recovers_the_term(place):
        cost = f"workings.teams[?team={literal(sold.teams[0])}].cost"
        return _plain(meaning, cost, f"{sold.quantities}[*]", margin, AMOUNT)
    if not _differs(place):
        formula, inputs = sold.of_year(0, margin)
        return Field(meaning, "formula", _TERM_PAGE, formula, inputs, AMOUNT)
    if margin == _TARGET:
        return _mean(sold, meaning, AMOUNT)
    return _mean_of_rounded(sold, meaning, margin, AMOUNT, "round_amount({})")


def _hour(unit: str, price: str) -> Field:
    rates = ("contract_hours_per_week", "out_of_office", "in_office")
    wanted: dict[str, Input] = {
        name: f"workings.teams[?team={{service}} @ {{site}}].rates.{name}"
        for name in rates
        if name in _HOURS[unit]
    }
    return Field(
        f"The same price of an FTE-month expressed per {unit}.",
        "formula",
        _PAGE,
        f"fte_month / {_HOURS[unit]}",
        {
            "fte_month": "offers.input_based.prices[?service={service}&site={site}&unit=FTE-month]"
            f".{price}",
            **wanted,
        },
        UNIT_PRICE,
    )


def _input_price(place: Place) -> Field:
    unit = place.around["unit"]
    if unit in _HOURS:
        return _hour(unit, "price")
    field = _fte_month(place, _FTE_MEANING, _TARGET)
    if is_chosen(place) and not _differs(place):
        field = at_level(place, field, "input_level")
    return not_below_floor(place, field)


def _input_floor(place: Place) -> Field:
    unit = place.around["unit"]
    meaning = "The FTE-month price at which the floor margin is just earned."
    if unit in _HOURS:
        return _hour(unit, "floor_price")
    if is_chosen(place):
        if _differs(place):
            chosen = _mean_at_level(place, _team(place), meaning, AMOUNT, "input_floor_level")
        else:
            chosen = at_level(place, _fte_month(place, meaning, _TARGET), "input_floor_level")
        return not_below_floor(place, chosen)
    return not_below_floor(place, _fte_month(place, meaning, _FLOOR))


def _input_of_year(place: Place) -> Field:
    year, unit = int(place.taken[-1]), place.around["unit"]
    if unit in _HOURS:
        return _hour(unit, f"by_year[{year}]")
    formula, inputs = _team(place).of_year(year, _TARGET)
    meaning = f"The FTE-month price invoiced in contract year {year + 1}."
    of_year = Field(meaning, "formula", _TERM_PAGE, formula, inputs, AMOUNT)
    of_year = at_level(place, of_year, "input_level") if is_chosen(place) else of_year
    return not_below_floor(place, of_year)


def _unit_price(place: Place) -> Field:
    sold = _service(place, place.around["service"])
    if _recovers_the_term(place):
        plain = _plain(
            _UNIT_MEANING,
            "workings.teams[service={service}].cost",
            f"{sold.quantities}[*]",
            _TARGET,
            UNIT_PRICE,
        )
    elif _differs(place):
        return _mean(sold, _UNIT_MEANING, UNIT_PRICE)
    else:
        formula, inputs = sold.of_year(0, _TARGET)
        plain = Field(_UNIT_MEANING, "formula", _TERM_PAGE, formula, inputs, UNIT_PRICE)
    if is_chosen(place):
        return at_level(place, plain, "output_level")
    return _with_premium(plain)


def _with_premium(field: Field) -> Field:
    inputs: dict[str, Input] = {**field.inputs, **_PREMIUMS}
    return replace(field, formula=field.formula + _WITH_PREMIUM, inputs=inputs)


def _unit_floor(place: Place) -> Field:
    meaning = "The unit price at which the floor margin is just earned, without premiums."
    sold = _service(place, place.around["service"])
    if _recovers_the_term(place):
        cost, units = "workings.teams[service={service}].cost", f"{sold.quantities}[*]"
        if is_chosen(place):
            parity = _plain(meaning, cost, units, _TARGET, UNIT_PRICE)
            return at_level(place, parity, "output_floor_level")
        return _plain(meaning, cost, units, _FLOOR, UNIT_PRICE)
    if _differs(place):
        if is_chosen(place):
            return _mean_at_level(place, sold, meaning, UNIT_PRICE, "output_floor_level")
        return _mean_of_rounded(sold, meaning, _FLOOR, UNIT_PRICE, "round_to({}, places)")
    formula, inputs = sold.of_year(0, _TARGET if is_chosen(place) else _FLOOR)
    of_term = Field(meaning, "formula", _TERM_PAGE, formula, inputs, UNIT_PRICE)
    return at_level(place, of_term, "output_floor_level") if is_chosen(place) else of_term


def _unit_of_year(place: Place) -> Field:
    year = int(place.taken[-1])
    formula, inputs = _service(place, place.around["service"]).of_year(year, _TARGET)
    meaning = f"The unit price invoiced in contract year {year + 1}, premiums included."
    of_year = Field(meaning, "formula", _TERM_PAGE, formula, inputs, UNIT_PRICE)
    return at_level(place, of_year, "output_level") if is_chosen(place) else _with_premium(of_year)


def _parity(place: Place) -> Field:
    meaning = (
        "Unit price at which units bring what the people cost with the target margin, premiums "
        "left out."
    )
    name, rounding = str(place.taken[1]), UNIT_PRICE.at(6)
    sold = _service(place, name)
    if _recovers_the_term(place):
        cost = f"workings.teams[service={literal(name)}].cost"
        return _plain(meaning, cost, f"{sold.quantities}[*]", _TARGET, rounding)
    return _mean_of_rounded(sold, meaning, _TARGET, rounding, "({})")


FIELDS: dict[str, Entry] = {
    "offers.input_based.prices[*].price": _input_price,
    "offers.input_based.prices[*].floor_price": _input_floor,
    "offers.input_based.prices[*].by_year[*]": _input_of_year,
    "offers.output_based.prices[*].price": _unit_price,
    "offers.output_based.prices[*].floor_price": _unit_floor,
    "offers.output_based.prices[*].by_year[*]": _unit_of_year,
    "offers.*.parity_unit_prices.*": _parity,
}
