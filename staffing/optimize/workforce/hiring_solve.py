"""Solve a program of hiring: the relaxation with its dual values, then whole people if wanted."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import highspy
import numpy as np

from staffing.errors import SolverStoppedError
from staffing.optimize.solver import SolveOutcome
from staffing.optimize.tours.engine import loaded

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.optimize.solver import SolveLimits, SolveLog
    from staffing.optimize.tours.model import Matrix

    Array = NDArray[np.float64]

_STATUS = highspy.HighsModelStatus
_INFEASIBLE = {_STATUS.kInfeasible, _STATUS.kUnboundedOrInfeasible}  # no cost is below 0
_REPRODUCIBLE = {
    _STATUS.kOptimal: "gap reached",
    _STATUS.kSolutionLimit: "node limit",
    _STATUS.kIterationLimit: "iteration limit",
}
_SIMPLEX, _INTERIOR, _WHOLE = "simplex", "ipm", 1
_BROKEN_OFF = {_STATUS.kSolveError, _STATUS.kUnknown, _STATUS.kNotset}


@dataclass(frozen=True)
class Solved:
    """Values by column, dual values by row, reduced costs by column, and what is proven."""

    values: Array
    row_duals: Array
    reduced_costs: Array
    outcome: SolveOutcome


class HiringEngine:
    """A program loaded once; costs and bounds can be moved and it is solved again.

    Parameters
    ----------
    matrix : Matrix
        The program.
    limits : SolveLimits
        What ends each solve.
    log : SolveLog
        Collects solver seconds.
    anew : bool
        Whether every solve starts without a basis, by interior points and crossover to a vertex:
        for programs far from the last one, or only just impossible, where the simplex may wander
        or break off.
    """

    def __init__(
        self, matrix: Matrix, limits: SolveLimits, log: SolveLog, *, anew: bool = False
    ) -> None:
        self._highs = loaded(matrix)
        self._limits, self._log, self._anew = limits, log, anew
        for option, value in (
            ("solver", _INTERIOR if anew else _SIMPLEX),
            ("simplex_iteration_limit", limits.max_simplex_iterations),
            ("mip_rel_gap", limits.relative_gap),
            ("mip_max_nodes", limits.max_nodes),
        ):
            self._highs.setOptionValue(option, value)
        self._all = np.arange(len(matrix.cost), dtype=np.int32)

    def bound(self, lower: Array, upper: Array) -> None:
        """Move the bounds of all columns."""
        self._highs.changeColsBounds(len(self._all), self._all, lower, upper)

    def price(self, cost: Array) -> None:
        """Change the costs of all columns."""
        self._highs.changeColsCost(len(self._all), self._all, cost)

    def solve(self) -> Solved | None:
        """Solve the linear program to its optimum; None when it is proven to have no solution.

        Raises
        ------
        SolverStoppedError
            When a limit ended the solve before either was proven.
        """
        return self._run(whole=False)

    def solve_whole(self, integers: NDArray[np.int64]) -> Solved | None:
        """Solve with whole columns; what is not whole is then exact for these whole numbers.

        Raises
        ------
        SolverStoppedError
            When a limit ended the search before any plan was found.
        """
        columns = integers.astype(np.int32)
        kinds = np.full(len(columns), _WHOLE, dtype=np.uint8)
        self._highs.changeColsIntegrality(len(columns), columns, kinds)
        found = self._run(whole=True)
        self._highs.changeColsIntegrality(len(columns), columns, np.zeros_like(kinds))
        if found is None:
            return None
        exact = np.round(found.values[columns])
        self._highs.changeColsBounds(len(columns), columns, exact, exact)
        polished = self._run(whole=False)
        return (
            found
            if polished is None
            else Solved(polished.values, polished.row_duals, polished.reduced_costs, found.outcome)
        )

    def _run_anew(self) -> None:
        """Try again without a basis, by interior points."""
        before = self._highs.getOptionValue("solver")[1]
        self._highs.clearSolver()
        self._highs.setOptionValue("solver", _INTERIOR)
        self._highs.run()
        self._highs.setOptionValue("solver", before)

    def _run(self, *, whole: bool) -> Solved | None:
        started = self._highs.getRunTime()  # its clock runs on from solve to solve
        self._highs.setOptionValue("time_limit", started + self._limits.safety_time_s)
        if self._anew:
            self._highs.clearSolver()
        self._highs.run()
        if not whole and self._highs.getModelStatus() in _BROKEN_OFF:
            self._run_anew()
        spent = self._highs.getRunTime() - started
        status, info = self._highs.getModelStatus(), self._highs.getInfo()
        has_point = info.primal_solution_status == highspy.kSolutionStatusFeasible
        feasible = has_point and (whole or status == _STATUS.kOptimal)
        objective = bound = gap = math.nan
        if feasible:
            objective = float(info.objective_function_value)
            bound = float(info.mip_dual_bound) if whole else objective
            gap = max(0.0, objective - bound) / max(abs(objective), 1e-9)
        outcome = SolveOutcome(
            feasible=feasible,
            infeasible=status in _INFEASIBLE,
            objective=objective,
            bound=bound,
            gap=gap,
            stop_reason=_REPRODUCIBLE.get(status, self._highs.modelStatusToString(status)),
            reproducible=status in _REPRODUCIBLE or status in _INFEASIBLE,
            time_s=spent,
        )
        self._log.record(outcome)
        if outcome.infeasible:
            return None
        if not feasible:
            raise SolverStoppedError(
                f"hiring: stopped ({outcome.stop_reason}) before a plan was found; shorten the "
                "term, plan pools apart or plan people in fractions"
            )
        solution = self._highs.getSolution()
        return Solved(
            np.array(solution.col_value),
            np.array(solution.row_dual),
            np.array(solution.col_dual),
            outcome,
        )
