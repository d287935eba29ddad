"""Fill rate: share of the ordered places that people held, and the credit for too few."""

from __future__ import annotations

from decimal import Decimal

_POINTS = 100


def fill_rate_credit(
    ordered: Decimal,
    filled: Decimal,
    *,
    target: Decimal,
    credit_per_point: Decimal,
    cap: Decimal,
) -> Decimal:
    """Credit as a share of the team's charge, ``min(cap, points below target x credit)``.

    Parameters
    ----------
    ordered, filled : Decimal
        FTE ordered, and held by people on average; filled beyond the order counts as the order.
    target : Decimal
        Fill rate promised, 0 to 1.
    credit_per_point : Decimal
        Share of the charge credited for each percentage point below the target, 0 to 1.
    cap : Decimal
        Most that is credited, share of the charge, 0 to 1.

    Raises
    ------
    ValueError
        Negative FTE, or shares outside 0 to 1.
    """
    if ordered < 0 or filled < 0:
        raise ValueError("FTE are 0 or more")
    if not all(0 <= share <= 1 for share in (target, credit_per_point, cap)):
        raise ValueError("target, credit and cap are 0 to 1")
    if ordered == 0:
        return Decimal(0)
    rate = min(Decimal(1), filled / ordered)
    points = max(Decimal(0), target - rate) * _POINTS
    return min(cap, points * credit_per_point)
