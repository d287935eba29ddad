"""Splitting an amount over months, sites or teams so that the parts sum to it exactly."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

from pricing.exact import finely
from pricing.money import exponent, quantize_amount
from staffing.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Sequence


def allocate(amount: Decimal, weights: Sequence[Decimal], currency: str) -> tuple[Decimal, ...]:
    """Split an amount in proportion to weights, by largest remainder.

    Every part is its exact share rounded down or up to the minor unit; the parts with the largest
    remainders are rounded up, earlier ones first among equals. A credit is split like the charge it
    mirrors.

    Parameters
    ----------
    amount : Decimal
        Money, either sign; rounded to the currency first.
    weights : sequence of Decimal
        0 or more, not all 0.
    currency : str
        ISO 4217 code.

    Raises
    ------
    BadInputError
        A negative weight, or none above 0.
    """
    for at, weight in enumerate(weights):
        if not weight >= 0:
            raise BadInputError.at(f"weights[{at}]", weight, "should be 0 or more")
    with finely():
        every = sum(weights, Decimal(0))
        if not every:
            raise BadInputError.at("weights", "none above 0", "one weight above 0 at least")
        minor = Decimal(1).scaleb(-exponent(currency))
        units = abs(quantize_amount(amount, currency)) / minor
        exact = [units * weight / every for weight in weights]
        parts = [share.to_integral_value(ROUND_FLOOR) for share in exact]
        order = sorted(range(len(parts)), key=lambda at: (parts[at] - exact[at], at))
        for at in order[: int(units - sum(parts, Decimal(0)))]:
            parts[at] += 1
        return tuple((part * minor).copy_sign(amount) if part else part * minor for part in parts)
