"""Prices of a peak in cells, the same on every page: bill, price of extra work, price by notice."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Json = Mapping[str, Any]
    Rows = list[dict[str, str]]

CHARGES = {
    "ordinary": "extra hours at the quoted price",
    "standby": "standby, due in any case",
    "call_off": "call-off, on top of that",
    "starts": "start of a person",
}


def bill_cells(charges: Sequence[Json], bill: Json, currency: str) -> Rows:
    """Lines of the input-based bill and their sum; none where nothing is charged."""
    rows = [
        {
            "Charge": CHARGES[one["name"]],
            "Quantity": f"{float(one['quantity']):,.1f}",
            "Unit": one["unit"],
            f"Price, {currency}": _amount(one["price"]),
            "Amount": _amount(one["amount"]),
        }
        for one in charges
    ]
    if not rows:
        return []
    return [*rows, {**dict.fromkeys(rows[0], ""), "Charge": "bill", "Amount": _amount(bill)}]


def rate_cells(rates: Mapping[str, Json | None], currency: str) -> Rows:
    """Price of extra work against that of ordinary work, by method."""
    return [
        {
            "Price of extra work": name,
            "Unit": rate["unit"],
            f"Price, {currency}": _amount(rate["price"]),
            "Ordinary": _amount(rate["ordinary"]),
            "Surcharge": _amount(rate["surcharge"]),
            "Surcharge, %": f"{rate['surcharge_share']:+.1%}",
        }
        for name, rate in rates.items()
        if rate is not None
    ]


def notice_cells(by_notice: Sequence[Json], currency: str) -> Rows:
    """Price of an hour at work by hours of notice; none where it cannot be done at any."""
    if not any(one["price"] for one in by_notice):
        return []
    return [
        {
            "Notice": f"{one['notice_h']:g} h",
            f"An hour at work, {currency}": _amount(one["price"]) if one["price"] else "-",
        }
        for one in by_notice
    ]


def _amount(money: Json) -> str:
    return f"{Decimal(money['amount']):,f}"
