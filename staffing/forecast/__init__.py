"""Forecasts of a service's volumes from its history, and how far off they have been.

A history becomes a `Series` of weeks or months; a `Method` continues it; `backtest` forecasts what
is known already, from many origins, and counts the errors; `bounds` makes P10 and P90 of them.
Nothing here knows a clock, a file or a price.
"""
