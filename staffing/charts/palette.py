"""The colours of all charts.

The first four are those of Okabe and Ito (2008), "Color Universal Design", which people who see
colours differently tell apart; all stand out from a white page and from a dark one at 3:1 or
better (WCAG 2.2, 1.4.11).
"""

from __future__ import annotations

BLUE, ORANGE, GREEN, PURPLE = "#0072B2", "#D55E00", "#009E73", "#CC79A7"
SKY, SLATE, GREY, RED = "#3B94C8", "#66748A", "#8A93A3", "#E0263C"

# For things of one kind, in this order.
SERIES = (BLUE, ORANGE, GREEN, PURPLE, SKY, SLATE)
