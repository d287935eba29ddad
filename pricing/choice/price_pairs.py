"""Pairs of prices that hold a margin after the client's choice; lognormal, one service."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf
from typing import TYPE_CHECKING

from staffing.errors import BadInputError

if TYPE_CHECKING:
    from pricing.choice.menu import Menu

_ROUNDING = 1e-12
_HALVINGS = 200


@dataclass(frozen=True)
class Target:
    """What a menu must bring.

    Parameters
    ----------
    cost_per_hour : float
        Vendor's cost of a productive hour, above 0; the same under both offers.
    margin : float
        Expected profit over expected revenue, 0 to below 1.
    """

    cost_per_hour: float
    margin: float

    def __post_init__(self) -> None:
        """Refuse a margin that no price can hold."""
        if not 0 < self.cost_per_hour < inf:
            raise BadInputError.at("cost_per_hour", self.cost_per_hour, "a number above 0")
        if not 0 <= self.margin < 1:
            raise BadInputError.at("margin", self.margin, "a share from 0 to below 1")

    def revenue(self, menu: Menu) -> float:
        """Revenue per unit that the margin takes, ``c h E[K] / (1 - m)``."""
        return self.stand_alone_rate * menu.hours_per_unit * menu.mean_complexity

    @property
    def stand_alone_rate(self) -> float:
        """Lowest rate at which hours alone hold the margin, ``c / (1 - m)``."""
        return self.cost_per_hour / (1 - self.margin)


@dataclass(frozen=True)
class PricePair:
    """A rate and the unit price that holds the margin beside it, with premiums on stand-alone."""

    rate: float
    unit_price: float
    rate_premium: float
    unit_premium: float


def grossed_up(amount: float, sga: float, financing: float) -> float:
    """Cost or margin that stands for it once SG&A and financing take their share of price.

    ``x / (1 - g - f)``; both shares 0 or more, together below 1.
    """
    if not 0 <= sga + financing < 1:
        raise BadInputError.at("sga", sga + financing, "with financing, 0 to below 1")
    return amount / (1 - sga - financing)


def unit_price_holding(menu: Menu, target: Target) -> float:
    """Lowest unit price that holds the margin after choice beside the rate of `menu`.

    Infinite where no unit price does: at the stand-alone rate and below, for whatever the client
    takes by the unit then lowers the revenue. Without private knowledge the parity price does.

    Parameters
    ----------
    menu : Menu
        Its unit price is not read.
    target : Target
        Cost and margin.
    """
    wanted = target.revenue(menu)
    if wanted == 0:
        return 0.0
    if menu.signal_sd == 0:
        return wanted if menu.hourly_bill >= wanted * (1 - _ROUNDING) else inf
    if menu.hourly_bill <= wanted * (1 + _ROUNDING):
        return inf
    low = high = wanted
    while replace(menu, unit_price=high).revenue < wanted:
        high *= 2
        if high == inf:
            return inf
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if replace(menu, unit_price=middle).revenue < wanted:
            low = middle
        else:
            high = middle
    return high


def price_pairs(menu: Menu, target: Target, premiums: tuple[float, ...]) -> tuple[PricePair, ...]:
    """Curve of the pairs that hold the margin after choice, one for each premium on the rate."""
    rate = target.stand_alone_rate
    return tuple(_pair(menu, target, rate * (1 + premium), premium) for premium in sorted(premiums))


def equal_premium_pair(menu: Menu, target: Target) -> PricePair:
    """Return the pair with the same premium on both stand-alone prices.

    Revenue after choice is proportional to the pair: the premium is the revenue wanted over that of
    the stand-alone pair, less 1.
    """
    rate, unit_price = target.stand_alone_rate, target.revenue(menu)
    alone = replace(menu, rate=rate, unit_price=unit_price)
    premium = unit_price / alone.revenue - 1
    return PricePair(rate * (1 + premium), unit_price * (1 + premium), premium, premium)


def _pair(menu: Menu, target: Target, rate: float, premium: float) -> PricePair:
    parity = target.revenue(menu)
    price = unit_price_holding(replace(menu, rate=rate), target)
    return PricePair(rate, price, premium, price / parity - 1 if parity else 0.0)
