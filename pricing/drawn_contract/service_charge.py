"""What a service is charged in one month of every future, under the terms of its own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from pricing.terms.output.glide_path import glide_factor
from pricing.tiers import charges
from staffing.calendar import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pricing.agreement import AgreedService
    from pricing.engagement.contract_output import ServiceTerms
    from pricing.terms.output.base_band import BaseBand
    from pricing.terms.output.collar import CollarTerms
    from pricing.terms.output.forecast_lock import ForecastLock

    Array = NDArray[np.float64]


@dataclass(frozen=True)
class ServiceMonth:
    """One service in one contract month.

    Parameters
    ----------
    service : AgreedService
        Its prices.
    terms : ServiceTerms
        Its terms.
    month : int
        Contract month, 0 first.
    planned : float
        Units planned for the month.
    """

    service: AgreedService
    terms: ServiceTerms
    month: int
    planned: float

    def charge(self, units: Array, measured: Array | None = None) -> Array:
        """Charge of some units with its lock, glide path and collar.

        Parameters
        ----------
        units : ndarray, shape (draws,)
            Done in the month.
        measured : ndarray, shape (draws,), optional
            Unit price that was measured before a conversion; nan where nothing could be measured.
        """
        terms = self.terms
        charged = self._of_units(units, measured)
        if terms.forecast_lock is not None:
            charged = charged + self._forecast(terms.forecast_lock, units, measured)
        if self._glide != 1:
            charged = charged * self._glide
        if terms.collar is not None:
            # Without measured prices the planned units are charged alike in every future.
            planned = np.full(1 if measured is None else len(units), self.planned)
            expected = self._glide * self._of_units(planned, measured)
            charged = _collared(terms.collar, charged, expected)
        return charged

    def collected(self, units: Array) -> Array:
        """Share of collections, which are as much per unit as planned, shape of `units`."""
        terms = self.terms
        if terms.collections is None or terms.planned_collections is None or not self.planned:
            return np.zeros_like(units)
        collected = float(terms.planned_collections) * units / self.planned
        return charges(terms.collections.shares, collected)

    def _of_units(self, units: Array, measured: Array | None) -> Array:
        agreed = self._agreed(units)
        if measured is None or not self.service.units_charged:
            return agreed
        return np.where(np.isnan(measured), agreed, measured * units)

    def _agreed(self, units: Array) -> Array:
        """Charge by band, class, base and schedule."""
        service = self.service
        if not service.units_charged:
            return np.zeros_like(units)
        if service.band_by_month:
            return _in_band(service.band_by_month[self.month], units)
        if service.classes:
            return units * float(sum(one.share * one.unit_price for one in service.classes))
        charged = by_schedule(service, units)
        base = float(service.base_by_month[self.month]) if service.base_by_month else 0.0
        return base + charged if base else charged

    def _forecast(self, lock: ForecastLock, units: Array, measured: Array | None) -> Array:
        """What a binding forecast of the planned units adds, at the price of a single unit."""
        service = self.service
        price: Array | float = float(
            service.schedule.tiers[0].unit_price
            if service.schedule.mode == "per_unit"
            else service.unit_price
        )
        if measured is not None:
            price = np.where(np.isnan(measured), price, measured)
        return price * np.maximum(0.0, float(lock.pay_share) * self.planned - units)

    @cached_property
    def _glide(self) -> float:
        path = self.terms.glide_path
        return 1.0 if path is None else float(glide_factor(path, 1 + self.month // MONTHS_PER_YEAR))


def by_schedule(service: AgreedService, units: Array) -> Array:
    """Charge of units by the service's schedule; one open price is worked out directly."""
    schedule = service.schedule
    first = schedule.tiers[0]
    if schedule.mode == "per_unit" and not schedule.free_units and not first.flat_fee:
        return units * float(first.unit_price)
    return charges(schedule, units)


def _in_band(band: BaseBand, units: Array) -> Array:
    """Base charge, ARC above the band and RRC below it; both edges lie inside."""
    low, high = (float(edge) for edge in band.edges)
    if band.convention == "full_difference":
        difference = units - float(band.baseline)
        above = np.where(units > high, difference, 0.0)
        below = np.where(units < low, difference, 0.0)
    else:
        above, below = np.maximum(units - high, 0.0), np.minimum(units - low, 0.0)
    return float(band.base_charge) + float(band.arc) * above + float(band.rrc) * below


def _collared(terms: CollarTerms, charged: Array, expected: Array) -> Array:
    """Charge kept between floor and cap, shares of what the planned units are charged."""
    found = charged
    if terms.cap is not None:
        found = np.minimum(found, float(terms.cap) * expected)
    if terms.floor is not None:
        found = np.maximum(found, float(terms.floor) * expected)
    return np.asarray(found)
