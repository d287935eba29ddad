"""What futures are billed at quoted prices where no contract says otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pricing.risk.months import charged
from staffing.calendar import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from decimal import Decimal

    from numpy.typing import NDArray

    from pricing.prices import Prices
    from pricing.quote import Method
    from pricing.risk.outcomes import Outcomes

    Array = NDArray[np.float64]


def quoted_bills(outcomes: Outcomes, prices: Prices, term_months: int) -> dict[Method, Array]:
    """Bill of the term under each offer at quoted prices, each of shape (draws,).

    Parameters
    ----------
    outcomes : Outcomes
        Futures.
    prices : Prices
        Quoted; each month is billed at the price of its year.
    term_months : int
        Contract months.
    """
    months = outcomes.months
    if not prices.is_yearly or months is None:
        return {
            "input_based": outcomes.input_bill({k: float(v) for k, v in prices.fte_month.items()}),
            "output_based": outcomes.output_bill({k: float(v) for k, v in prices.unit.items()}),
        }
    hours = _by_month(prices.of_team, outcomes.teams, term_months)
    units = _by_month(prices.of_service, outcomes.services, term_months)
    return {
        "input_based": charged(months.orders, hours).sum(axis=1),
        "output_based": charged(months.units, units).sum(axis=1),
    }


def parity_bill(outcomes: Outcomes, prices: Prices, term_months: int) -> Array:
    """Output-based bill of the term at parity, shape (draws,); see `quoted_bills`."""
    months, parity = outcomes.months, prices.by_year
    if not prices.is_yearly or months is None or parity is None:
        return outcomes.output_bill({k: float(v) for k, v in prices.parity.items()})

    def price(service: str, month: int) -> Decimal:
        return parity.unit[service][month // MONTHS_PER_YEAR]

    units = _by_month(price, outcomes.services, term_months)
    return np.asarray(charged(months.units, units).sum(axis=1))


def _by_month(
    price: Callable[[str, int], Decimal], names: Iterable[str], term_months: int
) -> Array:
    """Prices by month and name."""
    found = [[float(price(name, month)) for name in names] for month in range(term_months)]
    return np.array(found)
