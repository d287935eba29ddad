"""The shift program: variables, presence, seats and cost, shared by every coverage model.

Constraint names are those of ``docs/models/coverage.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pulp

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.grid import WeekGrid
    from staffing.optimize.solver import SolveOutcome
    from staffing.requirement import FixedHeads, TurnaroundWork
    from staffing.shifts import WeekShift

HEADS_TOLERANCE = 1e-6


@dataclass(frozen=True)
class CoverageProblem:
    """One team's week.

    Parameters
    ----------
    name : str
        Team, for messages.
    grid : WeekGrid
        Standard week.
    catalogue : tuple of WeekShift
        Shifts that may be used.
    cost_by_interval : ndarray, shape (T,)
        Cost of one paid hour in each interval, premiums included.
    seat_price : float
        Cost of one seat for a week, 0 or more.
    seats_left : ndarray, shape (T,), or None
        Seats not taken by other teams of the site; None for no limit.
    target : FixedHeads or TurnaroundWork
        What must be covered.
    shortfall_price : float or None
        Cost of one of the fixed heads missing for one hour; None: none may be missing.
    max_short_heads : float or None
        Most heads missing in any interval; None for no cap.
    paid_shares : ndarray, shape (J,), or None
        Paid part of each candidate shift; None: all of it.
    """

    name: str
    grid: WeekGrid
    catalogue: tuple[WeekShift, ...]
    cost_by_interval: NDArray[np.float64]
    seat_price: float
    seats_left: NDArray[np.float64] | None
    target: FixedHeads | TurnaroundWork
    shortfall_price: float | None = None
    max_short_heads: float | None = None
    paid_shares: NDArray[np.float64] | None = None

    def shift_costs(self) -> NDArray[np.float64]:
        """Cost of one person on each candidate shift, shape (J,)."""
        per_interval = self.cost_by_interval * self.grid.interval_h
        whole = np.array([per_interval[shift.covers(self.grid)].sum() for shift in self.catalogue])
        return whole if self.paid_shares is None else whole * self.paid_shares

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


class ShiftModel:
    """People per shift, presence, seats and cost, with the constraints a model asks for."""

    def __init__(
        self,
        problem: CoverageProblem,
        *,
        integer: bool,
        more_seats: bool = False,
        short: bool = False,
        program: pulp.LpProblem | None = None,
        prefix: str = "",
    ) -> None:
        """Start a program of its own, or join one under names with a prefix of its own."""
        self.problem = problem
        self.program = pulp.LpProblem("coverage", pulp.LpMinimize) if program is None else program
        category: Literal["Integer", "Continuous"] = "Integer" if integer else "Continuous"
        self.x = [
            self.program.add_variable(f"{prefix}shift_{j}", 0, None, category)
            for j in range(len(problem.catalogue))
        ]
        self.seats = self.program.add_variable(f"{prefix}seats", 0)
        most = None if more_seats else 0
        self.more_seats = self.program.add_variable(f"{prefix}more_seats", 0, most)
        self.presence = self._presence()
        costs = problem.shift_costs()
        self.cost = (
            pulp.lpSum(float(cost) * x for cost, x in zip(costs, self.x, strict=True))
            + problem.seat_price * self.seats
        )
        self.program.setObjective(self.cost)
        for t, present in enumerate(self.presence):
            self.program += present <= self.seats, f"{prefix}seats_used_{t}"
            if problem.seats_left is not None:
                left = float(problem.seats_left[t]) + self.more_seats
                self.program += present <= left, f"{prefix}seats_{t}"
        self.short = self._shortfall(prefix, None) if short else []

    def _shortfall(self, prefix: str, most: float | None) -> list[pulp.LpVariable]:
        """Heads missing in each interval, unpriced."""
        size = self.problem.grid.size
        return [self.program.add_variable(f"{prefix}short_{t}", 0, most) for t in range(size)]

    def price_shortfall(self) -> None:
        """Let heads be missing at a price: ``worst_interval`` caps them in every interval."""
        problem = self.problem
        self.short = self._shortfall("", problem.max_short_heads)
        price = (problem.shortfall_price or 0.0) * problem.grid.interval_h
        self.program.setObjective(self.cost + price * pulp.lpSum(self.short))

    def _presence(self) -> list[pulp.LpAffineExpression]:
        at: list[list[pulp.LpVariable]] = [[] for _ in range(self.problem.grid.size)]
        for variable, shift in zip(self.x, self.problem.catalogue, strict=True):
            for t in shift.covers(self.problem.grid):
                at[t].append(variable)
        return [pulp.lpSum(variables) for variables in at]

    def require(self, heads: NDArray[np.float64]) -> None:
        """Add ``cover``: presence (plus shortfall, if modelled) reaches the heads."""
        for t in np.flatnonzero(heads > HEADS_TOLERANCE):
            present = self.presence[t] + (self.short[t] if self.short else 0.0)
            self.program += present >= float(heads[t]) - HEADS_TOLERANCE, f"cover_{t}"

    def require_turnaround(self, work: TurnaroundWork) -> list[pulp.LpVariable]:
        """Add the flow of deferrable work and return the units worked by interval."""
        size = self.problem.grid.size
        worked = [self.program.add_variable(f"worked_{t}", 0) for t in range(size)]
        backlog = [self.program.add_variable(f"backlog_{t}", 0) for t in range(size)]
        # Worked since Monday 00:00: a window of any length is then a difference of two of these.
        done = [self.program.add_variable(f"done_{t}", 0) for t in range(size)]
        for t in range(size):
            since = done[t - 1] if t else 0.0
            self.program += done[t] == since + worked[t], f"done_{t}"
        weeks, rest = divmod(work.due_intervals - 1, size)
        whole_weeks = weeks * float(work.arrivals.sum())
        for t in range(size):
            rate = float(work.units_per_head[t])
            spare = float(work.spare_units[t])
            self.program += worked[t] <= rate * self.presence[t] + spare, f"capacity_{t}"
            self.program += (
                backlog[t] == backlog[t - 1] + float(work.arrivals[t]) - worked[t],
                f"backlog_{t}",
            )
            over, end = divmod(t + rest, size)
            ahead = done[end] - done[t] + over * done[-1]
            self.program += backlog[t] <= ahead + whole_weeks, f"turnaround_{t}"
            if work.floor_heads[t] > 0:
                self.program += self.presence[t] >= float(work.floor_heads[t]), f"cover_{t}"
        return worked

    def result(self, required: NDArray[np.float64], outcome: SolveOutcome) -> CoverageResult | None:
        """Read whole shifts and what is proven of them; None when there is no such plan."""
        if outcome.infeasible:
            return None
        counts = np.rint(values_of(self.x)).astype(np.int64)
        bound = max(0.0, outcome.bound)  # no cost is negative, even if nothing was proven
        gap = max(0.0, outcome.objective - bound) / max(outcome.objective, 1e-9)
        return CoverageResult(counts, required, outcome.objective, bound, gap, outcome.stop_reason)


def values_of(variables: list[pulp.LpVariable]) -> NDArray[np.float64]:
    """Values of variables in the last solution, in their order."""
    return np.array([variable.value() for variable in variables], dtype=float)


def heads_of(worked: list[pulp.LpVariable], work: TurnaroundWork) -> NDArray[np.float64]:
    """Heads that work off the units of a solution, shape (T,)."""
    return work.heads_for(values_of(worked))
