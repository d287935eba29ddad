"""The premium of the output-based price: derived from the draws, and attributed to risks.

Nobody adds it first. It is what the unit price must be above parity for the offer to hold what is
asked of it over all draws; parity is the price that recovers the plan. Attribution is by Shapley
(1953): what a group of factors adds, averaged over all orders in which groups can come. So it rests
on no order, and the parts add up to the premium exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import factorial
from typing import TYPE_CHECKING, Literal

from pricing.risk.measures import quantiles

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


@dataclass(frozen=True)
class Target:
    """What a price must hold.

    Parameters
    ----------
    kept : float
        Share of the bill left after SG&A and financing.
    margin : float
        Expected profit over expected bill, at least; below `kept`.
    floor : float
        Margin that nine draws of ten reach at least; below `kept`.
    """

    kept: float
    margin: float
    floor: float


@dataclass(frozen=True)
class DerivedPremium:
    """A premium, what asks for it, and which risks it is for.

    Parameters
    ----------
    premium : float
        Price over parity, less 1.
    binds : str
        ``margin`` where the expected margin asks for the price, ``floor`` where P10 does.
    parts : mapping of str to float
        By group; they add up to `premium`.
    """

    premium: float
    binds: Literal["margin", "floor"]
    parts: Mapping[str, float]


def premium_needed(
    parity_bill: Array, cost: Array, target: Target
) -> tuple[float, Literal["margin", "floor"]]:
    """Least premium on parity at which expected margin and floor both hold.

    ``E[C] / (E[B] (k - m)) - 1`` and ``P90(C / B) / (k - floor) - 1``, the larger of both.

    Parameters
    ----------
    parity_bill, cost : ndarray, shape (draws,)
        Bill at parity prices, above 0, and delivery cost.
    target : Target
        What is to hold.
    """
    expected = float(cost.mean() / parity_bill.mean()) / (target.kept - target.margin) - 1
    (dear,) = quantiles(cost / parity_bill, (0.9,))
    tail = dear / (target.kept - target.floor) - 1
    return (expected, "margin") if expected >= tail else (tail, "floor")


def shapley(groups: Sequence[str], worth: Callable[[frozenset[str]], float]) -> dict[str, float]:
    """Attribute ``worth(all) - worth(none)`` to groups.

    Parameters
    ----------
    groups : sequence of str
        Groups.
    worth : callable
        Of a set of groups, the others being as planned; asked once for each set.

    Returns
    -------
    dict
        ``sum over S without i of |S|! (n - |S| - 1)! / n! (worth(S + i) - worth(S))``.
    """
    found = {
        frozenset(some): worth(frozenset(some))
        for size in range(len(groups) + 1)
        for some in combinations(groups, size)
    }
    count = len(groups)
    parts = {}
    for group in groups:
        terms = [
            factorial(len(some))
            * factorial(count - len(some) - 1)
            * (found[some | {group}] - value)
            for some, value in found.items()
            if group not in some
        ]
        parts[group] = sum(terms) / factorial(count)
    return parts
