"""What is known of one field of a quote: its meaning, and where its number comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from pricing.money import amount_up, quantize_amount, quantize_unit_price, unit_price_up

if TYPE_CHECKING:
    from pricing.explain.place import Place

Kind = Literal["formula", "given", "search", "simulation", "constant"]

KINDS: dict[Kind, str] = {
    "formula": "computed by a formula from other numbers of the quote",
    "given": "stated in the engagement, or resolved from the rate tables",
    "search": "found by a solver or a search",
    "simulation": "estimated from draws",
    "constant": "fixed by the program",
}


@dataclass(frozen=True)
class Rounding:
    """The one step that rounds a number; `places` counts digits after the point.

    `kind`: ``none``, ``amount`` (the currency's minor unit), ``unit_price`` (places agreed in the
    engagement), ``places`` (a plain number). Prices that are the lowest to hold something are
    rounded `up`.
    """

    kind: Literal["none", "amount", "unit_price", "places"] = "none"
    places: int = 0
    up: bool = False

    def apply(self, number: Decimal, place: Place) -> Decimal:
        """Round as the quote does."""
        match self.kind:
            case "amount":
                return (amount_up if self.up else quantize_amount)(number, place.currency())
            case "unit_price":
                digits = self._unit_price_places(place)
                return (unit_price_up if self.up else quantize_unit_price)(number, digits)
            case "places":
                return Decimal(repr(round(float(number), self.places)))
        return number

    def words(self, place: Place) -> str | None:
        """Say what the step does."""
        how = "up" if self.up else "half away from zero"
        match self.kind:
            case "amount":
                return f"to the minor unit of {place.currency()}, {how}"
            case "unit_price":
                return f"to {self._unit_price_places(place)} places, {how}"
            case "places":
                return f"to {self.places} places"
        return None

    def at(self, places: int) -> Rounding:
        """Return the same step with a fixed number of places."""
        return replace(self, places=places)

    def _unit_price_places(self, place: Place) -> int:
        return self.places or int(place.document["workings"]["unit_price_places"])


EXACT = Rounding()
AMOUNT = Rounding("amount")
UNIT_PRICE = Rounding("unit_price")


def places(number: int) -> Rounding:
    """Round a plain number."""
    return Rounding("places", number)


type Input = str | list[Input] | Callable[[Place], "str | list[Input]"]


@dataclass(frozen=True)
class Field:
    """How a field of a quote is explained.

    Parameters
    ----------
    meaning : str
        What the number says, with its unit, for a reader who knows the trade.
    kind : Kind
        Where it comes from.
    page : str
        Documentation page of the model.
    formula : str
        Text that `pricing.explain.formula` evaluates on `inputs`.
    inputs : mapping
        Templates of paths by name in the formula; see `pricing.explain.place`.
    rounding : Rounding
        The step from the formula's result to the number shown.
    within : str
        Formula on the same inputs for how far the unrounded result may be from the number shown,
        where an input is itself shown rounded but used unrounded; empty: both agree to the last
        digit.
    facts : mapping
        What is known of a search or simulation (bound, gap, draws, seed): templates of paths.
    """

    meaning: str
    kind: Kind
    page: str
    formula: str = ""
    inputs: Mapping[str, Input] = field(default_factory=dict)
    rounding: Rounding = EXACT
    within: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


def computed(
    meaning: str,
    formula: str,
    page: str,
    /,
    *,
    rounding: Rounding = EXACT,
    within: str = "",
    **inputs: Input,
) -> Field:
    """Explain a number by a formula."""
    return Field(meaning, "formula", page, formula, inputs, rounding, within)


def given(meaning: str, page: str, source: Input | None = None) -> Field:
    """Explain a number that is stated or resolved; `source` names its assumption, if it has one."""
    inputs = {} if source is None else {"value": source}
    return Field(meaning, "given", page, "value" if isinstance(source, str) else "", inputs)


def searched(meaning: str, page: str, **facts: str) -> Field:
    """Explain a number that a solver or a search found."""
    return Field(meaning, "search", page, facts=facts)


def simulated(meaning: str, page: str, **facts: str) -> Field:
    """Explain a number that was estimated from draws."""
    return Field(meaning, "simulation", page, facts=facts)


def fixed(meaning: str, page: str) -> Field:
    """Explain a number the program fixes."""
    return Field(meaning, "constant", page)
