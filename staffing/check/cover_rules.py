"""Check of a cover by shifts, re-derived from requirement and candidates without any solver."""

from __future__ import annotations

from math import isclose
from typing import TYPE_CHECKING

from staffing.errors import Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from staffing.shift_cover import CandidateShift, ShiftCover

_HEADS = 1e-6
_COST = 1e-9


def check_cover(
    requirement: Sequence[float] | NDArray[np.float64],
    shifts: Sequence[CandidateShift],
    cover: ShiftCover,
    *,
    shortfall_price: float | None = None,
) -> tuple[Violation, ...]:
    """Return every violation found; an empty tuple means the cover holds.

    Parameters
    ----------
    requirement : sequence of float
        Heads wanted in each interval.
    shifts : sequence of CandidateShift
        Shifts that may be worked.
    cover : ShiftCover
        The cover, from wherever.
    shortfall_price : float, optional
        Price of one head short for one interval; without it nobody may be short.
    """
    if set(cover.counts) != {shift.name for shift in shifts}:
        return (Violation("heads", "cover", "counts do not name the candidates, each once"),)
    return (
        *_people(shifts, cover),
        *_presence(requirement, shifts, cover, hard=shortfall_price is None),
        *_figures(shifts, cover, shortfall_price or 0.0),
    )


def _people(shifts: Sequence[CandidateShift], cover: ShiftCover) -> Iterator[Violation]:
    """``heads``: whole people; ``shift_limit``: no more than a shift takes."""
    for shift in shifts:
        people = cover.counts[shift.name]
        if people < 0 or people != int(people):
            yield Violation("heads", shift.name, f"{people} people on a shift")
        if shift.limit is not None and people > shift.limit:
            yield Violation("shift_limit", shift.name, f"{people} people, at most {shift.limit}")


def _presence(
    requirement: Sequence[float] | NDArray[np.float64],
    shifts: Sequence[CandidateShift],
    cover: ShiftCover,
    *,
    hard: bool,
) -> Iterator[Violation]:
    """``shortfall``: stated as it is; ``cover``: none in a hard cover."""
    on_duty = [0] * len(requirement)
    for shift in shifts:
        for t in shift.covers if cover.counts[shift.name] else ():
            on_duty[int(t)] += cover.counts[shift.name]
    for t, (wanted, present) in enumerate(zip(requirement, on_duty, strict=True)):
        short = max(0.0, float(wanted) - present)
        if not isclose(short, float(cover.shortfall[t]), abs_tol=2 * _HEADS):
            yield Violation(
                "shortfall", f"interval {t}", f"{cover.shortfall[t]} stated, {short} found"
            )
        if hard and short > _HEADS and cover.status in {"optimal", "feasible"}:
            yield Violation("cover", f"interval {t}", f"{present} people, {wanted} wanted")


def _figures(
    shifts: Sequence[CandidateShift], cover: ShiftCover, price: float
) -> Iterator[Violation]:
    """``roster_cost``: cost, bound and gap follow from people and shortfall."""
    cost = sum(cover.counts[shift.name] * shift.cost for shift in shifts)
    cost += price * float(sum(cover.shortfall))
    if not isclose(cost, cover.cost, rel_tol=_COST, abs_tol=_COST):
        yield Violation("roster_cost", "cover", f"cost {cover.cost} stated, {cost} found")
    if cover.status not in {"optimal", "feasible"}:
        return
    if cover.bound is None or cover.gap is None or cover.bound > cost * (1 + _COST):
        yield Violation("roster_cost", "cover", f"bound {cover.bound} is above the cost {cost}")
    elif not isclose(cover.gap * cost, cost - cover.bound, rel_tol=_COST, abs_tol=_COST * cost):
        yield Violation("roster_cost", "cover", f"gap {cover.gap} does not follow from the bound")
