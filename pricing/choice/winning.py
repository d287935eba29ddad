"""Winning the deal, and what the work costs when it is won: the winner's curse.

A rival bids too. Where its bid follows the work, a vendor with flat prices wins the hard clients
more often than the easy ones: the cost of the work that is won is above that of the work offered.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf
from typing import TYPE_CHECKING

import numpy as np

from staffing.errors import BadInputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pricing.choice.menu import Menu

    Array = NDArray[np.float64]

_NODES = 400
_FARTHEST = 9.0


@dataclass(frozen=True)
class WinCurve:
    """Probability of winning over the ratio of our bill to the rival's, logistic.

    ``P(win) = 1 / (1 + exp(steepness (bill / rival - 1)))``: one half at the rival's bill.

    Parameters
    ----------
    steepness : float
        Above 0; at 10 a bill 10 % above the rival's wins 27 % of deals, one 10 % below 73 %.
    """

    steepness: float

    def __post_init__(self) -> None:
        """Refuse a curve that rises with the bill."""
        if not 0 < self.steepness < inf:
            raise BadInputError.at("steepness", self.steepness, "a finite number above 0")

    def probability(self, bill: Array | float, rival: Array | float) -> Array:
        """Probability of winning, shape of the bills; rival's bills above 0."""
        exponent = self.steepness * (np.asarray(bill) / rival - 1)
        return np.asarray(1 / (1 + np.exp(np.clip(exponent, -700, 700))), dtype=float)


@dataclass(frozen=True)
class Won:
    """What a menu is expected to bring, all per unit offered.

    ``revenue`` and ``cost`` count only the deals that are won; `cost_offered` is the cost of a
    unit before it is known whether the deal is won.
    """

    probability: float
    revenue: float
    cost: float
    cost_offered: float

    @property
    def profit(self) -> float:
        """Expected profit per unit offered."""
        return self.revenue - self.cost

    @property
    def margin(self) -> float:
        """Expected profit over expected revenue of the deals won; 0 where none is."""
        return self.profit / self.revenue if self.revenue else 0.0

    @property
    def curse(self) -> float:
        """Cost of a unit won over that of a unit offered, less 1."""
        offered = self.probability * self.cost_offered
        return self.cost / offered - 1 if offered else 0.0


def won(menu: Menu, cost_per_hour: float, rival_rate: float, curve: WinCurve) -> Won:
    """Expected deals of a menu against a rival that sells the same hours at its own rate.

    Integrates over the client's signal (trapezoidal rule on normal scores).

    Parameters
    ----------
    menu : Menu
        Our prices.
    cost_per_hour : float
        0 or more, the same under both offers.
    rival_rate : float
        Rival's price per productive hour, above 0.
    curve : WinCurve
        How bills win.
    """
    if not 0 < rival_rate < inf:
        raise BadInputError.at("rival_rate", rival_rate, "a finite number above 0")
    scores = np.linspace(-_FARTHEST, _FARTHEST, _NODES * 2 + 1)
    weights = np.exp(-(scores**2) / 2)
    weights /= weights.sum()
    sd = menu.signal_sd
    hours = menu.hours_per_unit * menu.mean_complexity * np.exp(sd * scores - sd**2 / 2)
    bill = np.minimum(menu.rate * hours, menu.unit_price)
    chance = weights * curve.probability(bill, rival_rate * hours)
    return Won(
        probability=float(chance.sum()),
        revenue=float(chance @ bill),
        cost=float(chance @ (cost_per_hour * hours)),
        cost_offered=float(weights @ (cost_per_hour * hours)),
    )


def most_profitable(
    menus: tuple[Menu, ...], cost_per_hour: float, rival_rate: float, curve: WinCurve
) -> Menu:
    """Return the menu of the highest expected profit, the first of equal ones."""
    if not menus:
        raise BadInputError.at("menus", "none", "at least one menu")
    return max(menus, key=lambda menu: won(menu, cost_per_hour, rival_rate, curve).profit)


def at_level(menu: Menu, premium: float) -> Menu:
    """Return the menu with both prices lifted by the same premium, above -1."""
    if not -1 < premium < inf:
        raise BadInputError.at("premium", premium, "a finite number above -1")
    return replace(menu, rate=menu.rate * (1 + premium), unit_price=menu.unit_price * (1 + premium))
