"""From the relaxation to whole people: fix crews, then days, then shifts, re-solving in between.

Repeatable: nothing but the program and the solver's fixed seed decides a step.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from staffing.optimize.tours.engine import Engine, Point
    from staffing.optimize.tours.model import TourModel

WHOLE = 1e-6
SHARE_RAISED = 0.2  # of the people still due, where crews only grow
SHARE = 0.7  # of what is still fractional, settled between two solves
ROUNDS_BEFORE_ZEROS = 3  # then a crew that is still at zero stays there


@dataclass(frozen=True)
class Step:
    """New bounds of columns, the surest first."""

    columns: NDArray[np.int64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]

    def head(self, size: int) -> Step:
        """The first `size` of them."""
        return Step(self.columns[:size], self.lower[:size], self.upper[:size])


def dive(
    model: TourModel, engine: Engine, point: Point, *, crews_from_below: bool = False
) -> Point | None:
    """Settle every crew, day and shift to whole people.

    Parameters
    ----------
    model : TourModel
        The columns.
    engine : Engine
        Holds its matrix; its bounds are those of the plan afterwards.
    point : Point
        Solution of the relaxation.
    crews_from_below : bool
        Whether crews only grow: dearer, but where nobody may be missing it seldom ends dead.

    Returns
    -------
    Point or None
        Whole crews and shifts, breaks as the relaxation has them; None when a dead end was met.
    """
    unit = float(model.matrix.cost[model.x].mean())
    for propose in (
        lambda at, turn: (
            crews_raised(model, engine, at)
            if crews_from_below
            else crews_nearest(model, engine, at, turn, unit)
        ),
        lambda at, _: raised(engine, at, *day_cells(model, at)),
        lambda at, _: raised(engine, at, *shift_cells(model, at)),
    ):
        settled = settle(engine, point, propose)
        if settled is None:
            return None
        point = settled
    return point


def settle(
    engine: Engine, point: Point, propose: Callable[[Point, int], Step | None]
) -> Point | None:
    """Take proposed steps, re-solving after each, until none is left."""
    turn = 0
    while (step := propose(point, turn)) is not None:
        moved = take(engine, step)
        if moved is None:
            return None
        point = moved
        turn += 1
    return point


def take(engine: Engine, step: Step) -> Point | None:
    """Take as much of a step as keeps a solution; if not even its head does, the other side."""
    while True:
        kept = engine.lower[step.columns], engine.upper[step.columns]
        engine.bound(step.columns, step.lower, step.upper)
        point = engine.solve()
        if point is not None:
            return point
        engine.bound(step.columns, *kept)
        if len(step.columns) == 1:
            break
        step = step.head(len(step.columns) // 2)
    column, (lower, upper) = step.columns, kept
    if step.lower[0] > lower[0]:
        engine.bound(column, lower, step.lower - 1)
    else:
        engine.bound(column, step.upper + 1, upper)
    if engine.lower[column[0]] > engine.upper[column[0]]:
        return None
    return engine.solve()


def crews_nearest(
    model: TourModel, engine: Engine, point: Point, turn: int, unit: float
) -> Step | None:
    """Fix most fractional crews, those nearest to whole numbers first, and those already whole.

    A crew at zero is fixed there at once when using it would cost more than `unit` a person, and
    in any case after some rounds.
    """
    crew = model.crew
    value, reduced = point.values[crew], point.reduced_costs[crew]
    nearest = np.rint(value)
    distance = np.abs(value - nearest)
    loose = engine.lower[crew] < engine.upper[crew]
    fractional = np.flatnonzero(loose & (distance > WHOLE))
    if not len(fractional):
        engine.bound(crew, nearest, nearest)
        return None
    most = max(1, round(SHARE * len(fractional)))
    chosen = fractional[np.argsort(distance[fractional], kind="stable")[:most]]
    whole = loose & (distance <= WHOLE)
    unwanted = (reduced > unit) | (turn >= ROUNDS_BEFORE_ZEROS)
    also = np.flatnonzero(whole & ((nearest > 0) | unwanted))
    order = np.concatenate([chosen, also])
    return Step(crew[order], nearest[order], nearest[order])


def crews_raised(model: TourModel, engine: Engine, point: Point) -> Step | None:
    """Raise the floors of the crews nearest to one person more, a fifth of the people due."""
    crew = model.crew
    value = point.values[crew]
    floor = np.floor(value + WHOLE)
    part = np.where(value - floor > WHOLE, value - floor, 0.0)
    if not part.any():
        engine.bound(crew, floor, floor)
        return None
    most = max(1, round(SHARE_RAISED * float(part.sum())))
    chosen = np.argsort(-part, kind="stable")[: min(most, np.count_nonzero(part))]
    return Step(crew[chosen], floor[chosen] + 1, engine.upper[crew[chosen]])


Cells = tuple["NDArray[np.int64]", "NDArray[np.int64]", "NDArray[np.float64]"]


def day_cells(model: TourModel, point: Point) -> Cells:
    """People of a free crew by day: at most the crew a day, its days on times the crew in all."""
    free = np.flatnonzero([group.rule.any_days for group in model.groups])
    columns = model.day_heads[free].ravel()
    cell = np.repeat(np.arange(len(free)), 7)
    first = np.searchsorted(model.crew_group, free)
    days_on = np.array([model.groups[g].rule.days_on for g in free], dtype=float)
    return columns, cell, days_on * np.rint(point.values[model.crew[first]])


def shift_cells(model: TourModel, point: Point) -> Cells:
    """Shifts of a group on a day: as many as its people that day."""
    cell = model.shift_group * 7 + model.shift_day
    return model.x, cell, np.rint(point.values[model.day_heads.ravel()])


def raised(
    engine: Engine,
    point: Point,
    columns: NDArray[np.int64],
    cell: NDArray[np.int64],
    total: NDArray[np.float64],
) -> Step | None:
    """Raise the floors of the columns nearest to their next whole number, most of what is due.

    Whole numbers are reached from below, so a cell (columns with a given whole total) can always
    be completed.
    """
    value = point.values[columns]
    floor = np.maximum(engine.lower[columns], np.floor(value + WHOLE))
    due = np.rint(total - np.bincount(cell, floor, minlength=len(total)))
    if not due.any():
        engine.bound(columns, floor, floor)
        return None
    room = due.copy()
    left = max(1, round(SHARE * float(due.sum())))
    part = np.where(np.minimum(engine.upper[columns], value + 1) > floor + WHOLE, value - floor, 0)
    chosen = []
    for j in np.argsort(-part, kind="stable"):
        if left == 0 or part[j] <= WHOLE:
            break
        if room[cell[j]] >= 1:
            room[cell[j]] -= 1
            left -= 1
            chosen.append(j)
    whole = np.flatnonzero(floor > engine.lower[columns])
    whole = whole[~np.isin(whole, chosen)]
    order = np.concatenate([np.array(chosen, dtype=np.int64), whole])
    lower = floor[order]
    lower[: len(chosen)] += 1
    return Step(columns[order], lower, engine.upper[columns[order]])
