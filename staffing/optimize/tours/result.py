"""A plan written down from its people: every figure follows from them, none from the program."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from staffing.tours.plan import BreakCount, ShiftCount, TourCount, TourPlan

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from staffing.tours.plan import PersonWeek
    from staffing.tours.problem import TourProblem


@dataclass(frozen=True)
class Proof:
    """What the search can say of a plan."""

    bound: float
    stop_reason: str
    reproducible: bool


def plan_of(problem: TourProblem, people: tuple[PersonWeek, ...], proof: Proof) -> TourPlan:
    """Count shifts, tours and breaks of people, and price them."""
    shifts = Counter((start, person.length) for person in people for start in person.starts)
    tours = Counter((p.rule, p.band_start, p.length, _days(problem, p)) for p in people)
    breaks = _breaks(problem, people)
    on_duty = _heads(problem, shifts)
    lengths = {rule.name: problem.intervals(rule.length_min) for rule in problem.breaks}
    presence = on_duty - sum(
        _heads(problem, {(start, lengths[name]): count}) for (name, start), count in breaks.items()
    )
    shortfall = np.maximum(0.0, np.asarray(problem.requirement, dtype=float) - presence)
    labour = sum(
        count * float(problem.shift_costs(np.array([start]), length)[0])
        for (start, length), count in shifts.items()
    )
    objective = (
        labour
        + (problem.shortfall_price or 0.0) * problem.grid.interval_h * float(shortfall.sum())
        + problem.worst_interval_price * float(shortfall.max())
        + problem.seat_price * float(on_duty.max())
    )
    bound = min(proof.bound, objective)
    return TourPlan(
        people=people,
        shifts=tuple(ShiftCount(*shift, count) for shift, count in sorted(shifts.items())),
        tours=tuple(TourCount(*tour, count) for tour, count in sorted(tours.items())),
        breaks=tuple(BreakCount(*at, count) for at, count in sorted(breaks.items())),
        presence=presence,
        shortfall=shortfall,
        paid_hours=sum(count * problem.paid_h(length) for (_, length), count in shifts.items()),
        labour_cost=labour,
        objective=objective,
        bound=bound,
        gap=(objective - bound) / objective if objective > 0 else 0.0,
        stop_reason=proof.stop_reason,
        reproducible=proof.reproducible,
    )


def _days(problem: TourProblem, person: PersonWeek) -> tuple[int, ...]:
    return tuple(start // problem.grid.per_day for start in person.starts)


def _breaks(problem: TourProblem, people: tuple[PersonWeek, ...]) -> Counter[tuple[str, int]]:
    names = {p.length: [rule.name for rule in problem.breaks_of(p.length)] for p in people}
    return Counter(
        (name, start)
        for person in people
        for taken in person.breaks
        for name, start in zip(names[person.length], taken, strict=True)
    )


def _heads(problem: TourProblem, spans: Mapping[tuple[int, int], int]) -> NDArray[np.float64]:
    """People present in each interval of spans (start, length)."""
    heads = np.zeros(problem.grid.size)
    for (start, length), count in spans.items():
        heads[(start + np.arange(length)) % problem.grid.size] += count
    return heads
