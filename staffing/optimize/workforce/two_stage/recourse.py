"""What a fixed hiring plan costs when demand comes: the recourse program, re-solved warm.

Weeks t, pools k. Variables, all 0 or more: surge starts ``v``, overtime ``o``, backlog at the end
of a week ``q``, shortfall ``z``. Demand ``D`` and hired staff ``E`` (productive FTE), length of a
week ``w``.

Rows and bounds (names as in ``docs/models/futures.md``):

``workload``        w (o + z + eff x people on call-off) + q_t - q_(t-1) >= w (D - E)   [pi >= 0]
``surge_pool``      people on call-off over the pools of a group <= its heads           [mu <= 0]
``overtime_cap``    o <= share x E, a bound of the column                               [ro <= 0]
``backlog_limit``   q <= sum_j held_j w_(t-j) D_(t-j), a bound; 0 in the last week      [rq <= 0]
``surge_notice``    v = 0 in the first weeks of notice

Shortfall makes every plan feasible, so the cost Q is finite, and convex in (E, D) together. Its
slopes need the reduced costs of the bounds that move:

    dQ/dE_t = -w_t pi_t + share ro_t
    dQ/dD_t =  w_t (pi_t + sum_j held_j rq_(t+j))
    Q = <dQ/dE, E> + <dQ/dD, D> + sum heads mu          (strong duality)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from staffing.optimize.tours.model import INFINITY, Matrix, Rows
from staffing.optimize.warm import WarmProgram

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.hiring.two_stage import Array, TwoStageProblem

PARTS = ("surge_starts", "overtime", "backlog", "shortfall")


@dataclass(frozen=True)
class RecourseAnswer:
    """The least cost of one demand path under one hiring plan, and its slopes.

    Parameters
    ----------
    cost : float
        Q, the cost of surge, overtime, backlog and shortfall.
    staff_slope, demand_slope : ndarray, shape (weeks, pools)
        dQ/dE and dQ/dD: one subgradient of Q, which is convex in both together.
    constant : float
        ``cost - <staff_slope, E> - <demand_slope, D>``, from the dual values of the surge pools.
    parts : dict of str to ndarray, shape (weeks, pools)
        Values of `PARTS`.
    """

    cost: float
    staff_slope: Array
    demand_slope: Array
    constant: float
    parts: dict[str, Array]


class RecourseModel:
    """Columns, rows and costs of the recourse of one scenario.

    Columns are laid out as four blocks (`PARTS`) of weeks x pools; rows as the workload rows,
    weeks x pools, then the surge rows, weeks x groups.
    """

    def __init__(self, problem: TwoStageProblem) -> None:
        self.problem = problem
        self.shape = (problem.num_weeks, problem.num_pools)
        self.size = problem.num_weeks * problem.num_pools
        self.num_columns = len(PARTS) * self.size
        numbers = np.arange(self.num_columns).reshape(len(PARTS), *self.shape)
        self.columns = dict(zip(PARTS, numbers, strict=True))
        self.held = [pool.held_back() for pool in problem.pools]
        self._heads = np.asarray(problem.surge_heads, dtype=float)
        self.overtime_share = problem.per_pool("overtime_share_max")
        self.cost = self._cost()

    def _cost(self) -> Array:
        problem, weights = self.problem, self.problem.week_weights
        engaged = np.zeros(self.shape)
        for k, pool in enumerate(problem.pools):
            ends = np.minimum(np.arange(self.shape[0]) + pool.surge_min_weeks, self.shape[0])
            paid = np.concatenate([[0.0], np.cumsum(weights)])
            engaged[:, k] = paid[ends] - paid[:-1]
        cost = np.stack(
            [
                engaged * problem.per_pool("surge_weekly_cost"),
                weights[:, None] * problem.per_pool("overtime_cost"),
                np.tile(problem.per_pool("backlog_cost"), (self.shape[0], 1)),
                weights[:, None] * problem.per_pool("shortfall_price"),
            ]
        )
        return cost.ravel()

    def write(self, rows: Rows, offset: int = 0) -> NDArray[np.int64]:
        """Write the rows, columns shifted by `offset`; return the workload rows, (weeks, pools).

        Their lower bounds are left at 0: they move with demand and staff.
        """
        problem, (weeks, _) = self.problem, self.shape
        weights = problem.week_weights
        column = {name: numbers + offset for name, numbers in self.columns.items()}
        workload = rows.block(self.size, 0.0, INFINITY).reshape(self.shape)
        rows.put(workload, column["overtime"], weights[:, None])
        rows.put(workload, column["shortfall"], weights[:, None])
        rows.put(workload, column["backlog"])
        rows.put(workload[1:], column["backlog"][:-1], -1.0)
        heads = np.repeat(self._heads, weeks)
        surge = rows.block(len(heads), -INFINITY, heads).reshape(-1, weeks)
        for k, pool in enumerate(problem.pools):
            limit = surge[problem.surge_group[k]]
            for j in range(min(pool.surge_min_weeks, weeks)):
                starts = column["surge_starts"][: weeks - j, k]
                rows.put(workload[j:, k], starts, weights[j:] * pool.surge_effectiveness)
                rows.put(limit[j:], starts)
        return workload

    def load(self, demand: Array, staff: Array) -> Array:
        """Lower bounds of the workload rows."""
        return self.problem.week_weights[:, None] * (demand - staff)

    def upper(self) -> Array:
        """Upper bounds of the columns that do not move, shape (columns,); the others 0."""
        upper = np.full((len(PARTS), *self.shape), INFINITY)
        upper[1:3] = 0.0
        for k, pool in enumerate(self.problem.pools):
            upper[0, : pool.surge_notice_weeks, k] = 0.0
        return upper.ravel()

    def backlog_limit(self, demand: Array) -> Array:
        """Most work that may wait at the end of each week, in full-time weeks, (weeks, pools)."""
        work = self.problem.week_weights[:, None] * demand
        limit = np.zeros(self.shape)
        for k, held in enumerate(self.held):
            limit[:, k] = np.convolve(work[:, k], held)[: len(work)] if len(held) else 0.0
        limit[-1] = 0.0
        return limit

    def _backlog_slope(self, reduced: Array) -> Array:
        """Transpose of `backlog_limit`."""
        slope, free = np.zeros(self.shape), reduced.copy()
        free[-1] = 0.0
        if not free.any():
            return slope
        for k, held in enumerate(self.held):
            for j, share in enumerate(held[: len(free)]):
                slope[: len(free) - j, k] += share * free[j:, k]
        return self.problem.week_weights[:, None] * slope

    def answer(
        self, cost: float, values: Array, reduced_costs: Array, row_duals: Array
    ) -> RecourseAnswer:
        """Read values and slopes from a solved program."""
        problem = self.problem
        # A bound that binds from below has a reduced cost above 0; it does not move.
        reduced = np.minimum(reduced_costs, 0.0).reshape(len(PARTS), *self.shape)
        pi = problem.week_weights[:, None] * row_duals[: self.size].reshape(self.shape)
        return RecourseAnswer(
            cost=cost,
            staff_slope=-pi + self.overtime_share * reduced[1],
            demand_slope=pi + self._backlog_slope(reduced[2]),
            constant=float(
                row_duals[self.size :].reshape(-1, self.shape[0]).sum(axis=1) @ self._heads
            ),
            parts=dict(zip(PARTS, values.reshape(len(PARTS), *self.shape), strict=True)),
        )


class Recourse:
    """The recourse program of a problem, loaded once; every scenario moves its bounds.

    Parameters
    ----------
    problem : TwoStageProblem
        Whose pools, costs and limits hold; its scenarios are not read.
    """

    def __init__(self, problem: TwoStageProblem) -> None:
        self.model = RecourseModel(problem)
        rows = Rows()
        workload = self.model.write(rows)
        upper = self.model.upper()
        matrix: Matrix = rows.matrix(self.model.cost, np.zeros_like(upper), upper)
        self._program = WarmProgram(matrix)
        self._rows = workload.ravel().astype(np.int32)
        self._no_limit = np.full(len(self._rows), INFINITY)
        moving = [self.model.columns[name].ravel() for name in ("overtime", "backlog")]
        self._moving = np.concatenate(moving).astype(np.int32)
        self._zero = np.zeros(len(self._moving))

    def solve(self, demand: Array, staff: Array) -> RecourseAnswer:
        """Least cost of meeting `demand` with `staff`, both shape (weeks, pools), 0 or more.

        Raises
        ------
        SolverStoppedError
            When the solver proves no optimum.
        """
        model = self.model
        self._program.bound_rows(self._rows, model.load(demand, staff).ravel(), self._no_limit)
        upper = np.concatenate(
            [(model.overtime_share * staff).ravel(), model.backlog_limit(demand).ravel()]
        )
        self._program.bound_columns(self._moving, self._zero, upper)
        program = self._program
        cost = program.solve()
        return model.answer(cost, program.values, program.reduced_costs, program.row_duals)
