"""Charts of a quote: pure functions from its JSON to a Vega-Lite specification.

Amounts arrive as text. Sums are made in decimals; what becomes a float is a position on an axis,
and tooltips show the amounts as they were written.
"""

from pricing.charts.beliefs import belief_heat_map
from pricing.charts.bills import bills_over_volume
from pricing.charts.cash_flow import cash_over_term
from pricing.charts.client_bills import bills_with_bands
from pricing.charts.contract_bills import contract_bills_over_volume
from pricing.charts.savings import savings_waterfall
from pricing.charts.scenario_bills import scenario_bills, scenario_spreads
from pricing.charts.scenario_histograms import scenario_histogram
from pricing.charts.scenarios import scenario_bridge, scenario_tornado
from pricing.charts.spread import bill_spread, client_spread
from pricing.charts.waterfall import cost_waterfall

__all__ = [
    "belief_heat_map",
    "bill_spread",
    "bills_over_volume",
    "bills_with_bands",
    "cash_over_term",
    "client_spread",
    "contract_bills_over_volume",
    "cost_waterfall",
    "savings_waterfall",
    "scenario_bills",
    "scenario_bridge",
    "scenario_histogram",
    "scenario_spreads",
    "scenario_tornado",
]
