"""The price rule of rates: cost at the margin to charge, and its rounding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pricing.input_based import PriceTerms, price_from_cost
from pricing.money import Money, decimal_of

if TYPE_CHECKING:
    from decimal import Decimal

    from pricing.engagement import Engagement


@dataclass(frozen=True)
class RateRule:
    """Price rule and rounding of an engagement, for costs with their contingency in them."""

    engagement: Engagement
    terms: PriceTerms

    def price(self, cost: Decimal) -> Decimal:
        """Price of a cost that holds its contingency, unrounded."""
        return price_from_cost(cost, self.terms)

    def with_contingency(self, cost: float) -> Decimal:
        """Cost with contingency on top, ``cost (1 + kappa)``."""
        return decimal_of(cost) * (1 + self.terms.contingency)

    def margin(self, price: Decimal, cost: Decimal) -> float | None:
        """Share of a price that is left after cost, SG&A and financing; None for a price of 0."""
        if not price:
            return None
        taken = self.terms.sga + self.terms.financing_share
        return round(float(1 - cost / price - taken), 6)

    def per_unit(self, slope: float, units: Decimal) -> Money:
        """Price of a unit from a cost per whole volume, without contingency."""
        return self.unit(self.price(self.with_contingency(slope)) / units)

    def amount(self, value: Decimal) -> Money:
        """Round an amount and wrap it."""
        return Money.of(value, self.engagement.currency)

    def unit(self, value: Decimal) -> Money:
        """Round a unit price and wrap it."""
        places = self.engagement.commercial.unit_price_places
        return Money.unit_price(value, self.engagement.currency, places)
