"""Units and orders of each month in every future, for bills that depend on them month by month."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from pricing.risk.model import Quantities

    Array = NDArray[np.float64]

_ORDER_TOLERANCE = 1e-6


def charged(quantity: Callable[[int], Array], prices: Array) -> Array:
    """Quantities of every month at the prices of that month, over the term.

    Parameters
    ----------
    quantity : callable
        Quantities of a month, 0 first, shape (items, draws).
    prices : ndarray, shape (months, items)
        Price of one.

    Returns
    -------
    ndarray, shape (draws, items)
    """
    total = quantity(0) * prices[0][:, None]
    for month in range(1, len(prices)):
        total += quantity(month) * prices[month][:, None]
    return np.asarray(total.T)


@dataclass(frozen=True)
class MonthsAlongFactors:
    """Months read off the work coordinates of the draws.

    Parameters
    ----------
    quantities : Quantities
        What is ordered and served along the coordinates.
    work, volume : ndarray, shape (draws, 3)
        Coordinates of the client's work, and of its volume.
    """

    quantities: Quantities
    work: Array
    volume: Array

    @property
    def draws(self) -> int:
        """Futures."""
        return len(self.work)

    @cached_property
    def _work(self) -> Array:
        return np.ascontiguousarray(self.work.T)

    @cached_property
    def _volume(self) -> Array:
        return np.ascontiguousarray(self.volume.T)

    def some(self, futures: slice) -> MonthsAlongFactors:
        """Some of the futures."""
        return MonthsAlongFactors(self.quantities, self.work[futures], self.volume[futures])

    def units(self, month: int) -> Array:
        """Good units, never below 0, shape (services, draws); months count from 0."""
        found = self.quantities.units_by_month[:, month].T @ self._volume
        return np.maximum(found, 0.0, out=found)

    def orders(self, month: int) -> Array:
        """FTE ordered, shape (teams, draws); as planned in the first months."""
        found, step = self.quantities, self.quantities.step
        if month < found.fixed_months:
            planned = found.planned_orders[month]
            return np.repeat(planned[:, None], self.draws, axis=1)
        steps = (found.order_moves[:, month] / step).T @ self._work
        steps += (found.order_need[month] / step - _ORDER_TOLERANCE)[:, None]
        np.maximum(np.ceil(steps, out=steps), 0.0, out=steps)
        steps *= step
        return steps


@dataclass(frozen=True)
class MonthsInProportion:
    """Months that are a multiple of the plan, each future one multiple throughout.

    Parameters
    ----------
    planned_units, planned_orders : ndarray, shape (months, services) and (months, teams)
        As planned.
    volume, people : ndarray, shape (draws,) and (draws, teams)
        Units and people over plan.
    """

    planned_units: Array
    planned_orders: Array
    volume: Array
    people: Array

    @property
    def draws(self) -> int:
        """Futures."""
        return len(self.volume)

    def units(self, month: int) -> Array:
        """Good units, shape (services, draws)."""
        return np.asarray(np.multiply.outer(self.planned_units[month], self.volume))

    def some(self, futures: slice) -> MonthsInProportion:
        """Some of the futures."""
        return replace(self, volume=self.volume[futures], people=self.people[futures])

    def orders(self, month: int) -> Array:
        """People needed, FTE, shape (teams, draws)."""
        return np.asarray((self.people * self.planned_orders[month]).T)
