"""How a proposal writes shares, money and dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal


def share(part: Decimal) -> str:
    """``5 %``, ``2.5 %``."""
    return f"{float(100 * part):g} %"


def money(amount: Decimal, currency: str) -> str:
    """Write an agreed amount with all its places."""
    return f"{amount:,f} {currency}"


def long_date(day: date) -> str:
    """``4 January 2027``."""
    return f"{day.day} {day:%B %Y}"
