"""What a quantity costs by a price schedule, exactly.

Nothing is charged at 0. Boundary rule (half-open, last tier open): FOCUS specification, issue 2424;
started packages: OpenMeter, issue 2483; falling totals of volume tiers: Polar, issue 7361.
"""

from __future__ import annotations

import operator
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, SupportsIndex

import numpy as np

from pricing.exact import exactly
from pricing.money import decimal_of
from pricing.price_schedule import PriceSchedule
from pricing.reading import read_document
from staffing.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import ArrayLike, NDArray

    from pricing.price_schedule import Tier

_ONE_TIER = ("volume", "flat")
_MOST = Decimal(10) ** 15
_PLACES = 30
_ROUNDING = 4 * 2.0**-52  # relative error of a float quantity after a difference and a quotient


@dataclass(frozen=True)
class TierLine:
    """What one tier adds to a charge.

    Parameters
    ----------
    quantity : Decimal
        Units charged at `unit_price`: units, packages (package) or money (percentage); 0 (flat).
    unit_price, flat_fee : Decimal
        Of the tier, engagement currency.
    above : Decimal
        Lower bound of the tier, exclusive, in units after the free ones.
    up_to : Decimal or None
        Upper bound, inclusive; None: open.
    """

    quantity: Decimal
    unit_price: Decimal
    flat_fee: Decimal
    above: Decimal
    up_to: Decimal | None

    @property
    def amount(self) -> Decimal:
        """Unrounded ``quantity x unit_price + flat_fee``."""
        with exactly():
            return self.quantity * self.unit_price + self.flat_fee


def charge(
    schedule: PriceSchedule | Mapping[str, object], quantity: Decimal | str | float
) -> Decimal:
    """Exact charge of a quantity, before the one rounding step.

    Parameters
    ----------
    schedule : PriceSchedule or mapping
        The schedule, or its plain data.
    quantity : Decimal, str, int or float
        Units (percentage: money), 0 to 1e15. A float counts as its shortest decimal text, as
        everywhere for quantities of a plan: 20.1 is twenty and a tenth.

    Returns
    -------
    Decimal
        Sum of the amounts of `tier_lines`; 0 where nothing is left after the free units.

    Raises
    ------
    BadInputError
        When the schedule or the quantity cannot be read, or the quantity is negative.
    """
    with exactly():
        return sum((line.amount for line in tier_lines(schedule, quantity)), Decimal(0))


def tier_lines(
    schedule: PriceSchedule | Mapping[str, object], quantity: Decimal | str | float
) -> tuple[TierLine, ...]:
    """Split a charge by tier, so that an invoice can show the unit price of each.

    Parameters and errors are those of `charge`.
    """
    rules = price_schedule(schedule)
    with exactly():
        billable = max(Decimal(0), exact_quantity(quantity) - rules.free_units)
        entered = [
            (above, tier) for above, tier in _bounds(rules) if above < billable
        ]  # a tier is entered by the first unit above its lower bound
        if rules.mode in _ONE_TIER:
            entered = entered[-1:]
        return tuple(
            TierLine(_charged(rules, billable, above, tier), *_prices(tier), above, tier.up_to)
            for above, tier in entered
        )


def price_schedule(schedule: PriceSchedule | Mapping[str, object]) -> PriceSchedule:
    """Read plain data into a schedule; a schedule is returned as it is."""
    if isinstance(schedule, PriceSchedule):
        return schedule
    return read_document(
        PriceSchedule, dict(schedule) if isinstance(schedule, Mapping) else schedule
    )


def exact_quantity(
    quantity: Decimal | str | float | SupportsIndex, path: str = "quantity"
) -> Decimal:
    """Read a quantity exactly; see `charge`."""
    value = _decimal(quantity)
    if value is None or not value.is_finite() or not 0 <= value <= _MOST:
        raise BadInputError.at(path, quantity, "should be a number from 0 to 1,000,000,000,000,000")
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -_PLACES:
        raise BadInputError.at(path, quantity, f"should have {_PLACES} decimal places at most")
    return value


def _decimal(quantity: object) -> Decimal | None:
    if isinstance(quantity, str):
        try:
            return Decimal(quantity)
        except InvalidOperation:
            return None
    if isinstance(quantity, float):
        return decimal_of(quantity)
    if isinstance(quantity, SupportsIndex) and not isinstance(quantity, bool):
        return Decimal(operator.index(quantity))
    return quantity if isinstance(quantity, Decimal) else None


def _bounds(schedule: PriceSchedule) -> Iterator[tuple[Decimal, Tier]]:
    """Each tier with its exclusive lower bound."""
    above = Decimal(0)
    for tier in schedule.tiers:
        yield above, tier
        above = above if tier.up_to is None else tier.up_to


def _prices(tier: Tier) -> tuple[Decimal, Decimal]:
    return tier.unit_price, tier.flat_fee


def _charged(schedule: PriceSchedule, billable: Decimal, above: Decimal, tier: Tier) -> Decimal:
    """Quantity that a tier charges its unit price for."""
    if schedule.mode == "flat":
        return Decimal(0)
    if schedule.mode == "volume":
        return billable
    inside = (billable if tier.up_to is None else min(billable, tier.up_to)) - above
    if schedule.package_size is None or schedule.mode != "package":
        return inside
    whole, rest = divmod(inside, schedule.package_size)
    return whole + 1 if rest else whole


def falls(schedule: PriceSchedule | Mapping[str, object]) -> tuple[str, ...]:
    """Say where more units cost less, one text each; none where the charge never falls.

    Only the modes that charge all units by the tier reached can fall: volume and flat.
    """
    rules = price_schedule(schedule)
    return tuple(_fall_text(rules, *fall) for fall in _falls(rules))


def _falls(schedule: PriceSchedule) -> list[tuple[Decimal, Decimal, Decimal]]:
    """Quantities after which a charge falls, with the charge there and just above."""
    if schedule.mode not in _ONE_TIER:
        return []
    found = []
    with exactly():
        for (_, tier), (bound, following) in pairwise(_bounds(schedule)):
            counted = Decimal(0) if schedule.mode == "flat" else bound
            at = counted * tier.unit_price + tier.flat_fee
            after = counted * following.unit_price + following.flat_fee
            if after < at:
                found.append((bound + schedule.free_units, at, after))
    return found


def _fall_text(schedule: PriceSchedule, bound: Decimal, at: Decimal, after: Decimal) -> str:
    again = _level_again(schedule, bound, at)
    until = "it stays below that" if again is None else f"it is back there at {again:,.2f}"
    return (
        f"more units cost less: just above {bound:,f} units the charge falls from {at:,.2f} to "
        f"{after:,.2f}; {until}"
    )


def _level_again(schedule: PriceSchedule, bound: Decimal, level: Decimal) -> Decimal | None:
    """Smallest quantity above `bound` whose charge is `level` or more, None where there is none."""
    free = schedule.free_units
    for above, tier in _bounds(schedule):
        if above + free < bound:
            continue
        slope = Decimal(0) if schedule.mode == "flat" else tier.unit_price
        if tier.flat_fee + slope * above >= level and above + free > bound:
            return above + free
        if slope:
            at = (level - tier.flat_fee) / slope
            if at > above and (tier.up_to is None or at <= tier.up_to):
                return at + free
    return None


def charges(schedule: PriceSchedule, quantities: ArrayLike) -> NDArray[np.float64]:
    """Charges of many quantities at once, in floats, for the risk engine; `charge` is the judge.

    Parameters
    ----------
    schedule : PriceSchedule
        The schedule.
    quantities : array_like
        Units (percentage: money), 0 or more, any shape.

    Returns
    -------
    ndarray of float
        Same shape; equal to `charge` within the rounding of floats. Packages that are whole within
        that rounding count as whole.
    """
    units = np.asarray(quantities, dtype=np.float64)
    lower, edges, price, fee = _in_floats(schedule)
    tier = np.searchsorted(edges, units, side="left") - 1  # edges are those of the whole quantity
    billed = tier >= 0
    tier = np.where(billed, tier, 0)
    billable = units - float(schedule.free_units)
    if schedule.mode in _ONE_TIER:
        counted = np.zeros_like(units) if schedule.mode == "flat" else billable
        return np.where(billed, counted * price[tier] + fee[tier], 0.0)
    inside = billable - lower[tier]
    if schedule.mode == "package" and schedule.package_size is not None:
        size = float(schedule.package_size)
        slack = _ROUNDING * units / size
        inside = np.maximum(np.ceil(inside / size - slack), 1.0)
        lower = lower / size
    full = np.concatenate([[0.0], np.cumsum(np.diff(lower) * price[:-1] + fee[:-1])])
    return np.where(billed, full[tier] + inside * price[tier] + fee[tier], 0.0)


@lru_cache(maxsize=256)
def _in_floats(schedule: PriceSchedule) -> tuple[NDArray[np.float64], ...]:
    """Lower bounds of tiers, the same with free units, prices and fees, each shape (tiers,)."""
    lower = np.array([float(above) for above, _ in _bounds(schedule)])
    with exactly():
        edges = np.array([float(above + schedule.free_units) for above, _ in _bounds(schedule)])
    price = np.array([float(tier.unit_price) for tier in schedule.tiers])
    fee = np.array([float(tier.flat_fee) for tier in schedule.tiers])
    return lower, edges, price, fee
