"""A linear program loaded into the solver once and re-solved warm as its bounds move.

One thread, simplex, no presolve: the last basis is where the next solve starts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import highspy
import numpy as np

from staffing.errors import SolverStoppedError
from staffing.optimize.tours.engine import load, loaded

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.optimize.tours.model import Matrix

_GAVE_UP = (
    highspy.HighsModelStatus.kNotset,
    highspy.HighsModelStatus.kSolveError,
    highspy.HighsModelStatus.kUnknown,
)


class WarmProgram:
    """One HiGHS instance that keeps its basis.

    Parameters
    ----------
    matrix : Matrix
        The program.
    max_iterations : int
        Simplex iterations of one solve, the same limit on every machine.
    """

    def __init__(self, matrix: Matrix, max_iterations: int = 500_000) -> None:
        self.num_columns = len(matrix.cost)
        self._highs = loaded(matrix)
        self._highs.setOptionValue("solver", "simplex")
        self._highs.setOptionValue("simplex_iteration_limit", max_iterations)

    def bound_rows(
        self, rows: NDArray[np.int32], lower: NDArray[np.float64], upper: NDArray[np.float64]
    ) -> None:
        """Move the bounds of rows."""
        move = self._highs.changeRowsBounds  # type: ignore[attr-defined]  # its stub forgets it
        move(len(rows), rows, lower, upper)

    def bound_columns(
        self, columns: NDArray[np.int32], lower: NDArray[np.float64], upper: NDArray[np.float64]
    ) -> None:
        """Move the bounds of columns."""
        self._highs.changeColsBounds(len(columns), columns, lower, upper)

    def add_rows(
        self, lower: NDArray[np.float64], columns: NDArray[np.int32], values: NDArray[np.float64]
    ) -> None:
        """Add rows ``values @ columns >= lower``, all over the same columns.

        Parameters
        ----------
        lower : ndarray, shape (rows,)
            Lower bounds.
        columns : ndarray of int, shape (rows, entries)
            Columns of each row.
        values : ndarray, shape (rows, entries)
            Their coefficients.
        """
        count, entries = len(columns), columns.shape[1]
        self._highs.addRows(
            count,
            lower,
            np.full(count, highspy.kHighsInf),
            count * entries,
            np.arange(0, count * entries, entries, dtype=np.int32),
            np.ravel(columns),
            np.ravel(values),
        )

    @property
    def basis(self) -> highspy.HighsBasis:
        """The last basis."""
        return self._highs.getBasis()

    def reload(self, matrix: Matrix) -> None:
        """Load another program in the place of this one; no basis is kept."""
        self.num_columns = len(matrix.cost)
        load(self._highs, matrix)

    def start_from(self, other: WarmProgram) -> None:
        """Start at the last basis of a program of the same shape."""
        self._highs.setBasis(other.basis)

    def solve(self) -> float:
        """Solve from the last basis; the proven optimum.

        At other coefficients that basis may be so ill-conditioned that the simplex gives up. Then
        it starts again from none.

        Raises
        ------
        SolverStoppedError
            When no optimum was proven.
        """
        self._highs.run()
        status = self._highs.getModelStatus()
        if status in _GAVE_UP:
            self._highs.clearSolver()
            self._highs.run()
            status = self._highs.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            reason = self._highs.modelStatusToString(status)
            raise SolverStoppedError(f"a linear program stopped before its optimum ({reason})")
        return float(self._highs.getObjectiveValue())

    # Each list is copied number by number, so only what is asked for is read.
    @property
    def values(self) -> NDArray[np.float64]:
        """Values of the columns in the last solve; read before the program moves."""
        return _array(self._highs.getSolution().col_value)

    @property
    def reduced_costs(self) -> NDArray[np.float64]:
        """Reduced costs of the columns in the last solve; read before the program moves."""
        return _array(self._highs.getSolution().col_dual)

    @property
    def row_duals(self) -> NDArray[np.float64]:
        """Duals of the rows in the last solve; read before the program moves."""
        return _array(self._highs.getSolution().row_dual)

    @property
    def solver_s(self) -> float:
        """Seconds inside the solver so far."""
        return float(self._highs.getRunTime())


def _array(numbers: list[float]) -> NDArray[np.float64]:
    return np.fromiter(numbers, np.float64, len(numbers))
