"""What the cost of a future is worth at the start, where prices recover discounted cost.

Money of a contract year is discounted as the plan's money of that year is, month by month; what is
not kept by year (recruiting, seats, IT, transition) as the plan's over the term. So the plan itself
is discounted exactly, and a future by the years its cost falls in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pricing.cost import monthly_cost, plan_cost
from pricing.risk.rates import kind_of
from pricing.term.price_periods import discount_factors
from staffing.calendar import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pricing.briefing import TeamTerms
    from pricing.engagement import Engagement
    from staffing.plan import StaffingPlan

    Array = NDArray[np.float64]

_CONTINGENCY = "contingency"


@dataclass(frozen=True)
class PresentWorth:
    """Present worth of one unit of money, by service; above 0 to 1.

    Parameters
    ----------
    by_part : ndarray, shape (services, parts)
        Of the parts a solved cost is kept in: other, then at home and abroad by contract year.
    """

    by_part: Array

    def of(self, parts: Array) -> Array:
        """Cost by part, shape (draws, services, parts), as it is worth at the start."""
        return np.asarray(parts * self.by_part)


def present_worth(
    engagement: Engagement, teams: tuple[TeamTerms, ...], plan: StaffingPlan
) -> PresentWorth | None:
    """Read off the plan what money of each part is worth; None where nothing is discounted.

    Parameters
    ----------
    engagement : Engagement
        Its `commercial.discounting` at `capital_cost`.
    teams, plan
        As for `pricing.cost.monthly_cost`.
    """
    commercial, months = engagement.commercial, engagement.term_months
    if commercial.discounting == "none":
        return None
    services = [volume.service for volume in plan.volumes]
    service_of = {team.name: services.index(team.service) for team in plan.teams}
    other, people = (np.zeros((len(services), months)) for _ in range(2))
    for line in monthly_cost(engagement, teams, plan, plan_cost(engagement, teams, plan)):
        # The contingency of a line falls with the line.
        if line.name != _CONTINGENCY:
            of_kind = other if kind_of(line.name) == "other" else people
            of_kind[service_of[line.team], line.month - 1] += float(line.amount)
    factors = np.array([float(d) for d in discount_factors(commercial.capital_cost.value, months)])
    by_year = [
        _worth(people[:, first : first + MONTHS_PER_YEAR], factors[first : first + MONTHS_PER_YEAR])
        for first in range(0, months, MONTHS_PER_YEAR)
    ]
    return PresentWorth(np.stack([_worth(other, factors), *by_year, *by_year], axis=1))


def _worth(amounts: Array, factors: Array) -> Array:
    """Mean discount of amounts by service and month; of even ones where there are none."""
    total = amounts.sum(axis=1)
    even = np.full(len(amounts), factors.mean())
    return np.divide(amounts @ factors, total, out=even, where=total > 0)
