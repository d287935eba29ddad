"""Why no week of tours exists: the intervals short, by how many heads, and what would have to give.

Each rule is dropped in turn; those whose absence alone lets a plan exist are the ones that would
have to give. Asked in fractions of people, or in whole ones where only these are too few.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from staffing.errors import BadInputError, InfeasibleError, Shortage
from staffing.optimize.tours.engine import Engine
from staffing.optimize.tours.model import HEADS_TOLERANCE, TourModel, whole_heads
from staffing.optimize.tours.relax import relaxations
from staffing.tours.groups import offered_groups

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.optimize.tours.engine import Point
    from staffing.optimize.tours.model import Matrix
    from staffing.tours.problem import TourProblem

_GAP = 0.01
_SEEN_HEADS = 0.05
_MAX_NODES = 200


def explain(problem: TourProblem, *, whole_people: bool = False) -> InfeasibleError:
    """Name the rules that would have to give, and what stays short with all of them.

    Parameters
    ----------
    problem : TourProblem
        Known to have no plan.
    whole_people : bool
        Whether fractions of people would do.
    """
    short = _least_short(problem, whole_people=whole_people)
    relaxed = dict(relaxations(problem))
    costs = {name: _least_cost(one, whole_people=whole_people) for name, one in relaxed.items()}
    giving = sorted((cost, name) for name, cost in costs.items() if cost is not None)
    cheapest = [f"{name} (a week then costs {cost:,.0f})" for cost, name in giving]
    remedy = " or ".join(cheapest) or f"more than one of {', '.join(relaxed)}"
    # Fractions of people that would read as 0.0 are told only where nothing more is missing.
    places = np.flatnonzero(short > min(_SEEN_HEADS, HEADS_TOLERANCE + float(short.max()) / 2))
    where = ""
    if len(places):
        worst = int(short.argmax())
        where = (
            f"{len(places)} intervals of the week stay short, worst {problem.grid.label(worst)} "
            f"by {short[worst]:.1f} heads; "
        )
    names = [name for _, name in giving] or ["cover"]
    return InfeasibleError(
        "seats" if "seats" in names else names[0],  # planners ask whether seats are to blame
        f"{problem.name}: {where}would have to give: {remedy}",
        tuple(Shortage(problem.grid.label(int(t)), float(short[t])) for t in places),
    )


def _least_cost(problem: TourProblem, *, whole_people: bool) -> float | None:
    try:
        model = TourModel(problem, offered_groups(problem))
    except BadInputError:
        return None
    point = _solve(model, model.matrix, whole_people=whole_people)
    return None if point is None else point.objective


def _solve(model: TourModel, matrix: Matrix, *, whole_people: bool) -> Point | None:
    engine = Engine(matrix, model.all_whole)
    if whole_people:
        return engine.solve_whole(relative_gap=_GAP, max_nodes=_MAX_NODES)
    return engine.solve()


def _least_short(problem: TourProblem, *, whole_people: bool) -> NDArray[np.float64]:
    """Heads beyond the allowed shortfall, as few in all as can be; zero when cover is not it."""
    free = replace(problem, worst_interval_cap=None, shortfall_price=1.0)
    heads = whole_heads(problem)
    allowed = np.zeros(len(heads))
    if problem.shortfall_price is not None:
        allowed += np.inf if problem.worst_interval_cap is None else problem.worst_interval_cap
    model = TourModel(
        replace(free, requirement=np.maximum(0, heads - allowed)), offered_groups(problem)
    )
    cost = np.zeros(model.num_columns)
    cost[model.short] = 1.0
    point = _solve(model, replace(model.matrix, cost=cost), whole_people=whole_people)
    return np.zeros(len(heads)) if point is None else point.values[model.short]
