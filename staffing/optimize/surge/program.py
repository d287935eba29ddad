"""A surge model in the solver: cost or missing work is minimised, bounds move between solves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from staffing.optimize.solver import SolveOutcome
from staffing.optimize.tours.model import INFINITY
from staffing.optimize.warm import WarmProgram

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.optimize.solver import SolveLimits, SolveLog
    from staffing.optimize.surge.model import SurgeModel

Goal = Literal["cost", "pay", "uncovered"]


@dataclass(frozen=True)
class Solved:
    """A proven optimum.

    Parameters
    ----------
    value : float
        Of the goal.
    values, reduced_costs : ndarray, by column
        What was found, and what one more of a bound would change.
    row_duals : ndarray, by row
        What one more of a row's bound would change.
    """

    value: float
    values: NDArray[np.float64]
    reduced_costs: NDArray[np.float64]
    row_duals: NDArray[np.float64]


class SurgeProgram:
    """One model loaded for one goal.

    Parameters
    ----------
    model : SurgeModel
        Columns and rows.
    goal : {"cost", "pay", "uncovered"}
        Minimise pay and priced shortfall, pay alone, or hours of work not done.
    limits : SolveLimits
        Simplex iterations of one solve.
    log : SolveLog
        Collects solver seconds.
    """

    def __init__(self, model: SurgeModel, goal: Goal, limits: SolveLimits, log: SolveLog) -> None:
        cost = model.matrix.cost.copy()
        if goal == "pay":
            cost[model.uncovered] = 0.0
        elif goal == "uncovered":
            cost[:] = 0.0
            cost[model.uncovered] = 1.0
        self._program = WarmProgram(replace(model.matrix, cost=cost), limits.max_simplex_iterations)
        self._log = log
        self._upper = model.matrix.upper
        self._service = np.concatenate(model.rows["surge_service", None]).astype(np.int32)
        if goal == "uncovered":
            self.allow(INFINITY)

    def allow(self, uncovered_h: float) -> None:
        """Let at most this many hours of work of each pool stay undone."""
        size = len(self._service)
        self._program.bound_rows(
            self._service, np.full(size, -INFINITY), np.full(size, uncovered_h)
        )

    def use(self, columns: NDArray[np.int64], *, used: bool) -> None:
        """Give columns their own bounds again, or bar them."""
        upper = self._upper[columns] if used else np.zeros(len(columns))
        self._program.bound_columns(columns.astype(np.int32), np.zeros(len(columns)), upper)

    def solve(self) -> Solved:
        """Solve from the last basis.

        Raises
        ------
        SolverStoppedError
            When no optimum was proven.
        """
        before = self._program.solver_s
        value = self._program.solve()
        self._log.record(
            SolveOutcome(
                feasible=True,
                infeasible=False,
                objective=value,
                bound=value,
                gap=0.0,
                stop_reason="gap reached",
                reproducible=True,
                time_s=self._program.solver_s - before,
            )
        )
        program = self._program
        return Solved(value, program.values, program.reduced_costs, program.row_duals)
