"""Units and orders of each month in every future, for bills that depend on them month by month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pricing.risk.model import Quantities

    Array = NDArray[np.float64]

_ORDER_TOLERANCE = 1e-6


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

    def units(self, month: int) -> Array:
        """Good units, never below 0, shape (draws, services); months count from 0."""
        return np.maximum(self.volume @ self.quantities.units_by_month[:, month], 0.0)

    def orders(self, month: int) -> Array:
        """FTE ordered, shape (draws, teams); as planned in the first months."""
        found, step = self.quantities, self.quantities.step
        if month < found.fixed_months:
            planned = found.planned_orders[month]
            return np.broadcast_to(planned, (self.draws, len(planned)))
        steps = self.work @ (found.order_moves[:, month] / step)
        steps += found.order_need[month] / step - _ORDER_TOLERANCE
        return np.maximum(np.ceil(steps), 0.0) * step


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
        """Good units, shape (draws, services)."""
        return np.asarray(np.multiply.outer(self.volume, self.planned_units[month]))

    def orders(self, month: int) -> Array:
        """People needed, FTE, shape (draws, teams)."""
        return np.asarray(self.people * self.planned_orders[month])
