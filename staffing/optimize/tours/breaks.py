"""When the breaks start, given who is on which shift, and whose break is which.

Given the shifts and one break rule, the rows are differences of the running count of breaks: the
dual of a flow, whole of itself. Several rules share the cover and need branching, on a program
that is small once the shifts are fixed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from staffing.optimize.tours.engine import Engine

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.optimize.tours.engine import Point
    from staffing.optimize.tours.model import TourModel
    from staffing.tours.problem import TourProblem
    from staffing.tours.rules import BreakRule

_GAP = 1e-5
_MAX_NODES = 200


def place_breaks(model: TourModel, people: NDArray[np.float64], seed: int) -> Point | None:
    """Start the breaks of given shifts when they are missed least.

    Parameters
    ----------
    model : TourModel
        The columns.
    people : ndarray
        Whole values of ``model.people``.
    seed : int
        Of the solver's own choices.

    Returns
    -------
    Point or None
        None when these shifts do not cover what must be covered.
    """
    engine = Engine(model.matrix, np.concatenate([*model.breaking, model.whole_worst]), seed)
    engine.bound(model.people, people, people)
    point = engine.solve_whole(relative_gap=_GAP, max_nodes=_MAX_NODES)
    problem = model.problem
    if point is None and problem.shortfall_price is not None and problem.worst_interval_cap is None:
        return engine.solve()  # anybody may be missing: fractions can be rounded
    return point


def waiting_of(model: TourModel, point: Point) -> tuple[NDArray[np.int64], ...]:
    """People whose window is open and whose break is still to come, by break rule, shape (T,).

    Halves are rounded up: even fractions of people then keep to every window, as openings are
    whole.
    """
    return tuple(np.floor(point.values[queue] + 0.5).astype(np.int64) for queue in model.waiting)


def breaks_of_shifts(
    problem: TourProblem,
    rule: BreakRule,
    starts: NDArray[np.int64],
    lengths: NDArray[np.int64],
    waiting: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Start of the break of every person-shift, first come, first served; -1 where it has none.

    Parameters
    ----------
    problem : TourProblem
        Grid and break rules.
    rule : BreakRule
        The break.
    starts, lengths : ndarray of int
        First interval and intervals of each person's shift.
    waiting : ndarray of int, shape (T,)
        As :func:`waiting_of` has it.
    """
    size = problem.grid.size
    found = np.full(len(starts), -1)
    for length in np.unique(lengths):
        if rule.applies_to(length * problem.grid.interval_h):
            having = lengths == length
            found[having] = (starts[having] + problem.opens_after(rule, int(length))) % size
    having = np.flatnonzero(found >= 0)
    opens = found[having]
    opened = np.bincount(opens, minlength=size)
    begun = np.repeat(np.arange(size), waiting[np.arange(size) - 1] + opened - waiting)
    order = np.argsort(opens, kind="stable")
    # Those still waiting from last week come first.
    found[having[order]] = np.roll(begun, -int(waiting[-1]))
    return found
