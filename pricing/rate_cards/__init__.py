"""A house's own rates: wages, on-costs, labour rules, exchange rates, kinds of services."""

from pricing.rate_cards.document import RateCard
from pricing.rate_cards.fill import fill

__all__ = ["RateCard", "fill"]
