"""Exchange rates of a card, direct, inverse, or across a third currency."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pricing.exact import finely

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from pricing.rate_cards.document import FxRow

_PLACES = 12


def cross_rate(
    rows: Sequence[FxRow], currency: str, base: str, on: date
) -> tuple[Decimal, FxRow] | None:
    """Units of a currency for one of another on a day, with the row it rests on.

    Parameters
    ----------
    rows : sequence of FxRow
        Rates of the card.
    currency, base : str
        ISO 4217 codes.
    on : date
        Day.

    Returns
    -------
    tuple of Decimal and FxRow, or None
        Rounded to 12 places; None where the card does not join the two.
    """
    held = [row for row in rows if row.in_force(on)]
    latest = {row.key: row for row in sorted(held, key=lambda row: row.since or date.min)}
    direct = _step(latest, currency, base)
    if direct is not None:
        return direct
    with finely():
        for middle in sorted({code for key in latest for code in key}):
            first, second = _step(latest, currency, middle), _step(latest, middle, base)
            if first is not None and second is not None:
                return round(first[0] * second[0], _PLACES), first[1]
    return None


def _step(
    latest: dict[tuple[str, ...], FxRow], currency: str, base: str
) -> tuple[Decimal, FxRow] | None:
    row = latest.get((currency, base))
    if row is not None:
        return row.rate, row
    row = latest.get((base, currency))
    if row is None:
        return None
    with finely():
        return round(1 / row.rate, _PLACES), row
