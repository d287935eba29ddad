"""Least-cost shifts for one team in the cyclic standard week.

Sets: intervals t of the week, candidate shifts j. Variables: ``x_j`` people on shift j, ``H``
seats. Objective: paid hours at their premium class, plus seats and priced shortfall.

Constraints (the same names in ``docs/models/coverage.md`` and in infeasibility reports):

``cover``       presence_t + short_t >= required heads_t; short_t = 0 unless shortfall is priced
``worst_interval``  short_t <= cap
``turnaround``  every unit is finished within its turnaround time (deferrable work)
``seats``       presence_t <= seats left at the site; presence_t <= H
``site_hours``  shifts lie inside the site's hours (by construction of the catalogue)

A cover of given heads is a nearly unimodular program and is solved to a proven gap. For
deferrable work the heads come from a linear program over the same shifts (least-cost capacity);
its value bounds every whole plan from below. Those heads are covered, then shifts are dropped,
dearest first, while first-in-first-out work still meets the turnaround: the gap reported is
against the linear program, so it is proven.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from staffing.optimize.cover_shifts import cover_shifts
from staffing.optimize.infeasible import explain_short, explain_turnaround
from staffing.optimize.shift_model import (
    HEADS_TOLERANCE,
    CoverageProblem,
    CoverageResult,
    ShiftModel,
)
from staffing.requirement import FixedHeads, TurnaroundWork
from staffing.shift_cover import CandidateShift, ShiftCover
from staffing.turnaround import finishes_in_time, work_off

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.optimize.solver import SolveLimits, SolveLog

__all__ = ["CandidateShift", "ShiftCover", "cover_shifts", "cover_week", "least_cost_capacity"]


def cover_week(problem: CoverageProblem, limits: SolveLimits, log: SolveLog) -> CoverageResult:
    """Find the least-cost shifts of a team.

    Raises
    ------
    InfeasibleError
        Naming the rule (`cover`, `seats` or `turnaround`), the intervals and heads short.
    SolverStoppedError
        When a limit ended the search before a plan was found.
    """
    target = problem.target
    if isinstance(target, FixedHeads):
        covered = _cover_heads(problem, target.heads, limits, log)
        if covered is None:
            raise explain_short(problem, target.heads, limits, log)
        return covered
    heads, bound = least_cost_capacity(problem, target, limits, log)
    covered = _cover_heads(problem, heads, limits, log)
    if covered is None:
        # Whole people at these times outgrow the seats; other times may not.
        covered = _cover_work(problem, target, limits, log)
        if covered is None:
            raise explain_turnaround(problem, target, limits, log)
        bound = max(bound, covered.bound)
    return _trim(problem, target, covered, max(bound, least_whole_shifts(problem, target)))


def _cover_heads(
    problem: CoverageProblem, heads: NDArray[np.float64], limits: SolveLimits, log: SolveLog
) -> CoverageResult | None:
    """Cover given heads by whole shifts; None when the seats or the shifts do not allow it."""
    if heads.max(initial=0.0) <= HEADS_TOLERANCE:
        nobody = np.zeros(len(problem.catalogue), dtype=np.int64)
        return CoverageResult(nobody, heads, 0.0, 0.0, 0.0, "nothing to cover")
    model = ShiftModel(problem, integer=True)
    if problem.shortfall_price is not None:
        model.price_shortfall()
    model.require(heads)
    return model.result(heads, model.program.solve(limits, log))


def _cover_work(
    problem: CoverageProblem, work: TurnaroundWork, limits: SolveLimits, log: SolveLog
) -> CoverageResult | None:
    """Time the work and choose whole shifts in one program: slower, but exact about seats."""
    model = ShiftModel(problem, integer=True)
    model.require_turnaround(work)
    return model.result(work.floor_heads, model.program.solve(limits, log))


def least_cost_capacity(
    problem: CoverageProblem, work: TurnaroundWork, limits: SolveLimits, log: SolveLog
) -> tuple[NDArray[np.float64], float]:
    """Cheapest shift-shaped capacity, in fractions of people, that meets the turnaround.

    Variables: people per shift, units worked ``w_t``, backlog ``B_t``; constraints
    ``w_t <= units_per_head_t * presence_t``, ``B_t = B_(t-1) + arrivals_t - w_t`` (cyclic) and
    ``B_t <= w_(t+1) + ... + w_(t+due-1)``.

    Returns
    -------
    heads : ndarray, shape (T,)
        Heads the timed work needs.
    bound : float
        Cost below which no plan of whole shifts can be.
    """
    model = ShiftModel(problem, integer=False)
    worked = model.require_turnaround(work)
    solution = model.program.solve(limits, log)
    if solution.outcome.infeasible:
        raise explain_turnaround(problem, work, limits, log)
    return work.heads_for(solution.values[worked]), solution.outcome.bound


def least_whole_shifts(problem: CoverageProblem, work: TurnaroundWork) -> float:
    """Cost of as many whole shifts, the cheapest, as the units take when each shift is the best.

    For a team of one or two this is far above the bound in fractions of people.
    """
    own_units = float(work.arrivals.sum() - work.spare_units.sum())
    most_units = float((problem.presence_matrix().T @ work.units_per_head).max(initial=0.0))
    if own_units <= HEADS_TOLERANCE or most_units <= 0:
        return 0.0
    shifts = np.ceil(own_units / most_units - HEADS_TOLERANCE)
    return float(shifts * problem.shift_costs().min() + problem.seat_price)


def _trim(
    problem: CoverageProblem, work: TurnaroundWork, covered: CoverageResult, bound: float
) -> CoverageResult:
    """Drop shifts, dearest first, while the turnaround and the minimum crew still hold."""
    costs, presence = problem.shift_costs(), problem.presence_matrix()
    counts = covered.counts.copy()
    on_duty = presence @ counts
    dearest_first = np.argsort(-costs, kind="stable")
    for column in dearest_first[counts[dearest_first] > 0]:
        dropped = _most_dropped(work, on_duty, presence[:, column], int(counts[column]))
        counts[column] -= dropped
        on_duty -= dropped * presence[:, column]
    week = work_off(work.arrivals, work.capacity(on_duty), work.due_intervals)
    objective = float(costs @ counts + problem.seat_price * on_duty.max(initial=0.0))
    return CoverageResult(
        counts,
        work.heads_for(week.worked),
        objective,
        bound,
        max(0.0, objective - bound) / max(objective, 1e-9),
        "no shift can be dropped",
    )


def _most_dropped(
    work: TurnaroundWork, on_duty: NDArray[np.float64], shift: NDArray[np.float64], people: int
) -> int:
    """Most people of one shift that can go; by halving, since fewer people never finish sooner."""
    if not _suffices(work, on_duty - shift):
        return 0
    fine, too_many = 1, people + 1
    while too_many - fine > 1:
        middle = (fine + too_many) // 2
        if _suffices(work, on_duty - middle * shift):
            fine = middle
        else:
            too_many = middle
    return fine


def _suffices(work: TurnaroundWork, on_duty: NDArray[np.float64]) -> bool:
    if (on_duty < work.floor_heads - HEADS_TOLERANCE).any():
        return False
    return finishes_in_time(work.arrivals, work.capacity(on_duty), work.due_intervals)
