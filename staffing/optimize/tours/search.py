"""Large neighbourhood search: parts of the week planned anew by branch and bound.

Two threads, each with a solver of its own, share the best plan. The clock decides what they get
done, so two runs may end in two plans.
"""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from staffing.optimize.tours.engine import Engine
from staffing.optimize.tours.neighbourhoods import Neighbourhoods

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from staffing.optimize.tours.engine import Point
    from staffing.optimize.tours.model import TourModel

WORKERS = 2
_PART_S = 1.5
_PART_GAP = 2e-5
_BETTER = 1e-9


@dataclass
class Best:
    """The best plan so far, shared by all workers, and those it replaced."""

    point: Point
    bound: float
    goal: float
    lock: threading.Lock = field(default_factory=threading.Lock)
    people: list[NDArray[np.float64]] = field(default_factory=list)

    @property
    def reached(self) -> bool:
        """Whether the gap is closed as far as asked."""
        return self.point.objective - self.bound <= self.goal * max(self.point.objective, 1e-9)

    def offer(self, model: TourModel, point: Point) -> bool:
        """Take a plan if it is better."""
        with self.lock:
            better = point.objective < self.point.objective * (1 - _BETTER)
            if better:
                self.point = point
                self.people.append(np.rint(point.values[model.people]))
        return better


def improve(
    model: TourModel,
    relaxed: Point,
    best: Best,
    deadline: float,
    seed: int,
    tell: Callable[[str, float], None],
) -> float:
    """Search until the deadline or the goal.

    Returns
    -------
    float
        Seconds inside the solver, all workers together.
    """
    days = list(range(7))

    def work(worker: int) -> float:
        engine = Engine(model.matrix, model.integers, seed + worker)
        parts = Neighbourhoods(model, relaxed, seed + worker)
        while not best.reached and (left := deadline - time.perf_counter()) > _LEAST_S:
            values = best.point.values
            kind, columns = "days", None
            with best.lock:
                if days:
                    columns = parts.days(values, np.array([days.pop()]))
            if columns is None:
                kind, columns = parts.draw(values)
            limit = min(_PART_S, left)
            point = replan(model, engine, values, columns, limit)
            parts.learn(kind, engine.last_s / limit)
            if point is not None and best.offer(model, point):
                tell(f"search {kind}", point.objective)
        return engine.solver_s

    with ThreadPoolExecutor(WORKERS) as pool:
        return sum(pool.map(work, range(WORKERS)))


_LEAST_S = 0.05


def replan(
    model: TourModel,
    engine: Engine,
    values: NDArray[np.float64],
    columns: NDArray[np.int64],
    time_s: float,
) -> Point | None:
    """Plan the given columns anew, everybody else as in `values`."""
    people = model.people
    kept = np.rint(values[people])
    engine.bound(people, kept, kept)
    engine.bound(columns, model.matrix.lower[columns], model.matrix.upper[columns])
    start = values.copy()
    start[people] = kept
    return engine.solve_whole(relative_gap=_PART_GAP, start=start, time_s=time_s)
