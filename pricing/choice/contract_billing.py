"""Bills of the lots of a study at any levels, under the contract of the engagement or another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pricing.agreement import AgreedPrices, agree_at
from pricing.choice.reference_prices import discount_of
from pricing.drawn_contract.drawn import METHODS, drawn_terms
from pricing.money import decimal_of, quantize_unit_price
from pricing.role_floors import lifted_to_floor
from pricing.term.agreed_years import priced_by_year
from staffing.calendar import MONTHS_PER_YEAR, WEEKS_PER_YEAR

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pricing.agreement import Agreement
    from pricing.briefing import TeamTerms
    from pricing.choice.ground import ChoiceGround
    from pricing.choice.levels import Pair
    from pricing.drawn_contract.drawn import DrawnTerms
    from pricing.engagement import Engagement
    from pricing.engagement.contract import Contract
    from pricing.quote import Method
    from staffing.plan import StaffingPlan

    Array = NDArray[np.float64]
    Bills = dict[Method, Array]

PLACES = 12  # prices of a level that is searched for are hardly rounded


@dataclass(frozen=True)
class Billing:
    """Bills of the lots of a study at any levels, under the contract or another one.

    Parameters
    ----------
    ground : ChoiceGround
        Lots, parity prices and futures.
    teams, plan
        Terms of the teams, and the plan.
    """

    ground: ChoiceGround
    teams: tuple[TeamTerms, ...]
    plan: StaffingPlan

    def at(
        self,
        levels: tuple[Pair, ...],
        contract: Contract | None = None,
        methods: tuple[Method, ...] = METHODS,
    ) -> Bills:
        """Bills by lot at a pair of levels for each, shape (draws, lots).

        They are discounted where prices recover discounted cost.
        """
        months, factors = self.ground.outcomes.months, self.ground.outcomes.factors
        assert months is not None  # noqa: S101 (`under_contract` asks for them)
        discount = discount_of(self.ground.engagement)
        found = self.terms(levels, contract).bills(months, factors, methods, discount)
        services = self.ground.outcomes.services
        inside = [[services.index(name) for name in one.lot.services] for one in self.ground.lots]
        return {
            method: np.stack([bill[:, at].sum(axis=1) for at in inside], axis=1)
            for method, bill in found.items()
        }

    def terms(self, levels: tuple[Pair, ...], contract: Contract | None = None) -> DrawnTerms:
        """Terms at the prices of some levels; the contract of the engagement unless another."""
        engagement = self.ground.engagement
        if contract is not None:
            engagement = engagement.model_copy(update={"contract": contract})
        pair_of = {
            name: pair
            for one, pair in zip(self.ground.lots, levels, strict=True)
            for name in one.lot.services
        }
        years = -(-engagement.term_months // MONTHS_PER_YEAR) if priced_by_year(engagement) else 1
        agreements = tuple(self._agreed(engagement, pair_of, year) for year in range(years))
        return drawn_terms(engagement, self.plan, agreements)

    def _agreed(self, engagement: Engagement, pair_of: dict[str, Pair], year: int) -> Agreement:
        """The contract at the prices of a year; the index moves those of the first."""
        parity = self.ground.prices.by_year
        assert parity is not None  # noqa: S101 (prices at parity have it)
        month, hour, unit = {}, {}, {}
        for team in self.teams:
            service = team.service.name
            price = parity.fte_month[team.name][year] * decimal_of(pair_of[service].hours)
            price = lifted_to_floor(engagement, service, price)
            hours = team.rates.contract_hours_per_week * decimal_of(WEEKS_PER_YEAR)
            month[team.name] = quantize_unit_price(price, PLACES)
            hour[team.name] = quantize_unit_price(price * MONTHS_PER_YEAR / hours, PLACES)
        for name, pair in pair_of.items():
            price = parity.unit[name][year] * decimal_of(pair.units)
            unit[name] = quantize_unit_price(price, PLACES)
        prices = AgreedPrices(month, hour, unit, PLACES)
        return agree_at(engagement, self.teams, self.plan, prices)
