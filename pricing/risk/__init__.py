"""Risk of both offers: what may come, what it costs and bills, and how far each can be off."""

from pricing.risk.term_spread import assess_risk

__all__ = ["assess_risk"]
