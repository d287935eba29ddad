"""A program held as arrays: columns and rows come in blocks, and HiGHS takes them as they are.

For models whose rows can be written down for all intervals or weeks at once; a program of
expressions takes longer to build than to solve.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import highspy
import numpy as np
import pulp

from staffing.optimize.solver import SolveLimits, SolveLog, SolveOutcome, judged
from staffing.optimize.tours.engine import loaded
from staffing.optimize.tours.model import INFINITY, Matrix, entries

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]
    Numbers = NDArray[np.int64]

_STATUS = {
    highspy.HighsModelStatus.kOptimal: pulp.LpSolveStatus.Optimal,
    highspy.HighsModelStatus.kInfeasible: pulp.LpSolveStatus.Infeasible,
    highspy.HighsModelStatus.kUnbounded: pulp.LpSolveStatus.Unbounded,
    highspy.HighsModelStatus.kObjectiveBound: pulp.LpSolveStatus.GapLimit,
    highspy.HighsModelStatus.kObjectiveTarget: pulp.LpSolveStatus.GapLimit,
    highspy.HighsModelStatus.kInterrupt: pulp.LpSolveStatus.Interrupted,
    highspy.HighsModelStatus.kTimeLimit: pulp.LpSolveStatus.TimeLimit,
    highspy.HighsModelStatus.kIterationLimit: pulp.LpSolveStatus.IterationLimit,
    highspy.HighsModelStatus.kSolutionLimit: pulp.LpSolveStatus.SolutionLimit,
    highspy.HighsModelStatus.kMemoryLimit: pulp.LpSolveStatus.MemoryLimit,
}
_CUT_SHORT = {
    pulp.LpSolveStatus.GapLimit,
    pulp.LpSolveStatus.Interrupted,
    pulp.LpSolveStatus.TimeLimit,
    pulp.LpSolveStatus.IterationLimit,
    pulp.LpSolveStatus.SolutionLimit,
    pulp.LpSolveStatus.MemoryLimit,
}


@dataclass(frozen=True)
class Solution:
    """What a solve proved, and the value of every column: nan for all where there is none."""

    outcome: SolveOutcome
    values: Array


class Program:
    """Columns, rows and costs to be minimised.

    Parameters
    ----------
    name : str
        For messages.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.num_columns = self.num_rows = 0
        self._bounds: list[tuple[Array, Array]] = []
        self._whole: list[NDArray[np.bool_]] = []
        self._limits: list[tuple[Array, Array]] = []
        self._entries: list[tuple[Numbers, Numbers, Array]] = []
        self._costs: list[tuple[Numbers, Array]] = []

    def columns(self, count: int, *, upper: ArrayLike = INFINITY, whole: bool = False) -> Numbers:
        """Add columns of 0 or more and return their numbers."""
        ceiling = np.broadcast_to(np.asarray(upper, dtype=float), count)
        self._bounds.append((np.zeros(count), ceiling))
        self._whole.append(np.full(count, whole))
        self.num_columns += count
        return np.arange(self.num_columns - count, self.num_columns)

    def block(
        self, count: int, *, lower: ArrayLike = -INFINITY, upper: ArrayLike = INFINITY
    ) -> Numbers:
        """Add rows within bounds and return their numbers."""
        least, most = (np.asarray(one, dtype=float) for one in (lower, upper))
        self._limits.append((np.broadcast_to(least, count), np.broadcast_to(most, count)))
        self.num_rows += count
        return np.arange(self.num_rows - count, self.num_rows)

    def put(self, rows: ArrayLike, columns: ArrayLike, values: ArrayLike = 1.0) -> None:
        """Write entries, rows, columns and values broadcast together; no entry is written twice."""
        row, column, value = entries(rows, columns, values)
        there = np.flatnonzero(value)
        self._entries.append((row[there], column[there], value[there]))

    def minimise(self, *costs: tuple[ArrayLike, ArrayLike]) -> None:
        """Say what columns cost; others cost nothing, whatever was said before."""
        self._costs = []
        for columns, values in costs:
            column, value = np.broadcast_arrays(columns, np.asarray(values, dtype=float))
            self._costs.append((np.ravel(column), np.ravel(value)))

    def solve(self, limits: SolveLimits, log: SolveLog) -> Solution:
        """Solve it on one thread, by what ends a solve.

        Raises
        ------
        SolverStoppedError
            When a limit ended the search before any solution was found.
        """
        matrix, used, whole = self._matrix()
        highs = loaded(matrix)
        for name, value in (
            ("mip_rel_gap", limits.relative_gap),
            ("time_limit", float(limits.safety_time_s)),
            ("mip_max_nodes", limits.max_nodes),
            ("simplex_iteration_limit", limits.max_simplex_iterations),
        ):
            highs.setOptionValue(name, value)
        integers = np.flatnonzero(whole).astype(np.int32)
        if len(integers):
            kind = np.full(len(integers), 1, dtype=np.uint8)
            highs.changeColsIntegrality(len(integers), integers, kind)
        began = time.perf_counter()
        highs.run()
        time_s = time.perf_counter() - began
        solution = np.array(highs.getSolution().col_value)
        stats = _stats(highs, matrix.cost, solution, is_mip=bool(whole.any()), time_s=time_s)
        values = np.full(self.num_columns, np.nan)
        if stats.has_solution:
            values[:] = 0.0
            values[used] = solution
        return Solution(judged(self.name, stats, log), values)

    def _matrix(self) -> tuple[Matrix, Numbers, NDArray[np.bool_]]:
        """Rows one after the other, over the columns that are in a row or cost something."""
        row, column, value = (np.concatenate(parts) for parts in zip(*self._entries, strict=True))
        cost = np.zeros(self.num_columns)
        for columns, costs in self._costs:
            cost[columns] += costs
        is_used = cost != 0
        is_used[column] = True
        used = np.flatnonzero(is_used)
        order = np.argsort(row, kind="stable")
        starts = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=self.num_rows))])
        lower, upper = (np.concatenate(side) for side in zip(*self._bounds, strict=True))
        row_lower, row_upper = (np.concatenate(side) for side in zip(*self._limits, strict=True))
        matrix = Matrix(
            cost=cost[used],
            lower=lower[used],
            upper=upper[used],
            row_lower=row_lower,
            row_upper=row_upper,
            row_start=starts.astype(np.int32),
            index=(np.cumsum(is_used) - 1)[column[order]].astype(np.int32),
            value=value[order],
        )
        return matrix, used, np.concatenate(self._whole)[used]


def _stats(
    highs: highspy.Highs, cost: Array, solution: Array, *, is_mip: bool, time_s: float
) -> pulp.LpSolveStats:
    status = _STATUS.get(highs.getModelStatus(), pulp.LpSolveStatus.Undefined)
    # Stopped early without a plan, it reports an objective that is not finite.
    has_solution = status == pulp.LpSolveStatus.Optimal or (
        status in _CUT_SHORT and math.isfinite(highs.getObjectiveValue())
    )
    bound = highs.getInfo().mip_dual_bound if is_mip else math.inf
    return pulp.LpSolveStats(
        solver="HiGHS",
        status=status,
        has_solution=has_solution,
        time=time_s,
        objective=_objective(cost, solution) if has_solution else None,
        best_bound=bound if math.isfinite(bound) else None,
        is_mip=is_mip,
    )


def _objective(cost: Array, solution: Array) -> float:
    """Cost of a solution, added up column by column."""
    return float(np.cumsum(np.append(0.0, cost * solution))[-1])
