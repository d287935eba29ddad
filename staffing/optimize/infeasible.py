"""Why no roster exists: which rule, which intervals, how many heads, and what would relax it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from staffing.errors import InfeasibleError, Shortage
from staffing.optimize.shift_model import HEADS_TOLERANCE, ShiftModel
from staffing.turnaround import work_off

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.optimize.shift_model import CoverageProblem
    from staffing.optimize.solver import SolveLimits, SolveLog
    from staffing.requirement import TurnaroundWork


def explain_short(
    problem: CoverageProblem, heads: NDArray[np.float64], limits: SolveLimits, log: SolveLog
) -> InfeasibleError:
    """Name what stays short: heads no shift can reach, else the least total shortfall."""
    unreached = _unreached(problem, heads)
    if unreached:
        return unreached
    if problem.shortfall_price is not None:
        return _cap_too_small(problem, heads, limits, log)
    model = ShiftModel(problem, integer=True, short=True)
    model.require(heads)
    model.program.minimise((model.short, 1.0))
    missing = model.program.solve(limits, log).values[model.short]
    worst = int(missing.argmax())
    shortages = _shortages(problem, np.where(missing > HEADS_TOLERANCE, missing, 0.0))
    return InfeasibleError(
        "seats",
        f"{problem.name}: {len(shortages)} intervals of the week stay short, worst "
        f"{problem.grid.label(worst)} by {missing[worst]:.1f} heads; "
        f"{_more_seats(problem, heads, limits, log)} more would do: add seats, longer site hours "
        "or other shift lengths",
        shortages,
    )


def _cap_too_small(
    problem: CoverageProblem, heads: NDArray[np.float64], limits: SolveLimits, log: SolveLog
) -> InfeasibleError:
    """Say how many heads must be short in the worst interval with the seats there are."""
    model = ShiftModel(problem, integer=True, short=True)
    model.require(heads)
    worst = model.program.columns(1)
    capped = model.program.block(len(heads), upper=0.0)
    model.program.put(capped, model.short)
    model.program.put(capped, worst, -1.0)
    model.program.minimise((worst, 1.0))
    missing = model.program.solve(limits, log).values[model.short]
    return InfeasibleError(
        "worst_interval",
        f"{problem.name}: with the seats there are, at least {missing.max():.1f} heads are short "
        f"{problem.grid.label(int(missing.argmax()))}, max_short_heads is "
        f"{problem.max_short_heads:g}; {_more_seats(problem, heads, limits, log)} more seats would "
        "leave nobody short",
        _shortages(problem, np.where(missing > HEADS_TOLERANCE, missing, 0.0)),
    )


def explain_turnaround(
    problem: CoverageProblem, work: TurnaroundWork, limits: SolveLimits, log: SolveLog
) -> InfeasibleError:
    """Say which arrivals cannot be finished, or how many seats it would take."""
    unreached = _unreached(problem, work.floor_heads)
    if unreached:
        return unreached
    workable = work.units_per_head * problem.presence_matrix().any(axis=1)
    unlimited = np.where(workable > 0, work.arrivals.sum(), work.spare_units)
    late = work_off(work.arrivals, unlimited, work.due_intervals).late
    if (late > HEADS_TOLERANCE).any():
        return turnaround_too_short(problem, work, late)
    model = ShiftModel(problem, integer=False, more_seats=True)
    worked = model.require_turnaround(work)
    model.program.minimise((model.more_seats, 1.0))
    heads = work.heads_for(model.program.solve(limits, log).values[worked])
    more = _more_seats(problem, heads, limits, log)
    return InfeasibleError(
        "seats",
        f"{problem.name}: the seats that other teams leave are too few for the turnaround; {more} "
        "more would do: add seats or allow a longer turnaround",
    )


def _unreached(problem: CoverageProblem, heads: NDArray[np.float64]) -> InfeasibleError | None:
    """Report heads wanted where no allowed shift works."""
    reached = problem.presence_matrix().any(axis=1)
    missing = np.where(reached | (heads <= HEADS_TOLERANCE), 0.0, heads)
    if not missing.any():
        return None
    first = problem.grid.label(int(np.flatnonzero(missing)[0]))
    return InfeasibleError(
        "cover",
        f"{problem.name}: no allowed shift works at {first}, where {missing[missing > 0][0]:.1f} "
        "heads are needed: widen the site's hours, or allow other shift lengths or starts",
        _shortages(problem, missing),
    )


def _shortages(problem: CoverageProblem, missing: NDArray[np.float64]) -> tuple[Shortage, ...]:
    return tuple(
        Shortage(problem.grid.label(int(t)), float(missing[t])) for t in np.flatnonzero(missing)
    )


def _more_seats(
    problem: CoverageProblem, heads: NDArray[np.float64], limits: SolveLimits, log: SolveLog
) -> int:
    """Seats, beside those left by other teams, with which whole shifts cover the heads."""
    model = ShiftModel(problem, integer=True, more_seats=True)
    model.require(heads)
    model.program.minimise((model.more_seats, 1.0))
    return math.ceil(model.program.solve(limits, log).outcome.objective - HEADS_TOLERANCE)


def turnaround_too_short(
    problem: CoverageProblem, work: TurnaroundWork, late: NDArray[np.float64]
) -> InfeasibleError:
    """Report work that waits for the next opening longer than its turnaround allows."""
    grid = problem.grid
    waiting = np.flatnonzero(late > HEADS_TOLERANCE)
    workable = work.units_per_head * problem.presence_matrix().any(axis=1) > 0
    if workable.any():
        needed = shortest_due(work.arrivals, workable) * grid.interval_h
        remedy = f"at least {needed:g} h would do; or open in between"
    else:
        remedy = "no allowed shift works while the service is open; widen the opening hours"
    return InfeasibleError(
        "turnaround",
        f"{problem.name}: turnaround_h is shorter than the closed time allows: work arriving "
        f"{grid.label(int(waiting[0]))} cannot be finished in time by any number of people; "
        f"{remedy}",
        tuple(Shortage(grid.label(int(t)), 0.0) for t in waiting),
    )


def shortest_due(arrivals: NDArray[np.float64], workable: NDArray[np.bool_]) -> int:
    """Fewest intervals, that of arrival included, until every arrival meets workable time.

    Parameters
    ----------
    arrivals : ndarray, shape (T,)
        Units arriving in each interval.
    workable : ndarray of bool, shape (T,)
        Intervals in which work can be done, at least one.
    """
    size = len(workable)
    due = 1
    for t in np.flatnonzero(arrivals > 0):
        ahead = np.roll(workable, -int(t))
        due = max(due, int(np.argmax(ahead)) + 1)
    return min(due, size)
