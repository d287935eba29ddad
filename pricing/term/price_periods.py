"""What a price over a term recovers: one flat price, a price for each year, an indexed price.

    flat price = sum of d_m c_m (1 + kappa) / [(1 - g - f - m) sum of d_m x_m q_m]

over the months m of the term, with cost c, quantity q, discount factor d (1 unless asked for) and
index factor x (1 without a clause or an assumed growth of its index). A price for each year takes
the same sums over the months of that year alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from pricing.cost import monthly_cost
from pricing.terms.indexation import index_factors
from staffing.calendar import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pricing.briefing import TeamTerms
    from pricing.cost import CostLine
    from pricing.engagement import Engagement
    from staffing.plan import StaffingPlan

_ONE = Decimal(1)


@dataclass(frozen=True)
class PricePeriods:
    """Months that share a price, what it recovers there, and what a quantity of a month counts.

    Parameters
    ----------
    months : tuple of range
        Contract months of each period, 0 first: the whole term, or one range for each year.
    cost : mapping
        By team: cost to recover in each period, contingency included, discounted where asked for.
    discount : tuple of Decimal
        Discount factor of each month; all 1 without discounting.
    index : tuple of Decimal
        Price over first-year price by contract year; all 1 without indexation.
    monthly : mapping
        By team: the months' cost where it is discounted, else empty.
    """

    months: tuple[range, ...]
    cost: Mapping[str, tuple[Decimal, ...]]
    discount: tuple[Decimal, ...]
    index: tuple[Decimal, ...]
    monthly: Mapping[str, tuple[Decimal, ...]]

    @property
    def is_yearly(self) -> bool:
        """Whether what is paid for one unit differs from year to year."""
        return len(self.months) > 1 or any(factor != 1 for factor in self.index)

    def counted(self, quantities: Sequence[Decimal]) -> tuple[Decimal, ...]:
        """Quantities by period, each month discounted and indexed."""
        return tuple(
            sum((quantities[m] * self.weights[m] for m in months), Decimal(0))
            for months in self.months
        )

    def by_year(self, prices: Sequence[Decimal]) -> tuple[Decimal, ...]:
        """Price of each contract year, from that of each period, unrounded."""
        if len(prices) > 1:
            return tuple(prices)
        return tuple(prices[0] * factor for factor in self.index)

    @property
    def weights(self) -> tuple[Decimal, ...]:
        """What a quantity of each month counts, discount times index."""
        return tuple(
            factor * self.index[month // MONTHS_PER_YEAR]
            for month, factor in enumerate(self.discount)
        )


def price_periods(
    engagement: Engagement,
    teams: tuple[TeamTerms, ...],
    plan: StaffingPlan,
    lines: tuple[CostLine, ...],
) -> PricePeriods:
    """Gather what the prices of an engagement recover.

    Parameters
    ----------
    engagement : Engagement
        `commercial.price_over_term`, `discounting` and `index_growth_per_year`.
    teams, plan, lines
        As for `pricing.cost.monthly_cost`.
    """
    commercial, term = engagement.commercial, engagement.term_months
    yearly = commercial.price_over_term == "yearly"
    step = MONTHS_PER_YEAR if yearly else term
    months = tuple(range(first, min(first + step, term)) for first in range(0, term, step))
    discount = (_ONE,) * term
    monthly: dict[str, tuple[Decimal, ...]] = {}
    if commercial.discounting == "capital_cost":
        discount = discount_factors(commercial.capital_cost.value, term)
        monthly = _by_team_and_month(engagement, teams, plan, lines)
        cost = {
            name: tuple(_discounted(amounts, discount, period) for period in months)
            for name, amounts in monthly.items()
        }
    else:
        years = [{1 + month // MONTHS_PER_YEAR for month in period} for period in months]
        cost = {
            team.name: tuple(
                sum(
                    (x.amount for x in lines if x.team == team.name and x.year in period),
                    Decimal(0),
                )
                for period in years
            )
            for team in plan.teams
        }
    return PricePeriods(months, cost, discount, expected_index(engagement), monthly)


def discount_factors(yearly_rate: Decimal, months: int) -> tuple[Decimal, ...]:
    """``1 / (1 + r)^(m / 12)`` at the end of each month, the first month first."""
    return tuple(
        1 / (1 + yearly_rate) ** (Decimal(month) / MONTHS_PER_YEAR)
        for month in range(1, months + 1)
    )


def expected_index(engagement: Engagement) -> tuple[Decimal, ...]:
    """Expected price over first-year price by contract year, the clause's floor and cap applied."""
    num_years = -(-engagement.term_months // MONTHS_PER_YEAR)
    growth = engagement.commercial.index_growth_per_year
    clause = engagement.contract.indexation if engagement.contract else None
    if growth is None or clause is None:
        return (_ONE,) * num_years
    levels = [(1 + growth.value) ** year for year in range(num_years)]
    return index_factors(clause, levels)


def _by_team_and_month(
    engagement: Engagement,
    teams: tuple[TeamTerms, ...],
    plan: StaffingPlan,
    lines: tuple[CostLine, ...],
) -> dict[str, tuple[Decimal, ...]]:
    sums = {team.name: [Decimal(0)] * engagement.term_months for team in plan.teams}
    for line in monthly_cost(engagement, teams, plan, lines):
        sums[line.team][line.month - 1] += line.amount
    return {name: tuple(amounts) for name, amounts in sums.items()}


def _discounted(amounts: Sequence[Decimal], discount: Sequence[Decimal], months: range) -> Decimal:
    return sum((amounts[month] * discount[month] for month in months), Decimal(0))
