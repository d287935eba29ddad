"""Prices that levels multiply: parity of the term, or of each month where months differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pricing.choice.lot import MonthlyPrices, ReferencePrices
from pricing.term.price_periods import discount_factors
from staffing.calendar import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from decimal import Decimal

    from pricing.engagement import Engagement
    from pricing.prices import Prices
    from staffing.plan import StaffingPlan


def reference_prices(engagement: Engagement, plan: StaffingPlan, prices: Prices) -> ReferencePrices:
    """Parity as reference prices of the futures of a plan.

    Parameters
    ----------
    engagement : Engagement
        Whether prices recover discounted cost.
    plan : StaffingPlan
        Its teams and services, in the order of the outcomes.
    prices : Prices
        Parity prices at the target margin.
    """
    return ReferencePrices(
        fte_month={name: float(price) for name, price in prices.fte_parity.items()},
        unit={name: float(price) for name, price in prices.parity.items()},
        service_of={team.name: team.service for team in plan.teams},
        monthly=_monthly(engagement, plan, prices),
    )


def discount_of(engagement: Engagement) -> tuple[float, ...] | None:
    """What money of each contract month is worth at the start; None where all counts alike."""
    commercial = engagement.commercial
    if commercial.discounting == "none":
        return None
    factors = discount_factors(commercial.capital_cost.value, engagement.term_months)
    return tuple(float(factor) for factor in factors)


def term_notes(engagement: Engagement) -> tuple[str, ...]:
    """What a reader must know of prices that are not one flat price for undiscounted cost."""
    commercial, notes = engagement.commercial, []
    if commercial.price_over_term == "yearly":
        notes.append(
            "each contract year has its own prices: parity of the year times the level; margin and "
            "bad futures are those of the whole term"
        )
    if commercial.discounting == "capital_cost":
        notes.append(
            f"bills, costs and margins are discounted to the start at "
            f"{commercial.capital_cost.value:.1%} a year, and the client is taken to weigh its "
            "bills likewise"
        )
    return tuple(notes)


def _monthly(engagement: Engagement, plan: StaffingPlan, prices: Prices) -> MonthlyPrices | None:
    """Parity by month, discounted where asked for; None where one price holds and counts alike."""
    parity, discount = prices.by_year, discount_of(engagement)
    if parity is None or (discount is None and not parity.is_yearly):
        return None
    months = engagement.term_months
    worth = np.ones(months) if discount is None else np.array(discount)
    by_year = (
        [parity.fte_month[team.name] for team in plan.teams],
        [parity.unit[volume.service] for volume in plan.volumes],
    )
    fte_month, unit = (
        np.array([_by_month(years, months) for years in found]).T * worth[:, None]
        for found in by_year
    )
    return MonthlyPrices(fte_month, unit, discount)


def _by_month(by_year: tuple[Decimal, ...], months: int) -> list[float]:
    return [float(by_year[month // MONTHS_PER_YEAR]) for month in range(months)]
