"""Charts of a quote: pure functions from its JSON to a Vega-Lite specification.

Amounts arrive as text. Sums are made in decimals; what becomes a float is a position on an axis,
and tooltips show the amounts as they were written.
"""

from pricing.charts.bills import bills_over_volume
from pricing.charts.contract_bills import contract_bills_over_volume
from pricing.charts.spread import bill_spread
from pricing.charts.waterfall import cost_waterfall

__all__ = ["bill_spread", "bills_over_volume", "contract_bills_over_volume", "cost_waterfall"]
