"""Least-cost shifts for one team in the cyclic standard week.

Sets: intervals t of the week, candidate shifts j. Variables: ``x_j`` people on shift j, ``H``
seats. Objective: paid hours at their premium class, plus seats.

Constraints (the same names in ``docs/models/coverage.md`` and in infeasibility reports):

``cover``       presence_t >= required heads_t
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

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pulp

from staffing.errors import InfeasibleError, Shortage
from staffing.optimize.solver import SolveLimits, SolveLog, SolveOutcome, solve
from staffing.requirement import FixedHeads, TurnaroundWork
from staffing.turnaround import work_off

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.grid import WeekGrid
    from staffing.shifts import CandidateShift

_HEADS_TOLERANCE = 1e-6


@dataclass(frozen=True)
class CoverageProblem:
    """One team's week.

    Parameters
    ----------
    name : str
        Team, for messages.
    grid : WeekGrid
        Standard week.
    catalogue : tuple of CandidateShift
        Shifts that may be used.
    cost_by_interval : ndarray, shape (T,)
        Cost of one paid hour in each interval, premiums included.
    seat_price : float
        Cost of one seat for a week, 0 or more.
    seats_left : ndarray, shape (T,), or None
        Seats not taken by other teams of the site; None for no limit.
    target : FixedHeads or TurnaroundWork
        What must be covered.
    """

    name: str
    grid: WeekGrid
    catalogue: tuple[CandidateShift, ...]
    cost_by_interval: NDArray[np.float64]
    seat_price: float
    seats_left: NDArray[np.float64] | None
    target: FixedHeads | TurnaroundWork

    def shift_costs(self) -> NDArray[np.float64]:
        """Cost of one person on each candidate shift, shape (J,)."""
        per_interval = self.cost_by_interval * self.grid.interval_h
        return np.array([per_interval[shift.covers(self.grid)].sum() for shift in self.catalogue])

    def presence_matrix(self) -> NDArray[np.float64]:
        """1 where a shift works an interval, shape (T, J)."""
        matrix = np.zeros((self.grid.size, len(self.catalogue)))
        for column, shift in enumerate(self.catalogue):
            matrix[shift.covers(self.grid), column] = 1.0
        return matrix


@dataclass(frozen=True)
class CoverageResult:
    """The best shifts found and what is proven about them.

    Parameters
    ----------
    counts : ndarray of int, shape (J,)
        People per candidate shift.
    required : ndarray, shape (T,)
        Heads the work needs in each interval, as timed in this plan.
    objective, bound, gap : float
        Cost with seats, its proven lower bound, relative distance.
    stop_reason : str
        Why the search ended.
    """

    counts: NDArray[np.int64]
    required: NDArray[np.float64]
    objective: float
    bound: float
    gap: float
    stop_reason: str


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
            raise _explain_short(problem, target.heads, limits, log)
        return covered
    heads, bound = least_cost_capacity(problem, target, limits, log)
    heads = np.maximum(heads, target.floor_heads)
    covered = _cover_heads(problem, heads, limits, log)
    if covered is None:
        # Whole people at these times outgrow the seats; other times may not.
        covered = _cover_work(problem, target, limits, log)
        if covered is None:
            raise _explain_turnaround(problem, target, limits, log)
        bound = max(bound, covered.bound)
    return _trim(problem, target, covered, bound)


def _cover_heads(
    problem: CoverageProblem, heads: NDArray[np.float64], limits: SolveLimits, log: SolveLog
) -> CoverageResult | None:
    """Cover given heads by whole shifts; None when the seats or the shifts do not allow it."""
    if heads.max(initial=0.0) <= _HEADS_TOLERANCE:
        nobody = np.zeros(len(problem.catalogue), dtype=np.int64)
        return CoverageResult(nobody, heads, 0.0, 0.0, 0.0, "nothing to cover")
    model = _ShiftModel(problem, integer=True)
    model.require(heads)
    return model.result(heads, solve(model.program, limits, log))


def _cover_work(
    problem: CoverageProblem, work: TurnaroundWork, limits: SolveLimits, log: SolveLog
) -> CoverageResult | None:
    """Time the work and choose whole shifts in one program: slower, but exact about seats."""
    model = _ShiftModel(problem, integer=True)
    model.require_turnaround(work)
    return model.result(work.floor_heads, solve(model.program, limits, log))


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
    model = _ShiftModel(problem, integer=False)
    worked = model.require_turnaround(work)
    outcome = solve(model.program, limits, log)
    if outcome.infeasible:
        raise _explain_turnaround(problem, work, limits, log)
    return _heads_of(worked, work), outcome.bound


def _heads_of(worked: list[pulp.LpVariable], work: TurnaroundWork) -> NDArray[np.float64]:
    """Heads that work off the units of a solution, shape (T,)."""
    units = _values(worked)
    rate = work.units_per_head
    heads = np.divide(units, rate, out=np.zeros_like(units), where=rate > 0)
    return np.asarray(np.maximum(heads, 0.0), dtype=float)


def _trim(
    problem: CoverageProblem, work: TurnaroundWork, covered: CoverageResult, bound: float
) -> CoverageResult:
    """Drop shifts, dearest first, while the turnaround and the minimum crew still hold."""
    costs, presence = problem.shift_costs(), problem.presence_matrix()
    counts = covered.counts.copy()
    on_duty = presence @ counts
    for column in np.argsort(-costs, kind="stable"):
        while counts[column] > 0 and _suffices(work, on_duty - presence[:, column]):
            counts[column] -= 1
            on_duty -= presence[:, column]
    week = work_off(work.arrivals, work.units_per_head * on_duty, work.due_intervals)
    rate = work.units_per_head
    used = np.divide(week.worked, rate, out=np.zeros_like(rate), where=rate > 0)
    objective = float(costs @ counts + problem.seat_price * on_duty.max(initial=0.0))
    return CoverageResult(
        counts,
        np.maximum(used, work.floor_heads),
        objective,
        bound,
        max(0.0, objective - bound) / max(objective, 1e-9),
        "no shift can be dropped",
    )


def _suffices(work: TurnaroundWork, on_duty: NDArray[np.float64]) -> bool:
    if (on_duty < work.floor_heads - _HEADS_TOLERANCE).any():
        return False
    return work_off(work.arrivals, work.units_per_head * on_duty, work.due_intervals).in_time


class _ShiftModel:
    """Shift variables, presence, seats and cost, shared by every model of this page."""

    def __init__(
        self, problem: CoverageProblem, *, integer: bool, seats: bool = True, short: bool = False
    ) -> None:
        self.problem = problem
        self.program = pulp.LpProblem("coverage", pulp.LpMinimize)
        category: Literal["Integer", "Continuous"] = "Integer" if integer else "Continuous"
        self.x = [
            self.program.add_variable(f"shift_{j}", 0, None, category)
            for j in range(len(problem.catalogue))
        ]
        self.seats = self.program.add_variable("seats", 0)
        self.presence = self._presence()
        costs = problem.shift_costs()
        self.cost = (
            pulp.lpSum(float(cost) * x for cost, x in zip(costs, self.x, strict=True))
            + problem.seat_price * self.seats
        )
        self.program.setObjective(self.cost)
        for t, present in enumerate(self.presence):
            self.program += present <= self.seats, f"seats_used_{t}"
            if seats and problem.seats_left is not None:
                self.program += present <= float(problem.seats_left[t]), f"seats_{t}"
        self.short = (
            [self.program.add_variable(f"short_{t}", 0) for t in range(problem.grid.size)]
            if short
            else []
        )

    def _presence(self) -> list[pulp.LpAffineExpression]:
        at: list[list[pulp.LpVariable]] = [[] for _ in range(self.problem.grid.size)]
        for variable, shift in zip(self.x, self.problem.catalogue, strict=True):
            for t in shift.covers(self.problem.grid):
                at[t].append(variable)
        return [pulp.lpSum(variables) for variables in at]

    def require(self, heads: NDArray[np.float64]) -> None:
        """Add ``cover``: presence (plus shortfall, if modelled) reaches the heads."""
        for t in np.flatnonzero(heads > _HEADS_TOLERANCE):
            present = self.presence[t] + (self.short[t] if self.short else 0.0)
            self.program += present >= float(heads[t]) - _HEADS_TOLERANCE, f"cover_{t}"

    def require_turnaround(self, work: TurnaroundWork) -> list[pulp.LpVariable]:
        """Add the flow of deferrable work and return the units worked by interval."""
        size = self.problem.grid.size
        worked = [self.program.add_variable(f"worked_{t}", 0) for t in range(size)]
        backlog = [self.program.add_variable(f"backlog_{t}", 0) for t in range(size)]
        weeks, rest = divmod(work.due_intervals - 1, size)
        whole_weeks = weeks * float(work.arrivals.sum())
        for t in range(size):
            rate = float(work.units_per_head[t])
            self.program += worked[t] <= rate * self.presence[t], f"capacity_{t}"
            self.program += (
                backlog[t] == backlog[t - 1] + float(work.arrivals[t]) - worked[t],
                f"backlog_{t}",
            )
            ahead = pulp.lpSum(worked[(t + k) % size] for k in range(1, rest + 1))
            self.program += backlog[t] <= ahead + whole_weeks, f"turnaround_{t}"
            if work.floor_heads[t] > 0:
                self.program += self.presence[t] >= float(work.floor_heads[t]), f"cover_{t}"
        return worked

    def result(self, required: NDArray[np.float64], outcome: SolveOutcome) -> CoverageResult | None:
        """Read whole shifts and what is proven of them; None when there is no such plan."""
        if outcome.infeasible:
            return None
        counts = np.rint(_values(self.x)).astype(np.int64)
        bound = max(0.0, outcome.bound)  # no cost is negative, even if nothing was proven
        gap = max(0.0, outcome.objective - bound) / max(outcome.objective, 1e-9)
        return CoverageResult(counts, required, outcome.objective, bound, gap, outcome.stop_reason)


def _values(variables: list[pulp.LpVariable]) -> NDArray[np.float64]:
    return np.array([variable.value() for variable in variables], dtype=float)


def _explain_short(
    problem: CoverageProblem, heads: NDArray[np.float64], limits: SolveLimits, log: SolveLog
) -> InfeasibleError:
    """Name what stays short: heads no shift can reach, else the least total shortfall."""
    unreached = _unreached(problem, heads)
    if unreached:
        return unreached
    model = _ShiftModel(problem, integer=True, short=True)
    model.require(heads)
    model.program.setObjective(pulp.lpSum(model.short))
    solve(model.program, limits, log)
    missing = _values(model.short)
    worst = int(missing.argmax())
    shortages = _shortages(problem, np.where(missing > _HEADS_TOLERANCE, missing, 0.0))
    return InfeasibleError(
        "seats",
        f"{problem.name}: {len(shortages)} intervals of the week stay short, worst "
        f"{problem.grid.label(worst)} by {missing[worst]:.1f} heads; the work needs "
        f"{_fewest_seats(problem, heads, limits, log)} seats at its peak: add seats, longer site "
        "hours or other shift lengths",
        shortages,
    )


def _explain_turnaround(
    problem: CoverageProblem, work: TurnaroundWork, limits: SolveLimits, log: SolveLog
) -> InfeasibleError:
    """Say which arrivals cannot be finished, or how many seats it would take."""
    unreached = _unreached(problem, work.floor_heads)
    if unreached:
        return unreached
    workable = work.units_per_head * problem.presence_matrix().any(axis=1)
    unlimited = np.where(workable > 0, work.arrivals.sum(), 0.0)
    late = work_off(work.arrivals, unlimited, work.due_intervals).late
    if (late > _HEADS_TOLERANCE).any():
        return turnaround_too_short(problem, late)
    model = _ShiftModel(problem, integer=False, seats=False)
    worked = model.require_turnaround(work)
    model.program.setObjective(model.seats)
    solve(model.program, limits, log)
    heads = np.maximum(_heads_of(worked, work), work.floor_heads)
    left = np.zeros(1) if problem.seats_left is None else problem.seats_left[workable > 0]
    available = float(left.max(initial=0.0))
    return InfeasibleError(
        "seats",
        f"{problem.name}: {available:.0f} seats are free at most and too few at the peak; "
        f"{_fewest_seats(problem, heads, limits, log)} seats suffice: add seats or allow a "
        "longer turnaround",
    )


def _unreached(problem: CoverageProblem, heads: NDArray[np.float64]) -> InfeasibleError | None:
    """Report heads wanted where no allowed shift works."""
    reached = problem.presence_matrix().any(axis=1)
    missing = np.where(reached | (heads <= _HEADS_TOLERANCE), 0.0, heads)
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


def _fewest_seats(
    problem: CoverageProblem, heads: NDArray[np.float64], limits: SolveLimits, log: SolveLog
) -> int:
    """Seats with which whole shifts cover the heads."""
    model = _ShiftModel(problem, integer=True, seats=False)
    model.require(heads)
    model.program.setObjective(model.seats)
    return round(solve(model.program, limits, log).objective)


def turnaround_too_short(problem: CoverageProblem, late: NDArray[np.float64]) -> InfeasibleError:
    """Report work that waits for the next opening longer than its turnaround."""
    grid = problem.grid
    first = int(np.flatnonzero(late > _HEADS_TOLERANCE)[0])
    return InfeasibleError(
        "turnaround",
        f"{problem.name}: turnaround_h is shorter than the closed time allows: work arriving "
        f"{grid.label(first)} cannot be finished in time by any number of people; lengthen "
        "turnaround_h or the opening hours",
        tuple(Shortage(grid.label(int(t)), 0.0) for t in np.flatnonzero(late > _HEADS_TOLERANCE)),
    )
