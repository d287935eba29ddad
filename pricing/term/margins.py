"""Margins over the term, by how much of the cost is taken off.

    contribution = bill - cost that moves with the people who do the work
    gross        = bill - all cost of delivery (contingency and transition included)
    operating    = gross - SG&A

What is left after financing is the margin of the offer.
"""

from __future__ import annotations

_MOVING = frozenset({"overtime", "surge", "recruiting", "it"})
_MOVING_FAMILIES = ("labour_", "premium_")


def moves_with_people(line: str) -> bool:
    """Whether a cost line moves with the people who do the work.

    Wages, premiums, overtime, surge, recruiting and IT per person do; supporting roles, seats,
    transition, contingency, and whatever is not named here, do not.
    """
    return line in _MOVING or line.startswith(_MOVING_FAMILIES)
