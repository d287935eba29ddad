"""The registry of a quote: the fields of every part of it.

A part that is computed in a package of its own may keep its fields there, as a mapping from
pattern to `Field`, and is added here by one line.
"""

from __future__ import annotations

from pricing.explain.fields import (
    about,
    agreement,
    chosen,
    comparison,
    cost,
    hours,
    in_house,
    offers,
    price_periods,
    prices,
    rates,
    risk,
    staffing,
    term,
    workings,
)
from pricing.explain.registry import Registry

REGISTRY = Registry.of(
    about.FIELDS,
    agreement.FIELDS,
    chosen.FIELDS,
    offers.FIELDS,
    prices.FIELDS,
    price_periods.FIELDS,
    rates.FIELDS,
    cost.FIELDS,
    hours.FIELDS,
    in_house.FIELDS,
    comparison.FIELDS,
    risk.FIELDS,
    staffing.FIELDS,
    term.FIELDS,
    workings.FIELDS,
)
