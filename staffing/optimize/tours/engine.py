"""A program loaded into the solver once and solved again and again under changed bounds.

Always one solver thread: the scheduler of HiGHS takes its number of threads from the first run of
the process. Work in parallel is several engines, each in a Python thread of its own; HiGHS lets
go of the interpreter while it solves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import highspy
import numpy as np

from staffing.optimize.solver import swallow_banner

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from staffing.optimize.tours.model import Matrix

_ROW_WISE, _MINIMISE = 2, 1
_OPTIMAL = highspy.HighsModelStatus.kOptimal
_INFEASIBLE = {
    highspy.HighsModelStatus.kInfeasible,
    highspy.HighsModelStatus.kUnboundedOrInfeasible,  # no objective here is unbounded
}
_DECIDED = _INFEASIBLE | {_OPTIMAL, highspy.HighsModelStatus.kTimeLimit}


@dataclass(frozen=True)
class Point:
    """A solution: values and reduced costs by column, and its objective."""

    values: NDArray[np.float64]
    reduced_costs: NDArray[np.float64]
    objective: float


def loaded(matrix: Matrix, seed: int = 0) -> highspy.Highs:
    """Load a program into a silent HiGHS of its own, on one thread.

    Raises
    ------
    ValueError
        When the program is not one, e.g. an entry is there twice.
    """
    swallow_banner()
    highs = highspy.Highs()  # type: ignore[no-untyped-call]  # its stub says so
    for name, value in (("output_flag", False), ("threads", 1), ("random_seed", seed)):
        highs.setOptionValue(name, value)
    load(highs, matrix)
    return highs


def load(highs: highspy.Highs, matrix: Matrix) -> None:
    """Load a program in the place of any other; options stay.

    Raises
    ------
    ValueError
        When the program is not one, e.g. an entry is there twice.
    """
    taken = highs.passModel(
        len(matrix.cost),
        len(matrix.row_lower),
        len(matrix.index),
        _ROW_WISE,
        _MINIMISE,
        0.0,
        matrix.cost,
        matrix.lower,
        matrix.upper,
        matrix.row_lower,
        matrix.row_upper,
        matrix.row_start[:-1],
        matrix.index,
        matrix.value,
        np.zeros(len(matrix.cost), dtype=np.int32),
    )
    if taken == highspy.HighsStatus.kError:
        raise ValueError("the solver refuses the program, e.g. an entry that is there twice")


class Engine:
    """One HiGHS instance, on one thread.

    Parameters
    ----------
    matrix : Matrix
        The program.
    integers : ndarray of int
        Columns that are whole in :meth:`solve_whole`; :meth:`solve` relaxes them.
    seed : int
        Of the solver's own choices.
    """

    def __init__(self, matrix: Matrix, integers: NDArray[np.int64], seed: int = 0) -> None:
        self.lower = matrix.lower.copy()
        self.upper = matrix.upper.copy()
        self.solver_s = 0.0
        self.num_solves = 0
        self.timed_out = False
        whole = np.zeros(len(matrix.cost), dtype=np.int32)
        whole[integers] = 1
        self._integers = whole
        self._relaxed = np.zeros_like(whole)
        self._all = np.arange(len(whole), dtype=np.int32)
        self._whole_now = False
        self._highs = loaded(matrix, seed)

    @property
    def infeasible(self) -> bool:
        """Whether the last solve proved that there is no solution."""
        return self.status in _INFEASIBLE

    def bound(self, columns: NDArray[np.int64], lower: ArrayLike, upper: ArrayLike) -> None:
        """Change the bounds of columns until further notice."""
        self.lower[columns] = np.asarray(lower, dtype=float)
        self.upper[columns] = np.asarray(upper, dtype=float)
        at = np.asarray(columns, dtype=np.int32)
        self._highs.changeColsBounds(len(at), at, self.lower[at], self.upper[at])

    def solve(self, time_s: float | None = None) -> Point | None:
        """Solve the relaxation from scratch; None when there is no solution, or no time is left.

        By interior point, far faster on these rows than simplex, which is for the few small
        programs that interior point gives up on.
        """
        self._integrality(whole=False)
        for method in ("ipx", "simplex"):
            self._highs.setOptionValue("solver", method)
            self._run(time_s)
            if self.status in _DECIDED:
                break
        return self._point()

    def solve_whole(
        self,
        *,
        relative_gap: float,
        start: NDArray[np.float64] | None = None,
        max_nodes: int | None = None,
        time_s: float | None = None,
    ) -> Point | None:
        """Solve with whole columns; the best solution found, None when there is none."""
        self._integrality(whole=True)
        self._highs.setOptionValue("solver", "choose")
        self._highs.setOptionValue("mip_rel_gap", relative_gap)
        self._highs.setOptionValue("mip_max_nodes", max_nodes or highspy.kHighsIInf)
        if start is not None:
            solution = highspy.HighsSolution()
            solution.col_value = start
            self._highs.setSolution(solution)
        self._run(time_s, keep=start is not None)
        return self._point()

    def _integrality(self, *, whole: bool) -> None:
        if whole != self._whole_now:
            kinds = self._integers if whole else self._relaxed
            self._highs.changeColsIntegrality(len(kinds), self._all, kinds.astype(np.uint8))
            self._whole_now = whole

    def _run(self, time_s: float | None, *, keep: bool = False) -> None:
        if not keep:
            self._highs.clearSolver()
        started = self._highs.getRunTime()
        self._highs.setOptionValue(
            "time_limit", highspy.kHighsInf if time_s is None else started + time_s
        )
        self._highs.run()
        self.last_s = self._highs.getRunTime() - started
        self.solver_s += self.last_s
        self.num_solves += 1
        self.status = self._highs.getModelStatus()
        self.timed_out |= self.status == highspy.HighsModelStatus.kTimeLimit

    def _point(self) -> Point | None:
        info = self._highs.getInfo()
        if info.primal_solution_status != highspy.kSolutionStatusFeasible:
            return None
        if not self._whole_now and self.status != _OPTIMAL:
            return None
        solution = self._highs.getSolution()
        return Point(
            np.array(solution.col_value),
            np.array(solution.col_dual),
            info.objective_function_value,
        )
