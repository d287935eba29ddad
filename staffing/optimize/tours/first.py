"""A first plan of whole people, come what may.

The dive nearly always ends in one. Where the cover is hard it may not: people are rounded, and
breaks of several kinds are whole. Then the cover is made soft but dear, and people are added until
nobody is missing. The last resort is branch and bound.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from staffing.errors import SolverStoppedError
from staffing.optimize.tours.breaks import place_breaks
from staffing.optimize.tours.dive import dive
from staffing.optimize.tours.engine import Engine
from staffing.optimize.tours.infeasible import explain
from staffing.optimize.tours.model import TourModel, whole_heads
from staffing.optimize.tours.reinforce import reinforced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from staffing.optimize.tours.engine import Point

    People = NDArray[np.float64]

_DEAR = 200.0  # head-hours short cost this many of the dearest hours: more than anybody's week
_LAST_RESORT_GAP = 0.01
_LAST_RESORT_NODES = 200


@dataclass(frozen=True)
class Staff:
    """Whole people, and the whole solution they are part of, breaks included."""

    people: People
    point: Point
    stop_reason: str


def first_staff(model: TourModel, engine: Engine, relaxed: Point, seed: int) -> Staff:
    """Find whole people and breaks.

    Parameters
    ----------
    model : TourModel
        The columns.
    engine : Engine
        Holds its matrix; its bounds are changed.
    relaxed : Point
        Solution in fractions of people.
    seed : int
        Of the solver's own choices.

    Raises
    ------
    InfeasibleError
        When fractions of people meet the rules, but no whole people do.
    SolverStoppedError
        When even the last resort found nobody within its limits.
    """
    for people, how in _attempts(model, engine, relaxed, seed):
        point = place_breaks(model, people, seed)
        if point is not None:
            return Staff(people, point, how)
    last = Engine(model.matrix, model.all_whole, seed)
    point = last.solve_whole(relative_gap=_LAST_RESORT_GAP, max_nodes=_LAST_RESORT_NODES)
    if point is not None:
        return Staff(_whole(model, point), point, "branch and bound finished")
    if last.infeasible:
        raise explain(model.problem, whole_people=True)
    raise SolverStoppedError(
        f"{model.problem.name}: fractions of people meet the rules, but no plan of whole people "
        "was found within the limits; allow a shortfall, more seats or more kinds of tours"
    )


def _attempts(
    model: TourModel, engine: Engine, relaxed: Point, seed: int
) -> Iterator[tuple[People, str]]:
    settled = dive(model, engine, relaxed)
    if settled is not None:
        yield _whole(model, settled), "dive finished"
    soft = _softened(model)
    if settled is None:
        engine = Engine(soft.matrix, soft.integers, seed)
        start = engine.solve()
        settled = None if start is None else dive(soft, engine, start)
    if settled is not None:
        for people in reinforced(model.problem, soft, _whole(model, settled), seed):
            yield people, "dive finished, people added"


def _whole(model: TourModel, point: Point) -> People:
    return np.rint(point.values[model.people])


def _softened(model: TourModel) -> TourModel:
    """The same columns where anybody may be missing, at a price that nobody is worth."""
    problem = model.problem
    return TourModel(
        replace(
            problem,
            requirement=whole_heads(problem),
            shortfall_price=_DEAR * max(float(problem.cost_by_interval.max()), 1.0),
            worst_interval_cap=None,
        ),
        model.groups,
    )
