"""Floor price of a role: what no discount may go below."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal


def at_least_floor(price: Decimal, floor: Decimal | None) -> Decimal:
    """Price of a role, lifted to its floor where it lies below; no floor: the price."""
    return price if floor is None else max(price, floor)
