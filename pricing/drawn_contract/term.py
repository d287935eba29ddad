"""Bills of the term in every future: month by month, what each service and the whole bill add."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np

from pricing.drawn_contract.moves import PriceMoves
from pricing.drawn_contract.service_charge import ServiceMonth
from pricing.terms.output.conversion import billed_by
from staffing.calendar import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from pricing.agreement import Agreement
    from pricing.engagement.contract import Contract
    from pricing.quote import Method
    from pricing.terms.output.conversion import Conversion
    from pricing.terms.rebates import Rebate

    Array = NDArray[np.float64]

_BLOCK = 16_384


class DrawnMonths(Protocol):
    """Quantities of each contract month in each future."""

    @property
    def draws(self) -> int:
        """Futures."""

    def units(self, month: int) -> Array:
        """Good units, shape (services, draws); months count from 0."""

    def orders(self, month: int) -> Array:
        """FTE ordered, whole steps, shape (teams, draws)."""

    def some(self, futures: slice) -> DrawnMonths:
        """Some of the futures."""


@dataclass(frozen=True)
class TermContract:
    """All that the bills of a term rest on, quantities apart.

    Parameters
    ----------
    agreements : tuple of Agreement
        Of the term, or one for each contract year.
    teams, services : tuple of str
        In the order of the quantities.
    planned_units : ndarray, shape (months, services)
        Units as planned.
    """

    agreements: tuple[Agreement, ...]
    teams: tuple[str, ...]
    services: tuple[str, ...]
    planned_units: Array

    @property
    def months(self) -> int:
        """Length of the term."""
        return len(self.planned_units)

    @property
    def terms(self) -> Contract:
        """The contract."""
        return self.agreements[0].terms

    @property
    def conversion(self) -> Conversion | None:
        """The right to go from hours to units, if any."""
        return self.terms.output_based.conversion if self.terms.output_based else None

    def agreement(self, month: int) -> Agreement:
        """Prices of a contract month, 0 first."""
        year = month // MONTHS_PER_YEAR
        return self.agreements[year] if len(self.agreements) > 1 else self.agreements[0]

    @cached_property
    def service_months(self) -> tuple[tuple[ServiceMonth, ...], ...]:
        """Terms of every month and service."""
        return tuple(
            tuple(self._service_month(month, at) for at in range(len(self.services)))
            for month in range(self.months)
        )

    def _service_month(self, month: int, at: int) -> ServiceMonth:
        agreement, name = self.agreement(month), self.services[at]
        return ServiceMonth(
            next(own for own in agreement.services if own.service == name),
            agreement.service_terms(name),
            month,
            float(self.planned_units[month, at]),
        )

    def by_hour(self, month: int) -> bool:
        """Whether the output-based offer still bills hours; nobody converts before the last day."""
        terms = self.conversion
        return terms is not None and billed_by(terms, month + 1, None) == "hour"


@dataclass(frozen=True)
class MonthCharges:
    """Charges of a month before what concerns the whole bill.

    Parameters
    ----------
    moving : ndarray, shape (services, draws)
        What indexation and exchange rates move.
    fixed : ndarray, shape (services, draws), or float
        What they do not: shares of collections.
    """

    moving: Array
    fixed: Array | float


def term_bills(
    contract: TermContract,
    quantities: DrawnMonths,
    moves: PriceMoves | None = None,
    methods: Sequence[Method] = ("input_based", "output_based"),
    discount: Sequence[float] | None = None,
) -> dict[Method, Array]:
    """Bill of the term by service in every future, under each offer, shape (draws, services).

    Each month is its invoice before rounding, promises kept; rebates count the charges of the
    contract year so far. What concerns the bill as a whole (commitment, rebates, people kept ready)
    falls on services in proportion to their charges.

    Parameters
    ----------
    contract : TermContract
        Prices, terms, plan.
    quantities : DrawnMonths
        What is ordered and done.
    moves : PriceMoves, optional
        What moves prices; by default nothing does.
    methods : sequence of str
        Offers to bill under.
    discount : sequence of float, optional
        What the bill of each month is worth; by default bills are added up as they are.
    """
    moves, draws = moves or PriceMoves(), quantities.draws
    found = {one: np.empty((draws, len(contract.services))) for one in methods}
    # Month after month goes over the same futures: as many at a time as stay at hand.
    for first in range(0, draws, _BLOCK):
        futures = slice(first, first + _BLOCK)
        some, moved = quantities.some(futures), moves.some(futures)
        for one in methods:
            found[one][futures] = _offer(contract, some, moved, one, discount)
    return found


def _offer(
    contract: TermContract,
    quantities: DrawnMonths,
    moves: PriceMoves,
    method: Method,
    discount: Sequence[float] | None,
) -> Array:
    shape = (len(contract.services), quantities.draws)
    own, whole = np.zeros(shape), np.zeros(quantities.draws)
    this_year = np.zeros(quantities.draws)
    price = _MeasuredPrices(contract) if method == "output_based" else None
    for month in range(contract.months):
        if month % MONTHS_PER_YEAR == 0:
            this_year = np.zeros(quantities.draws)
        if price is None or contract.by_hour(month):
            found = team_charges(contract, month, quantities.orders(month))
            if price is not None:
                price.see(month, quantities)
        else:
            found = service_charges(contract, month, quantities.units(month), price.measured)
        added, more, charges = whole_bill(contract, month, found, moves, this_year, method)
        own += added if discount is None else added * discount[month]
        whole += more if discount is None else more * discount[month]
        this_year = this_year + charges
    total = own.sum(axis=0)
    equal = np.full(shape, 1 / shape[0])
    shares = np.divide(own, total, out=equal, where=total > 0)
    return np.asarray((own + shares * whole).T)


class _MeasuredPrices:
    """Hours and units of the months billed by the hour, and the unit price they measure."""

    def __init__(self, contract: TermContract) -> None:
        self.contract = contract
        self.worth: list[Array | float] = [0.0] * len(contract.services)
        self.units: list[Array | float] = [0.0] * len(contract.services)
        self.measured: tuple[Array | None, ...] = (None,) * len(contract.services)

    def see(self, month: int, quantities: DrawnMonths) -> None:
        """Add a month billed by the hour; its hours are those of the people billed."""
        contract = self.contract
        orders, units = quantities.orders(month), quantities.units(month)
        agreement = contract.agreement(month)
        for team in agreement.teams:
            at = contract.services.index(team.service)
            fte = np.maximum(orders[contract.teams.index(team.team)], float(team.minimum_fte))
            hours = fte * float(team.hours_per_fte_month)
            self.worth[at] = self.worth[at] + float(team.paid_hour) * hours
        for at in range(len(contract.services)):
            self.units[at] = self.units[at] + units[at]
        if contract.conversion is not None:
            self.measured = tuple(
                converted_prices(contract.conversion, worth, np.asarray(done))
                for worth, done in zip(self.worth, self.units, strict=True)
            )


def converted_prices(terms: Conversion, worth: Array | float, units: Array) -> Array:
    """Unit price after a conversion from the worth of the hours measured; nan without units."""
    price = np.full(units.shape, np.nan)
    np.divide(worth * (1 + float(terms.premium)), units, out=price, where=units > 0)
    if terms.floor is not None:
        price = np.maximum(price, float(terms.floor))
    return price if terms.cap is None else np.minimum(price, float(terms.cap))


def team_charges(contract: TermContract, month: int, orders: Array) -> MonthCharges:
    """People ordered, at least the minimum, by service."""
    found = np.zeros((len(contract.services), orders.shape[1]))
    for team in contract.agreement(month).teams:
        fte = orders[contract.teams.index(team.team)]
        if team.minimum_fte:
            fte = np.maximum(fte, float(team.minimum_fte))
        found[contract.services.index(team.service)] += float(team.fte_month) * fte
    return MonthCharges(found, 0.0)


def service_charges(
    contract: TermContract,
    month: int,
    units: Array,
    measured: Sequence[Array | None] | None = None,
) -> MonthCharges:
    """Units done under the terms of each service, shape of `units`."""
    moving = np.empty_like(units)
    fixed: Array | float = 0.0
    for at, one in enumerate(contract.service_months[month]):
        moving[at] = one.charge(units[at], measured[at] if measured else None)
        if one.terms.collections is not None:
            fixed = np.zeros_like(units) if isinstance(fixed, float) else fixed
            fixed[at] = one.collected(units[at])
    return MonthCharges(moving, fixed)


def whole_bill(
    contract: TermContract,
    month: int,
    charges: MonthCharges,
    moves: PriceMoves,
    before: Array,
    method: Method,
) -> tuple[Array, Array, Array]:
    """What concerns the whole bill of a month.

    Parameters
    ----------
    contract, month, charges, moves
        As of the term; months count from 0.
    before : ndarray, shape (draws,)
        Charges of the contract year so far, for rebates.
    method : str
        Offer that is billed.

    Returns
    -------
    tuple of ndarray
        Charges by service, moved; what is added to the bill as a whole, negative for rebates; and
        the charges that count for rebates, each per draw.
    """
    terms = contract.terms
    own = charges.moving * moves.factor(month // MONTHS_PER_YEAR) + charges.fixed
    total = own.sum(axis=0)
    whole = np.zeros(len(total))
    output = terms.output_based
    if method == "output_based" and output is not None and output.minimum_commitment is not None:
        whole += np.maximum(0.0, float(output.minimum_commitment.amount) - np.maximum(total, 0.0))
    counted = np.maximum(total + whole, 0.0)
    if terms.surge is not None:
        whole += float(terms.surge.standby_heads * terms.surge.standby_fee)
    if terms.rebates:
        whole -= rebates(terms.rebates, before, counted)
    return own, whole, counted


def rebates(steps: Sequence[Rebate], before: Array, charges: Array) -> Array:
    """Rebate on a month's charges, by those of the year before; see `pricing.terms.rebates`."""
    found, so_far = np.zeros(len(charges)), before + charges
    for at, one in enumerate(steps):
        low = float(one.above)
        end = so_far if at + 1 == len(steps) else np.minimum(so_far, float(steps[at + 1].above))
        found += float(one.share) * np.maximum(0.0, end - np.maximum(before, low))
    return found
