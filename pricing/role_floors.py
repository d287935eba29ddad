"""Floor prices of roles, as a contract states them, at work on quoted prices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pricing.money import quantize_amount
from pricing.terms.input.floor_price import at_least_floor

if TYPE_CHECKING:
    from decimal import Decimal

    from pricing.engagement import Engagement


def lifted_to_floor(engagement: Engagement, service: str, fte_month: Decimal) -> Decimal:
    """Price of an FTE-month of the people of a service, not below the floor of their role."""
    contract = engagement.contract
    if contract is None or contract.input_based is None:
        return fte_month
    role = next(one.role for one in engagement.services if one.name == service)
    stated = {one.role: one.fte_month for one in contract.input_based.floor_prices}
    floor = stated.get(role)
    return at_least_floor(
        fte_month, None if floor is None else quantize_amount(floor, engagement.currency)
    )
