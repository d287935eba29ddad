"""Notice for ramp up and ramp down: which order holds in which month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal


@dataclass(frozen=True)
class OrderChange:
    """A client's request for another number of people.

    Parameters
    ----------
    requested_on : date
        Day on which the vendor has it.
    ordered : Decimal
        FTE asked for, 0 or more.
    """

    requested_on: date
    ordered: Decimal


def effective_orders(
    planned: Sequence[Decimal],
    month_starts: Sequence[date],
    changes: Sequence[OrderChange],
    *,
    up_days: int,
    down_days: int,
) -> tuple[Decimal, ...]:
    """Orders by month, given what was asked for and when.

    A change holds from the first month that begins when its notice is over: `up_days` after the
    request where it asks for more than that month's order before it, `down_days` where it asks
    for less. A later request overrides an earlier one from its own month on; of two requests of
    one day the last counts.

    Parameters
    ----------
    planned : sequence of Decimal, length months
        Orders without any change.
    month_starts : sequence of date, length months
        First day of every month, ascending.
    changes : sequence of OrderChange
        In any order.
    up_days, down_days : int
        Notice, 0 or more.

    Raises
    ------
    ValueError
        Negative notice or order, or lengths that differ.
    """
    if up_days < 0 or down_days < 0 or any(change.ordered < 0 for change in changes):
        raise ValueError("notice and orders are 0 or more")
    orders = list(planned)
    for change in sorted(changes, key=lambda one: one.requested_on):
        for month, begins in zip(range(len(orders)), month_starts, strict=True):
            days = up_days if change.ordered > orders[month] else down_days
            if begins >= change.requested_on + timedelta(days=days):
                orders[month:] = [change.ordered] * (len(orders) - month)
                break
    return tuple(orders)
