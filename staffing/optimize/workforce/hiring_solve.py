"""Solve a program of hiring: the relaxation with its dual values, then whole people if wanted."""

from __future__ import annotations

import math
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import highspy
import numpy as np

from staffing.errors import SolverStoppedError
from staffing.optimize.solver import SolveOutcome
from staffing.optimize.tours.engine import loaded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from staffing.optimize.solver import SolveLimits, SolveLog
    from staffing.optimize.tours.model import Matrix

    Array = NDArray[np.float64]
    Columns = NDArray[np.int32]

_STATUS = highspy.HighsModelStatus
_INFEASIBLE = {_STATUS.kInfeasible, _STATUS.kUnboundedOrInfeasible}  # no cost is below 0
_REPRODUCIBLE = {
    _STATUS.kOptimal: "gap reached",
    _STATUS.kSolutionLimit: "node limit",
    _STATUS.kIterationLimit: "iteration limit",
}
_WINDOW_WEEKS = 13  # of a term made whole at once
_SHARPER = 4  # windows are solved to a quarter of the gap, since what they lose adds up
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
            ("mip_max_nodes", limits.max_nodes),
        ):
            self._highs.setOptionValue(option, value)
        self._all = np.arange(len(matrix.cost), dtype=np.int32)
        self._lower, self._upper = matrix.lower, matrix.upper

    def bound(self, lower: Array, upper: Array) -> None:
        """Move the bounds of all columns."""
        self._lower, self._upper = lower, upper
        self._highs.changeColsBounds(len(self._all), self._all, lower, upper)

    def price(self, cost: Array) -> None:
        """Change the costs of all columns."""
        self._highs.changeColsCost(len(self._all), self._all, cost)

    @contextmanager
    def sum_at_most(self, columns: NDArray[np.int64], most: float) -> Iterator[None]:
        """Hold the sum of some columns for a while."""
        row, ones = self._highs.getNumRow(), np.ones(len(columns))
        self._highs.addRow(-highspy.kHighsInf, most, len(ones), columns.astype(np.int32), ones)
        try:
            yield
        finally:
            self._highs.deleteRows(1, np.array([row], dtype=np.int32))

    def solve(self) -> Solved | None:
        """Solve the linear program to its optimum; None when it is proven to have no solution.

        Raises
        ------
        SolverStoppedError
            When a limit ended the solve before either was proven.
        """
        return self._run(whole=False)

    def solve_whole(self, integers: NDArray[np.int64], weeks: NDArray[np.int64]) -> Solved | None:
        """Solve with whole columns; what is not whole is then exact for these whole numbers.

        A long term is first made whole some weeks at a time, those before fixed and those after in
        fractions (relax and fix). That is enough where it costs no more than the gap above the
        optimum in fractions; else branch and bound goes on from there.

        Parameters
        ----------
        integers, weeks : ndarray of int, shape (columns,)
            Columns that are whole, and the week of each.

        Returns
        -------
        solved : Solved or None
            None when it is proven that there is no whole solution.

        Raises
        ------
        SolverStoppedError
            When a limit ended the search before any plan was found.
        """
        columns = integers.astype(np.int32)
        start = None
        if weeks.max(initial=0) >= _WINDOW_WEEKS:
            start = self._week_by_week(columns, weeks)
            self.bound(self._lower, self._upper)
            if start is not None and start.outcome.gap <= self._limits.relative_gap:
                return start
        found = self._run_whole(columns, self._limits.relative_gap, start)
        if found is None:
            return None
        exact = self._fixed(columns, found.values)
        return found if exact is None else replace(exact, outcome=found.outcome)

    def _week_by_week(self, columns: Columns, weeks: NDArray[np.int64]) -> Solved | None:
        """Make columns whole a window of weeks at a time; None when that leads nowhere."""
        relaxed = self._run(whole=False)
        if relaxed is None:
            return None
        found: Solved | None = relaxed
        gap = self._limits.relative_gap / _SHARPER
        for first in range(0, int(weeks.max()) + 1, _WINDOW_WEEKS):
            window = columns[(weeks >= first) & (weeks < first + _WINDOW_WEEKS)]
            try:
                found = self._run_whole(window, gap)
            except SolverStoppedError:
                return None
            found = found and self._fixed(window, found.values)
            if found is None:
                return None
        assert found is not None  # noqa: S101 (each window found something)
        outcome = found.outcome
        bound = min(relaxed.outcome.objective, outcome.objective)
        missing = (outcome.objective - bound) / max(abs(outcome.objective), 1e-9)
        return replace(found, outcome=replace(outcome, bound=bound, gap=missing))

    def _run_whole(
        self, columns: Columns, relative_gap: float, start: Solved | None = None
    ) -> Solved | None:
        """Branch and bound with these columns whole, from a start if there is one."""
        kinds = np.full(len(columns), _WHOLE, dtype=np.uint8)
        self._highs.setOptionValue("mip_rel_gap", relative_gap)
        self._highs.changeColsIntegrality(len(columns), columns, kinds)
        if start is not None:
            solution = highspy.HighsSolution()
            solution.col_value = start.values.tolist()
            self._highs.setSolution(solution)
        try:
            return self._run(whole=True)
        finally:
            self._highs.changeColsIntegrality(len(columns), columns, np.zeros_like(kinds))

    def _fixed(self, columns: Columns, values: Array) -> Solved | None:
        """Fix columns at the whole numbers they are close to, and solve for the others."""
        exact = np.round(values[columns])
        self._highs.changeColsBounds(len(columns), columns, exact, exact)
        return self._run(whole=False)

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
        if self._anew and not whole:  # a start of branch and bound is kept
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
