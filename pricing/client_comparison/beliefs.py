"""Which offer for which belief: both bills over a grid of volume and productivity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pricing.client_comparison.document import Belief, BeliefMap
from pricing.money import Money, quantize_amount

if TYPE_CHECKING:
    from decimal import Decimal

    from pricing.client_comparison.document import Cheaper
    from pricing.client_comparison.staircase import Bills

VOLUMES = tuple(round(0.5 + 0.05 * i, 2) for i in range(21))
PRODUCTIVITIES = tuple(round(0.75 + 0.025 * i, 3) for i in range(21))
BELIEF_RANGE = (0.1, 3.0)
_PLACES = 4


def belief(bills: Bills, volume: float, productivity: float, currency: str) -> Belief:
    """Both monthly bills under one belief.

    Parameters
    ----------
    bills : Bills
        Of the bundle.
    volume, productivity : float
        Shares of plan, 0.1 to 3.
    """
    one, two = (quantize_amount(bill, currency) for bill in bills.both(volume, productivity))
    difference = round(float(two / one) - 1, _PLACES) if one else 0.0
    return Belief(
        volume=volume,
        productivity=productivity,
        input_based=Money.of(one, currency),
        output_based=Money.of(two, currency),
        difference=difference,
        cheaper=cheaper_of(one, two),
    )


def belief_map(bills: Bills, currency: str) -> BeliefMap:
    """Both bills for volumes of 50 to 150 % and productivities of 75 to 125 % of plan."""
    return BeliefMap(
        volumes=VOLUMES,
        productivities=PRODUCTIVITIES,
        cells=tuple(
            belief(bills, volume, productivity, currency)
            for volume in VOLUMES
            for productivity in PRODUCTIVITIES
        ),
    )


def cheaper_of(input_bill: Decimal, output_bill: Decimal) -> Cheaper:
    """Name the cheaper offer."""
    if input_bill == output_bill:
        return "equal"
    return "input_based" if input_bill < output_bill else "output_based"
