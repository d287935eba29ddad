"""How likely a bill is above what the client can spend, where the engagement says what that is."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pricing.money import Money

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pricing.engagement import Engagement

    Array = NDArray[np.float64]

_PLACES = 4


def budget_of(engagement: Engagement, asked: str | None = None) -> Money | None:
    """Budget of the term: the one asked about, else as the engagement states it; None: none.

    Parameters
    ----------
    engagement : Engagement
        Its `commercial.client_budget`, and its currency.
    asked : str, optional
        Another amount.
    """
    budget = engagement.commercial.client_budget if asked is None else Decimal(asked)
    return None if budget is None else Money.of(budget, engagement.currency)


def probability_over_budget(engagement: Engagement, bill: Array) -> float | None:
    """Share of the draws in which the bill exceeds the stated budget; None without one.

    Parameters
    ----------
    engagement : Engagement
        Its `commercial.client_budget`.
    bill : ndarray, shape (draws,)
        Of the term, before tax.
    """
    budget = budget_of(engagement)
    if budget is None:
        return None
    return round(float((bill > float(budget.amount)).mean()), _PLACES)
