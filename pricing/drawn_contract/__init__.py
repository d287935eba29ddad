"""The contract over draws: what many futures are billed at once, month by month, in floats.

`pricing.invoice` is the judge: a month's bill here is its invoice before the rounding of lines.
"""
