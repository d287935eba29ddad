"""Amounts and quantities split by weights so that the parts sum to the whole exactly."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from pricing.money import decimal_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

_PLACES, _DIGITS = -12, 26  # sums of such parts fit the 28 digits of a Decimal


def spread(amount: Decimal, weights: NDArray[np.float64]) -> tuple[Decimal, ...]:
    """Split an amount by weights so that the parts sum to it exactly.

    Parameters
    ----------
    amount : Decimal
        What is split, of either sign.
    weights : ndarray, shape (n,)
        0 or more; all zero for equal parts.

    Returns
    -------
    tuple of Decimal
        n parts of twelve decimal places, or more where the amount has more; the last part with a
        weight takes what rounding leaves.
    """
    if not weights.any():
        weights = np.ones(len(weights))
    exact = [decimal_of(weight) for weight in weights]
    total = sum(exact, Decimal(0))
    places = int(amount.as_tuple().exponent)
    unit = Decimal(1).scaleb(min(places, max(_PLACES, amount.adjusted() - _DIGITS)))
    parts = [(amount * weight / total).quantize(unit) for weight in exact]
    last = max(index for index, weight in enumerate(exact) if weight)
    parts[last] += amount - sum(parts, Decimal(0))
    return tuple(parts)
