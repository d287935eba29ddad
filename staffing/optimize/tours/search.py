"""Large neighbourhood search: parts of the week planned anew by branch and bound.

Two threads, each with a solver of its own, share the best plan. The clock decides what they get
done, so two runs may end in two plans. HiGHS may look at its clock seconds late (while it rounds at
the root); whoever is late is not waited for, and what it finds is not taken.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from staffing.optimize.tours.breaks import place_breaks
from staffing.optimize.tours.engine import Engine
from staffing.optimize.tours.first import Staff
from staffing.optimize.tours.neighbourhoods import Neighbourhoods

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from staffing.optimize.tours.engine import Point
    from staffing.optimize.tours.model import TourModel

_WORKERS = 2
_PART_S = 1.2
_PART_GAP = 2e-5
_BETTER = 1e-9
_LEAST_S = 0.05  # not worth starting anything


@dataclass(frozen=True)
class Ending:
    """When a search ends.

    Parameters
    ----------
    deadline_s : float
        On the clock of ``time.perf_counter``.
    gap : float
        Relative gap that is closed enough.
    """

    deadline_s: float
    gap: float

    @property
    def left_s(self) -> float:
        """Seconds left."""
        return self.deadline_s - time.perf_counter()

    def closed(self, cost: float, bound: float) -> bool:
        """Whether a plan of this cost is good enough."""
        return cost - bound <= self.gap * cost

    def share_of(self, part: float, bound: float) -> Callable[[int, float], float]:
        """Share of a part of the seconds left now that is over, all of it with a good enough plan.

        The share is a function of turns taken, which do not count here, and of the least cost.
        """
        whole_s = self.left_s

        def over(turns: int, least: float) -> float:
            if self.closed(least, bound) or whole_s <= 0:
                return 1.0
            return (whole_s - self.left_s) / (part * whole_s)

        return over


@dataclass
class _Best:
    """The best plan so far, shared by the workers, and those on the way to it."""

    point: Point
    lock: threading.Lock = field(default_factory=threading.Lock)
    trail: list[Point] = field(default_factory=list)
    failures: list[BaseException] = field(default_factory=list)
    over: bool = False

    def offer(self, point: Point) -> bool:
        """Take a plan if it is better."""
        with self.lock:
            better = not self.over and point.objective < self.point.objective * (1 - _BETTER)
            if better:
                self.point = point
                self.trail.append(point)
        return better


def improve(
    model: TourModel,
    relaxed: Point,
    staff: Staff,
    ending: Ending,
    seed: int,
    tell: Callable[[str, float], None],
) -> Staff:
    """Plan parts of the week anew until the deadline, or until the gap is closed.

    Parameters
    ----------
    model : TourModel
        The columns.
    relaxed : Point
        Solution in fractions of people.
    staff : Staff
        Plan to begin with.
    ending : Ending
        When to end.
    seed : int
        Of the draws.
    tell : callable
        Told what found a better plan, and its objective.
    """
    best = _Best(staff.point)
    days = deque(range(7))

    def closed() -> bool:
        return ending.closed(best.point.objective, relaxed.objective)

    def work(worker: int) -> None:
        engine = Engine(model.matrix, model.integers, seed + worker)
        parts = Neighbourhoods(model, relaxed, seed + worker)
        while not best.over and not closed() and (left_s := ending.left_s) > _LEAST_S:
            values = best.point.values
            part = _next_day(parts, values, days) or parts.draw(values, left_s)
            if part is None:
                return
            kind, columns = part
            point = replan(model, engine, values, columns, min(_PART_S, left_s))
            parts.learn(kind, engine.last_s, _PART_S)
            if point is not None and best.offer(point):
                tell(f"search: {kind}", point.objective)

    def guarded(worker: int) -> None:
        try:
            work(worker)
        except BaseException as failure:  # raised anew by whoever waits
            best.failures.append(failure)

    workers = [threading.Thread(target=guarded, args=(k,)) for k in range(_WORKERS)]
    for thread in workers:
        thread.start()
    for thread in workers:
        thread.join(max(0.0, ending.left_s))
    with best.lock:
        best.over = True
    if best.failures:
        raise best.failures[0]
    return _with_whole_breaks(model, staff, best.trail, seed, "gap closed" if closed() else "time")


def _next_day(
    parts: Neighbourhoods, values: NDArray[np.float64], days: deque[int]
) -> tuple[str, NDArray[np.int64]] | None:
    """Every day once, by whoever comes first: that takes no time and gains most."""
    try:
        return "days", parts.days(values, np.array([days.pop()]))
    except IndexError:
        return None


def replan(
    model: TourModel,
    engine: Engine,
    values: NDArray[np.float64],
    columns: NDArray[np.int64],
    time_s: float,
) -> Point | None:
    """Plan the given columns anew, everybody else as in `values`; breaks may be fractions.

    Breaks stay where nobody on one of these shifts is on duty.
    """
    kept = np.concatenate(
        [model.people, *(breaks[~_touched(model, columns)] for breaks in model.breaking)]
    )
    start = values.copy()
    start[model.people] = np.rint(values[model.people])
    free = np.concatenate([columns, *model.breaking])
    engine.bound(free, model.matrix.lower[free], model.matrix.upper[free])
    kept = np.setdiff1d(kept, columns)
    engine.bound(kept, start[kept], start[kept])
    return engine.solve_whole(relative_gap=_PART_GAP, start=start, time_s=time_s)


def _touched(model: TourModel, columns: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Intervals in which somebody on one of the shifts among some columns could be on duty."""
    shifts = np.intersect1d(columns, model.x) - model.x[0]
    ends = model.shift_start[shifts] + model.shift_length[shifts]
    change = np.bincount(model.shift_start[shifts], minlength=2 * model.size + 1)
    change = change - np.bincount(ends, minlength=2 * model.size + 1)
    on_duty = np.cumsum(change)[: 2 * model.size].reshape(2, -1).sum(axis=0)
    return np.asarray(on_duty > 0)


def _with_whole_breaks(
    model: TourModel, staff: Staff, trail: list[Point], seed: int, why: str
) -> Staff:
    """The last plan on the trail whose breaks can be whole, if it still is the better one."""
    for point in reversed(trail):
        people = np.rint(point.values[model.people])
        placed = place_breaks(model, people, seed)
        if placed is not None:
            if placed.objective < staff.point.objective:
                return Staff(people, placed, why)
            break
    return Staff(staff.people, staff.point, why)
