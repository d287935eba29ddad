"""Rates at the margin: what more or less work would have to be sold at, from re-solved steps."""

from pricing.rates.report import RateReport, RateRequest
from pricing.rates.study import rate_report

__all__ = ["RateReport", "RateRequest", "rate_report"]
