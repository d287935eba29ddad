"""What a cover is asked for, read into arrays and checked."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from staffing.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from staffing.shift_cover import CandidateShift

# A fraction of a head that is rounding of the input, not a person.
_ROUNDING = 1e-6
_MOST_HEADS = 1e7


@dataclass(frozen=True)
class CoverInstance:
    """Heads, shifts and limits as arrays, T intervals and J shifts.

    Parameters
    ----------
    requirement : ndarray, shape (T,)
        Heads wanted, as given.
    need : ndarray, shape (T,)
        The same in whole people.
    names : tuple of str
        Shift names.
    costs, limits : ndarray, shape (J,)
        Cost of one person, most people (inf for no limit).
    owners, worked : ndarray of int
        Pairs of shift and interval: the shift works the interval.
    price : float or None
        Of one head short for one interval; None for a hard cover.
    time_limit_s, gap : float
        When the search may end; inf and 0 for no limit.
    """

    requirement: NDArray[np.float64]
    need: NDArray[np.float64]
    names: tuple[str, ...]
    costs: NDArray[np.float64]
    limits: NDArray[np.float64]
    owners: NDArray[np.int64]
    worked: NDArray[np.int64]
    price: float | None
    time_limit_s: float
    gap: float

    @property
    def reached(self) -> NDArray[np.bool_]:
        """Whether any shift works the interval, shape (T,)."""
        return np.bincount(self.worked, minlength=self.need.size) > 0

    def presence(self, people: NDArray[np.float64] | NDArray[np.int64]) -> NDArray[np.float64]:
        """People at work in each interval, shape (T,)."""
        heads = np.bincount(self.worked, people[self.owners], minlength=self.need.size)
        return np.asarray(heads, dtype=float)

    def intervals(self, shift: int) -> NDArray[np.int64]:
        """Intervals a shift works."""
        first, last = np.searchsorted(self.owners, [shift, shift + 1])
        return self.worked[first:last]

    def beyond_limits(self) -> NDArray[np.float64]:
        """People wanted beyond all whom the limits allow, shape (T,); 0 where that has a price."""
        if self.price is not None:
            return np.zeros(self.need.size)
        return np.maximum(0.0, self.need - self.presence(self.limits))

    def shortfall(self, counts: NDArray[np.int64]) -> NDArray[np.float64]:
        """Heads short in each interval, shape (T,)."""
        short = self.requirement - self.presence(counts)
        return np.where(short > _ROUNDING, short, 0.0)

    def cost(self, counts: NDArray[np.int64]) -> float:
        """Cost of the people, and of the shortfall where it has a price."""
        priced = 0.0 if self.price is None else self.price * float(self.shortfall(counts).sum())
        return float(self.costs @ counts) + priced

    def gap_of(self, counts: NDArray[np.int64], bound: float) -> float:
        """Relative distance of the cost of a cover from a bound."""
        cost = self.cost(counts)
        return max(0.0, cost - bound) / cost if cost > 0 else 0.0

    def wanting(self, need: NDArray[np.float64]) -> CoverInstance:
        """The same shifts for other needs."""
        return replace(self, need=need)

    def above_limits(self, missing: NDArray[np.float64]) -> CoverInstance:
        """Cover what is missing by more people than the limits allow.

        No shift without a limit works there, or nothing would be missing.
        """
        need = np.where(self.reached, missing, 0.0)
        return replace(self, need=need, limits=np.full(self.limits.shape, np.inf))


def read_instance(
    requirement: ArrayLike,
    shifts: Sequence[CandidateShift],
    shortfall_price: float | None,
    time_limit_s: float | None,
    gap: float,
) -> CoverInstance:
    """Check every input and turn it into arrays.

    Raises
    ------
    BadInputError
        Naming the first input that is out of its range.
    """
    heads = _heads(requirement)
    names = tuple(shift.name for shift in shifts)
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise BadInputError.at("shifts", twice, "names that differ")
    price = None if shortfall_price is None else _number("shortfall_price", shortfall_price)
    limit = math.inf if time_limit_s is None else _number("time_limit_s", time_limit_s)
    if limit == 0:
        raise BadInputError.at("time_limit_s", time_limit_s, "above 0, or left out")
    if not 0 <= gap < 1:
        raise BadInputError.at("gap", gap, "at least 0 and below 1")
    covers = [_covers(j, shift, heads.size) for j, shift in enumerate(shifts)]
    return CoverInstance(
        requirement=heads,
        need=np.ceil(heads - _ROUNDING),
        names=names,
        costs=np.array([_number(f"shifts[{j}].cost", s.cost) for j, s in enumerate(shifts)]),
        limits=np.array([_limit(j, shift) for j, shift in enumerate(shifts)]),
        owners=np.repeat(np.arange(len(shifts)), [len(worked) for worked in covers]),
        worked=np.concatenate([*covers, np.zeros(0, dtype=np.int64)]),
        price=price,
        time_limit_s=limit,
        gap=gap,
    )


def _heads(requirement: ArrayLike) -> NDArray[np.float64]:
    accepted = f"one number of heads per interval, each from 0 to {_MOST_HEADS:,.0f}"
    try:
        heads = np.asarray(requirement, dtype=float)
    except (TypeError, ValueError):
        raise BadInputError.at("requirement", requirement, accepted) from None
    if heads.ndim != 1 or heads.size == 0:
        raise BadInputError.at("requirement", requirement, accepted)
    wrong = np.flatnonzero(~((heads >= 0) & (heads <= _MOST_HEADS)))
    if wrong.size:
        first = int(wrong[0])
        raise BadInputError.at(f"requirement[{first}]", float(heads[first]), accepted)
    return heads


def _number(path: str, value: float) -> float:
    if not (math.isfinite(value) and value >= 0):
        raise BadInputError.at(path, value, "finite, 0 or more")
    return float(value)


def _limit(j: int, shift: CandidateShift) -> float:
    if shift.limit is None:
        return math.inf
    if not (shift.limit >= 0 and shift.limit == math.floor(shift.limit)):
        raise BadInputError.at(f"shifts[{j}].limit", shift.limit, "whole people, 0 or more")
    return float(shift.limit)


def _covers(j: int, shift: CandidateShift, size: int) -> NDArray[np.int64]:
    path = f"shifts[{j}].covers"
    covers = np.asarray(list(shift.covers))
    if covers.size == 0:
        return np.zeros(0, dtype=np.int64)
    if covers.ndim != 1 or covers.dtype.kind not in "iu":
        raise BadInputError.at(path, shift.covers, "indices of intervals")
    outside = covers[(covers < 0) | (covers >= size)]
    if outside.size:
        raise BadInputError.at(path, int(outside[0]), f"indices from 0 to {size - 1}")
    if np.unique(covers).size < covers.size:
        raise BadInputError.at(path, shift.covers, "each interval once")
    return covers.astype(np.int64)
