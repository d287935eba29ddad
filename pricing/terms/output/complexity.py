"""Complexity classes: each class has its own price, in proportion to the work it takes.

``price_c = p x weight_c / (sum over classes of share x weight)``: at the planned mix a unit costs p
on average. One textbook scale of weights: inpatient 1.0, outpatient surgery 0.75, emergency and
observation 0.5.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pricing.exact import finely
from pricing.terms.line import TermLine, refuse_negative
from staffing.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

MECHANISM = "units"


def class_prices(
    unit_price: Decimal, shares: Mapping[str, Decimal], weights: Mapping[str, Decimal]
) -> dict[str, Decimal]:
    """Price of a unit of each class, unrounded.

    Parameters
    ----------
    unit_price : Decimal
        Price of a unit of the planned mix, 0 or more.
    shares : mapping of str to Decimal
        Planned share of each class, summing to 1.
    weights : mapping of str to Decimal
        Work of a unit of each class, in any unit; above 0.

    Raises
    ------
    BadInputError
        Shares that do not sum to 1, other classes in `weights`, or a weight that is not above 0.
    """
    refuse_negative(
        unit_price=unit_price, **{f"shares.{name}": one for name, one in shares.items()}
    )
    if set(shares) != set(weights):
        raise BadInputError.at("weights", ", ".join(weights), f"one each for {', '.join(shares)}")
    for name, weight in weights.items():
        if not weight > 0:
            raise BadInputError.at(f"weights.{name}", weight, "should be above 0")
    with finely():
        if sum(shares.values()) != 1:
            raise BadInputError.at("shares", f"{sum(shares.values())}", "shares that sum to 1")
        mean = sum(shares[name] * weights[name] for name in shares)
        return {name: unit_price * weights[name] / mean for name in shares}


def class_lines(
    prices: Mapping[str, Decimal], units: Mapping[str, Decimal], unit: str = "unit"
) -> tuple[TermLine, ...]:
    """One line for each class of which units were done, in the order of the prices.

    Raises
    ------
    BadInputError
        Units of a class without a price.
    """
    for name, quantity in units.items():
        refuse_negative(**{f"units.{name}": quantity})
        if name not in prices:
            raise BadInputError.at(f"units.{name}", quantity, f"one of: {', '.join(prices)}")
    return tuple(
        TermLine(MECHANISM, f"{unit}s done, {name}", units[name], unit, price)
        for name, price in prices.items()
        if units.get(name)
    )
